"""Whose the money is that is left at the end of a fund: worked by hand, and for any fund at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from basics.errors import InputError, NotKnown
from basics.people import FunderKind
from isf.accounts import Unit
from isf.ending import PartSaid, Payer, Said, Settlement, Standing, settle, settlement_entries
from isf.entries import Event

COUNCIL, PERSON, ICB = "southgate", "amina", "northvale"


def stands(*payers: Payer, left: int = 0, banked: int = 0, minutes: int = 0, owed_provider: int = 0) -> Standing:
    return Standing(left, banked, minutes, 0, owed_provider, 0, payers)


def council(due: int, paid: int) -> Payer:
    return Payer(COUNCIL, FunderKind.COUNCIL, due, paid)


def person(due: int, paid: int) -> Payer:
    return Payer(PERSON, FunderKind.PERSON, due, paid)


def icb(due: int, paid: int) -> Payer:
    return Payer(ICB, FunderKind.ICB, due, paid)


def bears(settled: Settlement) -> dict[str, int]:
    """What each payer has paid in the end."""
    return {each.payer.reference: each.payer.paid_pence - each.back_pence + each.still_due_pence for each in settled.payers}


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


def test_a_contribution_never_exceeds_what_was_assessed_and_overspend_is_the_providers_until_a_funder_approves_it() -> None:
    """The council promised £2,366.67 and the person £600.00 over six months. After two of them £2,900.00 was used, and her contribution to date,
    £200.00, is paid: 2,900.00 − 2,366.67 − 200.00 = £333.33 was promised by nobody who still has to pay. (No overspend is ever the person’s.)"""
    settled = settle(stands(council(78_889, 157_778), person(40_000, 20_000), left=6_667, owed_provider=112_222), Said(contribution_pence=20_000))
    assert bears(settled) == {COUNCIL: 236_667, PERSON: 20_000}
    assert [(each.released_pence, each.carried_pence) for each in settled.payers] == [(0, 0), (6_667, 33_333)]
    assert settled.steps()[1:] == [
        "not to be paid any more by the person (amina): £400.00", "still to be paid by southgate, for what was used: £788.89",
        "used beyond what was promised: £333.33, which the provider carries until a funder approves more"]


def test_overspend_that_was_paid_to_the_provider_already_stops_the_settlement() -> None:
    for paid, owed_provider in ((60_000, 112_222), (20_000, 33_332)):
        with pytest.raises(InputError, match=re.escape("£333.33 more was used than its payers have to pay, and that was paid to the provider")):
            settle(stands(council(78_889, 157_778), person(60_000 - paid, paid), left=6_667, owed_provider=owed_provider),
                   Said(contribution_pence=20_000))


@pytest.mark.parametrize(("used", "expected"), [
    (100_000, {COUNCIL: 40_000, PERSON: 10_000, ICB: 50_000}),
    (10_000, {COUNCIL: 0, PERSON: 5_000, ICB: 5_000}),
])
def test_a_contribution_bears_on_the_councils_share_alone_and_never_exceeds_its_cost(used: int, expected: dict[str, int]) -> None:
    """The council promised £1,000.00, £100.00 of it hers; the NHS £1,000.00. Each side bears half of what was used."""
    fund = stands(council(45_000, 45_000), person(0, 10_000), icb(50_000, 50_000), left=200_000 - used)
    assert bears(settle(fund, Said(contribution_pence=10_000, by_promises=True))) == expected


def test_on_whose_share_a_contribution_bears_is_not_guessed() -> None:
    second = Payer("northgate", FunderKind.COUNCIL, 0, 1_000)
    for payers, who in (((icb(0, 1_000),), "no council pays"), ((council(0, 1_000), second), "several councils pay")):
        with pytest.raises(NotKnown, match=f"bears on one council’s, never on the NHS’s, and {who} here"):
            settle(stands(*payers, person(0, 500), left=100), Said(contribution_pence=500, by_promises=True))


def test_who_alone_pays_for_their_support_pays_for_all_of_it() -> None:
    assert bears(settle(stands(person(0, 30_000), left=20_000), Said())) == {PERSON: 10_000}


def test_notice_is_paid_before_anything_goes_back() -> None:
    settled = settle(stands(council(0, 100_000), left=40_000), Said(notice_pence=25_000))
    assert (settled.notice_pence, parts(settled)) == (25_000, {COUNCIL: (15_000, 0, 0)})
    with pytest.raises(InputError, match=re.escape("The notice is £400.01, and £400.00 is left")):
        settle(stands(council(0, 100_000), left=40_000), Said(notice_pence=40_001))


def test_several_funders_share_by_their_promises_only_where_somebody_says_so() -> None:
    """£900.00 and £600.00 promised and paid, £500.00 used: £300.00 and £200.00 of it."""
    payers = (council(0, 90_000), icb(0, 60_000))
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
    payers = [Payer(f"f{n}", FunderKind.ICB if n else FunderKind.COUNCIL, draw(PENCE), draw(PENCE) + 1) for n in range(draw(st.integers(0, 3)))]
    payers += [person(draw(PENCE), draw(PENCE))] if draw(st.booleans()) or not payers else []
    left = draw(st.integers(0, sum(payer.promised_pence for payer in payers)))
    banked = draw(st.integers(0, left))
    standing = Standing(left - banked, banked, draw(PENCE), draw(PENCE), used_of(payers, left), 0, tuple(payers))
    return standing, Said(draw(st.integers(0, left)), draw(PENCE), by_promises=True)


def used_of(payers: Sequence[Payer], left: int) -> int:
    """Nothing of it was drawn yet."""
    return sum(payer.promised_pence for payer in payers) - left


def settled_or_not(standing: Standing, said: Said) -> Settlement:
    """Only overspend that the person paid for stops a settlement here."""
    try:
        return settle(standing, said)
    except InputError:
        assert any(payer.is_person and payer.paid_pence > (said.contribution_pence or 0) for payer in standing.payers)
        reject()


@given(funds())
def test_every_penny_that_is_left_is_somebodys_and_no_part_is_below_nil(fund: tuple[Standing, Said]) -> None:
    standing, said = fund
    settled = settled_or_not(standing, said)
    assert all(amount >= 0 for each in settled.payers for amount in each[1:])
    assert settled.notice_pence + sum(each.back_pence + each.released_pence for each in settled.payers) == (
        standing.available_pence + standing.banked_pence)
    for each in settled.payers:
        assert each.back_pence <= each.payer.paid_pence
        assert each.not_paid_pence + each.still_due_pence == each.payer.due_pence
        assert not (each.back_pence and each.still_due_pence)


@given(funds())
def test_after_the_settlement_nothing_may_be_used_and_nothing_is_set_aside(fund: tuple[Standing, Said]) -> None:
    standing, said = fund
    end = date(2026, 12, 1)
    left = {(Unit.PENCE, "available"): standing.available_pence, (Unit.PENCE, "banked"): standing.banked_pence,
            (Unit.MINUTES, "available"): standing.available_minutes, (Unit.MINUTES, "banked"): standing.banked_minutes}
    due = {payer.reference: payer.due_pence for payer in standing.payers}
    for each in settlement_entries(settled_or_not(standing, said), Event("e", "ending", "f"), Event("n", "notice", "f"), end):
        assert each.amount > 0
        if each.debit[0] != "borne":
            left[each.unit, each.debit[0]] -= each.amount
        if (each.unit, each.credit[0]) in left:
            left[each.unit, each.credit[0]] += each.amount
        elif each.credit[0] == "due":
            due[each.credit[1] or ""] -= each.amount
    assert set(left.values()) == {0}
    assert all(pence >= 0 for pence in due.values())


@given(funds())
def test_once_it_is_settled_and_paid_out_a_fund_is_at_nil_in_the_bank(fund: tuple[Standing, Said]) -> None:
    """Nothing of its support was drawn yet: who still owes pays, the provider draws what it earned and does not carry, and the rest goes back."""
    standing, said = fund
    settled = settled_or_not(standing, said)
    used = used_of(standing.payers, standing.available_pence + standing.banked_pence) - sum(each.carried_pence for each in settled.payers)
    held = sum(payer.paid_pence for payer in standing.payers) + sum(each.still_due_pence for each in settled.payers)
    assert held - (used + settled.notice_pence) - sum(each.back_pence for each in settled.payers) == 0


@given(funds())
def test_the_person_never_bears_more_than_was_assessed_nor_than_the_councils_share_costs(fund: tuple[Standing, Said]) -> None:
    standing, said = fund
    paid = bears(settled_or_not(standing, said))
    used = used_of(standing.payers, standing.available_pence + standing.banked_pence) + said.notice_pence
    assert paid.get(PERSON, 0) <= min(said.contribution_pence or 0, used - sum(paid.get(nhs, 0) for nhs in ("f1", "f2")))


@given(funds(), PENCE)
def test_what_the_nhs_bears_is_the_same_whatever_the_contribution_came_to(fund: tuple[Standing, Said], contribution: int) -> None:
    standing, said = fund
    paid, other = (bears(settled_or_not(standing, each)) for each in (said, replace(said, contribution_pence=contribution)))
    assert [paid.get(nhs) for nhs in ("f1", "f2")] == [other.get(nhs) for nhs in ("f1", "f2")]
