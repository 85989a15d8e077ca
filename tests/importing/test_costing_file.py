"""A cost file that is wrong is refused with everything that is wrong in it."""

from datetime import date
from pathlib import Path

import pytest

import ringfence
from basics.errors import InputError, Refused
from ringfence.actions.costing import price_of_file
from ringfence.importing.costing_package import read_package
from ringfence.importing.parameters import BUILT_IN, built_in_parameters, read_parameters

GOOD = (Path(ringfence.__file__).parents[1] / "docs" / "examples" / "outreach.cost.yaml").read_text(encoding="utf-8")


@pytest.fixture
def cost_file(tmp_path):
    def write(*changes, text=GOOD):
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "wrong.cost.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(path):
    with pytest.raises(Refused) as refused:
        price_of_file(path)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(("before", "after", "told"), [
    ("minutes: 15", "minute: 15", "line 21, staff.travel.minute: “minute” is not a key that belongs here. Did you mean “minutes”?"),
    ("hours_per_week: 20\n", "parts: [{kind: shared, line: Home, hours_per_week: 20, places: 0}]\n",
     "line 9, support.parts 1.places: 0 is too small. Write more than 0."),
    ("weeks_per_year: 52", "weeks_per_year: 60", "line 11, support.weeks_per_year: 60 is too large. Write 53 or less."),
    ("hours_per_week: 20\n", "hours_per_week: 0\n", "line 9, support.hours_per_week: 0 is too small. Write more than 0."),
    ("amount: 6.00", "amount: 6000000000", "line 32, other_direct 1.amount: 6000000000 is too large. Write 1,000,000,000 or less."),
    ("amount: 6.00", "amount: -6.00", "line 32, other_direct 1.amount: -6.00 is too small. Write 0 or more."),
    ("amount: 6.00", "amount: '£6'", "line 32, other_direct 1.amount: There is “£6” where a number belongs."),
    ("amount: 6.00", "amount: yes", "line 32, other_direct 1.amount: There is “yes” where a number belongs."),
    ("on: 2026-10-01", "on: October", "line 3, on: There is “October” where a day, like 2026-10-01, belongs."),
    ("step_pence: 4 ", "step_pence: 5 ", "line 6, quote.step_pence: “5” is not one of the choices. Choose 1, 4 or 7."),
    ("basis: of_price", "basis: of_cost", "line 43, surplus.basis: “of_cost” is not one of the choices. Choose on_cost or of_price."),
    ("percent: 3, basis: of_price", "percent: 3", "line 43, surplus: This needs amount and per, or percent and basis."),
    ("pay_per_hour: national_living_wage", "pay_per_hour: living_wage", "line 14, staff.pay_per_hour: There is no published figure"),
    ("pay_per_hour: national_living_wage", "pay_per_hour: £12.71",
     "line 14, staff.pay_per_hour: There is “£12.71” where a number, or the name of a published figure, belongs."),
    ("method: of_worked_pay", "method: worked", "line 27, staff.holiday.method: “worked” is not one of the choices."),
    ("pay_per_hour: national_living_wage", "pay_per_hour: employer_ni_rate",
     "line 14, staff.pay_per_hour: “employer_ni_rate” is in per cent, and pounds an hour belong here."),
    ("  pension: by_law\n", "", "line 13, staff.pension: “pension” is missing. Add it."),
    ("pension: by_law", "pension: maybe", "line 29, staff.pension: “maybe” is not one of the choices. Choose by_law or none."),
    ("    pay_per_mile: 0.45\n", "", "line 19, staff.travel: Miles and pay_per_mile belong together."),
    ("  visits_per_week: 16\n", "", "line 18, staff.travel: This is for each visit, and the visits a week are not given."),
    ("line: Team leader", "line: Mileage", "2 lines are called “Mileage”. Give each line a name of its own."),
    ("on: 2026-10-01", "on: 2027-04-06", "Employer NI rate is known from 6 April 2022 to 5 April 2027, and is needed on 6 April 2027."),
])
def test_each_fault_says_where_it_is_and_what_to_do(cost_file, before, after, told):
    found = problems(cost_file((before, after)))
    assert any(told in problem for problem in found), found


def test_contracts_are_needed_where_the_law_decides(cost_file):
    text = GOOD.replace("  contracts:\n", "").replace("    - {hours_per_week: 16, workers: 2}\n", "")
    text = text.replace("    - {hours_per_week: 37.5, workers: 3}\n", "")
    assert any("Add contracts." in problem for problem in problems(cost_file(text=text)))


def test_every_fault_is_told_at_once(cost_file):
    found = problems(cost_file(("minutes: 15", "minute: 15"), ("amount: 6.00", "amount: six"), ("on: 2026-10-01", "on: soon")))
    assert len(found) == 3


def test_every_figure_that_is_not_known_is_told_at_once(cost_file):
    found = problems(cost_file(("on: 2026-10-01", "on: 2021-10-01")))
    assert len(found) == 7


def test_a_file_without_staff_is_priced(cost_file):
    text = "name: A\non: 2026-10-01\nquote: {per: week, step_pence: 7}\nsupport: {hours_per_week: 1}\n"
    assert read_package(cost_file(text=text + "other_direct:\n  - {line: Phone, amount: 1, per: week}\n")).staff is None


def test_a_year_of_365_days_has_a_little_more_than_52_weeks(cost_file):
    weeks = read_package(cost_file(("weeks_per_year: 52", "weeks_per_year: 365/7"))).support.weeks_per_year
    assert weeks.exact * 7 == 365


OWN = """
name: National Living Wage
about: The year after.
unit: pounds an hour
set_by: the Government
values:
  - {from: 2027-04-01, value: 13.30, reference: our own reading}
known_until: 2028-03-31
"""


def test_a_folder_of_ones_own_adds_a_year(cost_file, tmp_path):
    (tmp_path / "rates").mkdir()
    (tmp_path / "rates" / "national_living_wage.yaml").write_text(OWN)
    text = GOOD.replace("on: 2026-10-01", "on: 2027-04-01\nparameters: rates")
    package = read_package(cost_file(text=text))  # tax is known until 5 April 2027
    assert package.staff.pay_per_hour.parts[0].source.starts_on == date(2027, 4, 1)
    assert built_in_parameters().figure("national_living_wage", date(2026, 4, 1)).source.reference.startswith("https://www.gov.uk")


def test_a_folder_of_ones_own_is_checked_as_a_whole(tmp_path):
    (tmp_path / "one.yaml").write_text(OWN.replace("known_until: 2028-03-31", ""))
    (tmp_path / "two.yaml").write_text(OWN.replace("reference: our own reading", "reference: ''"))
    with pytest.raises(Refused) as refused:
        read_parameters(tmp_path)
    assert [problem.place.split(",")[0] for problem in refused.value.problems] == ["one.yaml", "two.yaml"]


def test_a_folder_that_is_missing_or_empty_is_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match="Check its name"):
            read_parameters(folder)


def test_one_figure_in_two_files_is_refused(tmp_path):
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "national_living_wage.yaml").write_text(OWN)
    with pytest.raises(Refused, match="one file for each figure"):
        read_parameters(tmp_path)


def test_every_published_figure_stands_in_the_folder_of_who_sets_it_with_its_reference():
    read = list(built_in_parameters())
    assert {parameter.place.split("/")[0] for parameter in read} == {folder.name for folder in BUILT_IN.iterdir()}
    assert all(value.reference.count("https://") == 1 for parameter in read for value in parameter.values)
