"""How all the guards are put into a database.

What each asks stands in `guards_sqlite.sql` and `guards_postgresql.sql`. What every table has alike is written here, from the
tables themselves, so that a new table is guarded from its first day. `guard_list.py` says each in words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Table, Text, UniqueConstraint, text

from ringfence.store.nameless import VIEWS, views
from ringfence.store.schema import KEPT_BY_GUARDS, metadata

_OLD_SQLITE = "SELECT type, name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'guard_%' OR type = 'view'"
_OLD_POSTGRESQL = """
SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'guard_%'"""
_KEPT_COLUMNS = {("origin", "placed"), ("balance", "amount"), ("part_use", "used")}


def install_guards(connection: Connection) -> None:
    """Take every guard out and put all of them in afresh. Each migration ends with this."""
    sqlite = connection.dialect.name == "sqlite"
    remove_guards(connection)
    script = (Path(__file__).parent / f"guards_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    written = _alike_sqlite if sqlite else _alike_postgresql
    alike = [statement for table in metadata.sorted_tables for statement in written(table)]
    cursor = connection.connection.cursor()
    try:
        for statement in [*(_statements(script) if sqlite else [script]), *alike, *views(connection.dialect.name)]:
            cursor.execute(statement)
    finally:
        cursor.close()


def remove_guards(connection: Connection) -> None:
    """Take every guard out, and the views that they read: only a migration does, and puts them in again."""
    if connection.dialect.name == "sqlite":
        statements = [f"DROP {kind} {name}" for kind, name in connection.execute(text(_OLD_SQLITE)).all()]
    else:
        old = connection.execute(text(_OLD_POSTGRESQL)).scalars().all()
        made = ", ".join(("month_standing", "schedule_standing", *VIEWS))
        statements = [*(f"DROP FUNCTION {name} CASCADE" for name in old), f"DROP VIEW IF EXISTS {made}"]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger is one, semicolons and all."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def _alike_sqlite(table: Table) -> Iterator[str]:
    name = table.name
    fixed = [column.name for column in table.columns if (name, column.name) not in _KEPT_COLUMNS]
    yield f"CREATE TRIGGER guard_{name}_delete BEFORE DELETE ON {name} BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END"
    yield (f"CREATE TRIGGER guard_{name}_update BEFORE UPDATE OF {', '.join(fixed)} ON {name} "
           "BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END")
    if name not in (*KEPT_BY_GUARDS, "entry"):  # an entry’s known keys are asked for by a guard of its own
        wanted = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in _keys(table))
        known = " OR ".join(f"EXISTS (SELECT 1 FROM {name} WHERE {same})" for same in wanted)
        yield f"CREATE TRIGGER guard_{name}_key BEFORE INSERT ON {name} WHEN {known} BEGIN SELECT RAISE(ABORT, 'guard:key'); END"
    days = _days(table)
    if days:
        wrong = " OR ".join(f"NEW.{day} <> '' AND NEW.{day} IS NOT date(NEW.{day}, '+0 days')" for day in days)
        yield f"CREATE TRIGGER guard_{name}_days BEFORE INSERT ON {name} WHEN {wrong} BEGIN SELECT RAISE(ABORT, 'guard:real_date'); END"


def _alike_postgresql(table: Table) -> Iterator[str]:
    name = table.name
    if name not in KEPT_BY_GUARDS:
        fixed = ", ".join(column.name for column in table.columns if (name, column.name) not in _KEPT_COLUMNS)
        yield (f"CREATE TRIGGER guard_changed BEFORE DELETE OR UPDATE OF {fixed} ON {name} "
               "FOR EACH STATEMENT EXECUTE FUNCTION guard_refuses('append_only')")
    yield f"CREATE TRIGGER guard_emptied BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION guard_refuses('append_only')"
    days = ", ".join(f"'{day}'" for day in _days(table))
    if days:
        yield (f"CREATE TRIGGER guard_days AFTER INSERT ON {name} REFERENCING NEW TABLE AS added "
               f"FOR EACH STATEMENT EXECUTE FUNCTION guard_real_dates({days})")


def _keys(table: Table) -> list[tuple[str, ...]]:
    """What makes a row of the table known: its primary key, and each unique set that does not merely widen it."""
    primary = tuple(column.name for column in table.primary_key.columns)
    unique = (tuple(column.name for column in each.columns) for each in table.constraints if isinstance(each, UniqueConstraint))
    return [primary, *sorted(key for key in unique if not set(key) > set(primary))]


def _days(table: Table) -> list[str]:
    """The columns that hold a day; an entry’s own guard reads an entry’s."""
    if table.name == "entry":
        return []
    return [column.name for column in table.columns if isinstance(column.type, Text) and column.name.endswith(("_on", "_from"))]
