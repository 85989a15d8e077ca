"""`ringfence cost`: what it prints, and that the documentation prints the same."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import ringfence
from basics.errors import Refused
from ringfence.cli.cost import cost
from ringfence.importing.costing_file import CostFile
from ringfence.importing.parameters import built_in_parameters, read_parameters

ROOT = Path(ringfence.__file__).parents[1]
EXAMPLE = ROOT / "docs" / "examples" / "outreach.cost.yaml"
APP = typer.Typer()
APP.command("cost")(cost)


def printed(*arguments):
    result = CliRunner().invoke(APP, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def blocks(page):
    return re.findall(r"```[a-z]*\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_lines_and_the_rounding_add_to_the_price_that_is_printed():
    data = json.loads(printed(EXAMPLE, "--json"))
    lines = sum(Decimal(line["amount"]) for line in data["lines"])
    assert lines + Decimal(data["rounding"]) == Decimal(data["price_per_hour"])
    assert sum(Decimal(line["share_percent"]) for line in data["lines"]) == 100


def test_every_figure_for_another_program_is_text_with_two_decimals():
    data = json.loads(printed(EXAMPLE, "--json"))
    figures = [data[key] for key in ("price_per_hour", "price_per_week", "price_per_year", "rounding")]
    figures += [line["amount"] for line in data["lines"]]
    assert all(re.fullmatch(r"-?\d+\.\d\d", figure) for figure in figures)


def test_the_explanation_ends_with_the_price_and_starts_from_the_wage():
    steps = json.loads(printed(EXAMPLE, "--json", "--explain"))["explanation"]
    assert steps[0]["label"] == "National Living Wage"
    assert "1 April 2026" in steps[0]["source"]
    amounts = {step["label"]: step["amount"] for step in steps}
    assert amounts["Price per hour"] == "£29.48 an hour"
    assert amounts["Price per year"] == "£30,659.20 a year"


def test_every_step_is_given_or_made_of_steps_before_it():
    told = set()
    for step in json.loads(printed(EXAMPLE, "--json", "--explain"))["explanation"]:
        assert bool(step["source"]) != bool(step["made_of"]), step
        assert set(re.findall("“([^”]+)”", step["made_of"])) <= told, step
        told.add(step["label"])


def test_without_weeks_there_is_no_year_and_a_note_says_why(tmp_path):
    path = tmp_path / "no-year.cost.yaml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("  weeks_per_year: 52\n", ""), encoding="utf-8")
    text = printed(path)
    assert "Price per year" not in text
    assert "Note: There is no price for a year" in text
    assert json.loads(printed(path, "--json"))["price_per_year"] is None


def test_a_file_that_is_wrong_is_refused_with_its_faults(tmp_path):
    path = tmp_path / "wrong.cost.yaml"
    path.write_text("name: A\n", encoding="utf-8")
    with pytest.raises(Refused, match="“quote” is missing"):
        printed(path)


@pytest.mark.parametrize("page", ["costing.md", "formats/cost.md"])
def test_the_documentation_prints_what_the_command_prints(page):
    assert printed(EXAMPLE) in blocks(page)


def test_the_documented_example_is_the_file_that_is_there():
    assert EXAMPLE.read_text(encoding="utf-8") in blocks("formats/cost.md")


def test_the_steps_that_the_documentation_quotes_are_those_of_the_command():
    quoted = next(block for block in blocks("costing.md") if block.startswith("1. "))
    steps = printed(EXAMPLE, "--explain").splitlines()
    assert all(line in steps for line in quoted.splitlines())


def keys(schema):
    for part in (schema, *schema["$defs"].values()):
        yield from part.get("properties", {})


def test_every_key_of_a_cost_file_is_documented():
    page = (ROOT / "docs" / "formats" / "cost.md").read_text(encoding="utf-8")
    assert not [key for key in keys(CostFile.model_json_schema()) if f"`{key}`" not in page]


def test_the_documented_file_of_a_published_figure_can_be_read(tmp_path):
    path = tmp_path / "national_living_wage.yaml"
    path.write_text(blocks("parameters.md")[0], encoding="utf-8")
    assert read_parameters(tmp_path).figure("national_living_wage", date(2027, 4, 1)).value == Decimal("13.30")


def test_every_published_figure_is_documented_with_its_values():
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    for parameter in built_in_parameters():
        for value in parameter.values:
            mark = " (from memory)" if value.from_memory else ""
            row = f"| `{parameter.key}` | {value.starts_on:%d/%m/%Y} | {value.value} {parameter.unit}{mark} |"
            assert row in page, row
        assert f"| `{parameter.key}` | {parameter.name} | {parameter.set_by} | {parameter.known_until:%d/%m/%Y} |" in page
