"""The price of one visit by its length, by figures worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from costing.price import price
from costing.visit_table import LENGTHS_MINUTES, visit_tables
from ringfence.importing.costing_package import package_of
from ringfence.importing.yaml_text import yaml_text_of

START = """
name: By hand
on: 2026-10-01
quote: {per: hour, step_pence: 1}
"""
STAFF = "{pay_per_hour: 12, holiday: none, national_insurance: none, pension: none"
TRAVEL = "travel: {per: visit, minutes: 10, miles: 4, pay_per_mile: 0.5}"
SIMPLE = START + f"support: {{hours_per_week: 10, visits_per_week: 20}}\nstaff: {STAFF}, {TRAVEL}}}\n"


def shown(text: str) -> dict[str, list[str]]:
    return {table.name: [each.shown.plain for each in table.prices] for table in visit_tables(package_of(yaml_text_of(text.encode(), "a")))}


def test_a_visit_costs_its_minutes_and_the_travel_of_one_visit() -> None:
    """£12 an hour is 20p a minute: 10 minutes of travel £2.00, 4 miles £2.00, and 15, 30, 45 or 60 minutes £3.00, £6.00, £9.00, £12.00."""
    assert shown(SIMPLE) == {"": ["7.00", "10.00", "13.00", "16.00"]}


def test_a_short_visit_costs_more_for_an_hour_of_it() -> None:
    table, = visit_tables(package_of(yaml_text_of(SIMPLE.encode(), "a")))
    assert [each.hour_shown.plain for each in table.prices] == ["28.00", "20.00", "17.33", "16.00"]


def test_what_is_for_a_week_is_spread_by_the_hour_and_what_is_for_a_visit_is_on_each() -> None:
    """£30 a week over 10 hours is £3 an hour: 75p for 15 minutes. £1.50 a visit is £1.50."""
    text = SIMPLE + "other_direct: [{line: Bus, amount: 30, per: week}, {line: Gloves, amount: 1.50, per: visit}]\n"
    assert shown(text) == {"": ["9.25", "13.00", "16.75", "20.50"]}


def test_a_visit_carries_its_part_of_overheads_contingency_and_surplus() -> None:
    """£7.00 and a quarter more is £8.75, and that is 70% of £12.50."""
    text = SIMPLE + "company_costs: [{line: Office, percent: 25, basis: on_cost}]\nsurplus: {percent: 30, basis: of_price}\n"
    assert shown(text)[""][0] == "12.50"


def test_sleep_ins_are_spread_by_the_hour_as_in_the_price_of_an_hour() -> None:
    """Two nights at £50 over 10 hours are £10 an hour."""
    text = SIMPLE.replace(TRAVEL, f"{TRAVEL}, sleep_ins: {{nights_per_week: 2, flat_per_night: 50}}")
    assert shown(text) == {"": ["9.50", "15.00", "20.50", "26.00"]}


def test_two_at_once_are_paid_twice_and_travel_twice_for_one_visit() -> None:
    text = START + f"""
support:
  parts:
    - {{kind: visits, line: Two at once, minutes: 30, per_week: 7, staff_at_once: 2}}
    - {{kind: visits, line: Alone, minutes: 45, per_week: 14}}
    - {{kind: visits, line: Alone and short, minutes: 15, per_week: 14}}
    - {{kind: hours, line: At home, hours_per_week: 5}}
staff: {STAFF}, {TRAVEL}}}
"""
    assert shown(text) == {"Two at once": ["14.00", "20.00", "26.00", "32.00"], "Alone, Alone and short": ["7.00", "10.00", "13.00", "16.00"]}


def test_the_visits_of_a_grade_are_at_its_own_pay_and_an_addition_for_other_parts_is_not_on_them() -> None:
    """£18 an hour: 10 minutes of travel £3.00, the miles £2.00, 15 minutes £4.50; Saturdays at half as much again, travel excepted: £2.25."""
    text = START + f"""
support:
  parts:
    - {{kind: visits, line: By a senior, minutes: 45, per_week: 4, grade: Senior}}
    - {{kind: visits, line: On Saturday, minutes: 45, per_week: 4, grade: Senior, travel: {{per: visit, miles: 4, pay_per_mile: 0.5}}}}
grades:
  - {STAFF.replace("12", "18").replace("{", "{grade: Senior, ")}, {TRAVEL}, unsocial_hours: [{{line: Saturday, percent: 50, parts: [On Saturday]}}]}}
"""
    assert {name: found[0] for name, found in shown(text).items()} == {"By a senior": "9.50", "On Saturday": "8.75"}


def test_the_table_is_of_visits_with_travel_for_each_of_them_and_of_nothing_else() -> None:
    assert shown(SIMPLE.replace(f", {TRAVEL}", "")) == {}
    assert shown(SIMPLE.replace("per: visit", "per: hour")) == {}
    assert shown(START + "support: {hours_per_week: 1}\nother_direct: [{line: A bus, amount: 3, per: week}]\n") == {}


def test_a_visit_of_the_packages_own_length_is_the_price_of_the_package() -> None:
    """10 hours in 20 visits are 30 minutes each."""
    package = package_of(yaml_text_of(SIMPLE.encode(), "a"))
    table, = visit_tables(package)
    half_an_hour = table.prices[LENGTHS_MINUTES.index(30)]
    assert half_an_hour.per_hour.exact == price(package).per_hour.exact == 2 * half_an_hour.per_visit.exact == Fraction(20)
