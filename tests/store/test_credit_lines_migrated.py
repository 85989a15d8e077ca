"""Books that hold credit notes of the step before: every line of them stays, as a credit of support, and instalments can be credited from then on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, text

from basics.errors import GuardRefused
from ringfence.actions.crediting_lines import propose_credit
from ringfence.actions.verifying import verify
from ringfence.store import guards, migrations, postgresql
from ringfence.store.fingerprint import made_of
from ringfence.store.schema import credit_line
from tests.actions.provider_books import NAMES, Books, agreements, october_visits
from tests.conftest import APP_ROLE

BEFORE = """
CREATE TABLE credit_line (
  credit_note_id {whole} NOT NULL, n {whole} NOT NULL, invoice_id {whole} NOT NULL, invoice_n {whole} NOT NULL, pence {whole} NOT NULL,
  CONSTRAINT pk_credit_line PRIMARY KEY (credit_note_id, n),
  CONSTRAINT uq_credit_line_invoice_id_invoice_n UNIQUE (invoice_id, invoice_n),
  CONSTRAINT fk_credit_line_invoice_id_invoice_n FOREIGN KEY (invoice_id, invoice_n) REFERENCES invoice_line (invoice_id, n),
  CONSTRAINT fk_credit_line_credit_note_id FOREIGN KEY (credit_note_id) REFERENCES credit_note (id)){strict}"""
"""The table as the fifth step made it."""
LINES = "SELECT credit_note_id, n, invoice_id, invoice_n, pence FROM credit_line ORDER BY credit_note_id, n"


def a_step_back(connection: Connection) -> list[tuple[Any, ...]]:
    """The same database at the step before, its credit lines as they stood there."""
    sqlite = connection.dialect.name == "sqlite"
    kept = [tuple(row) for row in connection.execute(text(LINES))]
    guards.remove_guards(connection)
    credit_line.drop(connection)
    connection.exec_driver_sql(BEFORE.format(whole="INTEGER" if sqlite else "BIGINT", strict=" STRICT" if sqlite else ""))
    for row in kept:
        connection.exec_driver_sql(f"INSERT INTO credit_line VALUES {row}")
    for statement in ("DELETE FROM rule WHERE origin_kind = 'credit'", "UPDATE alembic_version SET version_num = '0006'",
                      f"DELETE FROM setting WHERE name = '{migrations._FINGERPRINT}'"):
        connection.exec_driver_sql(statement)
    return kept


@pytest.fixture
def issued(place: Any) -> Any:
    """Books with an issued month, a visit of which is credited."""
    store = place.open()
    books = Books(store)
    books.open()
    books.people(NAMES)
    books.apply(agreements())
    books.visits(*october_visits())
    books.month_end()
    books.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-6", "carer": "C1", "on": "2026-11-02", "words": "Nobody came",
                                       "taken_back": True}]})
    yield place, books
    store.close()


def test_credit_notes_of_the_step_before_stay_and_instalments_are_credited_from_then_on(issued: Any) -> None:
    place, books = issued
    owner = place.open_as_owner()
    with owner.writing() as connection:
        fresh = made_of(connection)
        kept = a_step_back(connection)
        assert (len(kept), made_of(connection) != fresh, migrations.is_current(connection)) == (1, True, False)
        migrations.upgrade(connection)
        if place.dialect == "postgresql":
            postgresql.grant(connection, APP_ROLE)
        assert made_of(connection) == fresh
        assert migrations.is_as_made(connection)
    owner.close()
    assert books.rows(LINES) == kept
    assert verify(books.store, referee=True) == []
    with pytest.raises(GuardRefused), books.store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO credit_line SELECT credit_note_id, n + 1, invoice_id, invoice_n, pence, NULL FROM credit_line")
    books.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    number = books.rows("SELECT min(number) FROM invoice WHERE contract_id IS NOT NULL")[0][0]
    books.approve(propose_credit(books.asha, number, [1], words="Too much was asked").applied)
    assert verify(books.store, referee=True) == []
