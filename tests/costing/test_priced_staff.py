"""The priced cost of an hour of staff: what direct support holds, less all that is no pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import settings

import ringfence
from basics.errors import InputError
from basics.money import Money
from costing.direct import EMPTY_PLACES, direct_support
from costing.package import Package
from costing.priced_staff import priced_staffing
from costing.staff_hour import staff_hours_cost
from costing.terms import Cover
from ringfence.importing.costing_package import read_package
from tests.costing.test_price_properties import PACKAGES, of

EXAMPLES = Path(ringfence.__file__).parents[1] / "docs" / "examples"
ON = date(2026, 10, 1)
NO_PAY = {EMPTY_PLACES, "Phone", "Food", "Office", "Minibus", "Bath lift"}


@settings(max_examples=60, deadline=None)
@examples(PACKAGES)
def test_the_priced_staff_are_direct_support_without_mileage_purchases_and_empty_places(package: Package) -> None:
    pay = [line.exact for line in direct_support(package) if line.label not in NO_PAY and not line.label.startswith("Mileage")]
    assert priced_staffing(package, ON).pence == 100 * sum(pay)


@settings(max_examples=60, deadline=None)
@examples(PACKAGES)
def test_the_priced_hours_are_all_hours_of_support_by_own_staff_or_an_agency(package: Package) -> None:
    priced = priced_staffing(package, ON)
    assert priced.delivered == 60 * package.support.hours_per_week.exact
    assert priced.own_minutes >= priced.own_delivered > 0


def test_a_paid_hour_of_one_contract_costs_what_the_table_of_staff_says() -> None:
    package = read_package(EXAMPLES / "outreach.cost.yaml")
    assert package.staff is not None
    alone = replace(package, staff=replace(package.staff, contracts=package.staff.contracts[:1]))
    told, = staff_hours_cost(alone)
    priced = priced_staffing(alone, ON)
    assert priced.own[""].per_hour == 100 * told.per_paid_hour.exact
    assert priced.pence * 60 / priced.own_delivered == 100 * told.per_productive_hour.exact


def test_sleep_ins_and_calls_stand_apart_from_the_cost_of_a_paid_hour() -> None:
    package = read_package(EXAMPLES / "living.cost.yaml")
    without = replace(package, parts=tuple(part for part in package.parts if part.label != "Sleep-ins"))
    found, apart = priced_staffing(package, ON).own[""], priced_staffing(without, ON).own[""]
    assert found.minutes == apart.minutes
    assert found.per_hour > apart.per_hour  # a worker who also sleeps in earns more above the threshold of National Insurance
    assert priced_staffing(without, ON).nights_pence == 0 < priced_staffing(package, ON).nights_pence


def test_a_day_before_the_cost_file_has_its_first_rates() -> None:
    package = read_package(EXAMPLES / "outreach.cost.yaml")
    assert priced_staffing(package, date(2020, 1, 1)).per_hour == Money(21_40)


def test_rates_that_change_part_way_are_those_of_the_day() -> None:
    package = read_package(EXAMPLES / "outreach.cost.yaml")
    assert package.staff is not None
    dearer = replace(package, on=date(2027, 4, 1), staff=replace(package.staff, pay_per_hour=of("20")))
    through = replace(package, until=date(2027, 9, 30), later=(dearer,))
    assert priced_staffing(through, date(2027, 3, 31)).pence == priced_staffing(package, ON).pence
    assert priced_staffing(through, date(2027, 4, 1)).pence == priced_staffing(dearer, dearer.on).pence > priced_staffing(package, ON).pence


def test_an_agency_of_the_price_gives_its_part_of_the_hours_and_of_the_travel() -> None:
    package = read_package(EXAMPLES / "outreach.cost.yaml")
    assert package.staff is not None
    priced = priced_staffing(replace(package, staff=replace(package.staff, cover=(Cover("Agency", of("25"), of("24")),))), ON)
    assert (priced.own_delivered, priced.agency_delivered) == (15 * 60, 5 * 60)
    assert priced.agency_pence == 24 * 100 * (20 + 4) * 25 / 100  # a quarter of 20 hours of support and 4 of travel


def test_a_package_without_staff_prices_no_hour_of_theirs() -> None:
    package = read_package(EXAMPLES / "outreach.cost.yaml")
    with pytest.raises(InputError, match="prices no cost of an hour of theirs"):
        priced_staffing(replace(package, staff=None), ON)
