"""Whose the money is that is left at the end of a fund: worked by hand, and for any fund at all."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.errors import InputError, NotKnown
from isf.accounts import Unit
from isf.ending import PartSaid, Payer, Said, Settlement, Standing, settle, settlement_entries
from isf.entries import Event

COUNCIL, PERSON, ICB = "southgate", "amina", "northvale"


def stands(*payers: Payer, left: int = 0, banked: int = 0, minutes: int = 0) -> Standing:
    return Standing(left, banked, minutes, 0, 0, 0, payers)


def council(due: int, paid: int) -> Payer:
    return Payer(COUNCIL, False, due, paid)


def person(due: int, paid: int) -> Payer:
    return Payer(PERSON, True, due, paid)


def parts(settled: Settlement) -> dict[str, tuple[int, int, int]]:
    """What goes back, what is released and what is still due, by payer."""
    return {each.payer.reference: (each.back_pence, each.released_pence, each.still_due_pence) for each in settled.payers}


def test_what_one_council_paid_and_nobody_used_goes_back_and_the_rest_of_its_promise_is_released() -> None:
    """£5,400.00 promised, £1,800.00 of it paid, £1,000.00 used."""
    settled = settle(stands(council(360_000, 180_000), left=440_000), Said())
    assert parts(settled) == {COUNCIL: (80_000, 360_000, 0)}


def test_where_more_was_used_than_was_paid_the_council_still_owes_the_difference() -> None:
    settled = settle(stands(council(360_000, 180_000), left=300_000), Said())
    assert parts(settled) == {COUNCIL: (0, 300_000, 60_000)}


def test_the_persons_overpaid_contribution_goes_to_the_person_and_the_rest_to_the_council() -> None:
    """She paid £300.00 and her contribution until the end came to £200.00; £1,000.00 was used, so £800.00 of it is the council’s."""
    settled = settle(stands(council(360_000, 180_000), person(30_000, 30_000), left=500_000), Said(contribution_pence=20_000))
    assert parts(settled) == {COUNCIL: (100_000, 360_000, 0), PERSON: (10_000, 30_000, 0)}


def test_a_contribution_is_never_more_than_what_was_used() -> None:
    settled = settle(stands(council(0, 100_000), person(0, 30_000), left=120_000), Said(contribution_pence=30_000))
    assert parts(settled) == {COUNCIL: (100_000, 0, 0), PERSON: (20_000, 0, 0)}


def test_notice_is_paid_before_anything_goes_back() -> None:
    settled = settle(stands(council(0, 100_000), left=40_000), Said(notice_pence=25_000))
    assert (settled.notice_pence, parts(settled)) == (25_000, {COUNCIL: (15_000, 0, 0)})
    with pytest.raises(InputError, match=re.escape("The notice is £400.01, and £400.00 is left")):
        settle(stands(council(0, 100_000), left=40_000), Said(notice_pence=40_001))


def test_several_funders_share_by_their_promises_only_where_somebody_says_so() -> None:
    """£900.00 and £600.00 promised and paid, £500.00 used: £300.00 and £200.00 of it."""
    payers = (council(0, 90_000), Payer(ICB, False, 0, 60_000))
    with pytest.raises(NotKnown, match="How southgate, northvale share what was used is not known"):
        settle(stands(*payers, left=100_000), Said())
    assert parts(settle(stands(*payers, left=100_000), Said(by_promises=True))) == {COUNCIL: (60_000, 0, 0), ICB: (40_000, 0, 0)}
    said = {COUNCIL: PartSaid(70_000, 0), ICB: PartSaid(30_000, 0)}
    assert parts(settle(stands(*payers, left=100_000), Said(parts=said))) == {COUNCIL: (70_000, 0, 0), ICB: (30_000, 0, 0)}


def test_what_nobody_said_is_not_guessed() -> None:
    with pytest.raises(NotKnown, match="contribution came to until the end is not known"):
        settle(stands(council(0, 100_000), person(0, 30_000), left=50_000), Said())
    with pytest.raises(NotKnown, match=re.escape("£412.50 of what is left was promised by nobody here")):
        settle(stands(left=41_250), Said())
    with pytest.raises(InputError, match=re.escape("come to £40.00, and £50.00 is left: a difference of £10.00")):
        settle(stands(council(0, 10_000), left=5_000), Said(parts={COUNCIL: PartSaid(4_000, 0)}))
    with pytest.raises(InputError, match="never promised or paid"):
        settle(stands(council(0, 10_000), left=5_000), Said(parts={ICB: PartSaid(5_000, 0)}))
    with pytest.raises(InputError, match=re.escape("paid £5.00 more than was promised")):
        settle(stands(council(-500, 10_000), left=5_000), Said())


PENCE = st.integers(0, 10_000_000)


@st.composite
def funds(draw: st.DrawFn) -> tuple[Standing, Said]:
    """Any fund that keeps the rule that nothing is used beyond what was promised, and anything that may be said of it."""
    payers = [Payer(f"f{n}", False, draw(PENCE), draw(PENCE)) for n in range(draw(st.integers(0, 3)))]
    payers += [person(draw(PENCE), draw(PENCE))] if draw(st.booleans()) or not payers else []
    left = draw(st.integers(0, sum(payer.promised_pence for payer in payers)))
    banked = draw(st.integers(0, left))
    standing = Standing(left - banked, banked, draw(PENCE), draw(PENCE), 0, 0, tuple(payers))
    return standing, Said(draw(st.integers(0, left)), draw(PENCE), by_promises=True)


@given(funds())
def test_every_penny_that_is_left_is_somebodys_and_no_part_is_below_nil(fund: tuple[Standing, Said]) -> None:
    standing, said = fund
    settled = settle(standing, said)
    assert all(amount >= 0 for each in settled.payers for amount in each[1:])
    assert settled.notice_pence + sum(each.back_pence + each.released_pence for each in settled.payers) == (
        standing.available_pence + standing.banked_pence)
    for each in settled.payers:
        assert each.back_pence <= each.payer.paid_pence
        assert each.released_pence + each.still_due_pence == each.payer.due_pence
        assert not (each.back_pence and each.still_due_pence)


@given(funds())
def test_after_the_settlement_nothing_may_be_used_and_nothing_is_set_aside(fund: tuple[Standing, Said]) -> None:
    standing, said = fund
    end = date(2026, 12, 1)
    left = {(Unit.PENCE, "available"): standing.available_pence, (Unit.PENCE, "banked"): standing.banked_pence,
            (Unit.MINUTES, "available"): standing.available_minutes, (Unit.MINUTES, "banked"): standing.banked_minutes}
    due = {payer.reference: payer.due_pence for payer in standing.payers}
    for each in settlement_entries(settle(standing, said), Event("e", "ending", "f"), Event("n", "notice", "f"), end):
        assert each.amount > 0
        left[each.unit, each.debit[0]] -= each.amount
        if (each.unit, each.credit[0]) in left:
            left[each.unit, each.credit[0]] += each.amount
        elif each.credit[0] == "due":
            due[each.credit[1] or ""] -= each.amount
    assert set(left.values()) == {0}
    assert all(pence >= 0 for pence in due.values())


@given(funds())
def test_once_it_is_settled_and_paid_out_a_fund_is_at_nil_in_the_bank(fund: tuple[Standing, Said]) -> None:
    """Nothing of its support was drawn yet: who still owes pays, the provider draws what it earned, and the rest goes back."""
    standing, said = fund
    settled = settle(standing, said)
    used = sum(payer.promised_pence for payer in standing.payers) - standing.available_pence - standing.banked_pence
    held = sum(payer.paid_pence for payer in standing.payers) + sum(each.still_due_pence for each in settled.payers)
    assert held - (used + settled.notice_pence) - sum(each.back_pence for each in settled.payers) == 0
