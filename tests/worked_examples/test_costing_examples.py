"""Published prices and statutory amounts, each with its source beside it in a file that can be checked by hand."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from basics.errors import NotKnown
from costing.additions import build
from costing.figure import Unit, fixed, rounded, share
from costing.package import (
    AutoEnrolment,
    Contract,
    Holiday,
    HolidayMethod,
    NationalInsurance,
    SleepIns,
)
from costing.price import money, to_the_penny
from costing.staff import auto_enrolment, holiday_pay, national_insurance, pay_per_week
from costing.work import pay_per_night
from ringfence.actions.costing import price_of_file
from ringfence.importing.costing_package import read_package
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.yaml_text import read_yaml

HERE = Path(__file__).parent
PRICED = [path for path in sorted(HERE.glob("costing_*.yaml")) if path.with_suffix(".cost.yaml").exists()]
STAFF = read_yaml(HERE / "costing_staff.yaml")
RATES = read_yaml(HERE / "costing_rates.yaml")
PARAMETERS = built_in_parameters()


def of(value, unit=Unit.NUMBER):
    return fixed(Decimal(value), "", unit)


def percent(part, whole):
    return (part.value / whole.value * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("path", PRICED, ids=lambda path: path.stem)
def test_a_published_price_is_met_line_by_line(path):
    example = read_yaml(path)
    price = price_of_file(HERE / example["cost_file"])
    for key in ("price_per_hour", "price_per_week"):
        if key in example:
            assert money(getattr(price, key.removeprefix("price_"))).pounds == example[key]
    assert {line.label: line.shown.pounds for line in price.lines} == example["lines"]
    assert price.rounding.pounds == example["rounding"]
    assert {part.section.value: part.share_percent for part in price.parts}.items() >= example.get("shares", {}).items()


def test_all_four_published_prices_are_there():
    assert [path.stem for path in PRICED] == ["costing_ias_100", "costing_ias_1000", "costing_ukhca_2014", "costing_ukhca_2020"]


@pytest.mark.parametrize("case", STAFF["national_insurance_and_pension"], ids=lambda case: f"{case['on']}-{case['hours']}")
def test_national_insurance_and_pension_depend_on_the_hours_of_each_worker(case):
    def on(key):
        return PARAMETERS.figure(key, case["on"])

    pay = pay_per_week(on("national_living_wage"), Contract(of(case["hours"]), of(1)))
    ni = national_insurance(pay, NationalInsurance(on("employer_ni_rate"), on("employer_ni_threshold_per_week")))
    pension = auto_enrolment(pay, AutoEnrolment(
        on("employer_pension_minimum"), on("pension_trigger_per_year"), on("pension_band_lower_per_year"),
        on("pension_band_upper_per_year")))
    assert [to_the_penny(figure).value for figure in (pay, ni, pension)] == [
        case["pay"], case["national_insurance"], case["pension"]]
    assert (percent(ni, pay), percent(pension, pay)) == (case["ni_percent"], case["pension_percent"])


@pytest.mark.parametrize("case", STAFF["holiday"], ids=lambda case: case["method"])
def test_leave_of_five_point_six_weeks_is_counted_either_way_and_never_mixed(case):
    leave = holiday_pay(of(100), Holiday(of("5.6"), HolidayMethod(case["method"])))
    assert leave.value.quantize(Decimal("0.01"), ROUND_HALF_UP) == case["percent"]


@pytest.mark.parametrize("case", STAFF["sleep_in"], ids=lambda case: str(case["pay"]))
def test_a_sleep_in_is_flat_pay_and_the_hours_paid_in_full(case):
    night = SleepIns(of(1), of(case["flat"]), of(case["paid_hours"]), of(case["disturbed_hours"]))
    assert pay_per_night(night, of(case["hour_rate"])).value == case["pay"]


@pytest.mark.parametrize("case", read_yaml(HERE / "costing_wolverhampton.yaml")["rates"], ids=lambda case: case["rate"])
def test_an_hourly_rate_is_rounded_up_until_it_divides_by_four(case):
    before = of(case["before"])
    after = rounded(before + share(of(case["uplift_percent"]), before), of(4))
    assert after.value == case["after"]


def by_year():
    for table, day in (("from_1_april", (4, 1)), ("from_6_april", (4, 6))):
        for key, values in RATES[table].items():
            for year, value in values.items():
                first, last = date(int(year), *day), date(int(year) + 1, *day) - timedelta(days=1)
                yield key, first, value
                yield key, last, value
    for key, values in RATES["on_a_day"].items():
        yield from ((key, date.fromisoformat(day), value) for day, value in values.items())


@pytest.mark.parametrize(("key", "on", "value"), list(by_year()))
def test_a_published_figure_counts_from_its_legal_day_to_the_eve_of_the_next(key, on, value):
    figure = PARAMETERS.figure(key, on)
    assert figure.value == value
    assert figure.source.starts_on <= on


def test_every_published_figure_is_in_the_table():
    assert {parameter.key for parameter in PARAMETERS} == {*RATES["from_1_april"], *RATES["from_6_april"], *RATES["on_a_day"]}


@pytest.mark.parametrize(("key", "on"), [(key, day) for key, days in RATES["not_known"].items() for day in days])
def test_a_day_that_nobody_wrote_a_figure_for_is_refused(key, on):
    with pytest.raises(NotKnown, match=f"{key}.yaml of your own folder"):
        PARAMETERS.figure(key, on)


def test_the_fee_of_the_regulator_is_as_published():
    location, person = (PARAMETERS.figure(key, date(2018, 4, 1)) for key in ("cqc_fee_per_location_per_year", "cqc_fee_per_person_per_year"))
    fee = location + person * RATES["cqc_2018"]["people"]
    assert fee.value.quantize(Decimal(1), ROUND_HALF_UP) == RATES["cqc_2018"]["fee"]


def test_a_figure_from_memory_says_so():
    marked = [f"{parameter.key} {value.starts_on.year}" for parameter in PARAMETERS for value in parameter.values if value.from_memory]
    assert sorted(marked) == sorted(RATES["from_memory"])


def test_the_lines_of_a_price_add_to_it_exactly_before_any_rounding():
    for path in HERE.glob("costing_*.cost.yaml"):
        built = build(read_package(path))
        assert sum(line.exact for _, line in built.lines) == built.price.exact
