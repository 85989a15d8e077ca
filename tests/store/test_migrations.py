"""A migrated database and a fresh one are the same, guards and all."""

from __future__ import annotations

from ringfence.store import migrations
from ringfence.store.fingerprint import fingerprint, made_of
from ringfence.store.guards import install_guards
from ringfence.store.schema import KEPT_BY_GUARDS, metadata


def owner_connection(place):
    return place.open_as_owner().writing()


def test_the_last_step_is_the_one_this_code_knows():
    assert migrations._scripts()[1].get_heads() == [migrations.HEAD]


def test_guards_made_afresh_are_the_same_guards(place):
    with owner_connection(place) as connection:
        before = made_of(connection)
        install_guards(connection)
        assert made_of(connection) == before


def test_a_lost_guard_changes_the_fingerprint(place):
    with owner_connection(place) as connection:
        before = fingerprint(connection)
        connection.exec_driver_sql("DROP TRIGGER guard_part" + (" ON part" if place.dialect == "postgresql" else ""))
        assert fingerprint(connection) != before
        install_guards(connection)
        assert fingerprint(connection) == before


def test_rows_do_not_change_the_fingerprint(place):
    with owner_connection(place) as connection:
        before = fingerprint(connection)
        connection.exec_driver_sql("INSERT INTO person (id, reference) VALUES (1, 'a')")
        assert fingerprint(connection) == before


def test_every_table_refuses_to_be_changed(place):
    """A table that is added later is guarded from its first day, on both engines."""
    with owner_connection(place) as connection:
        lines = made_of(connection)
    for table in metadata.tables:
        names = (f"guard_{table}_update", f"guard_{table}_delete") if place.dialect == "sqlite" else (f"|{table}|guard_emptied",)
        for name in names:
            assert any(name in line for line in lines), name
    assert set(KEPT_BY_GUARDS) < set(metadata.tables)


def test_a_database_that_is_up_to_date_is_left_as_it_is(place):
    with owner_connection(place) as connection:
        assert migrations.is_current(connection)
        assert migrations.is_as_made(connection)
