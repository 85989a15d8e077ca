"""The parts of a week's support: what each kind costs, and among whom it is shared."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from basics.errors import NotKnown
from costing.amounts import amount_per_week
from costing.direct import EMPTY_PLACES, direct_support
from costing.figure import Typed, Unit, given
from costing.package import (
    Amount,
    Holiday,
    HolidayMethod,
    Hours,
    Nights,
    OnCall,
    Package,
    PayBase,
    Per,
    PercentOfPay,
    SleepIns,
    Staff,
    Support,
    Travel,
)
from costing.work import hours_of, visits_of


def of(value, unit=Unit.NUMBER):
    return given(Decimal(str(value)), "", unit, Typed("here"))


STAFF = Staff(pay_per_hour=of(12))


def package(*parts, staff=STAFF, **changes):
    support = Support(hours_of(parts), visits_of(parts), of(52))
    return replace(Package("A package", date(2026, 10, 1), support, Per.WEEK, of(1), staff=staff, parts=parts), **changes)


def lines(*parts, **changes):
    return {line.label: line.exact for line in direct_support(package(*parts, **changes))}


def test_two_staff_at_once_are_two_staff_hours():
    part = Hours("By two", of(4), staff_at_once=of(2))
    assert lines(part) == {"By two": 96}
    assert hours_of((part,)).exact == 8


def test_shared_support_is_divided_by_the_places_of_the_home():
    part = Hours("At home", of(105), among=of(5), is_shared=True)
    assert lines(part) == {"At home": 252}
    assert hours_of((part,)).exact == 21


def test_a_session_is_divided_by_who_is_planned_to_be_there():
    assert lines(Hours("Group", of(10), staff_at_once=of(3), among=of(12))) == {"Group": 30}


def test_short_visits_cost_more_an_hour_because_travel_is_by_the_visit():
    travel = Travel(Per.VISIT, minutes=of(15))
    long, short = (Hours("Visits", of(7), travel=travel, visits_per_week=of(visits)) for visits in (7, 28))
    assert lines(long) == {"Visits": 84, "Travel time, Visits": 21}
    assert lines(short) == {"Visits": 84, "Travel time, Visits": 84}


def test_each_of_two_who_come_has_travelled():
    travel = Travel(Per.VISIT, minutes=of(10), miles=of(3), pay_per_mile=of("0.5"))
    found = lines(Hours("Visits", of(7), staff_at_once=of(2), travel=travel, visits_per_week=of(14)))
    assert found == {"Visits": 168, "Travel time, Visits": 56, "Mileage, Visits": 42}


def test_visits_use_the_travel_of_their_staff_and_hours_at_home_have_none():
    staff = replace(STAFF, travel=Travel(Per.VISIT, minutes=of(30)))
    visits, at_home = Hours("Visits", of(7), visits_per_week=of(14)), Hours("At home", of(10))
    assert lines(visits, at_home, staff=staff) == {"Visits": 84, "Travel time, Visits": 84, "At home": 120}


def test_a_sleep_in_of_a_home_is_shared_by_its_places():
    night = SleepIns(of(7), of(60), disturbed_hours_per_night=of("0.5"))
    assert lines(Nights("Sleep-ins", night, among=of(3))) == {"Sleep-ins": 154}


def test_a_time_on_call_is_a_flat_sum_and_the_hours_expected_in_it():
    assert lines(OnCall("On call", of(7), of(20), worked_hours_per_time=of("0.25"), among=of(7))) == {"On call": 23}


def test_each_grade_bears_its_own_costs_of_employment():
    of_pay = PercentOfPay("Employer pension", of(5), PayBase.ALL)
    senior = Staff(pay_per_hour=of(20), pension=of_pay)
    found = lines(Hours("Support", of(10)), Hours("Advice", of(2), grade="Adviser"), grades=(("Adviser", senior),))
    assert found == {"Support": 120, "Advice": 40, "Employer pension, Adviser": 2}


def test_a_grade_that_nobody_described_is_asked_for():
    with pytest.raises(NotKnown, match="Nobody said what the staff who give “Advice” are paid"):
        lines(Hours("Advice", of(2), grade="Adviser"))


def test_those_who_live_in_a_home_carry_its_empty_places_and_only_what_is_shared():
    """With one of five places empty, the four who live there pay its part: a quarter of theirs each, on-costs and all."""
    staff = replace(STAFF, holiday=Holiday(of(26), HolidayMethod.OF_WORKED_PAY))
    at_home, alone = Hours("At home", of(50), among=of(5), is_shared=True), Hours("Alone", of(10))
    minibus = Amount("Minibus", of(100), Per.WEEK, among=of(5), is_shared=True)
    found = lines(at_home, alone, staff=staff, other_direct=(minibus,), empty_percent=of(20))
    shared = 120 + 120 + 20  # pay, as much again for half a year of leave, and the minibus
    assert found[EMPTY_PLACES] == Decimal(shared) / 4
    assert 4 * (shared + found[EMPTY_PLACES]) == 5 * shared


def test_an_empty_place_never_changes_the_line_of_the_shared_support():
    part = Hours("At home", of(50), among=of(5), is_shared=True)
    assert lines(part)["At home"] == lines(part, empty_percent=of(40))["At home"]


@pytest.mark.parametrize(("amount", "week"), [
    (Amount("Meals", of("3.10"), Per.WEEK, times=of(7)), "21.70"),
    (Amount("Minibus", of(9600), Per.YEAR, among=of(4)), "2400/52"),
    (Amount("Phone", of(13), Per.MONTH), "3"),
    (Amount("Bath lift", of(780), Per.ONCE, over_weeks=of(156)), "5"),
    (Amount("Support planning", of(14), Per.ONCE, times=of(5), over_weeks=of(35)), "2"),
], ids=lambda value: getattr(value, "label", value))
def test_what_is_bought_comes_to_so_much_a_week(amount, week):
    above, _, below = week.partition("/")
    assert amount_per_week(amount, Support(of(10), None, of(52))).exact == Fraction(above) / Fraction(below or "1")


def test_volunteers_are_valued_and_charged_at_nil():
    given_freely = Amount("Volunteers’ time", of("12.71"), Per.WEEK, times=of(3), charged=False)
    assert lines(Hours("Support", of(1)), other_direct=(given_freely,)) == {"Support": 12}


def test_a_year_without_its_weeks_and_a_sum_paid_once_without_a_term_are_asked_for():
    for amount, says in ((Amount("Minibus", of(1), Per.YEAR), "weeks of a year"), (Amount("Lift", of(1), Per.ONCE), "in how many weeks")):
        with pytest.raises(NotKnown, match=says):
            amount_per_week(amount, Support(of(10)))
