"""What a guard reads is guarded too: balances, floors, rules, and the guards themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert

from ringfence.store import schema
from ringfence.store.engine import bulk_insert

READ_BY_GUARDS = [
    "UPDATE balance SET amount = 1000000", "DELETE FROM balance", "INSERT INTO balance (account_id, amount) VALUES (9999, 5)",
    "UPDATE part_use SET used = 0", "DELETE FROM part_use", "INSERT INTO part_use (origin_id, fund_id, used) VALUES (1, 1, -500)",
    "UPDATE origin SET placed = 0", "UPDATE origin SET amount = 1000000",
    "UPDATE role SET floor = 'none'", "INSERT INTO role (name, unit, side, floor) VALUES ('gift', 'pence', 'debit', 'none')",
    "INSERT INTO rule (debit_role, credit_role, unit, origin_kind, needs) VALUES ('held', 'available', 'pence', '', '')",
    "DELETE FROM rule", "UPDATE rule SET origin_kind = ''", "UPDATE account SET fund_id = 2 WHERE fund_id = 1",
    "UPDATE alembic_version SET version_num = 'x'",
    "INSERT INTO alembic_version (version_num) VALUES ('x')",
]


def test_the_app_does_not_write_what_guards_read(books):
    books.allocate(100)
    for statement in READ_BY_GUARDS:
        assert (statement, books.guard_against(statement)) == (statement, books.bars)


def test_a_kept_balance_is_not_written_and_then_overspent(books):
    books.allocate(100)
    with books.refused(books.bars):
        books.sql(f"UPDATE balance SET amount = -99999 WHERE account_id = {books.account(1, 'available')}")
    with books.refused("floor_available"):
        books.entry("available", "owed_provider", 101)


def test_an_account_is_not_moved_to_another_fund_and_back(books):
    books.allocate(100)
    with books.refused("append_only"):
        books.sql_as_owner(f"UPDATE account SET fund_id = 2 WHERE id = {books.account(1, 'available')}")
    with books.refused("barrier_fund"):
        books.entry("available", "owed_provider", 100, fund=2, debit_account_id=books.account(1, "available"))


def test_nobody_adds_a_rule_or_a_role_without_a_migration(books):
    for statement in ("INSERT INTO role (name, unit, side, floor) VALUES ('gift', 'pence', 'debit', 'none')",
                      "INSERT INTO rule (debit_role, credit_role, unit, origin_kind, needs) VALUES ('held', 'available', 'pence', '', '')"):
        with books.refused("constitution"):
            books.sql_as_owner(statement)


SQLITE_DOORS = [
    "DROP TRIGGER guard_entry", "DROP TABLE balance", "DROP VIEW month_standing", "DROP INDEX ix_entry_event_id",
    "ALTER TABLE entry ADD COLUMN x", "ALTER TABLE balance RENAME TO kept", "CREATE TABLE mine (x)", "CREATE TEMP TABLE mine (x)",
    "CREATE TRIGGER mine AFTER INSERT ON person BEGIN UPDATE balance SET amount = 0; END",
    "CREATE TEMP TRIGGER mine AFTER INSERT ON person BEGIN UPDATE balance SET amount = 0; END",
    "CREATE VIEW mine AS SELECT 1", "CREATE VIRTUAL TABLE mine USING fts5(x)", "CREATE INDEX mine ON entry (amount)",
    "PRAGMA foreign_keys = OFF", "PRAGMA recursive_triggers = OFF", "PRAGMA writable_schema = ON", "PRAGMA trusted_schema = ON",
    "PRAGMA ignore_check_constraints = ON", "PRAGMA journal_mode = DELETE", "PRAGMA synchronous = OFF", "PRAGMA rekey = 'x'",
    "PRAGMA user_version = 5", "PRAGMA schema_version = 5", "DETACH main", "REINDEX", "ANALYZE",
    "UPDATE sqlite_schema SET sql = ''", "DELETE FROM sqlite_schema WHERE type = 'trigger'",
    "INSERT INTO sqlite_schema (type) VALUES ('trigger')", "SELECT load_extension('x')", "SELECT sqlcipher_export('main')",
    "WITH guard_entry AS (SELECT 5 AS n) UPDATE balance SET amount = (SELECT n FROM guard_entry)",
    "INSERT INTO person (id, reference) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET reference = 'y'",
]
POSTGRESQL_DOORS = [
    "TRUNCATE entry", "TRUNCATE person CASCADE", "ALTER TABLE entry DISABLE TRIGGER ALL", "ALTER TABLE entry DISABLE TRIGGER guard_entry",
    "DROP TRIGGER guard_entry ON entry", "ALTER TABLE entry DROP CONSTRAINT ck_entry_amount_above_nil", "DROP TABLE entry",
    "CREATE TABLE mine (x int)", "CREATE TEMP TABLE mine (x int)", "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION guard_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "ALTER FUNCTION guard_entry() OWNER TO ringfence_app", "DROP FUNCTION guard_entry() CASCADE",
    "SET session_replication_role = 'replica'",
    "SET ROLE ringfence_owner", "CREATE ROLE another SUPERUSER", "CREATE SCHEMA mine",
    "ALTER ROLE ringfence_app SUPERUSER", "REASSIGN OWNED BY ringfence_owner TO ringfence_app", "SELECT guard_says('x')",
    "UPDATE pg_trigger SET tgenabled = 'D'", "COPY person TO PROGRAM 'cat'", "DO $$ BEGIN TRUNCATE entry; END $$",
    "INSERT INTO person (id, reference) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET reference = 'y'",
    "MERGE INTO balance USING person ON true WHEN MATCHED THEN UPDATE SET amount = 0", "SELECT * FROM balance FOR UPDATE",
]


@pytest.mark.parametrize("place_without_links", ["sqlite"], indirect=True)
def test_sqlite_doors_are_shut(books):
    for statement in SQLITE_DOORS:
        assert (statement, books.guard_against(statement)) == (statement, "authorizer")


@pytest.mark.parametrize("place_without_links", ["sqlite"], indirect=True)
def test_another_file_is_not_attached(books, tmp_path):
    with books.refused("authorizer"), books.store.reading() as connection:
        connection.exec_driver_sql(f"ATTACH '{tmp_path / 'other.db'}' AS other")


@pytest.mark.parametrize("place_without_links", ["postgresql"], indirect=True)
def test_postgresql_doors_are_shut(books):
    for statement in POSTGRESQL_DOORS:
        assert (statement, books.guard_against(statement)) == (statement, "grants")


@pytest.mark.parametrize("place_without_links", ["postgresql"], indirect=True)
def test_the_app_gives_itself_no_rights(books):
    books.sql("GRANT UPDATE ON balance TO ringfence_app")  # PostgreSQL only warns
    with books.refused("grants"):
        books.sql("UPDATE balance SET amount = 5")


@pytest.mark.parametrize("place_without_links", ["postgresql"], indirect=True)
def test_tables_are_not_emptied_even_by_their_owner(books):
    for table in schema.metadata.tables:
        with books.refused("append_only"):
            books.sql_as_owner(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("place_without_links", ["postgresql"], indirect=True)
def test_not_even_the_owner_writes_a_kept_balance_by_hand(books):
    for statement in ("UPDATE balance SET amount = 5", "DELETE FROM balance", "UPDATE part_use SET used = 0",
                      "UPDATE origin SET placed = 0"):
        with books.refused("kept_by_guard"):
            books.sql_as_owner(statement)


@pytest.mark.parametrize("place_without_links", ["postgresql"], indirect=True)
def test_rows_that_come_by_copy_meet_the_same_guards(books):
    books.allocate(100)
    row = (1, "k", 1, "pence", books.account(1, "available"), books.account(1, "owed_provider"), 101, "2026-10-05", "2026-10-05", "",
           books.event(), None, None, 1)
    with books.refused("floor_available"), books.store.writing() as connection:
        bulk_insert(connection, schema.entry, [row])


@pytest.mark.parametrize("place_without_links", ["postgresql"], indirect=True)
@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_nothing_is_posted_from_a_view_that_others_have_left_behind(books, level):
    books.allocate(100)
    row = {"id": 1, "key": "stale", "fund_id": 1, "unit": "pence", "debit_account_id": books.account(1, "available"),
           "credit_account_id": books.account(1, "owed_provider"), "amount": 60, "happened_on": "2026-10-05", "posted_on": "2026-10-05",
           "recorded_at": "", "event_id": books.event(), "batch_id": 1}
    with books.refused("isolation"), books.store._engine.connect() as plain:
        stale = plain.execution_options(isolation_level=level)
        with stale.begin():
            stale.execute(insert(schema.entry), row)


def test_two_at_once_do_not_both_spend_what_is_left(books):
    """Without the writers’ lock of `writing()`, as another program of the app’s user would: the guard takes it by itself."""
    books.allocate(100)
    rows = [{"id": n, "key": f"at once {n}", "fund_id": 1, "unit": "pence", "debit_account_id": books.account(1, "available"),
             "credit_account_id": books.account(1, "owed_provider"), "amount": 60, "happened_on": "2026-10-05",
             "posted_on": "2026-10-05", "recorded_at": "", "event_id": books.event(), "batch_id": 1} for n in range(1, 9)]

    def spend(row):
        with books.store._engine.begin() as connection:
            connection.execute(insert(schema.entry), row)

    with ThreadPoolExecutor(4) as people:
        errors = [each.exception() for each in [people.submit(spend, row) for row in rows]]
    assert sum(error is None for error in errors) == 1
    assert books.balance("available") == -40
