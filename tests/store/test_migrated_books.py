"""Books of three years that the first version kept are brought up to date: every figure stays, and every guard stands as in fresh books."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from basics.errors import GuardRefused, StoreError
from isf.accounts import ROLES, RULES
from ringfence.actions.verifying import verify
from ringfence.store import migrations, postgresql, sqlite
from ringfence.store.engine import Store, create_store, open_store
from ringfence.store.fingerprint import fingerprint, made_of
from tests.actions.provider_books import Books
from tests.conftest import APP_ROLE, OWNER_ROLE, Server
from tests.store.old_books import MONTHS, make_first, rows_of, three_years

pytestmark = pytest.mark.xdist_group("three_years")  # they are lived through once


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    """What three years leave in the tables of the first step."""
    store = create_store(str(tmp_path_factory.mktemp("old") / "books.db"), provider="Halden Support", sample=True)
    three_years(Books(store))
    assert verify(store) == []
    found = rows_of(store)
    store.close()
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, kept: dict[str, list[tuple[Any, ...]]], tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A database at the first step with those rows: its address, and that of its owner."""
    if request.param == "sqlite":
        path = tmp_path / "old.db"
        engine = sqlite._engine(path, None)
        with engine.connect().execution_options(ringfence_writes=True) as connection, connection.begin():
            make_first(connection, kept)
        engine.dispose()
        os.chmod(path, 0o600)
        yield str(path), ""
        return
    server: Server = request.getfixturevalue("server")
    request.getfixturevalue("postgresql_template")  # which makes the app’s role
    server.do(f"CREATE DATABASE old_books OWNER {OWNER_ROLE}")
    owner = server.address(OWNER_ROLE, "old_books")
    engine = create_engine(make_url(owner).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        make_first(connection, kept)
        for right in ("CONNECT ON DATABASE old_books", "USAGE ON SCHEMA public", "SELECT ON ALL TABLES IN SCHEMA public"):
            connection.exec_driver_sql(f"GRANT {right} TO {APP_ROLE}")
    engine.dispose()
    yield server.address(APP_ROLE, "old_books"), owner
    server.drop("old_books")


def brought_up_to_date(old: tuple[str, str]) -> Store:
    url, owner = old
    if owner:
        with pytest.raises(StoreError, match="older Ringfence"):
            open_store(url)
        postgresql.upgrade(owner, APP_ROLE)
    return open_store(url)


def test_three_years_were_kept(kept: dict[str, list[tuple[Any, ...]]]) -> None:
    assert len([row for row in kept["event"] if "put back" in row[2] or "reversal" in row[2]]) > 0
    assert len([row for row in kept["month_lock"] if row[2] == "issued"]) == len(MONTHS) == 36
    assert len(kept["entry"]) > 500
    assert len(kept["document"]) > 200


def test_every_row_stays_and_the_books_add_up_with_the_referee(old: tuple[str, str], kept: dict[str, list[tuple[Any, ...]]]) -> None:
    store = brought_up_to_date(old)
    found = rows_of(store)
    for name, rows in kept.items():
        if name not in ("setting", "role", "rule"):
            assert found[name] == rows, name
    assert {row[0] for row in kept["setting"]} - {row[0] for row in found["setting"]} == set()
    assert verify(store, referee=True) == []
    store.close()


def test_the_tables_and_guards_are_those_of_fresh_books(old: tuple[str, str], request: pytest.FixtureRequest) -> None:
    url, owner = old
    brought_up_to_date(old).close()
    if owner:
        server: Server = request.getfixturevalue("server")
        fresh = _as_owner("", server.address(OWNER_ROLE, request.getfixturevalue("postgresql_template")))
    else:
        fresh = _as_owner(str(request.getfixturevalue("sqlite_template")), "")
    migrated = _as_owner(url, owner)
    with fresh.writing() as one, migrated.writing() as other:
        assert made_of(other) == made_of(one)
        assert fingerprint(other) == fingerprint(one)
        assert migrations.is_as_made(other)
    fresh.close()
    migrated.close()


def _as_owner(url: str, owner: str) -> Store:
    return Store(postgresql._engine(owner) if owner else sqlite._engine(Path(url), None))


def test_roles_and_rules_are_those_of_today(old: tuple[str, str]) -> None:
    store = brought_up_to_date(old)
    with store.reading() as connection:
        assert set(connection.execute(text("SELECT name, unit FROM role"))) == {(role.name, role.unit.value) for role in ROLES}
        assert set(connection.execute(text("SELECT debit_role, credit_role, unit, origin_kind FROM rule"))) == {
            (rule.debit, rule.credit, rule.unit.value, rule.origin.value if rule.origin else "") for rule in RULES}
    store.close()


def test_the_guards_stand_again(old: tuple[str, str]) -> None:
    store = brought_up_to_date(old)
    for statement in ("UPDATE entry SET amount = amount", "DELETE FROM part", "INSERT INTO rule VALUES ('held', 'held', 'pence', '', '')"):
        with pytest.raises(GuardRefused), store.writing() as connection:
            connection.exec_driver_sql(statement)
    store.close()


def test_the_books_go_on_where_they_were(old: tuple[str, str]) -> None:
    store = brought_up_to_date(old)
    books = Books(store)
    books.apply({"earmarks": [{"earmark": "EM-1", "person": "P001", "fund": "isf", "pounds": "50.00", "words": "A week away",
                               "from": "2029-10-01", "until": "2029-12-31"}]})
    assert verify(store) == []
    again = brought_up_to_date(old) if not old[1] else open_store(old[0])
    assert verify(again) == []
    again.close()
    store.close()
