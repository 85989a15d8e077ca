"""What a cost file may say beyond the simple: read as it is written, and refused with its line and what to do."""

from pathlib import Path

import pytest

import ringfence
from basics.errors import InputError, Refused
from costing.package import Section
from costing.price import money
from ringfence.actions.costing import price_of_content, price_of_file
from ringfence.importing.costing_package import read_package

EXAMPLES = Path(ringfence.__file__).parents[1] / "docs" / "examples"
GOOD = (EXAMPLES / "outreach.cost.yaml").read_text(encoding="utf-8")
MORE = """  unsocial_hours:
    - {line: Weekends, percent: 25, percent_of_hours: 20}
  bank_holidays: {days_per_year: 8, pay_multiple: 2}
  agency: {percent_of_hours: 5, rate_per_hour: 24.50}
  vacancies: {percent_of_hours: 4, overtime_multiple: 1.5}
  sickness: {days_per_year: 9, days_per_week: 5, spells_per_year: 3, pay: by_law}
other_direct:"""
LAST = """
organisation:
  pay_bill_per_year: 4200000
  apprenticeship_levy: by_law
  employment_allowance: {claimed: yes, reason: We are a charity.}
cap: {percent: 15, basis: of_price, lines: [Team leader, Office and IT]}
"""
WHOLE = GOOD.replace("{line: Sick pay, percent: 2.4, earns_holiday: yes}", "{line: Supervision, hours_per_year: 12, earns_holiday: yes}")
WHOLE = WHOLE.replace("\nother_direct:", MORE) + LAST
OVERHEADS = "  - {line: Office and IT, from_overheads: overheads.yaml, service: Outreach}\n"


@pytest.fixture
def cost_file(tmp_path):
    def write(*changes, text=WHOLE):
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after)
        path = tmp_path / "a.cost.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_with_everything_is_priced_with_a_line_for_each(cost_file):
    price = price_of_file(cost_file())
    lines = [line.label for line in price.lines if line.section is Section.DIRECT]
    assert lines == [
        "Pay for support", "Travel time", "Weekends", "Bank holidays", "Overtime for empty posts", "Mileage", "Training and supervision",
        "Supervision", "Sick pay", "Holiday pay", "Employer National Insurance", "Employer pension", "Apprenticeship levy on pay", "Agency cover",
        "Activities with the person"]
    assert "The Employment Allowance is claimed: We are a charity." in price.notes


def test_the_documented_file_that_says_more_is_priced(cost_file):
    page = (EXAMPLES.parent / "formats" / "cost.md").read_text(encoding="utf-8")
    block = next(block for block in page.split("```yaml\n") if block.startswith("staff:")).split("```")[0]
    head = "name: A\non: 2026-10-01\nquote: {per: hour, step_pence: 1}\nsupport: {hours_per_week: 20}\n"
    price = price_of_file(cost_file(text=head + block))
    assert not price.capped.is_exceeded
    assert {"Training", "Supervision", "Sick pay", "Apprenticeship levy on pay"} <= {line.label for line in price.lines}


@pytest.mark.parametrize(("on", "has_a_part_of_earnings"), [("2026-04-05", False), ("2026-04-06", True)])
def test_sick_pay_is_by_the_law_of_the_day(cost_file, on, has_a_part_of_earnings):
    staff = read_package(cost_file(("on: 2026-10-01", f"on: {on}"))).staff
    assert (staff.sickness.statutory.most_of_earnings is not None) == has_a_part_of_earnings
    assert staff.sickness.statutory.waiting_days.exact == (0 if has_a_part_of_earnings else 3)


