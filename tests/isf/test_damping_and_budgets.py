"""A damped split is a proposal that conserves the sum; budgets stand beside what they weigh; a house's budget goes by its places."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.errors import InputError, Refused
from isf.damping import damped
from isf.household import HouseBudget, with_household
from isf.split import Claim, Method, TopSlice, split

PENCE = st.integers(0, 10_000_000)


def by_amounts(amounts):
    return split(sum(amounts.values()), Method.AMOUNTS, [Claim(person=person, amount_pence=pence) for person, pence in amounts.items()])


def test_nobody_loses_more_than_a_tenth_and_the_gains_pay_for_it_in_proportion():
    """The damping case: now 200/150/100/50 thousand, the formula 150/170/90/90."""
    formula = by_amounts(dict(zip("ABCD", (15_000_000, 17_000_000, 9_000_000, 9_000_000), strict=True)))
    found = damped(formula, dict(zip("ABCD", (20_000_000, 15_000_000, 10_000_000, 5_000_000), strict=True)), Decimal(10))
    assert list(found.proposed.values()) == [18_000_000, 16_000_000, 9_000_000, 7_000_000]
    assert found.moved_pence == 3_000_000


@given(st.lists(st.tuples(PENCE, PENCE), min_size=1, max_size=8), st.decimals(0, 100, places=1))
def test_a_damped_split_moves_no_penny_in_or_out_and_holds_every_loss(sums, percent):
    before = {f"P{n}": was for n, (was, _) in enumerate(sums)}
    formula = {f"P{n}": now for n, (_, now) in enumerate(sums)}
    if not sum(formula.values()):
        return
    try:
        found = damped(by_amounts(formula), before, percent)
    except Refused:
        return
    assert sum(found.proposed.values()) == sum(formula.values())
    for person, pence in found.proposed.items():
        assert pence >= 0
        assert pence * 100 >= min(before[person] * (100 - percent), formula[person] * 100)
        assert min(formula[person], before[person]) <= max(pence, formula[person])
        assert pence >= min(formula[person], before[person])


@given(st.lists(st.tuples(PENCE, PENCE), min_size=1, max_size=8))
def test_where_nobody_loses_too_much_damping_changes_nothing(sums):
    before = {f"P{n}": was for n, (was, _) in enumerate(sums)}
    formula = {f"P{n}": max(now, was) + 1 for n, (was, now) in enumerate(sums)}
    assert damped(by_amounts(formula), before, Decimal(5)).proposed == formula


def test_a_contract_that_fell_by_more_cannot_be_damped_and_says_what_is_short():
    with pytest.raises(Refused, match=r"takes £8\.00, and the gains of the others come to £0\.00"):
        damped(by_amounts({"A": 5000, "B": 5000}), {"A": 6000, "B": 6000}, Decimal(10))


def test_an_empty_place_that_pays_for_damping_is_told():
    formula = split(30_000, Method.AMOUNTS, [Claim(person="A", amount_pence=10_000), Claim(person="B", amount_pence=10_000),
                                             Claim(person="VOID-1", amount_pence=10_000, empty_place=True)])
    found = damped(formula, {"A": 12_000, "B": 10_000, "VOID-1": 8_000}, Decimal(10))
    assert found.empty_places_pay == {"VOID-1": 800}
    assert damped(formula, {"A": 10_000, "B": 10_000, "VOID-1": 10_000}, Decimal(10)).empty_places_pay == {}


def test_budgets_of_a_household_add_to_what_was_given():
    claims = with_household([Claim(person=who, budget_pence=0) for who in "ABC"], [HouseBudget("Elm", 11_000, tuple("ABC"))])
    budgets = [each.budget_pence for each in split(50_000, Method.HOUSEHOLD, claims).allocations]
    assert budgets == [3_667, 3_667, 3_666]


def test_top_slices_that_take_the_whole_contract_are_told():
    claims = [Claim(person="A"), Claim(person="B")]
    assert split(50_000, Method.EQUAL, claims, [TopSlice("contingency", percent=Decimal(100))]).leaves_nothing
    assert not split(50_000, Method.EQUAL, claims, [TopSlice("contingency", percent=Decimal(99))]).leaves_nothing


def test_nobody_is_damped_whose_last_year_is_not_known():
    with pytest.raises(Refused, match="person B: has no last year"):
        damped(by_amounts({"A": 5000, "B": 5000}), {"A": 6000}, Decimal(10))


@pytest.mark.parametrize("percent", ["-1", "100.5"])
def test_a_percentage_that_is_none_is_refused(percent):
    with pytest.raises(InputError, match="is none"):
        damped(by_amounts({"A": 5000}), {"A": 6000}, Decimal(percent))


def test_a_split_by_budgets_shows_what_is_over_or_under_each():
    found = split(90_000, Method.BUDGETS, [Claim(person="A", budget_pence=60_000), Claim(person="B", budget_pence=40_000)])
    assert [(each.pence, each.budget_pence, each.over_budget_pence) for each in found.allocations] == [
        (54_000, 60_000, -6_000), (36_000, 40_000, -4_000)]


def test_a_budget_beside_another_method_is_not_said_to_be_over_or_under():
    found = split(90_000, Method.EQUAL, [Claim(person="A", budget_pence=60_000)])
    assert found.allocations[0].over_budget_pence is None


def test_a_household_has_own_budgets_and_equal_parts_of_the_houses_by_its_places():
    house = HouseBudget("elm", 90_000, ("A", "B", "elm-3"))
    claims = [Claim(person="A", budget_pence=50_000), Claim(person="B", budget_pence=20_000), Claim(person="elm-3", empty_place=True),
              Claim(person="C", budget_pence=10_000)]
    found = split(170_000, Method.HOUSEHOLD, with_household(claims, [house]))
    assert {each.person: (each.pence, each.over_budget_pence) for each in found.allocations} == {
        "A": (80_000, 0), "B": (50_000, 0), "elm-3": (30_000, 0), "C": (10_000, 0)}


@given(st.integers(1, 7), PENCE)
def test_an_empty_place_never_raises_what_the_others_of_a_house_bear(places, pence):
    named = tuple(f"P{n}" for n in range(places))
    lived_in = with_household([Claim(person=name, budget_pence=0) for name in named], [HouseBudget("elm", pence, named)])
    one_empty = with_household([Claim(person=name, budget_pence=None if n else 0, empty_place=n > 0) for n, name in enumerate(named)],
                               [HouseBudget("elm", pence, named)])
    assert [claim.household_pence for claim in lived_in] == [claim.household_pence for claim in one_empty] == [Fraction(pence, places)] * places


def test_a_person_without_a_budget_cannot_be_split_by_one():
    for method in (Method.BUDGETS, Method.HOUSEHOLD):
        with pytest.raises(Refused, match="person B: has no budget"):
            split(100, method, with_household([Claim(person="A", budget_pence=5), Claim(person="B")], []))


def test_a_split_by_cost_goes_by_a_week_of_each_package():
    found = split(300_000, Method.COST, [Claim(person="A", package_pence=58_960), Claim(person="B", package_pence=29_480)])
    assert [each.pence for each in found.allocations] == [200_000, 100_000]


def test_an_allocation_says_whether_it_can_follow_the_person():
    found = split(100, Method.EQUAL, [Claim(person="A", separable=True), Claim(person="B", separable=False), Claim(person="C")])
    assert [each.separable for each in found.allocations] == [True, False, None]
