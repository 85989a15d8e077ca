"""Each check finds what it is there for, when somebody has gone past the guards; and where nobody has, none finds anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from ringfence.actions.verifying import CHECKS, REPORT, verify
from ringfence.store.engine import Store
from tests.actions.conftest import Shelf
from tests.actions.provider_books import Books, undone

NAMES = [check.__name__ for check in CHECKS]


@contextmanager
def owned(shelf: Shelf) -> Iterator[Store]:
    """Books of October, open as the one who owns the tables, whom no grant and no authorizer binds."""
    with shelf.copy("issued") as place:
        store = place.open_as_owner()
        yield store
        store.close()


@pytest.fixture(scope="module")
def owner(shelf: Shelf) -> Iterator[Store]:
    with owned(shelf) as store:
        yield store


def break_past_the_guards(connection: Connection, table: str, statement: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    else:
        triggers = f"SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}'"
        for (trigger,) in connection.exec_driver_sql(triggers).all():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    assert connection.exec_driver_sql(statement).rowcount


def found(connection: Connection) -> dict[str, list[str]]:
    """What each check says that finds anything."""
    said = {check.__name__: [f"{problem.place} {problem.what}" for problem in check(connection)] for check in CHECKS}
    return {name: words for name, words in said.items() if words}


CASES = {
    "a promise that was lowered as credited, and no credit note says so": (
        "origin", "UPDATE origin SET kind = 'credit' WHERE key = 'allocation SG-2026'",
        {"credit_notes_are_what_was_reversed": "allocation SG-2026 lowered a promise by £12,000.00, and credit notes took £0.00 off for it.",
         "debts_are_the_ledgers": "what amina owes for isf-P001 is £"}),
    "a credit note for what is still charged": (
        "credit_note", "INSERT INTO credit_note (id, number, invoice_id, issued_on, pence, words, batch_id)"
        " SELECT 1, 2, min(id), '2026-11-20', 100, 'made up', min(batch_id) FROM invoice",
        {"credit_notes_are_what_was_reversed": "credit note 2 is £1.00; its lines come to £0.00, and it was printed with £0.00."}),
    "lines of an invoice that were taken away": (
        "invoice_line", "DELETE FROM invoice_line WHERE invoice_id = (SELECT min(id) FROM invoice)",
        {"invoices_are_their_charges": "its lines come to £0.00"}),
    "an approval by the preparer": (
        "approval", "UPDATE approval SET approved_by = (SELECT prepared_by FROM batch WHERE batch.id = approval.batch_id)",
        {"entries_come_from_approved_parts": "in a fund whose approved part is 0."}),
    "a delivery that was moved to another person": (
        "delivery", "UPDATE delivery SET person_id = (SELECT id FROM person WHERE reference = 'P002')"
        " WHERE person_id = (SELECT id FROM person WHERE reference = 'P001')",
        {"charges_are_of_that_person": "is in the fund of another person."}),
    "a floor that was lowered": (
        "role", "UPDATE role SET floor = 'none' WHERE name = 'held'",
        {"the_constitution_stands": "role held pence debit n"}),
    "a balance that was changed": (
        "balance", "UPDATE balance SET amount = amount + 1 WHERE account_id ="
        " (SELECT id FROM account WHERE key = 'isf-P001|pence|available|')",
        {"kept_is_summed": "account isf-P001|pence|available| keeps -581999 and its entries come to -582000."}),
    "a part that is kept as less than it is": (
        "origin", "UPDATE origin SET placed = placed - 1 WHERE key = 'allocation SG-2026'",
        {"parts_are_within_their_origin": "allocation SG-2026 is 1200000, its parts come to 1200000, and 1199999 is kept as placed."}),
    "a shared cost that is not shared whole": (
        "origin", "UPDATE origin SET amount = amount + 1 WHERE kind = 'shared_cost'",
        {"parts_are_within_their_origin": "shared 2026-10 elm-house is 18001, its parts come to 18000, and 18000 is kept as placed."}),
    "a contract that is another sum than its split": (
        "contract", "UPDATE contract SET pence = pence - 1",
        {"contracts_are_allocated_whole": "contract SG-2026 is £11,999.99 and its split comes to £12,000.00."}),
    "an instalment that is another sum than agreed": (
        "schedule_part", "UPDATE schedule_part SET pence = pence + 1 WHERE pence = 10000 AND schedule_row_id ="
        " (SELECT id FROM schedule_row WHERE n = 6)",
        {"contracts_are_allocated_whole": "contract SG-2026 is £12,000.00 and its instalments come to £12,000.01."}),
    "a statement that closes with another sum than the ledger": (
        "document", "UPDATE document SET record = replace(record, '\"closing_pence\":-18000', '\"closing_pence\":-17999')"
        " WHERE key = 'statement 2026-10 isf-P001'",
        {"statements_are_the_ledger": "statement 2026-10 of isf-P001 goes from £0.00 to -£179.99, and the ledger from £0.00 to -£180.00.",
         "seals_are_unbroken": "seal 3 does not fit the documents that it covers."}),
    "a charge that is another sum than was posted": (
        "charge", "UPDATE charge SET pence = pence + 1 WHERE how = 'schedule' AND delivery_id ="
        " (SELECT id FROM delivery WHERE visit = 'V-1')",
        {"charges_are_their_entries": "charge V-1|C1|P001|P001|southgate|2026-10-05 is £48.01, and its entries come to £48.00."}),
    "an invoice that asks for more than was charged": (
        "invoice", "UPDATE invoice SET pence = pence + 1 WHERE number = 501",
        {"invoices_are_their_charges": "invoice 501 asks for £20.01; its lines come to £20.00, its grounds to £20.00, and it was printed "
                                       "with £20.00."}),
    "an invoice with a line taken out": (
        "invoice_line", "DELETE FROM invoice_line WHERE invoice_id = (SELECT id FROM invoice WHERE number = 501) AND n = 1",
        {"invoices_are_their_charges": "invoice 501 asks for £20.00; its lines come to £10.00"}),
    "a line of an invoice that asks for more than its charge": (
        "invoice_line", "UPDATE invoice_line SET pence = pence + 1 WHERE invoice_id = (SELECT id FROM invoice WHERE number = 503) AND n = 1",
        {"invoices_are_their_charges": "invoice 503 asks for £",
         "debts_are_the_ledgers": "in the ledger, and what was asked, promised, paid and credited comes to £"}),
    "an invoice that is missing": (
        "invoice", "UPDATE invoice SET number = number + 1 WHERE number = 505",
        {"invoices_are_their_charges": "invoice 506 follows a gap: number 505 is missing."}),
    "money to place anew that nothing was put back for": (
        "origin", "INSERT INTO origin (id, key, kind, unit, amount, placed, happened_on, words, batch_id) SELECT 99999,"
        " 'bank BK-1, put back by CO-9', 'bank_in', 'pence', 100, 0, '2026-10-06', 'made up', min(id) FROM batch",
        {"money_put_back_is_what_was_reversed": "bank BK-1 had £0.00 put back, and £1.00 of it is there to be placed anew."}),
    "a payer who became another person": (
        "funder", "UPDATE funder SET person_id = (SELECT id FROM person WHERE reference = 'P002') WHERE reference = 'amina'",
        {"payers_have_promised": "fund isf-P001 has money of amina, who is another person."}),
    "an entry that was moved to another day": (
        "entry", "UPDATE entry SET happened_on = '2026-10-06' WHERE unit = 'pence' AND event_id = (SELECT event_id FROM charge"
        " JOIN delivery ON delivery.id = charge.delivery_id WHERE visit = 'V-1')",
        {"seals_are_unbroken": "seal 2 does not fit the entries that it covers."}),
    "a seal that was written over": (
        "seal", "UPDATE seal SET sha256 = 'made up' WHERE n = 2",
        {"seals_are_unbroken": "seal 2 does not fit the entries that it covers."}),
    "a seal that was taken away": (
        "seal", "DELETE FROM seal WHERE n = (SELECT max(n) FROM seal)",
        {"seals_are_unbroken": "month_end 2026-10"}),
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_changed_past_the_guards_is_found_by_its_check(owner: Store, case: str) -> None:
    table, statement, expected = CASES[case]
    with undone(owner) as connection:
        break_past_the_guards(connection, table, statement)
        said = found(connection)
    assert said.keys() == expected.keys()
    for name, words in expected.items():
        assert words in said[name][0]


def test_every_check_has_something_that_it_finds() -> None:
    assert {name for _, _, expected in CASES.values() for name in expected} == set(NAMES)


def test_sound_books_have_nothing_to_find_and_the_referee_agrees(issued: Books) -> None:
    assert verify(issued.store, referee=True) == []


def test_the_referee_names_the_account_that_differs(shelf: Shelf) -> None:
    with owned(shelf) as store:
        with store.writing() as connection:
            break_past_the_guards(connection, "balance", CASES["a balance that was changed"][1])
        plain, refereed = verify(store), verify(store, referee=True)
    assert [problem.place for problem in plain] == ["account isf-P001|pence|available|"]
    assert [problem.place for problem in refereed[1:]] == ["beancount, 2026-10"]
    assert {problem.to_do for problem in refereed} == {REPORT}
