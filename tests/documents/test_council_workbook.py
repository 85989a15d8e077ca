"""Filling in a council's own workbook: our figures in the cells that are named, and nothing else of theirs touched."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import typer
import xlsxwriter
from openpyxl import load_workbook
from typer.testing import CliRunner

from basics.errors import InputError, Refused
from costing.price import Price
from ringfence.actions.costing import price_of_file
from ringfence.actions.council_workbook import Filled, check_names, fill_council_workbook
from ringfence.cli.cost import cost
from tests.documents.price_shapes import contents, priced

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "outreach.cost.yaml"
PRICE = price_of_file(EXAMPLE)
APP = typer.Typer()
APP.command("cost")(cost)
MAPPING = """
sheet: Your price
cells:
  - {cell: B3, figure: name}
  - {cell: C6, line: Pay for support}
  - {cell: C7, row: Back office}
  - {cell: C8, section: Company costs}
  - {cell: C12, figure: price_per_hour}
  - {sheet: Hours, cell: D40, figure: hours_per_week}
"""


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A workbook as a council sends one: locked, with formulas, merged cells, a chart, a picture of their own style, and a hidden sheet."""
    path = tmp_path / "council.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, hours, hidden = (book.add_worksheet(name) for name in ("Your price", "Hours", "Hidden"))
    open_, bold = book.add_format({"locked": False, "bg_color": "#CCFFCC", "num_format": "£0.00"}), book.add_format({"bold": True, "italic": True})
    sheet.write("A3", "Name of provider", bold)
    for cell in ("B3", "C6", "C7", "C8", "C12"):
        sheet.write_blank(cell, None, open_)
    sheet.write_number("C9", 1.5, open_)
    sheet.write_formula("C10", "=SUM(C6:C9)", open_, 1.5)
    sheet.write_formula("C11", "=1/C12", open_, "#DIV/0!")
    sheet.merge_range("E6:F7", "", open_)
    sheet.write("C14", "Please sign here", open_)
    sheet.write_array_formula("G1:G3", "{=ROW(A1:A3)}", open_)
    sheet.protect("theirs")
    hidden.write("A1", 42)
    hidden.hide()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Your price'!$C$6:$C$9"})
    sheet.insert_chart("H2", chart)
    book.define_name("Total_price", "='Your price'!$C$10")
    hours.set_column("D:D", 20, open_)
    hours.write("A1", "Hours")
    book.close()
    return path


def fill(council: Path, mapping: str, price: Price = PRICE) -> Filled:
    written = council.with_name("council.mapping.yaml")
    written.write_text(mapping, encoding="utf-8")
    return fill_council_workbook(price, council, written)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def cells_of(content: bytes) -> dict[tuple[str, str], tuple[object, ...]]:
    return {(sheet.title, cell.coordinate): (str(getattr(cell.value, "text", cell.value)), cell.data_type, cell.style_id)
            for sheet in load_workbook(BytesIO(content)).worksheets for row in sheet.iter_rows() for cell in row}


def test_our_figures_stand_in_the_cells_that_the_mapping_names(council: Path) -> None:
    book = load_workbook(BytesIO(fill(council, MAPPING).content))
    sheet = book["Your price"]
    assert sheet["B3"].value == "Outreach, 20 hours a week"
    assert [sheet[cell].value for cell in ("C6", "C7", "C8", "C12")] == [13.26, 2.65, 1.9, 29.48]
    assert book["Hours"]["D40"].value == 20


def test_every_other_cell_and_every_other_part_is_theirs_to_the_byte(council: Path) -> None:
    before, after = council.read_bytes(), fill(council, MAPPING).content
    named = {("Your price", cell) for cell in ("B3", "C6", "C7", "C8", "C12")} | {("Hours", "D40")}
    then, now = cells_of(before), cells_of(after)
    assert {place: cell for place, cell in now.items() if place not in named and (place in then or cell[0] != "None")} == {
        place: cell for place, cell in then.items() if place not in named}
    assert all(now[place][2] == then[place][2] for place in named & set(then))
    changed = {name for name, part in parts(before).items() if parts(after)[name] != part}
    assert list(parts(before)) == list(parts(after))
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    assert any("chart" in name for name in parts(after))


