"""Filling in a council's own workbook: the cells that are named get their values, and nothing else of theirs is touched.

A workbook is a zip of parts. Only the sheets with those cells are written again, and of them only the cells; every other part goes through
byte for byte, so that their charts, pictures, styles, names and macros stay theirs. One setting is added: Excel is told to work everything
out when it opens the workbook, as their formulas still carry the values from before; and a style, where a cell for a day would show a number.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_datetime
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from basics.errors import InputError, Problem

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
AFTER_CALCULATION = ("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
                     "webPublishObjects", "extLst")
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
FROM_1900, FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""The two days from which workbooks count."""
SHORT_DAY = "14"
"""The number format of a day as the reader’s own country writes it, which every workbook has."""


@dataclass(frozen=True)
class Entry:
    """A value for a cell: a number, a day, or words. `place` says where the mapping asks for it."""

    sheet: str
    cell: str
    value: Decimal | date | str
    place: str


def problems_of(content: bytes, name: str, entries: Iterable[Entry]) -> tuple[Problem, ...]:
    """What keeps the entries from their cells: a sheet that is not there, a formula, a merged, locked or written cell."""
    book = _opened(content, name)
    return tuple(problem for entry in entries for problem in _of_one(book, entry))


def filled(content: bytes, name: str, entries: Iterable[Entry]) -> bytes:
    """The workbook with the entries in their cells. Ask `problems_of` first. Raises `InputError` for one that another program has written
    in a way that is not known here."""
    try:
        return _filled(content, entries)
    except (etree.LxmlError, TypeError, KeyError, ValueError, AttributeError):
        raise InputError("The workbook is written in a way that is not known here.", "Open it in Excel and save it again as .xlsx.", name) from None


def _filled(content: bytes, entries: Iterable[Entry]) -> bytes:
    held, by_sheet = BytesIO(), dict[str, list[Entry]]()
    for entry in entries:
        by_sheet.setdefault(entry.sheet, []).append(entry)
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after:
        parts, days = _parts_of_sheets(before), _Days(before)
        changed = {parts[sheet]: _with_values(before.read(parts[sheet]), of_sheet, days) for sheet, of_sheet in by_sheet.items()}
        changed[WORKBOOK] = _calculated_when_opened(before.read(WORKBOOK))
        changed |= {STYLES: days.styles} if days.styles else {}
        for info in before.infolist():
            after.writestr(info, changed.get(info.filename) or before.read(info), info.compress_type)
    return held.getvalue()


def _opened(content: bytes, name: str) -> Workbook:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if any(entry.startswith("_xmlsignatures/") for entry in packed.namelist()):
                raise InputError("The workbook is signed, and filling it in would break the signature.", "Ask for one that is not signed.", name)
        return load_workbook(BytesIO(content))
    except InputError:
        raise
    except Exception as error:  # whatever a strange workbook does to the reader, a person is told in words
        raise InputError(f"The workbook cannot be read ({type(error).__name__}).", "Open it in Excel and save it again as .xlsx.", name) from None


def _of_one(book: Workbook, entry: Entry) -> Iterator[Problem]:
    sheet = book[entry.sheet] if entry.sheet in book.sheetnames else None
    if not isinstance(sheet, Worksheet):
        listed = ", ".join(f"“{name}”" for name in book.sheetnames)
        yield Problem(entry.place, f"The workbook has no sheet “{entry.sheet}” with cells.", f"Name one of {listed}.")
        return
    cell = sheet[entry.cell]
    if isinstance(cell, MergedCell):
        first = next(area for area in sheet.merged_cells.ranges if entry.cell in area).start_cell.coordinate
        yield Problem(entry.place, f"{entry.cell} of “{entry.sheet}” is part of merged cells.", f"Name the first of them, {first}.")
    elif cell.data_type == "f" or _is_in_an_array(sheet, entry.cell):
        yield Problem(entry.place, f"{entry.cell} of “{entry.sheet}” holds a formula of theirs.", "Name a cell that is to be filled in.")
    elif sheet.protection.sheet and cell.protection.locked:
        yield Problem(entry.place, f"{entry.cell} of “{entry.sheet}” is locked.", "Name a cell that they left open, or ask them for it.")
    elif isinstance(cell.value, str) and cell.value.strip():
        yield Problem(entry.place, f"{entry.cell} of “{entry.sheet}” already says “{cell.value[:60]}”.", "Name an empty cell, or one with a number.")


def _is_in_an_array(sheet: Worksheet, cell: str) -> bool:
    """Whether a formula that fills several cells fills this one."""
    held = (each.value for row in sheet.iter_rows() for each in row)
    return any(cell in CellRange(each.ref) for each in held if isinstance(each, (ArrayFormula, DataTableFormula)))


