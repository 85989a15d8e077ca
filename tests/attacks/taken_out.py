"""One guard taken out of a database by its name, everywhere that it is raised: what the attacks must then miss."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from ringfence.store import migrations

WITHOUT = "RINGFENCE_TEST_WITHOUT_GUARD"
_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE :said"
_FUNCTIONS = """
SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'guard_%' AND prosrc LIKE :said"""
_REFUSING = """
SELECT tgname, tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE proname = 'guard_refuses' AND encode(tgargs, 'escape') LIKE :said"""


def take_out(place: Any, guard: str) -> None:
    """Let a guard pass whatever it would refuse; the others stay. The fingerprint would say so, so nobody asks for it."""
    migrations.refuse_unguarded = lambda _connection: None
    owner = place.open_as_owner()
    with owner.writing() as connection:
        (_out_of_sqlite if place.dialect == "sqlite" else _out_of_postgresql)(connection, guard)
    owner.close()


def _out_of_sqlite(connection: Connection, guard: str) -> None:
    raised = f"RAISE(ABORT, 'guard:{guard}')"
    for name, sql in connection.execute(text(_TRIGGERS), {"said": f"%{raised}%"}).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(sql.replace(raised, "NULL"))


def _out_of_postgresql(connection: Connection, guard: str) -> None:
    is_a_floor = guard.startswith("floor_")
    said, put = ("'floor_' || low.role", f"nullif('floor_' || low.role, '{guard}')") if is_a_floor else (f"'{guard}'", "NULL")
    cursor = connection.connection.cursor()
    for (sql,) in connection.execute(text(_FUNCTIONS), {"said": f"%{said}%"}).all():
        cursor.execute(sql.replace(said, put))
    cursor.close()
    for name, table in connection.execute(text(_REFUSING), {"said": f"{guard}%"}).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