def test_a_new_cell_has_the_style_of_its_column(council: Path) -> None:
    book = load_workbook(BytesIO(fill(council, MAPPING).content))
    assert book["Hours"]["D40"].number_format == "£0.00"


def test_excel_is_told_to_work_their_formulas_out_when_it_opens_the_workbook(council: Path) -> None:
    book = load_workbook(BytesIO(fill(council, MAPPING).content))
    assert book.calculation.fullCalcOnLoad
    assert book["Your price"]["C10"].value == "=SUM(C6:C9)"
    assert book.defined_names["Total_price"].attr_text == "'Your price'!$C$10"


@pytest.mark.parametrize(("cell", "said"), [
    ("{cell: C10, figure: price_per_hour}", "holds a formula of theirs"),
    ("{cell: G2, figure: price_per_hour}", "holds a formula of theirs"),
    ("{cell: F7, figure: price_per_hour}", "part of merged cells. Name the first of them, E6"),
    ("{cell: A20, figure: price_per_hour}", "is locked"),
    ("{cell: C14, figure: price_per_hour}", "already says “Please sign here”"),
    ("{sheet: Costs, cell: C6, figure: price_per_hour}", "no sheet “Costs” with cells. Name one of “Your price”, “Hours”, “Hidden”"),
    ("{cell: C6, line: Pay for suport}", "The price has no line “Pay for suport”"),
    ("{cell: C6, row: Something}", "The price has no row “Something”"),
])
def test_a_cell_that_cannot_be_filled_is_refused_in_words(council: Path, cell: str, said: str) -> None:
    with pytest.raises(Refused, match="was not filled in") as refused:
        fill(council, f"sheet: Your price\ncells:\n  - {cell}\n")
    assert said in str(refused.value)
    assert "council.mapping.yaml, line 3" in str(refused.value)


def test_every_problem_of_a_mapping_is_told_at_once(council: Path) -> None:
    with pytest.raises(Refused) as refused:
        fill(council, "sheet: Your price\ncells:\n  - {cell: C10, figure: name}\n  - {cell: F7, figure: name}\n  - {cell: C6, line: None such}\n")
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("mapping", [
    "cells:\n  - {cell: C6, figure: price_per_hour}\n",
    "sheet: A\ncells:\n  - {cell: C6}\n",
    "sheet: A\ncells:\n  - {cell: C6, figure: name, line: Pay}\n",
    "sheet: A\ncells:\n  - {cell: C6, figure: name}\n  - {cell: C6, figure: on}\n",
    "sheet: A\ncells:\n  - {cell: six, figure: name}\n",
    "sheet: A\ncells: []\n",
], ids=["no sheet", "nothing", "two things", "twice", "no cell", "empty"])
def test_a_mapping_that_is_unclear_is_refused(council: Path, mapping: str) -> None:
    with pytest.raises(Refused, match="was not taken"):
        fill(council, mapping)


def test_the_documented_mapping_is_the_one_that_is_tried_here() -> None:
    page = (EXAMPLE.parents[1] / "workbook.md").read_text(encoding="utf-8")
    assert f"```yaml{MAPPING}```" in page


def test_a_rounding_that_no_cell_holds_is_told_and_one_of_nothing_is_not(council: Path) -> None:
    """Without it the lines do not add to the price."""
    name = "sheet: Your price\ncells:\n  - {cell: B3, figure: name}\n"
    even = next(found for found in (priced(*each) for each in contents().items()) if not found.rounding)
    assert PRICE.rounding
    assert "Rounding" in fill(council, name).left_out
    assert "Rounding" not in fill(council, f"{name}  - {{cell: C9, figure: rounding}}\n").left_out
    assert "Rounding" not in fill(council, name, even).left_out