@pytest.mark.parametrize(("changes", "told"), [
    ([("percent_of_hours: 20}", "percent_of_hours: 20, hours_per_week: 3}")],
     "unsocial_hours 1: This needs to say of which hours it is. Give one of hours_per_week, percent_of_hours and parts."),
    ([("pay_multiple: 2", "pay_multiple: 0.5")], "bank_holidays.pay_multiple: 0.5 is too small. Write 1 or more."),
    ([("agency: {percent_of_hours: 5", "agency: {percent_of_hours: 96")],
     "Agency and vacancies take all the hours, so none are left to your own staff. Lower percent_of_hours."),
    ([(", overtime_multiple: 1.5", "")], "vacancies: Empty posts are covered by an agency, or by overtime."),
    ([("on: 2026-10-01", "on: 2026-04-05"), ("spells_per_year: 3, ", "")],
     "sickness: On this day the first days of each spell of sickness are unpaid, and nobody said how many spells there are. Add spells_per_year."),
    ([("on: 2026-10-01", "on: 2022-04-05")], "Statutory sick pay a week is known from 6 April 2022"),
    ([("days_per_week: 5", "days_per_week: 0")], "sickness.days_per_week: 0 is too small. Write more than 0."),
    ([("hours_per_year: 12", "hours_per_year: 12, percent: 3")], "paid_time 2: Paid time is a percentage of worked pay, or hours a year"),
    ([("pay_bill_per_year: 4200000", "pay_bill_per_year: 0")], "organisation.pay_bill_per_year: 0 is too small."),
    ([(", reason: We are a charity.", "")], "organisation.employment_allowance.reason: “reason” is missing. Add it."),
    ([("national_insurance: by_law", "national_insurance: none")],
     "organisation.employment_allowance: The Employment Allowance comes off National Insurance by law, and some staff have another."),
    ([("cap: {percent: 15", "cap: {percent: 100")], "cap.percent: 100 is too large. Write less than 100."),
    ([("lines: [Team leader, Office", "lines: [Team leaders, Office")], "cap.lines: The cap names “Team leaders”, which is no line of the price."),
    ([("surplus: {percent: 3, basis: of_price}", "surplus: {percent: 100, basis: of_price}")], "so nothing is left for the cost: “Surplus”."),
    ([("hours_per_year: 12", "hours_per_year: 2000")], "Leave, sickness and other paid time take every hour for a worker on 16 hours"),
])
def test_each_fault_says_where_it_is_and_what_to_do(cost_file, changes, told):
    with pytest.raises((Refused, InputError)) as refused:
        price_of_file(cost_file(*changes))
    found = [str(problem) for problem in refused.value.problems]
    assert any(told in problem for problem in found), found


def test_hours_a_year_and_sickness_need_the_contracts(cost_file):
    contracts = "  contracts:\n    - {hours_per_week: 16, workers: 2}\n    - {hours_per_week: 37.5, workers: 3}\n"
    with pytest.raises(Refused, match=r"Sickness, and hours a year for each worker, need the team's contracted hours\. Add contracts\."):
        price_of_file(cost_file((contracts, "")))


@pytest.fixture
def with_overheads(cost_file, tmp_path):
    (tmp_path / "overheads.yaml").write_text((EXAMPLES / "overheads.yaml").read_text(encoding="utf-8"), encoding="utf-8")

    def write(*changes):
        return cost_file(("  - {line: Office and IT, percent: 6.5, basis: on_cost}\n", OVERHEADS), *changes, text=GOOD)

    return write


def test_a_line_from_overheads_is_what_an_hour_bears_of_them(with_overheads):
    """Company costs of outreach are £97,791.35 for 36,000 hours."""
    price = price_of_file(with_overheads())
    line = next(line for line in price.lines if line.label == "Office and IT")
    assert line.shown.plain == "2.72"
    assert not [note for note in price.notes if "this price is of" in note]


def test_overheads_of_another_year_than_the_price_are_told(with_overheads):
    price = price_of_file(with_overheads(("on: 2026-10-01", "on: 2026-03-31")))
    assert "Office and IT is of 1 April 2026 to 31 March 2027, and this price is of 31 March 2026." in price.notes


@pytest.mark.parametrize(("before", "after", "told"), [
    ("service: Outreach", "service: Shop", "company_costs 1.service: overheads.yaml has no service “Shop”. Its services are Outreach,"),
    (", service: Outreach", "", "company_costs 1: from_overheads and service belong together."),
    ("service: Outreach", "service: Outreach, percent: 3", "so its amount is known. Take the amount or percentage out"),
    ("from_overheads: overheads.yaml", "from_overheads: none.yaml", "company_costs 1.from_overheads: none.yaml: There is no such file."),
])
def test_what_is_wrong_with_a_line_from_overheads_is_told(with_overheads, before, after, told):
    with pytest.raises(Refused) as refused:
        price_of_file(with_overheads((before, after)))
    assert any(told in str(problem) for problem in refused.value.problems), refused.value.problems


def test_what_is_wrong_in_the_overheads_file_is_told_with_its_own_lines(with_overheads, tmp_path):
    path = with_overheads()
    (tmp_path / "overheads.yaml").write_text("name: A\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"overheads\.yaml, line 1, pools: “pools” is missing"):
        price_of_file(path)


def test_content_without_a_folder_cannot_name_an_overheads_file(with_overheads):
    with pytest.raises(Refused, match="An overheads file beside the file cannot be opened from here"):
        price_of_content(with_overheads().read_bytes(), "a form")


def test_a_cap_that_is_kept_changes_nothing(cost_file):
    price = price_of_file(cost_file(("percent: 15, basis", "percent: 40, basis")))
    assert not price.capped.is_exceeded
    assert money(price.capped.per_hour) == money(price.per_hour)
    assert not price.capped.short_per_week