def _parts_of_sheets(packed: zipfile.ZipFile) -> Mapping[str, str]:
    """Which part of the zip each sheet is."""
    relations = _tree(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target") for each in relations}
    sheets = _tree(packed.read(WORKBOOK)).iterfind(f"{MAIN}sheets/{MAIN}sheet")
    return {each.get("name"): posixpath.normpath(posixpath.join("/xl", targets[each.get(RELATION)])).lstrip("/") for each in sheets}


def _tree(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _as_part(tree: etree._Element) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


class _Days:
    """Days as a workbook keeps them: numbers, under a style that shows them as days. Theirs is kept where it does; where it does not, it gets
    a copy that does, behind all of their styles."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.styles = packed.read(STYLES) if STYLES in packed.namelist() else b""
        setting = _tree(packed.read(WORKBOOK)).find(f"{MAIN}workbookPr")
        self._nought = FROM_1904 if setting is not None and setting.get("date1904") in ("1", "true") else FROM_1900

    def number(self, day: date) -> str:
        return str((day - self._nought).days)

    def style(self, style: str | None) -> str | None:
        """A style like this one that shows a day."""
        if not self.styles:
            return style
        tree = _tree(self.styles)
        looks = tree.find(f"{MAIN}cellXfs")
        own = looks[int(style or 0)]
        if self._shows_days(tree, own.get("numFmtId")):
            return style
        copy = deepcopy(own)
        copy.set("numFmtId", SHORT_DAY)
        copy.set("applyNumberFormat", "1")
        looks.append(copy)
        looks.set("count", str(len(looks)))
        self.styles = _as_part(tree)
        return str(len(looks) - 1)

    @staticmethod
    def _shows_days(tree: etree._Element, number: str) -> bool:
        own = {each.get("numFmtId"): each.get("formatCode") for each in tree.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")}
        code = own.get(number) or BUILTIN_FORMATS.get(int(number or 0), "General")
        return is_date_format(code) and is_datetime(code) != "time"


def _with_values(part: bytes, entries: Iterable[Entry], days: _Days) -> bytes:
    tree = _tree(part)
    data = tree.find(f"{MAIN}sheetData")
    for entry in entries:
        column, row = coordinate_from_string(entry.cell)
        _write(_cell(_row(data, row), entry.cell, _style_of_column(tree, column_index_from_string(column))), entry.value, days)
    return _as_part(tree)


def _row(data: etree._Element, number: int) -> etree._Element:
    """The row of that number, put in its place where there is none."""
    place = next((n for n, row in enumerate(data) if int(row.get("r")) >= number), len(data))
    if place == len(data) or int(data[place].get("r")) != number:
        data.insert(place, etree.Element(f"{MAIN}row", r=str(number)))
    data[place].attrib.pop("spans", None)  # says which columns hold cells, and need not be there
    return data[place]


def _cell(row: etree._Element, name: str, style: str | None) -> etree._Element:
    """The cell of that name, put in its place where there is none; a new one has the style of its row, or of its column."""
    place = next((n for n, cell in enumerate(row) if _column(cell.get("r")) >= _column(name)), len(row))
    if place == len(row) or row[place].get("r") != name:
        own = row.get("s") if row.get("customFormat") == "1" else style
        row.insert(place, etree.Element(f"{MAIN}c", r=name, **({"s": own} if own else {})))
    return row[place]


def _column(name: str) -> int:
    return column_index_from_string(coordinate_from_string(name)[0])


def _style_of_column(tree: etree._Element, column: int) -> str | None:
    found = (each for each in tree.iterfind(f"{MAIN}cols/{MAIN}col") if int(each.get("min")) <= column <= int(each.get("max")))
    return next((each.get("style") for each in found), None)


def _write(cell: etree._Element, value: Decimal | date | str, days: _Days) -> None:
    """The value in place of the one before; the style stays, unless it would not show a day as one."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    match value:
        case Decimal():
            etree.SubElement(cell, f"{MAIN}v").text = f"{value:f}"
        case date():
            if style := days.style(cell.get("s")):
                cell.set("s", style)
            etree.SubElement(cell, f"{MAIN}v").text = days.number(value)
        case _:
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = value


def _calculated_when_opened(part: bytes) -> bytes:
    tree = _tree(part)
    found = tree.find(f"{MAIN}calcPr")
    if found is None:
        found = etree.Element(f"{MAIN}calcPr")
        later = next((n for n, each in enumerate(tree) if etree.QName(each).localname in AFTER_CALCULATION), len(tree))
        tree.insert(later, found)
    found.set("fullCalcOnLoad", "1")
    return _as_part(tree)