@pytest.mark.parametrize(("number_format", "kept"), [("d mmm yyyy", True), ("General", False), ("£0.00", False), ("@", False), ("hh:mm", False)])
@pytest.mark.parametrize("first_day", ["1900", "1904"])
def test_the_day_is_a_day_whatever_the_format_of_their_cell(tmp_path: Path, number_format: str, kept: bool, first_day: str) -> None:
    path = tmp_path / "council.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": first_day == "1904"})
    sheet = book.add_worksheet("Your price")
    sheet.write_blank("B3", None, book.add_format({"num_format": number_format, "bold": True, "bg_color": "#CCFFCC"}))
    book.close()
    book_after = load_workbook(BytesIO(fill(path, "sheet: Your price\ncells: [{cell: B3, figure: on}, {cell: B4, figure: on}]\n").content))
    for cell in (book_after["Your price"]["B3"], book_after["Your price"]["B4"]):
        assert cell.is_date
        assert cell.value.date() == PRICE.on
    look = book_after["Your price"]["B3"]
    assert (look.font.b, look.fill.fgColor.rgb) == (True, "FFCCFFCC")
    assert (look.number_format == number_format) is kept


def test_lines_that_no_cell_holds_and_those_held_twice_are_told(council: Path) -> None:
    filled = fill(council, MAPPING + "  - {cell: C9, section: Direct support}\n")
    assert filled.twice == ("Pay for support",)
    assert filled.left_out == ("Service development", "Contingency", "Surplus", "Rounding")


def test_macros_are_kept_as_they_are(council: Path) -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, part in parts(council.read_bytes()).items():
            packed.writestr(name, part)
        packed.writestr("xl/vbaProject.bin", b"their macros")
    council.write_bytes(held.getvalue())
    assert parts(fill(council, MAPPING).content)["xl/vbaProject.bin"] == b"their macros"


def test_a_signed_workbook_is_refused(council: Path) -> None:
    with zipfile.ZipFile(council, "a") as packed:
        packed.writestr("_xmlsignatures/sig1.xml", b"<signature/>")
    with pytest.raises(InputError, match="is signed"):
        fill(council, MAPPING)


def test_a_workbook_whose_rows_have_no_numbers_is_refused_in_words(council: Path) -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, part in parts(council.read_bytes()).items():
            packed.writestr(name, part.replace(b"<row r=", b"<row n=") if name.endswith("sheet1.xml") else part)
    council.write_bytes(held.getvalue())
    with pytest.raises(InputError, match="save it again"):
        fill(council, MAPPING)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "council.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(InputError, match="damaged"):
        fill(path, MAPPING)
    with pytest.raises(InputError, match="no such file"):
        fill(tmp_path / "none.xlsx", MAPPING)


def test_the_result_is_the_same_kind_of_workbook() -> None:
    check_names(Path("theirs.xlsm"), Path("ours.xlsm"))
    with pytest.raises(InputError, match=r"ends in \.xlsm, as theirs does"):
        check_names(Path("theirs.xlsm"), Path("ours.xlsx"))
    with pytest.raises(InputError, match="Only a workbook"):
        check_names(Path("theirs.xls"), Path("ours.xls"))


def test_a_name_that_begins_like_a_formula_is_words_in_their_cell_too(council: Path) -> None:
    cell = load_workbook(BytesIO(fill(council, MAPPING, replace(PRICE, name="=1+1")).content))["Your price"]["B3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_command_fills_in_and_says_what_has_no_cell(council: Path) -> None:
    mapping, out = council.with_name("m.yaml"), council.with_name("filled.xlsx")
    mapping.write_text(MAPPING, encoding="utf-8")
    arguments = [str(EXAMPLE), "--fill", str(council), "--mapping", str(mapping), "--out", str(out)]
    result = CliRunner().invoke(APP, arguments, catch_exceptions=False)
    assert "holds no cell for “Travel time”" in result.stderr
    assert load_workbook(out)["Your price"]["C12"].value == 29.48
    with pytest.raises(InputError, match="three options together"):
        CliRunner().invoke(APP, [str(EXAMPLE), "--fill", str(council)], catch_exceptions=False)
