"""A cost file through the form and out again: the same content, the same price, whatever was filled in."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import ringfence
from basics.errors import InputError
from ringfence.actions.costing import content_of_file, example_content, price_of_file
from ringfence.cli.cost import as_data, cost
from ringfence.cli.cost_visits import visits_as_data
from ringfence.screens.components.amounts import number
from ringfence.screens.cost_content import Filled
from ringfence.screens.cost_fields import BOXES, LISTS
from ringfence.screens.cost_form import Form
from ringfence.screens.cost_from_file import form_of
from ringfence.screens.cost_pricing import outcome

ROOT = Path(ringfence.__file__).parents[1]
FILES = sorted([*(ROOT / "docs" / "examples").glob("*.cost.yaml"), *(ROOT / "cases").glob("*.cost.yaml")])
COMMAND = typer.Typer()
COMMAND.command("cost")(cost)

EVERYTHING = """
name: Everything that a cost file can hold
on: 2026-03-20
until: 2026-09-30
pay_periods: {first_day: 2026-03-23, weeks: 4}
quote: {per: week, step_pence: 7}
support: {hours_per_week: 30.5, visits_per_week: 14, weeks_per_year: 365/7}
staff:
  pay_per_hour: 13.85
  contracts: [{hours_per_week: 30, workers: 1.5}]
  travel: {per: hour, miles: 2, pay_per_mile: mileage_first_10000_miles}
  sleep_ins: {nights_per_week: 2, flat_per_night: 60, paid_hours_per_night: 1, disturbed_hours_per_night: 0.5}
  paid_time: [{line: Training, percent: 3, earns_holiday: no}]
  holiday: {weeks_per_year: 6, method: of_all_paid}
  national_insurance: {percent: 9.1, of: all_pay}
  pension: by_law
  other: [{line: Levy, percent: 0.5, of: worked_pay}]
other_direct: [{line: "007", amount: 1.10, per: visit, vat_percent: 20}]
co_ordination: [{line: Leader, amount: 40, per: week, vat_percent: 20, vat_recovered_percent: 25}, {line: Development, percent: 2, basis: of_price}]
company_costs: [{line: Office, percent: 8, basis: on_cost}]
contingency: {amount: 0.1, per: hour}
surplus: {percent: 3, basis: on_cost}
"""

EVERY_KIND = """
name: Every kind of part, and everything that stands beside them
on: 2026-10-01
quote: {per: week, step_pence: 1}
support:
  weeks_per_year: 52
  empty_percent: 4.5
  parts:
    - {kind: hours, line: One to one, hours_per_week: 10}
    - {kind: hours, line: Two at once, hours_per_week: 4.25, staff_at_once: 2, grade: Senior}
    - {kind: visits, line: Long visits, minutes: 45, per_week: 7, travel: {per: visit, minutes: 12}}
    - {kind: visits, line: Short visits, minutes: 15, per_week: 14, staff_at_once: 2, grade: Senior}
    - {kind: shared, line: At home, hours_per_week: 105, places: 5, staff_at_once: 1.5}
    - {kind: waking_nights, line: Awake at night, nights_per_week: 2, hours_per_night: 9, staff_at_once: 2, places: 5}
    - {kind: waking_nights, line: Awake for one, nights_per_week: 1, hours_per_night: 10}
    - {kind: sleep_ins, line: Asleep, nights_per_week: 5, flat_per_night: 60, paid_hours_per_night: 1, disturbed_hours_per_night: 0.5, places: 5}
    - {kind: on_call, line: On call, times_per_week: 7, flat_per_time: 20, worked_hours_per_time: 0.25, places: 5, grade: "007"}
    - {kind: sessions, line: Day centre, minutes: 300, per_week: 2, staff_at_once: 3, people: 12}
staff:
  pay_per_hour: national_living_wage
  contracts: [{hours_per_week: 30, workers: 4}]
  travel: {per: hour, miles: 2, pay_per_mile: mileage_first_10000_miles}
  paid_time: [{line: Training, hours_per_year: 24, earns_holiday: yes}, {line: Meetings, percent: 1, earns_holiday: no}]
  holiday: none
  national_insurance: by_law
  pension: none
  unsocial_hours: [{line: Weekends, percent: 25, parts: [At home, Day centre]}]
  bank_holidays: {days_per_year: 8, pay_multiple: 2}
  vacancies: {percent_of_hours: 10, overtime_multiple: 1.5}
grades:
  - grade: Senior
    pay_per_hour: 15.40
    addition_per_hour: 0.5
    contracts: [{hours_per_week: 37.5, workers: 1}, {hours_per_week: 20, workers: 0.5}]
    travel: {per: visit, minutes: 10, miles: 4, pay_per_mile: 0.45}
    paid_time: [{line: Lead meetings, percent: 2, earns_holiday: yes}]
    holiday: {weeks_per_year: 5.6, method: of_worked_pay}
    national_insurance: {percent: 9.1, of: all_pay}
    pension: by_law
    other: [{line: Levy, percent: 0.5, of: worked_pay}]
    sickness: {days_per_year: 5, days_per_week: 5, pay: by_law}
  - grade: "007"
    pay_per_hour: 18
    holiday: none
    national_insurance: none
    pension: none
    agency: {percent_of_hours: 50, rate_per_hour: 22}
    sleep_ins: {nights_per_week: 1, flat_per_night: 50}
