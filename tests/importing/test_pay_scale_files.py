"""A pay scale in a file of one's own, and a cost file that names a point of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import ringfence
from basics.errors import Refused
from costing.figure import Unit
from ringfence.importing.costing_package import read_package
from ringfence.importing.parameters import ParameterModel, read_parameters
from ringfence.importing.pay_scales import PayScaleModel

DOCS = Path(ringfence.__file__).parents[1] / "docs"
PAGE = (DOCS / "formats" / "parameters.md").read_text(encoding="utf-8")
FIGURE, SCALE = (block.split("```")[0] for block in PAGE.split("```yaml\n")[1:])
OUTREACH = (DOCS / "examples" / "outreach.cost.yaml").read_text(encoding="utf-8")


@pytest.fixture
def rates(tmp_path):
    folder = tmp_path / "rates"
    folder.mkdir()
    (folder / "harbour.yaml").write_text(SCALE, encoding="utf-8")
    return folder


def problems(folder):
    with pytest.raises(Refused) as refused:
        read_parameters(folder)
    return [str(problem) for problem in refused.value.problems]


def cost_file(folder, *changes):
    text = OUTREACH
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = folder.parent / "outreach.cost.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_documented_scale_pays_what_it_says(rates):
    parameters = read_parameters(rates)
    assert parameters.pay_per_hour("Harbour", "10", date(2027, 4, 1)).value == Decimal("14.85")
    assert parameters.scales["Harbour"].grade_of("6") == "Support worker"
    assert "Harbour" not in {parameter.key for parameter in parameters}


def test_the_documented_figure_is_read_beside_it(rates):
    (rates / "national_living_wage.yaml").write_text(FIGURE, encoding="utf-8")
    assert read_parameters(rates).figure("national_living_wage", date(2027, 4, 1)).value == Decimal("13.30")


def test_every_key_and_every_unit_is_documented():
    for model in (ParameterModel, PayScaleModel):
        schema = model.model_json_schema()
        for part in (schema, *schema["$defs"].values()):
            assert all(f"`{key}`" in PAGE for key in part.get("properties", {}))
    assert all(f"`{unit}`" in PAGE for unit in Unit if unit is not Unit.NUMBER)


def test_a_package_is_priced_from_a_point_of_a_scale(rates):
    package = read_package(cost_file(rates, ("pay_per_hour: national_living_wage", "pay_per_hour: {scale: Harbour, point: 5}")), rates)
    pay = package.staff.pay_per_hour.parts[0]
    assert (pay.value, pay.label, pay.source.reference) == (Decimal("12.85"), "Harbour, point 5", "minutes of 3 March 2026")


@pytest.mark.parametrize(("named", "told"), [
    ("{scale: Harbour, point: 7}", "The pay scale Harbour has no point “7”. Its points are 5, 6, 10."),
    ("{scale: Harbor, point: 5}", "There is no pay scale called “Harbor”. The pay scales are Harbour."),
    ("{scale: Harbour}", "“point” is missing. Add it."),
    ("{scale: Harbour, point: 5.5}", "There is “5.5” where text belongs. Correct it."),
    ("{scale: Harbour, points: 5}", "“points” is not a key that belongs here."),
])
def test_a_point_that_cannot_be_found_is_told_with_its_line(rates, named, told):
    path = cost_file(rates, ("pay_per_hour: national_living_wage", f"pay_per_hour: {named}"))
    with pytest.raises(Refused) as refused:
        read_package(path, rates)
    assert any(told in str(problem) and "line 14, staff.pay_per_hour" in str(problem) for problem in refused.value.problems)


@pytest.mark.parametrize("day", ["2022-03-31", "2027-04-01"])
def test_a_day_without_a_figure_names_the_figure_and_where_to_add_it(rates, day):
    path = cost_file(rates, ("on: 2026-10-01", f"on: {day}"))
    with pytest.raises(Refused) as refused:
        read_package(path, rates)
    told = next(str(problem) for problem in refused.value.problems if "National Living Wage" in str(problem))
    assert "line 14, staff.pay_per_hour: National Living Wage is known from 1 April 2022 to 31 March 2027" in told
    assert "on the page Rates, or in a file national_living_wage.yaml of your own folder" in told


@pytest.mark.parametrize(("before", "after", "told"), [
    ("    points:\n      5: 13.45\n      6: 13.70\n      10: 14.85", "    points: {5: 0}", "0 is too small. Write more than 0."),
    ("from: 2027-04-01", "from: 2026-04-01", "line 15, values 2.from: 2026-04-01 is not after 2026-04-01"),
    ("known_until: 2028-03-31", "known_until: 2027-03-31", "Correct known_until."),
    ("[5, 6]", "[5, 7]", "line 6, grades.Support worker 2: No table has a point “7”."),
    ("pounds an hour", "pounds a year", "Add it with hours_per_week and weeks_per_year."),
    ("set_by:", "full_time: {hours_per_week: 37, weeks_per_year: 52.143}\nset_by:", "Take it out."),
    ("pounds an hour", "pounds a week", "Choose pounds an hour or pounds a year."),
    ("      5: 12.85", "      5/6: 12.85", "without a stroke"),
])
def test_a_scale_that_is_wrong_is_refused_with_what_to_do(rates, before, after, told):
    assert before in SCALE
    (rates / "harbour.yaml").write_text(SCALE.replace(before, after), encoding="utf-8")
    assert any(told in problem for problem in problems(rates)), problems(rates)


def test_a_point_that_ends_is_known_until_the_eve_of_the_table_without_it(rates):
    (rates / "harbour.yaml").write_text(SCALE.replace("      6: 13.70\n", ""), encoding="utf-8")
    assert read_parameters(rates).scales["Harbour"].points["6"].known_until == date(2027, 3, 31)


def test_a_point_that_comes_back_is_refused(rates):
    more = "  - {from: 2028-04-01, reference: minutes, points: {5: 14, 6: 14.2, 10: 15}}\nknown_until: 2029-03-31"
    (rates / "harbour.yaml").write_text(SCALE.replace("      6: 13.70\n", "").replace("known_until: 2028-03-31", more), encoding="utf-8")
    assert "Point “6” is missing here" in problems(rates)[0]


def test_one_name_for_two_scales_is_refused(rates):
    (rates / "other.yaml").write_text(SCALE, encoding="utf-8")
    assert "“Harbour” is also in rates/harbour.yaml. Keep one file for each pay scale." in problems(rates)[0]


def test_what_is_wrong_in_several_files_is_told_at_once(rates):
    (rates / "harbour.yaml").write_text(SCALE.replace("[5, 6]", "[5, 7]"), encoding="utf-8")
    (rates / "real_living_wage_uk.yaml").write_text(FIGURE.replace("2027-04-01", "2027-04-02"), encoding="utf-8")
    twice = FIGURE.replace("known_until: 2028-03-31", "  - {from: 2027-04-01, value: 14, reference: a letter}\nknown_until: 2027-03-31")
    (rates / "national_living_wage.yaml").write_text(twice, encoding="utf-8")
    found = problems(rates)
    assert [problem.split(",")[0].split(":")[0] for problem in found] == ["harbour.yaml", "national_living_wage.yaml", "national_living_wage.yaml",
                                                                         "rates/real_living_wage_uk.yaml"]


def test_every_year_that_leaves_days_out_is_told_at_once(rates):
    for key in ("real_living_wage_uk", "national_living_wage"):
        (rates / f"{key}.yaml").write_text(FIGURE.replace("2027-04-01", "2027-04-02"), encoding="utf-8")
    assert [problem.split(":")[0] for problem in problems(rates)] == ["rates/national_living_wage.yaml", "rates/real_living_wage_uk.yaml"]


@pytest.mark.parametrize(("until", "told"), [
    ("2027-03-31", "values 1.until: This value does not end between its first day and that of the next."), ("2028-04-01", "values 1.until")])
def test_a_value_that_ends_outside_its_own_days_is_refused(rates, until, told):
    text = FIGURE.replace("reference: where you read it\n", f"reference: x\n    until: {until}\n  - {{from: 2028-04-01, value: 14, reference: y}}\n")
    (rates / "a_rate_of_ours.yaml").write_text(text.replace("known_until: 2028-03-31", "known_until: 2029-03-31"), encoding="utf-8")
    assert told in problems(rates)[0]


def test_a_file_that_changes_is_read_again(rates):
    assert read_parameters(rates) is read_parameters(rates)
    (rates / "harbour.yaml").write_text(SCALE.replace("12.85", "12.9500"), encoding="utf-8")
    assert read_parameters(rates).pay_per_hour("Harbour", "5", date(2026, 4, 1)).value == Decimal("12.95")
