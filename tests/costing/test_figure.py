"""A number that knows how it was made."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from basics.errors import InputError
from costing.explain import explain, in_words
from costing.figure import (
    Dated,
    Operation,
    Typed,
    Unit,
    at_least,
    at_most,
    given,
    leaves_first,
    rounded,
    share,
    total,
    where_above,
    whole_of,
)


def typed(value, label="", unit=Unit.NUMBER):
    return given(Decimal(str(value)), label, unit, Typed("test.cost.yaml, line 1"))


def test_a_figure_refuses_a_float_and_a_bool():
    for wrong in (0.1, True):
        with pytest.raises(TypeError, match="Decimal or an int"):
            given(wrong, "Pay", Unit.POUNDS, Typed("here"))


def test_dividing_and_multiplying_back_loses_nothing():
    assert (typed("5.6") / typed("46.4") * typed("46.4")).exact == Fraction("5.6")


def test_each_operation_has_one_meaning():
    two, three = typed(2), typed(3)
    made = {
        Operation.ADD: two + three, Operation.SUBTRACT: two - three, Operation.MULTIPLY: two * three, Operation.DIVIDE: two / three,
        Operation.SUM: total([two, three, two]), Operation.SHARE: share(two, three), Operation.WHOLE_OF: whole_of(two, typed(60)),
        Operation.AT_LEAST: at_least(two, three), Operation.AT_MOST: at_most(two, three),
        Operation.WHERE_ABOVE: where_above(two, three, two), Operation.ROUNDED: rounded(typed("1.01"), typed(4)),
    }
    assert {operation: figure.exact for operation, figure in made.items()} == {
        Operation.ADD: 5, Operation.SUBTRACT: -1, Operation.MULTIPLY: 6, Operation.DIVIDE: Fraction(2, 3), Operation.SUM: 7,
        Operation.SHARE: Fraction(6, 100), Operation.WHOLE_OF: 5, Operation.AT_LEAST: 3, Operation.AT_MOST: 2,
        Operation.WHERE_ABOVE: 2, Operation.ROUNDED: Fraction(104, 100),
    }
    assert all(figure.operation is operation for operation, figure in made.items())
    assert set(made) | {Operation.GIVEN} == set(Operation)


def test_nothing_is_due_at_the_threshold_itself():
    assert where_above(typed(5), typed(192), typed(192)).exact == 0


def test_a_price_a_hair_under_half_a_penny_is_not_rounded_up():
    almost = typed("1.005") - typed(1) / typed(10**60)
    assert rounded(almost, typed(1)).value == Decimal("1.00")
    assert rounded(typed("1.005"), typed(1)).value == Decimal("1.01")


def test_a_price_a_hair_over_a_multiple_of_four_goes_up_to_the_next():
    for step, pounds, up in ((4, "16.84", "16.88"), (7, "16.80", "16.87")):
        assert rounded(typed(pounds) + typed(1) / typed(10**60), typed(step)).value == Decimal(up)
        assert rounded(typed(pounds), typed(step)).value == Decimal(pounds)


def test_the_whole_cannot_be_taken_of_itself():
    with pytest.raises(InputError, match="nothing is left"):
        whole_of(typed(10), typed(100))


def test_every_figure_comes_after_those_it_is_made_of_and_once():
    pay = typed(10, "Pay")
    both = pay * 2 + pay * 3
    order = list(leaves_first(both))
    assert order.count(pay) == 1
    assert all(order.index(part) < order.index(figure) for figure in order for part in figure.parts)


def test_the_explanation_names_each_step_and_where_it_is_from():
    rate = given(Decimal("12.71"), "National Living Wage", Unit.POUNDS_PER_HOUR,
                 Dated("national_living_wage", "the Government", date(2026, 4, 1), "gov.uk"))
    hours = typed(20, "Hours of support", Unit.HOURS_PER_WEEK)
    minutes = typed(15, "Travel", Unit.MINUTES_PER_VISIT)
    pay = (rate * (hours + minutes * 16 / 60)).called("Pay", Unit.POUNDS_PER_WEEK)
    assert [str(step) for step in explain(pay)] == [
        "National Living Wage: £12.71 an hour, set by the Government, from 1 April 2026 (gov.uk)",
        "Hours of support: 20 hours a week, typed in test.cost.yaml, line 1",
        "Travel: 15 minutes a visit, typed in test.cost.yaml, line 1",
        "Pay: £305.04 a week = “National Living Wage” × (“Hours of support” + ((“Travel” × 16) ÷ 60))",
    ]


def test_an_amount_that_is_cut_short_says_about():
    assert in_words(typed(1, "", Unit.POUNDS_PER_WEEK) / typed(3)) == "about 0.3333"
    assert in_words((typed(2) / typed(3)).called("x", Unit.POUNDS_PER_WEEK)) == "about £0.6667 a week"
    assert in_words(typed("1234.5", "", Unit.POUNDS)) == "£1,234.50"
    assert in_words(typed("9.50", "", Unit.PERCENT)) == "9.5%"
    assert in_words(typed(1, "", Unit.HOURS_PER_WEEK)) == "1 hour a week"
    assert in_words(typed("-3", "", Unit.POUNDS)) == "-£3.00"
