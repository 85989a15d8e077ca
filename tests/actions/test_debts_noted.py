"""What is noted of invoices and payers while somebody looks at them: the same said again is no other, and what it does is what a file does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from basics.errors import InputError, Refused
from invoicing.reminders import Why
from ringfence.actions.applying import approve
from ringfence.actions.debtors import Debtor, debtors
from ringfence.actions.debts_noted import (
    end_hold,
    hold_letters,
    note_answer,
    note_invoice_sent,
    note_late_claim,
    note_query,
    propose_write_off,
    write_offs_waiting,
)
from ringfence.actions.invoice_list import list_invoices
from ringfence.actions.invoice_standing import Status, invoice_standings
from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books, bank_line

DAY = date(2026, 11, 10)
RATE = """name: Base rate for late payment
about: Test
unit: per cent
set_by: the Bank of England
values:
  - {from: 2026-07-01, value: 4.00, reference: a test}
known_until: 2026-12-31
"""


@pytest.fixture
def books(issued: Books) -> Books:
    issued.at = datetime(2026, 11, 10, 9, tzinfo=UTC)
    return issued


def of(books: Books, payer: str) -> Debtor:
    return next(each for each in debtors(books.asha).debtors if each.payer == payer)


def test_what_is_noted_twice_is_noted_once(books: Books) -> None:
    assert len(note_invoice_sent(books.asha, 502, on=DAY, how="post", to="M Ellis")) == 1
    assert note_invoice_sent(books.asha, 502, on=DAY, how="post", to="M Ellis") == ()
    for said in (1, 0):
        assert len(note_query(books.asha, 502, on=DAY, raised_by="M Ellis", words="Why?", reply_by=date(2026, 11, 24))) == said
    for said in (1, 0):
        assert len(hold_letters(books.asha, "peggy", why=Why.CAPACITY, words="Told by her doctor", from_on=DAY)) == said
    assert invoice_standings(books.asha)[502].status is Status.DISPUTED


def test_an_answer_is_of_a_query_that_is_there(books: Books) -> None:
    note_query(books.asha, 502, on=DAY, raised_by="M Ellis", words="Why?", reply_by=date(2026, 11, 24))
    query = invoice_standings(books.asha)[502].queries[0]
    note_answer(books.asha, query.reference, on=DAY, outcome="She was told")
    assert (invoice_standings(books.asha)[502].queries[0].outcome, invoice_standings(books.asha)[502].status) == ("She was told", Status.ISSUED)
    with pytest.raises(InputError, match="There is no invoice query IQ-0"):
        note_answer(books.asha, "IQ-0", on=DAY, outcome="x")
    with pytest.raises(Refused, match="outcome_on"):
        note_answer(books.asha, query.reference, on=None, outcome="x")


def test_a_hold_ends_on_the_day_that_is_said(books: Books) -> None:
    hold_letters(books.asha, "peggy", why=Why.DEATH, words="Her son rang", from_on=DAY)
    held = of(books, "peggy").held
    assert held is not None
    end_hold(books.asha, held.reference, until=DAY)
    books.at = datetime(2026, 11, 11, 9, tzinfo=UTC)
    assert of(books, "peggy").held is None


def test_a_write_off_waits_for_another_and_the_same_again_is_the_same(books: Books) -> None:
    first = propose_write_off(books.asha, 502, words="Trustees, 9 November")
    assert propose_write_off(books.asha, 502, words="Trustees, 9 November").digest == first.digest
    assert write_offs_waiting(books.asha) == {502: "asha"}
    approve(books.ben, first.digest)
    assert write_offs_waiting(books.asha) == {}
    assert invoice_standings(books.asha)[502].status is Status.WRITTEN_OFF
    assert verify(books.asha, referee=True) == []


def test_an_invoice_that_a_council_paid_late_bears_interest_until_it_is_claimed(
        books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """£30.00 on invoice 503, due on 30 November, came on 22 December: 12% × £30.00 × 22 / 365 = £0.22, and £40.00."""
    (tmp_path / "late_payment_base_rate.yaml").write_text(RATE, encoding="utf-8")
    monkeypatch.setenv("RINGFENCE_PARAMETERS", str(tmp_path))
    books.at = datetime(2027, 1, 10, 9, tzinfo=UTC)
    books.apply({"bank_lines": [bank_line("BK-1", "2026-12-22", "30.00", "provider", invoices=[503])]})
    assert invoice_standings(books.asha)[503].status is Status.PAID
    added = dict(of(books, "southgate").late)["000503"]
    assert (added.pence, added.days, added.interest_pence, added.fixed_pence) == (3_000, 22, 22, 40_00)
    assert {each.payer for each in debtors(books.asha).debtors if each.late} <= {"southgate", "northvale"}
    note_late_claim(books.asha, "southgate", [503], on=date(2027, 1, 10), words="By letter")
    books.at = datetime(2027, 1, 20, 9, tzinfo=UTC)
    assert "000503" not in dict(of(books, "southgate").late)


def test_interest_is_claimed_from_councils_and_the_nhs_on_their_own_invoices_only(books: Books) -> None:
    with pytest.raises(Refused, match="No interest for late payment may be asked from “peggy”"):
        note_late_claim(books.asha, "peggy", [502], on=DAY, words="x")
    with pytest.raises(Refused, match="502 is no invoice to southgate"):
        note_late_claim(books.asha, "southgate", [502, 503], on=DAY, words="x")


def test_an_invoice_dated_later_than_the_clock_of_the_machine_says_today_still_stands_in_the_list(books: Books) -> None:
    """The clock was put right after a month end that ran while it was fast."""
    listed = {each.number for each in list_invoices(books.asha)}
    books.at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    assert set(invoice_standings(books.asha)) == listed != set()
