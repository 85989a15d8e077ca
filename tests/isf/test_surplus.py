"""A surplus: never the balance, and whose it is to the penny."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from basics.errors import NotKnown
from basics.people import FunderKind
from basics.periods import Period
from isf.fund_terms import Spent
from isf.surplus import Held, PaidIn, by_when, cap, covered, if_it_were, of_each, own, said_by_all, side_of, since, surplus, whose

COUNCIL, PERSON = "southgate", "amina"


def paid(council: int, person: int = 0, spent: tuple[int | None, int | None] = (None, None)) -> list[PaidIn]:
    own = [PaidIn(payer=PERSON, pence=person, kind=FunderKind.PERSON, spent=spent[1])] if person else []
    return [PaidIn(payer=COUNCIL, pence=council, spent=spent[0]), *own]


@pytest.mark.parametrize(("held", "expected"), [
    ({"held": 231_000}, 231_000),
    ({"held": 231_000, "paid_ahead": 87_500}, 143_500),
    ({"held": 231_000, "owed_provider": 60_000}, 171_000),
    ({"held": 231_000, "owed_provider": 60_000, "borne": 10_000}, 181_000),
    ({"held": 231_000, "owed_supplier": 5_000}, 226_000),
    ({"held": 231_000, "earmarks": (40_000, 1_000)}, 190_000),
    ({"held": 231_000, "going_back": 56_000}, 231_000),
    ({"held": 50_000, "paid_ahead": 50_000, "owed_provider": 1}, 0),
])
def test_a_surplus_is_what_is_in_the_bank_and_needed_for_nothing(held: dict[str, Any], expected: int) -> None:
    assert surplus(Held(**held)) == expected


def test_on_the_day_four_weeks_money_arrives_nothing_is_over() -> None:
    assert surplus(Held(held=175_000, paid_ahead=175_000)) == 0


def test_a_cap_is_so_many_weeks_of_the_budget_rounded_once() -> None:
    assert cap(4, 43_750, 7) == 175_000
    assert cap(4, 2_281_250, 365) == 175_000
    assert cap(1, 100, 365) == 2


def test_the_contribution_first_leaves_the_rest_to_the_council() -> None:
    assert whose(56_000, paid(400_000, 50_000), Spent.CONTRIBUTION_FIRST) == {PERSON: 0, COUNCIL: 56_000}
    assert whose(420_000, paid(400_000, 50_000), Spent.CONTRIBUTION_FIRST) == {PERSON: 20_000, COUNCIL: 400_000}


def test_alongside_by_shares_divides_it_as_it_was_paid_in() -> None:
    assert whose(56_000, paid(437_500, 62_500), Spent.ALONGSIDE) == {COUNCIL: 49_000, PERSON: 7_000}
    assert whose(1, paid(300, 100), Spent.ALONGSIDE) == {COUNCIL: 1, PERSON: 0}


def test_kept_apart_is_what_is_left_of_each_ones_own() -> None:
    assert whose(40_000, paid(400_000, 50_000, (380_000, 30_000)), Spent.APART) == {COUNCIL: 20_000, PERSON: 20_000}
    with pytest.raises(NotKnown, match="does not say who pays for each line"):
        whose(40_000, paid(400_000, 50_000), Spent.APART)


def test_whose_it_is_is_not_guessed() -> None:
    with pytest.raises(NotKnown, match="do not say whether the contribution is spent first"):
        whose(40_000, paid(400_000, 50_000), None)
    with pytest.raises(NotKnown, match="brought over at the start"):
        whose(40_000, paid(400_000, 50_000), Spent.ALONGSIDE, brought_over_pence=1)
    with pytest.raises(NotKnown, match="brought over at the start"):
        whose(40_000, [], Spent.ALONGSIDE)


def test_where_one_alone_paid_it_is_theirs_whatever_the_terms_say() -> None:
    assert whose(40_000, paid(400_000), None) == {COUNCIL: 40_000}


BOTH = [PaidIn(payer="icb", pence=16_667, kind=FunderKind.ICB, spent=0), PaidIn(payer=COUNCIL, pence=15_000, spent=10_000)]
"""The council paid £150.00 and the NHS £166.67; £100.00 was used, all of it of the council’s line: £216.67 is left."""


def test_of_two_funders_each_ones_is_as_the_terms_say_and_is_not_guessed_where_they_do_not() -> None:
    """Alongside, £216.67 × 150.00 / 316.67 = £102.63 is the council’s. (Whose the surplus is, is a term.)"""
    apart, alongside = {"icb": 16_667, COUNCIL: 5_000}, {"icb": 11_404, COUNCIL: 10_263}
    assert whose(21_667, BOTH, Spent.APART) == apart
    assert whose(21_667, BOTH, Spent.ALONGSIDE) == alongside
    for spent in (None, Spent.CONTRIBUTION_FIRST):
        with pytest.raises(NotKnown, match="the terms of its funders do not say, or not alike"):
            whose(21_667, BOTH, spent)
        assert if_it_were(21_667, BOTH, spent) == {Spent.ALONGSIDE: alongside, Spent.APART: apart}
    assert if_it_were(21_667, BOTH, None, brought_over_pence=1) == {}
    assert if_it_were(21_667, [*BOTH, *paid(0, 100)[1:]], Spent.CONTRIBUTION_FIRST) == {}


def test_terms_that_contradict_one_another_say_nothing() -> None:
    assert said_by_all([Spent.APART, None, Spent.APART]) is Spent.APART
    assert said_by_all([Spent.APART, Spent.ALONGSIDE]) is said_by_all([None]) is None


def test_a_contribution_counts_against_the_councils_cap_and_never_against_the_nhs() -> None:
    own_paid = paid(0, 100)[1:]
    assert side_of(COUNCIL, FunderKind.COUNCIL, [*BOTH, *own_paid]) == {COUNCIL, PERSON}
    assert side_of("icb", FunderKind.ICB, [*BOTH, *own_paid]) == {"icb"}
    assert side_of("icb", FunderKind.ICB, [BOTH[0], *own_paid]) == {"icb"}
    assert side_of("trust", FunderKind.GRANT, own_paid) == {"trust", PERSON}
    assert side_of("northgate", FunderKind.COUNCIL, [*BOTH, *own_paid]) == {"northgate"}
    assert own({"icb": 16_667, COUNCIL: 4_000, PERSON: 1_000}, frozenset({COUNCIL, PERSON})) == {COUNCIL: 4_000, PERSON: 1_000}


def test_the_part_above_the_cap_is_theirs_as_the_whole_is() -> None:
    assert of_each(100, {COUNCIL: 300, PERSON: 100}) == {COUNCIL: 75, PERSON: 25}
    assert of_each(0, {COUNCIL: 0}) == {COUNCIL: 0}


def test_it_stands_since_the_first_day_of_the_last_unbroken_run() -> None:
    days = [(date(2026, 7, 31), 10), (date(2026, 8, 31), 5), (date(2026, 9, 30), 11), (date(2026, 10, 31), 12)]
    assert since(days, 9) == date(2026, 9, 30)
    assert since(days, 4) == date(2026, 7, 31)
    assert since(days, 12) is None
    assert by_when(date(2026, 9, 30), 12) == date(2026, 12, 23)


def test_what_comes_in_pays_the_oldest_instalment_first_and_the_last_in_part() -> None:
    october, november = Period(date(2026, 10, 1), date(2026, 10, 31)), Period(date(2026, 11, 1), date(2026, 11, 30))
    asked = [(october, 1000), (november, 1000)]
    assert covered(asked, 1500) == [(october, 1000), (november, 500)]
    assert covered(asked, 0) == []
    assert covered(asked, 9000) == asked
