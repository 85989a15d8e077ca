"""A cost file as a workbook: the same content, the same price, and every fault with its sheet and cell."""

from __future__ import annotations

from decimal import Decimal
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


def shown(path: Path, sheet: str, cell: str, value: object, number_format: str) -> Path:
    """The example with one cell of another number format."""
    book = load_workbook(changed(path))
    book[sheet][cell], book[sheet][cell].number_format = value, number_format
    book.save(path)
    return path


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "[>1]0.0%;0.0%", "#,##0.000 %"])
def test_a_percentage_is_what_the_person_sees_however_it_is_stored(path: Path, number_format: str) -> None:
    """2% is stored as 0.02."""
    row = row_of("contingency.percent")
    said = read_cost_workbook(shown(path, "Package", f"B{row}", 0.02, number_format)).data["contingency"]
    assert said == {**example_content()["contingency"], "percent": 2}
    assert read_cost_workbook(shown(path, "Paid time", "C2", 0.035, number_format)).data["staff"]["paid_time"][0]["percent"] == Decimal("3.5")


@pytest.mark.parametrize("number_format", ["General", '0.00"%"', r"0.0\%"])
def test_a_number_with_a_written_per_cent_sign_is_itself(path: Path, number_format: str) -> None:
    row = row_of("contingency.percent")
    assert read_cost_workbook(shown(path, "Package", f"B{row}", 2, number_format)).data["contingency"]["percent"] == 2


def test_a_percentage_where_none_belongs_is_refused_with_its_cell(path: Path) -> None:
    row = row_of("support.hours_per_week")
    assert problems(shown(path, "Package", f"B{row}", 0.2, "0%")) == [
        f"filled.xlsx, sheet “Package”, cell B{row}: The cell is shown as per cent, 20%, and “support.hours_per_week” is none. "
        "Give the cell the format General, and type the number again."]


def test_a_formula_whose_value_is_not_stored_is_refused_wherever_it_stands(path: Path) -> None:
    found = problems(changed(path, ("Package", "B16", "=1+1"), ("Staff", "E2", "=1+1")))
    assert found == [f"filled.xlsx, sheet “{sheet}”, cell {cell}: holds a formula whose value is not stored. "
                     "Open it in Excel or LibreOffice, and save it." for sheet, cell in (("Package", "B16"), ("Staff", "E2"))]


@pytest.mark.parametrize(("key", "text", "belongs"), [
    ("support.hours_per_week", "20", "a number"), ("contingency.percent", "2%", "a number"), ("contingency.amount", "£2,65", "a number"),
    ("on", "03/04/2026", "a day")])
def test_a_number_kept_as_text_is_said_to_be_text(path: Path, key: str, text: str, belongs: str) -> None:
    found = problems(changed(path, ("Package", f"B{row_of(key)}", text)))
    assert len(found) == 1
    assert f"cell B{row_of(key)}: The cell holds {text} as text, and {belongs} belongs there. Give the cell the format" in found[0]


def test_a_name_may_look_like_a_number(path: Path) -> None:
    assert read_cost_workbook(changed(path, ("Package", f"B{row_of('name')}", "20"))).data["name"] == "20"


def test_what_is_hidden_is_never_priced_in_silence(path: Path) -> None:
    book = load_workbook(changed(path))
    book["Co-ordination"].sheet_state = "hidden"
    book["Funders"].sheet_state = "hidden"  # and empty
    for row in (2, 15):
        book["Company costs"].row_dimensions[row].hidden = True
    book["Package"].row_dimensions[row_of("until")].hidden = True  # a key without a value
    book["Staff"].column_dimensions["B"].hidden = True
    book.save(path)
    assert problems(path) == [f"filled.xlsx, sheet “{sheet}”: {what} is hidden, and holds something. Show it and look at it, or empty it."
                              for sheet, what in (("Staff", "Column B"), ("Co-ordination", "The sheet"), ("Company costs", "Row 2"))]


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