other_direct:
  - {line: Meals, amount: 4.50, per: week, times: 5, people: 3}
  - {line: Shared car, amount: 3900, per: year, places: 5}
  - {line: Telephone, amount: 12, per: month}
  - {line: Bath lift, amount: 520, per: once, over_weeks: 104}
  - {line: Befriender, amount: 12.71, per: week, times: 2, charged: no}
co_ordination: [{line: Leader, amount: 400, per: month}, {line: Audit, amount: 300, per: year}]
contingency: {percent: 2, basis: on_cost}
funders:
  - {funder: Council, percent: 60}
  - {funder: Lottery, percent: 5.25, takes_contingency: no}
  - {funder: Health board}
organisation: {pay_bill_per_year: 900000, apprenticeship_levy: by_law, employment_allowance: {claimed: no, reason: Half of our work is public}}
cap: {percent: 15, basis: of_price, lines: [Leader, Audit]}
"""


def the_same(content: object) -> object:
    """Content without what says nothing: groups and lists that a file may leave out, and how many noughts end a number."""
    if isinstance(content, dict):
        return {key: the_same(value) for key, value in content.items() if value not in (None, [])}
    if isinstance(content, list):
        return [the_same(value) for value in content]
    return Decimal(content) if type(content) is int else content


@pytest.mark.parametrize("content", [*(file.read_bytes() for file in FILES), EVERYTHING.encode(), EVERY_KIND.encode()],
                         ids=[*(file.name for file in FILES), "everything", "every kind"])
def test_a_cost_file_comes_out_of_the_form_as_it_went_in(content: bytes, tmp_path: Path) -> None:
    went_in = content_of_file(content, "in.cost.yaml")
    form = form_of(went_in)
    assert the_same(Filled(form).content) == the_same(went_in)
    (tmp_path / "in.cost.yaml").write_bytes(content)
    (tmp_path / "out.cost.yaml").write_bytes(outcome(form).file)
    assert as_data(price_of_file(tmp_path / "out.cost.yaml"), False) == as_data(price_of_file(tmp_path / "in.cost.yaml"), False)


def example(**typed: str) -> Form:
    form = form_of(example_content())
    form.values.update({name.replace("__", "."): value for name, value in typed.items()})
    return form


AMOUNTS = st.decimals(0, 5000, places=3).map(lambda found: f"£{found:,}")
NUMBERS = st.decimals(Decimal("0.01"), 160, places=2).map(str)
PERCENTAGES = st.decimals(0, 40, places=2).map(lambda found: f"{found} %")
KINDS = st.sampled_from(["hour", "visit", "week"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pay=AMOUNTS, hours=NUMBERS, visits=NUMBERS, contract=NUMBERS, amount=AMOUNTS, kind=KINDS, share=PERCENTAGES, basis=st.sampled_from(
    ["on_cost", "of_price"]), per=st.sampled_from(["hour", "week"]), step=st.sampled_from(["1", "4", "7"]))
def test_whatever_is_filled_in_the_command_gives_the_price_of_the_page(
        tmp_path: Path, pay: str, hours: str, visits: str, contract: str, amount: str, kind: str, share: str, basis: str, per: str,
        step: str) -> None:
    form = example(staff__pay="own", staff__pay_per_hour=pay, support__hours_per_week=hours, support__visits_per_week=visits,
                   contingency__kind=kind, contingency__figure=amount, surplus__kind=basis, surplus__figure=share, quote__per=per,
                   quote__step_pence=step)
    form.values[f"contracts.{form.rows['contracts'][0]}.hours_per_week"] = contract
    found = outcome(form)
    if pay == "£0.000":
        assert found.price is None
        return
    assert found.price is not None
    (tmp_path / "package.cost.yaml").write_bytes(found.file)
    result = CliRunner().invoke(COMMAND, [str(tmp_path / "package.cost.yaml"), "--json"], catch_exceptions=False)
    told = json.loads(result.stdout)
    assert told.pop("visits") == visits_as_data(found.visits)
    assert told == as_data(found.price, False)


@pytest.mark.parametrize(("typed", "mark", "read"), [
    ("12.6", "", "12.6"), (" 1,200 ", "", "1200"), (".5", "", "0.5"), ("£13.855", "£", "13.855"), (" £ 1,300.50 ", "£", "1300.50"),
    ("3.5 %", "%", "3.5"), ("-2", "", "-2"),
    ("0", "£", "0"),
])
def test_a_number_is_read_as_it_is_commonly_written(typed: str, mark: str, read: str) -> None:
    assert number(typed, mark) == Decimal(read)


@pytest.mark.parametrize(("typed", "mark"), [
    ("12,5", ""), ("1,2000", ""), ("1e3", ""), ("1_000", ""), ("NaN", ""), ("Infinity", ""), ("£5", "%"), ("5%", "£"), ("5%", ""), ("", ""),
    ("٣", ""), ("9" * 40, ""), ("- 2", ""), ("1 200", ""), ("£ 1 200", "£"),
])
def test_a_number_that_could_be_read_in_two_ways_is_refused(typed: str, mark: str) -> None:
    with pytest.raises(InputError):
        number(typed, mark)


def test_what_stands_on_the_form_has_the_apostrophes_of_print() -> None:
    said = [*(each.label for each in BOXES.values()), *(each.help or "" for each in BOXES.values()), *(each.title for each in LISTS.values())]
    assert [each for each in said if "'" in each] == []
