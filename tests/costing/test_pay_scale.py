"""Pay scales: what a point is paid on a day, as pay an hour or as a salary."""

from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError, NotKnown
from costing.explain import explain
from costing.figure import Fixed, Unit, given
from costing.parameter import DatedValue, Parameter, Parameters
from costing.pay_scale import FullTime, PayScale

YEAR = [date(2026, 4, 1), date(2027, 4, 1)]


def point(name, *pay, unit=Unit.POUNDS_PER_HOUR, known_until=date(2028, 3, 31)):
    values = tuple(DatedValue(start, Decimal(value), "a circular") for start, value in zip(YEAR, pay, strict=False))
    return Parameter(f"NJC, point {name}", f"NJC, point {name}", unit, "the Council", values, known_until, "rates/njc.yaml")


def scale(*points, full_time=None):
    held = {each.name.rpartition(" ")[2]: each for each in points}
    return PayScale("NJC", "All staff.", "the Council", held, {"Support worker": ("5", "6")}, full_time, "rates/njc.yaml")


FULL_TIME = FullTime(given(37, "Full-time hours", Unit.HOURS_PER_WEEK, Fixed()), given(Decimal("52.143"), "Weeks", Unit.WEEKS_PER_YEAR, Fixed()))


def test_a_point_is_paid_what_its_table_says_on_the_day():
    parameters = Parameters([], [scale(point("5", "12.85", "13.45"))])
    found = [parameters.pay_per_hour("NJC", "5", day).value for day in (date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1))]
    assert found == [Decimal("12.85"), Decimal("12.85"), Decimal("13.45")]


def test_a_salary_is_divided_by_the_hours_and_weeks_that_it_pays_for():
    pay = scale(point("5", "24790", unit=Unit.POUNDS_PER_YEAR), full_time=FULL_TIME).pay_per_hour("5", date(2026, 4, 1))
    assert pay.unit is Unit.POUNDS_PER_HOUR
    assert pay.exact * 37 * Decimal("52.143").as_integer_ratio()[0] == 24790 * Decimal("52.143").as_integer_ratio()[1]
    assert [step.label for step in explain(pay)] == [
        "NJC, point 5", "Full-time hours", "Weeks", "NJC, paid hours of a year", "NJC, point 5, an hour"]


def test_a_point_or_scale_that_is_not_there_says_which_are():
    parameters = Parameters([], [scale(point("5", "12.85"), point("6", "13.10"))])
    with pytest.raises(NotKnown, match="Its points are 5, 6"):
        parameters.pay_per_hour("NJC", "7", date(2026, 4, 1))
    with pytest.raises(NotKnown, match="The pay scales are NJC"):
        parameters.pay_per_hour("njc", "5", date(2026, 4, 1))


def test_a_day_before_or_after_a_scale_is_refused():
    for day in (date(2026, 3, 31), date(2028, 4, 1)):
        with pytest.raises(NotKnown, match="NJC, point 5 is known from 1 April 2026"):
            scale(point("5", "12.85", "13.45")).pay_per_hour("5", day)


def test_a_scale_is_in_one_unit_and_a_salary_says_what_it_pays_for():
    for points, full_time in (([point("5", "12.85", unit=Unit.POUNDS_PER_WEEK)], None), ([point("5", "24790", unit=Unit.POUNDS_PER_YEAR)], None),
                              ([point("5", "12.85")], FULL_TIME), ([point("5", "12.85"), point("6", "9", unit=Unit.POUNDS_PER_YEAR)], FULL_TIME)):
        with pytest.raises(InputError):
            scale(*points, full_time=full_time)


def test_the_grade_of_a_point_is_told():
    assert [scale(point("5", "12.85")).grade_of(name) for name in ("5", "9")] == ["Support worker", ""]
