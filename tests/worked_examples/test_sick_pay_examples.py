"""Sick pay on both sides of 6 April 2026, beside amounts worked out by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import NotKnown
from costing.figure import Unit, fixed
from costing.package import Contract
from costing.price import to_the_penny
from costing.staff import pay_per_week
from costing.terms import Sickness, StatutorySickPay
from costing.time_off import sick_pay_per_year
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.yaml_text import read_yaml

CASES = read_yaml(Path(__file__).parent / "costing_sick_pay.yaml")
PARAMETERS = built_in_parameters()
REFORM = PARAMETERS["statutory_sick_pay_most_of_earnings"].values[0].starts_on


def of(value):
    return fixed(Decimal(str(value)), "", Unit.NUMBER)


def week(case):
    if "pay" in case:
        return of(case["pay"])
    return pay_per_week(PARAMETERS.figure("national_living_wage", case["on"]), Contract(of(case["hours"]), of(1)))


def by_law(on):
    held = (PARAMETERS.figure(f"statutory_sick_pay_{key}", on) for key in ("per_week", "waiting_days", "earnings_floor_per_week"))
    return StatutorySickPay(*held, PARAMETERS.figure("statutory_sick_pay_most_of_earnings", on) if on >= REFORM else None)


@pytest.mark.parametrize("case", CASES["sick_pay"], ids=lambda case: f"{case['on']}-{case['sick_pay']}")
def test_statutory_sick_pay_is_that_of_the_day(case):
    sickness = Sickness(of(case["days"]), of(case["days_per_week"]), of(case["spells"]), by_law(case["on"]))
    assert to_the_penny(sick_pay_per_year(week(case), sickness)).value == case["sick_pay"]


@pytest.mark.parametrize("case", CASES["full_pay"], ids=lambda case: str(case["sick_pay"]))
def test_full_sick_pay_is_pay_for_the_days(case):
    assert sick_pay_per_year(week(case), Sickness(of(case["days"]), of(case["days_per_week"]))).value == case["sick_pay"]


def test_the_spells_are_asked_for_where_their_first_days_are_unpaid():
    with pytest.raises(NotKnown, match="nobody said how many spells"):
        sick_pay_per_year(of(400), Sickness(of(5), of(5), None, by_law(CASES["sick_pay"][0]["on"])))
