"""What a worker earns with additions and nights is what the thresholds are held against; what places share carries its own additions."""

from decimal import Decimal
from fractions import Fraction

import pytest

from costing.changing import build
from costing.price import price
from ringfence.importing.costing_package import package_of
from ringfence.importing.yaml_text import yaml_text_of

BY_LAW = "holiday: none, national_insurance: by_law, pension: by_law"
BARE = "holiday: none, national_insurance: none, pension: none"


def priced(support, staff, more=""):
    text = f"name: A package\non: 2026-10-01\nquote: {{per: week, step_pence: 1}}\nsupport: {support}\nstaff: {{{staff}}}\n{more}"
    return package_of(yaml_text_of(text.encode(), "test.cost.yaml"))


def lines(package):
    return {line.label: line.exact for _, line in build(package).lines}


def test_a_worker_who_earns_most_of_their_pay_by_sleeping_in_costs_the_insurance_of_all_of_it():
    """7 hours at £13 and 7 sleep-ins at £60 are £511 a week: 15% of £415 above the threshold, 3% of £391 above the lower end."""
    parts = ("{parts: [{kind: hours, line: Support, hours_per_week: 7}, "
             "{kind: sleep_ins, line: Sleep-ins, nights_per_week: 7, flat_per_night: 60}]}")
    found = lines(priced(parts, f"pay_per_hour: 13, contracts: [{{hours_per_week: 7, workers: 1}}], {BY_LAW}"))
    assert found["Employer National Insurance"] == Fraction("62.25")
    assert found["Employer pension"] == Fraction("11.73")


def test_pay_that_is_half_as_much_again_costs_what_the_same_pay_typed_plainly_costs():
    support, contract = "{hours_per_week: 16}", "contracts: [{hours_per_week: 16, workers: 1}]"
    added = lines(priced(support, f"pay_per_hour: 13, {contract}, unsocial_hours: [{{line: Nights, percent: 50, percent_of_hours: 100}}], {BY_LAW}"))
    plain = lines(priced(support, f"pay_per_hour: 19.50, {contract}, {BY_LAW}"))
    for each in ("Employer National Insurance", "Employer pension"):
        assert added[each] == plain[each]
    assert added["Employer National Insurance"] == Fraction("32.40")


@pytest.mark.parametrize("more", ["bank_holidays: {days_per_year: 8, pay_multiple: 2}", "vacancies: {percent_of_hours: 10, overtime_multiple: 1.5}"])
def test_bank_holidays_and_overtime_are_earnings_too(more):
    contract = "contracts: [{hours_per_week: 16, workers: 3}]"
    plain = lines(priced("{hours_per_week: 40}", f"pay_per_hour: 13, {contract}, {BY_LAW}"))
    added = lines(priced("{hours_per_week: 40}", f"pay_per_hour: 13, {contract}, {more}, {BY_LAW}"))
    extra = sum(exact for label, exact in added.items() if label not in plain)
    over = added["Employer National Insurance"] - plain["Employer National Insurance"]
    assert over == extra * Fraction(15, 100)  # every added pound is above the threshold of a worker who earned more than it already


def shared(parts, staff):
    return lines(priced(f"{{empty_percent: 20, parts: [{parts}]}}", f"pay_per_hour: 10, {staff}, {BARE}"))["Allowance for empty places"]


CORE = "{kind: shared, line: Core, hours_per_week: 100, places: 5}"
OWN = "{kind: hours, line: Own, hours_per_week: 20}"
NIGHTS = "{kind: sleep_ins, line: Sleep-ins, nights_per_week: 7, flat_per_night: 50, places: 5}"
ON_CORE = "unsocial_hours: [{line: Nights, percent: 50, parts: [Core]}]"
HALF_AGENCY = "agency: {percent_of_hours: 50, rate_per_hour: 30}"


@pytest.mark.parametrize(("parts", "staff", "allowance"), [
    (CORE, ON_CORE, 75), (f"{CORE}, {OWN}", ON_CORE, 75),  # 20 hours at £15: £300 ÷ 0.8 - £300
    (f"{CORE}, {OWN}", "unsocial_hours: [{line: Nights, percent: 50, parts: [Own]}]", 50),  # what is the person’s own is not shared
    (f"{NIGHTS}, {OWN}", HALF_AGENCY, Decimal("17.5")),  # £70 of sleep-ins, which stay with own staff
    (f"{CORE}, {{kind: sleep_ins, line: Sleep-ins, nights_per_week: 7, flat_per_night: 50}}", HALF_AGENCY, 100),  # 10 h at £10, 10 h at £30
    (f"{CORE}, {OWN}", "unsocial_hours: [{line: Late, percent: 50, hours_per_week: 10}]", Decimal("56.25")),  # half of the ten are Core’s
])
def test_empty_places_are_of_what_is_shared_with_its_own_additions_and_agency(parts, staff, allowance):
    assert shared(parts, staff) == allowance


def test_what_is_shared_is_told_apart_from_the_whole():
    package = priced(f"{{empty_percent: 20, parts: [{CORE}, {OWN}]}}", f"pay_per_hour: 10, {ON_CORE}, {BARE}")
    assert price(package).per_week.exact == 200 + 200 + 100 + 75
