"""`ringfence split FILE`: the page and the figures, and the examples of its documentation."""

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from basics.errors import Refused
from ringfence.cli.split import split
from ringfence.importing import split_file

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = re.findall(r"```yaml\n(.*?)```.*?```text\n(.*?)```", (DOCS / "formats" / "split.md").read_text("utf-8"), re.DOTALL)

app = typer.Typer()
app.command()(split)


def printed(path: Path, *options: str) -> str:
    result = CliRunner().invoke(app, [str(path), *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "split.yaml"
    path.write_text(EXAMPLES[0][0], encoding="utf-8")
    return path


def test_the_documentation_has_its_examples() -> None:
    assert len(EXAMPLES) == 4


@pytest.mark.parametrize(("text", "page"), EXAMPLES)
def test_the_examples_of_the_documentation_print_what_they_say(tmp_path: Path, text: str, page: str) -> None:
    path = tmp_path / "split.yaml"
    path.write_text(text, encoding="utf-8")
    assert printed(path) == page


def test_every_key_of_the_file_is_documented() -> None:
    page = (DOCS / "formats" / "split.md").read_text("utf-8")
    models = [split_file._SplitFile, split_file._Damping, split_file._TopSlice, split_file._House, split_file._Person, split_file._Layer]
    assert [key for model in models for key in model.model_fields if f"`{key}`" not in page] == []


def test_figures_for_a_program_are_text_with_two_decimals(file: Path) -> None:
    found = json.loads(printed(file, "--json"))
    assert (found["sum"], found["total"], found["method"]) == ("52000.00", "52000.00", "hours")
    assert found["top_slices"] == [{"name": "contingency", "sum": "1560.00"}]
    assert found["allocations"][1] == {"person": "P-102", "empty": False, "sum": "14421.32", "minutes": 31230}


def test_hours_that_nobody_gave_are_not_known(file: Path) -> None:
    file.write_text("contract: C\nsum: 10.00\nmethod: equal\npeople: [{person: A}, {person: B}]\n", encoding="utf-8")
    assert printed(file).count("Not known") == 3


def test_layers_are_shown_with_the_week_they_come_from(tmp_path: Path) -> None:
    path = tmp_path / "split.yaml"
    path.write_text(EXAMPLES[3][0], encoding="utf-8")
    first = json.loads(printed(path, "--json"))["allocations"][0]
    assert first["per_week"] == {"total": "1277.00", "layers": [
        {"name": "shared hours", "sum": "500.00"}, {"name": "sleep-ins", "sum": "147.00"}, {"name": "one to one", "sum": "630.00"}]}


def test_a_split_that_cannot_be_made_prints_no_page(file: Path) -> None:
    file.write_text(EXAMPLES[0][0].replace("hours: 0", "points: 5"), encoding="utf-8")
    with pytest.raises(Refused, match="person P-103: has no hours, and the split is by hours"):
        printed(file)
