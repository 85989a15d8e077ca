"""Published figures with their legal days."""

from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError, NotKnown
from costing.figure import Unit
from costing.parameter import DatedValue, Parameter, Parameters


def wage(*values, known_until=date(2027, 3, 31), key="wage", unit=Unit.POUNDS_PER_HOUR, place="low_pay_commission/wage.yaml"):
    dated = tuple(DatedValue(start, Decimal(value), "a reference") for start, value in values)
    return Parameter(key, "Minimum wage", unit, "the Government", dated, known_until, place)


TWO_YEARS = wage((date(2025, 4, 1), "12.21"), (date(2026, 4, 1), "12.71"))


def test_a_value_counts_from_its_day_to_the_eve_of_the_next():
    found = [TWO_YEARS.figure(day).value for day in (date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31))]
    assert found == [Decimal("12.21"), Decimal("12.21"), Decimal("12.71"), Decimal("12.71")]


@pytest.mark.parametrize("day", [date(2025, 3, 31), date(2027, 4, 1)])
def test_a_day_outside_what_is_known_says_which_figure_to_add_and_where(day):
    with pytest.raises(NotKnown) as refused:
        TWO_YEARS.figure(day)
    assert "Minimum wage" in str(refused.value)
    assert "low_pay_commission/wage.yaml" in str(refused.value)


def test_values_that_overlap_are_refused():
    for second in (date(2025, 4, 1), date(2024, 4, 1)):
        with pytest.raises(InputError, match="later day"):
            wage((date(2025, 4, 1), "12.21"), (second, "12.71"))


def test_a_last_value_that_starts_after_it_is_known_is_refused():
    with pytest.raises(InputError, match="known_until"):
        wage((date(2025, 4, 1), "12.21"), known_until=date(2025, 3, 31))


def test_a_year_is_added_without_a_release():
    both = Parameters([TWO_YEARS, wage((date(2027, 4, 1), "13.30"), known_until=date(2028, 3, 31))])
    assert both.figure("wage", date(2027, 4, 1)).value == Decimal("13.30")
    assert both.figure("wage", date(2027, 3, 31)).value == Decimal("12.71")


def test_a_change_in_the_middle_of_a_known_year_takes_over_from_its_day():
    both = Parameters([TWO_YEARS, wage((date(2026, 11, 6), "13.00"))])
    assert [both.figure("wage", day).value for day in (date(2026, 11, 5), date(2026, 11, 6))] == [Decimal("12.71"), Decimal("13.00")]


def test_a_year_added_after_a_gap_is_refused():
    with pytest.raises(InputError, match="days between"):
        Parameters([TWO_YEARS, wage((date(2027, 4, 2), "13.30"), known_until=date(2028, 3, 31))])


def test_a_year_added_in_another_unit_is_refused():
    with pytest.raises(InputError, match="same unit"):
        Parameters([TWO_YEARS, wage((date(2027, 4, 1), "480"), known_until=date(2028, 3, 31), unit=Unit.POUNDS_PER_WEEK)])


def test_a_name_that_nobody_published_lists_those_that_are():
    with pytest.raises(NotKnown, match="Choose one of wage"):
        Parameters([TWO_YEARS]).figure("wages", date(2026, 4, 1))


def with_a_break():
    values = (DatedValue(date(2014, 2, 4), Decimal("15.19"), "a reference", ends_on=date(2014, 3, 31)),
              DatedValue(date(2020, 4, 1), Decimal("20.69"), "a reference"))
    return Parameter("price", "Minimum price", Unit.POUNDS_PER_HOUR_OF_SUPPORT, "a body", values, date(2021, 3, 31), "bodies/price.yaml")


def test_a_value_that_ends_is_not_carried_over_the_days_that_nobody_knows():
    known = [with_a_break().in_force(day) is not None for day in (date(2014, 3, 31), date(2014, 4, 1), date(2020, 3, 31), date(2020, 4, 1))]
    assert known == [True, False, False, True]
    with pytest.raises(NotKnown, match="from 4 February 2014 to 31 March 2014 and from 1 April 2020 to 31 March 2021, and is needed on 1 April 2014"):
        with_a_break().figure(date(2014, 4, 1))


def test_years_that_follow_one_another_are_told_as_one():
    with pytest.raises(NotKnown, match="known from 1 April 2025 to 31 March 2027, and"):
        TWO_YEARS.figure(date(2027, 4, 1))


@pytest.mark.parametrize("ends_on", [date(2014, 2, 3), date(2020, 4, 1)])
def test_a_value_ends_after_it_starts_and_before_the_next(ends_on):
    values = (DatedValue(date(2014, 2, 4), Decimal("15.19"), "a reference", ends_on=ends_on), with_a_break().values[1])
    with pytest.raises(InputError, match="Check its last day"):
        Parameter("price", "Minimum price", Unit.POUNDS, "a body", values, date(2021, 3, 31), "bodies/price.yaml")
