"""Replay by hand: rounding at a tie, changes in their order, packages stacked and blocks, and what cannot be priced."""

from decimal import Decimal

import pytest

from basics.errors import InputError
from basics.rounding import quote
from costing.figure import Fixed, Typed, Unit, at_least, at_most, fixed, given, rounded, share, total, where_above, whole_of
from costing.replay import NUMBERS_IN_A_BLOCK, Change, How, Replay, Target, replay
from costing.scenario import BASE, Scenario

PENNY = fixed(1, "", Unit.PENCE)


def number(value, label="A number"):
    return given(Decimal(value), label, Unit.POUNDS, Typed("here"))


def pence(figure, *changes, scenario="Changed"):
    return replay([[figure]], [Scenario(scenario, changes)])[0, 0, 0]


def to(leaf, how, value):
    return Change(Target("A number", frozenset({leaf})), how, Decimal(value))


@pytest.mark.parametrize("step", [1, 4, 7])
def test_a_price_at_a_tie_is_rounded_as_it_is_quoted_though_float64_holds_it_a_hair_off(step):
    prices = [Decimal(n) / 1000 for n in range(1, 20_000)]
    three_times = number(1)
    figure = rounded(three_times / 3, fixed(step, "", Unit.PENCE))
    target = Target("Three times the price", frozenset({three_times}))
    found = replay([[figure]], [Scenario(str(price), (Change(target, How.SET, 3 * price),)) for price in prices])
    assert found[0, 0].tolist() == [quote(price, step).pence for price in prices]


def test_half_a_penny_goes_away_from_nil_below_it_too():
    owed = number(1)
    below = rounded(number(0) - owed, PENNY)
    assert [pence(below, to(owed, How.SET, value)) for value in ("0.005", "1.015", "0.0049")] == [-1, -102, 0]
    assert [pence(rounded(number(0) - owed, fixed(4, "", Unit.PENCE)), to(owed, How.SET, value)) for value in ("0.08", "0.07")] == [-8, -4]


def test_changes_of_one_input_are_made_in_their_order():
    pay = number("12.00")
    figure = rounded(pay * 10, PENNY)
    target = Target("Pay", frozenset({pay}))
    more, half_more, ten = (Change(target, How.PLUS, Decimal(1)), Change(target, How.TIMES, Decimal("1.5")), Change(target, How.SET, Decimal(10)))
    assert pence(figure, more, half_more) == 19500
    assert pence(figure, half_more, more) == 19000
    assert pence(figure, half_more, ten, more) == 11000
    assert pence(figure) == 12000


def test_an_input_of_two_targets_is_changed_by_both():
    pay, miles = number(10), number(2)
    both, pay_alone = Target("Both", frozenset({pay, miles})), Target("Pay", frozenset({pay}))
    changes = (Change(both, How.TIMES, Decimal(2)), Change(pay_alone, How.PLUS, Decimal(1)))
    assert pence(rounded(pay * miles, PENNY), *changes) == (10 * 2 + 1) * (2 * 2) * 100


@pytest.mark.parametrize(("made", "expected"), [
    (lambda a, b: a + b, 1300), (lambda a, b: a - b, 700), (lambda a, b: a * b, 3000), (lambda a, b: a / b, 333),
    (lambda a, b: total([a, b, b]), 1600), (share, 30), (lambda a, b: whole_of(b, a), 333), (at_least, 1000), (at_most, 300),
    (lambda a, b: where_above(b, a, number(9)), 300), (lambda a, b: where_above(b, a, number(10)), 0)])
def test_each_operation_means_what_it_means_in_a_price(made, expected):
    one, other = number(1), number(2)
    figure = rounded(made(one, other), PENNY)
    assert pence(figure, to(one, How.SET, 10), to(other, How.SET, 3)) == expected


def test_packages_of_one_shape_are_stacked_and_what_no_change_touches_is_not_part_of_it():
    pay = [number(n) for n in range(10, 15)]
    plain = [[rounded(each * n, PENNY)] for n, each in enumerate(pay[:3], start=1)]
    with_more = [[rounded(each * (number(n) * number(7)), PENNY)] for n, each in enumerate(pay[3:], start=1)]
    target = Target("Pay", frozenset(pay))
    stacked = Replay([*plain, *with_more], [target])
    assert stacked.shapes == 1
    doubled = Scenario("Doubled", (Change(target, How.TIMES, Decimal(2)),))
    assert stacked.pence([BASE, doubled])[0].T.tolist() == [[1000, 2200, 3600, 9100, 19600], [2000, 4400, 7200, 18200, 39200]]


def test_a_price_is_the_same_in_whichever_block_it_is_reckoned():
    scenarios = 1000
    packages = 3 * (NUMBERS_IN_A_BLOCK // scenarios) + 1
    pays = [number(n) for n in range(1, packages + 1)]
    target = Target("Pay", frozenset(pays))
    found = replay([[rounded(pay * 2 + pay / 4, PENNY)] for pay in pays],
                   [Scenario(f"× {n}", (Change(target, How.TIMES, Decimal(n)),)) for n in range(1, scenarios + 1)])
    assert found[0].tolist() == [[225 * package * factor for factor in range(1, scenarios + 1)] for package in range(1, packages + 1)]


def test_a_scenario_that_divides_by_nil_is_named_with_what_would_be_divided():
    hours = number(20)
    figure = rounded((number(100) / hours).called("Price of an hour", Unit.POUNDS_PER_HOUR), PENNY)
    with pytest.raises(InputError, match="No hours left: “Price of an hour” would be divided by nil"):
        pence(figure, to(hours, How.SET, 0), scenario="No hours left")


def test_a_scenario_that_takes_the_whole_of_a_price_is_named():
    percent = given(5, "Surplus", Unit.PERCENT, Fixed())
    figure = rounded(whole_of(number(100), percent).called("Price of a week", Unit.POUNDS_PER_WEEK), PENNY)
    with pytest.raises(InputError, match="All of it: “Price of a week” would lose all of itself"):
        pence(figure, to(percent, How.TIMES, 20), scenario="All of it")


def test_a_scenario_that_takes_an_input_below_nil_is_named():
    pay = number("12.00", "Pay an hour")
    with pytest.raises(InputError, match="Far too little: “Pay an hour” would be below nil"):
        pence(rounded(pay * 10, PENNY), to(pay, How.PLUS, -20), scenario="Far too little")


def test_only_what_is_rounded_to_whole_pence_can_be_replayed():
    with pytest.raises(TypeError, match="not rounded"):
        Replay([[number(1) * 2]], [])
