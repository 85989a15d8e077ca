"""People’s money beside the bank, in the books of a provider: worked out at any day, explained, and signed off by another."""

from __future__ import annotations

from datetime import date

import pytest

from basics.errors import InputError, NotAllowed
from basics.money import Money
from isf.reconciliation import Item
from ringfence.actions.applying import approve
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.reconciling import propose_reconciliation, reconcile, reconciliations
from ringfence.actions.verifying import verify
from ringfence.store import ledger
from tests.actions.provider_books import Books, bank_line, part

DAY = date(2026, 10, 31)


@pytest.fixture
def banked(issued: Books) -> Books:
    """£1,900.00 of the first instalment came on 15 October, £50.00 that nobody placed on the 20th, and a charge of £3.50 on the 21st."""
    issued.apply({"bank_lines": [
        bank_line("IN-1", "2026-10-15", "1,900.00", instalment={"contract": "SG-2026", "n": 1}), bank_line("IN-2", "2026-10-20", "50.00"),
        bank_line("OUT-1", "2026-10-21", "-3.50", explained="The bank’s charge"),
        bank_line("OWN-1", "2026-10-22", "75.00", "provider")]})
    return issued


def test_the_ledger_the_funds_and_the_bank_are_held_side_by_side(banked: Books) -> None:
    found = reconcile(banked.asha, DAY, Money(194_650))
    assert (found.held_pence, found.expected_pence, found.difference_pence) == (190_000, 194_650, 0)
    assert [each.pence for each in found.nobodys] == [5_000, -350]  # a line of the provider’s own account is none of it
    assert (found.must_be_held_pence, found.earned_pence) == (161_800, 28_200)  # £180.00 of support for Amina, £102.00 for Thomas
    assert verify(banked.store, referee=True) == []


def test_a_day_before_the_money_came_has_none_of_it(banked: Books) -> None:
    assert reconcile(banked.asha, date(2026, 10, 14), Money(0)).held_pence == 0
    assert reconcile(banked.asha, date(2026, 10, 15), Money(190_000)).agrees
    with pytest.raises(InputError, match="still to come"):
        reconcile(banked.asha, date(2027, 1, 1), Money(0))


def test_a_difference_is_explained_to_the_penny_before_anybody_is_asked(banked: Books) -> None:
    short = reconcile(banked.asha, DAY, Money(194_000))
    with pytest.raises(InputError, match=r"£6\.50 too little is not explained"):
        propose_reconciliation(banked.asha, short)
    with pytest.raises(InputError, match="no fund isf-P099"):
        propose_reconciliation(banked.asha, reconcile(banked.asha, DAY, Money(194_000), explained=[Item("A cheque", -650, "isf-P099")]))
    said = reconcile(banked.asha, DAY, Money(194_000), explained=[Item("A cheque that the bank lost", -650, "isf-P001")])
    approve(banked.ben, propose_reconciliation(banked.asha, said))
    assert reconciliations(banked.asha).all[0].reconciled == said


def test_somebody_else_signs_it_off_and_once(banked: Books) -> None:
    digest = propose_reconciliation(banked.asha, reconcile(banked.asha, DAY, Money(194_650)))
    waiting, = (each for each in waiting_for_approval(banked.ben) if each.digest == digest)
    assert waiting.says == ("People’s money on 31 October 2026: £1,618.00 must be held, the ledger holds £1,900.00, the bank says £1,946.50. It "
                            "agrees.",)
    with pytest.raises(NotAllowed, match="asha prepared this"):
        approve(banked.asha, digest)
    assert approve(banked.ben, digest).said[0].endswith("It agrees.")
    assert approve(banked.ben, digest).said == ()
    standing = reconciliations(banked.asha)
    assert (standing.last, standing.is_overdue, standing.all[0].approved_by) == (DAY, False, "ben")


def test_what_was_prepared_before_the_books_changed_is_not_signed_off(banked: Books) -> None:
    digest = propose_reconciliation(banked.asha, reconcile(banked.asha, DAY, Money(194_650)))
    banked.apply({"bank_lines": [bank_line("IN-3", "2026-10-30", "10.00")]})
    with pytest.raises(NotAllowed, match="books have changed since"):
        approve(banked.ben, digest)


def test_money_that_nobody_ever_reconciled_is_overdue_and_no_money_is_not(banked: Books, peopled: Books) -> None:
    assert reconciliations(banked.asha).is_overdue
    assert not reconciliations(peopled.asha).is_overdue


def test_money_put_back_from_the_wrong_person_is_nobodys_and_stays_in_the_bank(banked: Books) -> None:
    banked.apply({"bank_lines": [bank_line("IN-4", "2026-10-23", "40.00", parts=[part("isf-P002", "40.00", funder="southgate")])]})
    with banked.store.reading() as connection:
        key, = (row.event_key for row in ledger.entries_posted(connection, date(2026, 10, 1), date(2026, 11, 30)) if "IN-4" in row.event_key)
    assert reconcile(banked.asha, DAY, Money(198_650)).agrees
    banked.apply({"corrections": [{"correction": "CO-1", "person": "P002", "fund": "isf", "entry": key, "on": "2026-11-02",
                                     "words": "It was for somebody else"}]})
    found = reconcile(banked.asha, DAY, Money(198_650))
    assert (found.held_pence, sorted(each.pence for each in found.nobodys), found.agrees) == (190_000, [-350, 4_000, 5_000], True)
