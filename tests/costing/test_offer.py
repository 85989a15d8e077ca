"""A funder's rate beside direct cost, full cost, the price and the sector's minimum: figures that can be checked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import Money
from costing.figure import Typed, Unit, given
from costing.offer import Level, check_offer
from costing.package import Amount, Basis, Package, Per, Percentage, Support


def of(value):
    return given(Decimal(str(value)), "", Unit.NUMBER, Typed("here"))


PACKAGE = Package("Outreach", date(2026, 10, 1), Support(of(10), weeks_per_year=of(52)), Per.HOUR, of(1),
                  other_direct=(Amount("Support", of(20), Per.HOUR),), company=(Percentage("Office", of(20), Basis.ON_COST),),
                  surplus=Percentage("Surplus", of(5), Basis.ON_COST))
"""Direct £20.00 an hour, full cost £24.00, price £25.20, for ten hours a week."""


def beside(checked, level):
    found = checked.at(level)
    return [each.plain for each in (found.per_hour, found.short_per_hour, found.short_per_week, found.short_per_year)]


def test_the_shortfall_stands_for_an_hour_a_week_and_a_year():
    checked = check_offer(PACKAGE, Money.parse("22.50"), Per.HOUR, of("34.42"))
    assert beside(checked, Level.DIRECT) == ["20.00", "0.00", "0.00", "0.00"]
    assert beside(checked, Level.FULL_COST) == ["24.00", "1.50", "15.00", "780.00"]
    assert beside(checked, Level.PRICE) == ["25.20", "2.70", "27.00", "1404.00"]
    assert beside(checked, Level.MINIMUM) == ["34.42", "11.92", "119.20", "6198.40"]
    assert checked.is_below_full_cost


def test_an_offer_for_a_week_is_told_by_the_hour_too():
    checked = check_offer(PACKAGE, Money.parse("225"), Per.WEEK)
    assert (checked.offered_per_hour.plain, checked.offered_per_week.plain, checked.offered_per_year.plain) == ("22.50", "225.00", "11700.00")


def test_an_offer_of_full_cost_is_not_below_it():
    assert not check_offer(PACKAGE, Money.parse("24"), Per.HOUR).is_below_full_cost
    assert check_offer(PACKAGE, Money.parse("23.99"), Per.HOUR).is_below_full_cost


def test_without_the_weeks_of_a_year_there_is_no_shortfall_of_a_year():
    package = replace(PACKAGE, support=Support(of(10)))
    assert check_offer(package, Money.parse("22"), Per.HOUR).at(Level.FULL_COST).short_per_year is None


@pytest.mark.parametrize(("offered", "per"), [("0", Per.HOUR), ("22", Per.VISIT), ("22", Per.YEAR)])
def test_an_offer_is_above_nil_and_for_an_hour_or_a_week(offered, per):
    with pytest.raises(InputError):
        check_offer(PACKAGE, Money.parse(offered), per)


@settings(max_examples=100, deadline=None)
@examples(st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_higher_offer_never_falls_shorter(one, other):
    low, high = (check_offer(PACKAGE, Money(pence), Per.HOUR) for pence in sorted((one, other)))
    for level in (Level.DIRECT, Level.FULL_COST, Level.PRICE):
        assert high.at(level).short_per_week.pence <= low.at(level).short_per_week.pence
