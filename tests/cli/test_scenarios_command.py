"""`ringfence scenarios FILE`: the page, the figures for a program, and the documentation's example."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from basics.errors import InputError, Refused
from costing.scenario_inputs import DRIVERS
from ringfence.cli.scenarios import scenarios
from ringfence.importing.scenarios_file import ScenariosFile

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = DOCS / "examples" / "next_year.scenarios.yaml"
PAGE, FORMAT = ((DOCS / page).read_text(encoding="utf-8") for page in ("scenarios.md", "formats/scenarios.md"))
APP = typer.Typer()
APP.command()(scenarios)


def printed(*words: object) -> str:
    result = CliRunner().invoke(APP, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def example(tmp_path: Path):
    """The example with some of its text replaced, among its cost files."""
    for name in ("outreach.cost.yaml", "living.cost.yaml"):
        (tmp_path / name).write_bytes((EXAMPLE.parent / name).read_bytes())

    def write(*replaced: tuple[str, str]) -> Path:
        text = EXAMPLE.read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / "next_year.scenarios.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refused(path: Path) -> list[str]:
    with pytest.raises(Refused) as error:
        printed(path)
    return [str(problem) for problem in error.value.problems]


def test_the_documentation_prints_what_the_command_prints() -> None:
    assert printed(EXAMPLE, "--tornado", "--ranges") in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)


def test_the_documented_file_is_the_file_that_is_there() -> None:
    assert re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL) == [EXAMPLE.read_text(encoding="utf-8")]


def test_every_key_and_driver_of_the_file_is_documented() -> None:
    schema = ScenariosFile.model_json_schema()
    keys = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}
    assert [name for name in sorted(keys | DRIVERS.keys()) if f"`{name}`" not in FORMAT] == []


def test_what_is_printed_adds_up_by_package_service_and_funder() -> None:
    found = json.loads(printed(EXAMPLE, "--json"))
    for each in (found["base"], *found["scenarios"]):
        for parts in ("packages", "services", "funders"):
            for key in ("income", "cost", "surplus", "overheads_not_recovered"):
                assert sum(Decimal(part[key]) for part in each[parts]) == Decimal(each["organisation"][key])


def test_the_prices_of_the_base_are_those_of_the_cost_files() -> None:
    packages = json.loads(printed(EXAMPLE, "--json"))["base"]["packages"]
    assert [package["price_per_hour"] for package in packages[:2]] == ["29.48", "29.48"]


def test_a_scenario_with_assumed_figures_says_so_in_its_heading_its_column_and_for_a_program() -> None:
    page = printed(EXAMPLE)
    assert "1. Rates of May 2027, prices held (with assumed figures*)" in page
    assert re.search(r"^A year +Base +1\* +2\* +3$", page, re.MULTILINE)
    later, _, people = json.loads(printed(EXAMPLE, "--json"))["scenarios"]
    assert "National Living Wage: £13.30 an hour, assumed from 1 April 2027: our own estimate" in later["assumed"]
    assert people["assumed"] == []


def test_a_published_figure_that_a_change_sets_counts_as_assumed(example) -> None:
    path = example(("{driver: price, times: 1.04}", "{parameter: employer_ni_rate, set: 16}"))
    assert "   employer_ni_rate, assumed: 16%" in printed(path)


def test_a_later_figure_that_is_neither_published_nor_assumed_is_refused(example) -> None:
    assert refused(example(("  - {parameter: employer_ni_rate, from: 2027-04-06, value: 15, why: as this year}\n", "")))[0] == (
        "next_year.scenarios.yaml, line 18, scenarios 1.on: Employer NI rate is not known on 1 May 2027. "
        "Add it to assumed, with employer_ni_rate as its parameter.")


def test_a_day_whose_figures_are_published_takes_those_and_assumes_nothing(example) -> None:
    path = example(("on: 2027-05-01", "on: 2027-03-01"))
    assert "assumed" not in printed(path).split("Where")[0]


def test_everything_that_is_wrong_is_listed_with_its_line(example) -> None:
    assert refused(example(("driver: price, times: 1.04", "driver: prices, times: 1.04"), ("how: plus, ", ""))) == [
        "next_year.scenarios.yaml, line 23, scenarios 2.changes 1.driver: “prices” is not a driver. Did you mean “price”?",
        "next_year.scenarios.yaml, line 30, assumptions 2.how: “how” is missing. Add it."]


def test_what_does_not_fit_the_cost_files_is_listed_with_its_line_too(example) -> None:
    unknown = ("parameter: national_living", "parameter: living")
    missing = "National Living Wage is not known on 1 May 2027. Add it to assumed, with national_living_wage as its parameter."
    assert refused(example(("times: 0.9, service: Outreach", "times: 0.9, service: Outreaches"), unknown)) == [
        "next_year.scenarios.yaml, line 9, assumed 1.parameter: There is no published figure called “living_wage”. "
        "“ringfence parameters” lists them.",
        f"next_year.scenarios.yaml, line 19, scenarios 1.on: {missing}",
        f"next_year.scenarios.yaml, line 21, scenarios 2.on: {missing}",
        "next_year.scenarios.yaml, line 26, scenarios 3.changes 1: No package is in Outreaches. Check the names against those under provided."]


@pytest.mark.parametrize(("old", "new", "says"), [
    ("low: 94, high: 100", "low: 100, high: 94", "The low end of the range is not below the high end."),
    ("likely: 1.04", "likely: 1.4", "The likely value lies outside the range."),
    ("high: 1.5, shape: normal", "likely: 0, high: 1.5, shape: normal", "A triangular range has a likely value, and no other has."),
    ("driver: price, times: 1.04", "driver: price", "A change sets a value, multiplies by one or adds one."),
    ("driver: price, times: 1.04", "driver: price, input: Visits, times: 1.04", "This says not, or says twice, what it is about."),
    ("scenario: The same, and prices 4% up", "scenario: A tenth of outreach goes", "Two scenarios have this name."),
])
def test_what_does_not_fit_together_is_refused(example, old: str, new: str, says: str) -> None:
    assert any(says in problem for problem in refused(example((old, new))))


def test_the_fault_of_a_cost_file_is_told_with_both_files(example, tmp_path: Path) -> None:
    path = example()
    (tmp_path / "living.cost.yaml").write_text("name: A home\n", encoding="utf-8")
    assert "next_year.scenarios.yaml, line 6, provided 3.cost: living.cost.yaml, line 1, quote: “quote” is missing. Add it." in refused(path)


def test_a_cost_file_that_is_not_there_is_named(example) -> None:
    assert any("There is no such file" in problem for problem in refused(example(("cost: living", "cost: loving"))))


def test_a_scenario_that_cannot_be_priced_is_named(example) -> None:
    with pytest.raises(InputError, match=r"The same, and prices 4% up: .* would be divided by nil"):
        printed(example(("{driver: price, times: 1.04}", "{driver: hours, set: 0}")))


def test_without_assumptions_there_is_nothing_to_vary(example) -> None:
    path = example()
    text = path.read_text(encoding="utf-8")
    path.write_text(text[:text.index("assumptions:")], encoding="utf-8")
    for option in ("--tornado", "--ranges"):
        with pytest.raises(InputError, match="no assumptions"):
            printed(path, option)


def test_the_same_seed_prints_the_same_ranges_and_another_others() -> None:
    first, again, other = (printed(EXAMPLE, "--ranges", "--json", "--samples", 50, "--seed", seed) for seed in (1, 1, 2))
    assert first == again != other
