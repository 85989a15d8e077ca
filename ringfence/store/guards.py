"""Every guard: its name, what it refuses in plain words, and what to do next.

How each is enforced stands in `guards_sqlite.sql` and `guards_postgresql.sql`; those that are the same for every table are
written here, once for each engine. `docs/guards.md` prints this list.
"""
GUARDS = {}
BY_CONSTRAINT = {}
def install_guards(connection):
    pass
