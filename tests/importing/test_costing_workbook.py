"""A cost file as a workbook: the same content, the same price, and every fault with its sheet and cell."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typer
from openpyxl import Workbook, load_workbook
from pydantic import BaseModel
from typer.testing import CliRunner

from basics.errors import InputError, Refused
from ringfence.actions.costing import as_cost_workbook, example_content, price_of_file
from ringfence.cli.templates import template
from ringfence.importing.costing_file import CostFile
from ringfence.importing.costing_workbook import HEADINGS, read_cost_workbook
from tests.documents.price_shapes import Content, contents

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "outreach.cost.yaml"
APP = typer.Typer()
APP.command()(template)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "filled.xlsx"


def changed(path: Path, *cells: tuple[str, str, object]) -> Path:
    """The example as a workbook with some cells changed."""
    book = load_workbook(BytesIO(as_cost_workbook(example_content())))
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    book.save(path)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        price_of_file(path)
    return [str(problem) for problem in refused.value.problems]


def row_of(key: str) -> int:
    return HEADINGS["Package"].index(key) + 2


@pytest.mark.parametrize("name", [name for name in contents() if name.endswith(" 1")])
def test_a_workbook_says_what_the_yaml_says_whatever_the_package(name: str, path: Path) -> None:
    content = contents()[name]
    path.write_bytes(as_cost_workbook(content))
    assert read_cost_workbook(path).data == without_empty_lists(content)


def without_empty_lists(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: without_empty_lists(value) for key, value in content.items() if value != []}
    return [without_empty_lists(each) for each in content] if isinstance(content, list) else content


def test_the_template_has_the_price_of_the_example(path: Path) -> None:
    assert CliRunner().invoke(APP, ["cost", "--xlsx", str(path)], catch_exceptions=False).exit_code == 0
    assert price_of_file(path).per_week.exact == price_of_file(EXAMPLE).per_week.exact


def test_only_a_cost_has_a_workbook(path: Path) -> None:
    with pytest.raises(InputError, match="no workbook of “visits”"):
        CliRunner().invoke(APP, ["visits", "--xlsx", str(path)], catch_exceptions=False)


def test_a_figure_says_in_which_cell_it_was_typed(path: Path) -> None:
    price = price_of_file(changed(path))
    assert str(price.hours_per_week.source) == f"typed in filled.xlsx, sheet “Package”, cell B{row_of('support.hours_per_week')}"


def test_every_fault_is_told_at_once_with_its_sheet_and_cell(path: Path) -> None:
    found = problems(changed(path, ("Package", f"B{row_of('support.hours_per_week')}", 200), ("Contracts", "C2", 0),
                             ("Company costs", "C3", "fortnight"), ("Staff", "E2", "twelve")))
    assert [each.split(":")[0] for each in found] == [
        f"filled.xlsx, sheet “Package”, cell B{row_of('support.hours_per_week')}", "filled.xlsx, sheet “Staff”, cell E2",
        "filled.xlsx, sheet “Contracts”, cell C2", "filled.xlsx, sheet “Company costs”, cell C3"]


def test_what_is_missing_is_told_with_its_row(path: Path) -> None:
    assert problems(changed(path, ("Contracts", "C2", None))) == ["filled.xlsx, sheet “Contracts”, cell A2: “workers” is missing. Add it."]


@pytest.mark.parametrize(("sheet", "cell", "value", "said"), [
    ("Package", "A2", "nme", "“nme” is not a key that belongs here. Did you mean “name”?"),
    ("Contracts", "B1", "hours", "“hours” is not a key that belongs here."),
    ("Contracts", "A2", "Senior", "The sheet Staff has no grade “Senior”."),
    ("Staff", "G2", "none", "There is “none” where a number belongs."),
    ("Staff", "F2", "none", "“holiday” has a value of its own already."),
])
def test_a_cell_that_has_no_place_is_refused(path: Path, sheet: str, cell: str, value: object, said: str) -> None:
    assert any(said in each for each in problems(changed(path, (sheet, cell, value))))


def test_a_sheet_that_is_none_of_ours_is_not_passed_over(path: Path) -> None:
    book = load_workbook(BytesIO(as_cost_workbook(example_content())))
    book.create_sheet("Contract")["A1"] = 1
    book.save(path)
    assert problems(path) == ["filled.xlsx, sheet “Contract”: This sheet is none of a cost workbook. Remove it, or call it “Contracts”."]


def test_what_is_no_cost_workbook_is_refused(path: Path) -> None:
    Workbook().save(path)
    with pytest.raises(InputError, match="no sheet “Package”"):
        price_of_file(path)
    path.write_bytes(b"name: A\n")
    with pytest.raises(InputError, match="damaged"):
        price_of_file(path)


def test_every_key_of_a_cost_file_has_a_cell() -> None:
    known = {key.split(".")[-1] for keys in HEADINGS.values() for key in keys}
    lists = {"staff", "grades", "funders", "other_direct", "co_ordination", "company_costs", "contracts", "paid_time", "unsocial_hours", "other"}
    groups = {"quote", "support", "contingency", "surplus", "travel", "sleep_ins", "organisation", "employment_allowance", "cap", "bank_holidays",
              "agency", "vacancies", "sickness", "pay_periods"}
    assert keys(CostFile) - known - lists - groups == set()


def keys(model: type[BaseModel]) -> set[str]:
    schema: Content = model.model_json_schema()
    return {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}


def test_every_heading_is_documented() -> None:
    page = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
    assert [name for name in HEADINGS if f"`{name}`" not in page] == []
