"""LibreOffice as referee: it works every workbook out again from its formulas, and every cell comes to what ours says.

The values that our workbooks carry are spoiled first, so that nothing of ours can be read back as its answer.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from costing.figure import Operation, leaves_first
from costing.package import Basis, HolidayMethod, PayBase, Per
from ringfence.actions.costing import price_of_file, workbook_of
from ringfence.documents.workbook_sheet import MONEY
from ringfence.importing.costing_file import CostFile, StaffModel
from ringfence.importing.costing_more import UnsocialModel
from ringfence.importing.costing_support import AnyPart
from tests.documents.price_shapes import SHAPES, Content, contents, priced

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SOFFICE = shutil.which("soffice")
LONGEST_SECONDS = 300
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
FIFTEEN_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
NINE, ELEVEN = Decimal("1e-9"), Decimal("1e-11")


@dataclass(frozen=True)
class Cell:
    """A cell with a formula: where it stands, its formula, and what ours says that it comes to."""

    sheet: str
    row: int
    column: int
    formula: str
    is_money: bool
    ours: object


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    """Of every shape, and of the documented examples."""
    shapes = {name: workbook_of(priced(name, content)) for name, content in contents().items()}
    return shapes | {path.name: workbook_of(price_of_file(path)) for path in EXAMPLES.glob("*.cost.yaml")}


@pytest.fixture(scope="module")
def recalculated(workbooks: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, CalamineWorkbook]:
    """What LibreOffice makes of the spoiled workbooks, all in one go."""
    if SOFFICE is None:
        if os.environ.get("RINGFENCE_TEST_LIBREOFFICE") == "required":
            pytest.fail("There is no LibreOffice on this machine: install the package libreoffice-calc.")
        pytest.skip("there is no LibreOffice on this machine")
    folder = tmp_path_factory.mktemp("office")
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    asked = {name: spoiled(content) for name, content in workbooks.items()}
    asked |= {retyped(shape): typed_over(workbooks[f"{shape}, 1"], workbooks[f"{shape}, 2"]) for shape in SHAPES}
    for n, content in enumerate(asked.values()):
        (folder / f"{n}.xlsx").write_bytes(content)
    subprocess.run([SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "xlsx", "--outdir",
                    str(folder / "done"), *(str(folder / f"{n}.xlsx") for n in range(len(asked)))],
                   check=True, capture_output=True, timeout=LONGEST_SECONDS)
    return {name: CalamineWorkbook.from_path(str(folder / "done" / f"{n}.xlsx")) for n, name in enumerate(asked)}


def retyped(shape: str) -> str:
    return f"{shape}, the first with the numbers of the second"


def typed_over(content: bytes, other: bytes) -> bytes:
    """A workbook with the inputs of another of its shape in the yellow cells, and no values behind its formulas."""
    book, numbers = load_workbook(BytesIO(content)), load_workbook(BytesIO(other))["Inputs"]
    for row in range(5, book["Inputs"].max_row + 1):
        book["Inputs"].cell(row, 2).value = numbers.cell(row, 2).value
    assert book["Inputs"].max_row == numbers.max_row
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def spoiled(content: bytes) -> bytes:
    """The same workbook with a wrong value behind every formula."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(held, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                changed, times = re.subn(rb"</f><v>[^<]*</v>", b"</f><v>-987654321</v>", part)
                assert times == part.count(b"<f>")
                part = changed
            after.writestr(entry.filename, part)
    return held.getvalue()


def formula_cells(content: bytes) -> Iterator[Cell]:
    made, values = (load_workbook(BytesIO(content), data_only=data_only) for data_only in (False, True))
    for sheet in made.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours = values[sheet.title].cell(cell.row, cell.column).value
                    yield Cell(sheet.title, cell.row, cell.column, str(cell.value), cell.number_format == MONEY, ours)


def as_compared(value: object, is_money: bool) -> object:
    """Money as it is, to the last digit; other numbers to nine decimals, after what binary adds at the far end is taken off."""
    if isinstance(value, str):
        return value
    number = Decimal(repr(value))
    return number if is_money else to_nine_decimals(number)


def to_nine_decimals(number: Decimal) -> Decimal:
    """Of fifteen digits, which is what LibreOffice writes into a file."""
    return FIFTEEN_DIGITS.plus(number).quantize(ELEVEN, ROUND_HALF_UP).quantize(NINE, ROUND_HALF_UP)


def differences(content: bytes, theirs: CalamineWorkbook) -> tuple[list[tuple[Cell, object]], int]:
    """The cells where a recalculated workbook says another thing than ours, and how many were compared."""
    sheets = {name: theirs.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in theirs.sheet_names}
    found = [(cell, sheets[cell.sheet][cell.row - 1][cell.column - 1]) for cell in formula_cells(content)]
    return [(cell, said) for cell, said in found if as_compared(said, cell.is_money) != as_compared(cell.ours, cell.is_money)], len(found)


def test_libreoffice_comes_to_our_value_in_every_cell(workbooks: dict[str, bytes], recalculated: dict[str, CalamineWorkbook]) -> None:
    found = {name: differences(content, recalculated[name]) for name, content in workbooks.items()}
    assert {name: differ for name, (differ, _) in found.items() if differ} == {}
    assert len(workbooks) >= 50
    assert len(SHAPES) >= 15
    assert all(compared > 20 for _, compared in found.values())


def test_numbers_typed_into_the_yellow_cells_give_the_price_of_those_numbers(
        workbooks: dict[str, bytes], recalculated: dict[str, CalamineWorkbook]) -> None:
    found = {shape: differences(workbooks[f"{shape}, 2"], recalculated[retyped(shape)]) for shape in SHAPES}
    assert {shape: differ for shape, (differ, _) in found.items() if differ} == {}


@pytest.mark.parametrize("name", contents())
def test_the_value_behind_a_formula_is_that_of_the_price(name: str, workbooks: dict[str, bytes]) -> None:
    price = priced(name, contents()[name])
    book = load_workbook(BytesIO(workbooks[name]), data_only=True)
    prices, working = book["Price"], list(book["Working"].iter_rows(min_row=5, values_only=True))
    for row, figure in zip((4, 5, 6), price.told, strict=False):
        if figure.label.startswith("Price per"):
            assert Decimal(repr(prices.cell(row, 2).value)) == figure.value.normalize()
    named = [figure for figure in leaves_first(*price.told) if figure.label]
    told = {(row[0], as_compared(row[1], is_money=False)) for row in working}
    assert {(figure.label, to_nine_decimals(figure.value)) for figure in named} <= told


def test_the_shapes_together_hold_every_kind_of_line() -> None:
    held = list(contents().values())
    parts = [part for content in held for part in content["support"].get("parts", ())]
    kinds = {model.model_fields["kind"].annotation.__args__[0] for model in AnyPart.__origin__.__args__}  # type: ignore[attr-defined]
    assert {part["kind"] for part in parts} == kinds
    for section in ("other_direct", "co_ordination", "company_costs"):
        pers = {line["per"] for content in held for line in content.get(section, ()) if "per" in line}
        assert pers == set(Per) - (set() if section == "other_direct" else {Per.ONCE}), section
    for sections in (("co_ordination",), ("company_costs",), ("contingency", "surplus")):
        bases = {line["basis"] for content in held for name in sections for line in listed(content.get(name)) if "basis" in line}
        assert bases == set(Basis), sections
    assert everything_about_staff(held) >= {*HolidayMethod, *PayBase, *StaffModel.model_fields, "by_law", "none", "no holiday", "earns",
                                            "earns none", "hour", "visit"}
    assert {key for content in held for payer in content.get("funders", ()) for key in payer} == {
        "funder", "percent", "pounds_per_week", "takes_contingency"}
    unsocial = {key for content in held for line in content.get("staff", {}).get("unsocial_hours", ()) for key in line}
    assert unsocial == set(UnsocialModel.model_fields)
    assert {key for content in held for key in content} == set(CostFile.model_fields) - {"parameters"}
    used = {figure.operation for name, content in contents().items() for figure in leaves_first(*priced(name, content).told)}
    assert used == set(Operation)


def listed(given: object) -> list[Content]:
    return [] if given is None else given if isinstance(given, list) else [given]  # type: ignore[list-item]


def everything_about_staff(held: list[Content]) -> set[str]:
    found: set[str] = set()
    for staff in (each for content in held for each in (content.get("staff"), *content.get("grades", ())) if each):
        found.add("no holiday" if staff["holiday"] == "none" else staff["holiday"]["method"])
        for on_cost in (staff["national_insurance"], staff["pension"], *staff.get("other", ())):
            found.add(on_cost if isinstance(on_cost, str) else on_cost["of"])
        found.update("earns" if time["earns_holiday"] else "earns none" for time in staff.get("paid_time", ()))
        found.update({staff["travel"]["per"]} if "travel" in staff else ())
        found.update(staff)
    return found
