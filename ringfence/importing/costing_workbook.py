"""A cost file as a workbook: the same keys as in YAML, in sheets that a person can fill in (docs/workbook.md).

The sheet `Package` has a key and its value in each row, every other sheet a row for each item under headings. A key inside another is
written with a point (`quote.per`), a list of names in one cell with semicolons. What is read becomes the content that the YAML would be,
and is checked in the same way, with the sheet and cell of every fault.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from basics.errors import InputError, Problem, Refused
from ringfence.importing.costing_cells import Rows, as_seen, hidden_places, not_as_it_looks, value_of
from ringfence.importing.workbook_cells import Cells
from ringfence.importing.workbook_check import check_workbook
from ringfence.importing.yaml_text import LARGEST_BYTES, Place, YamlText, cannot_be_read

ENDING = ".xlsx"
PACKAGE, STAFF = "Package", "Staff"
_VAT = ("vat_percent", "vat_recovered_percent")
_EXTRA = ("amount", "per", "percent", "basis")
_TRAVEL = ("travel.per", "travel.minutes", "travel.miles", "travel.pay_per_mile")
_NIGHTS = ("nights_per_week", "flat_per_night", "paid_hours_per_night", "disturbed_hours_per_night")
_LISTS_OF_NAMES = ("parts", "cap.lines")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    PACKAGE: ("name", "on", "until", "pay_periods.first_day", "pay_periods.weeks", "pay_periods.months", "parameters", "quote.per",
              "quote.step_pence", "support.hours_per_week", "support.visits_per_week",
              "support.weeks_per_year", "support.empty_percent", *(f"contingency.{key}" for key in _EXTRA), *(f"surplus.{key}" for key in _EXTRA),
              "organisation.pay_bill_per_year", "organisation.apprenticeship_levy", "organisation.employment_allowance.claimed",
              "organisation.employment_allowance.reason", "cap.percent", "cap.basis", "cap.lines"),
    "Parts": ("kind", "line", "grade", "hours_per_week", "minutes", "per_week", "hours_per_night", *_NIGHTS, "times_per_week", "flat_per_time",
              "worked_hours_per_time", "staff_at_once", "places", "people", *_TRAVEL),
    STAFF: ("grade", "pay_per_hour", "pay_per_hour.scale", "pay_per_hour.point", "addition_per_hour", "holiday", "holiday.weeks_per_year",
            "holiday.method", "national_insurance", "national_insurance.percent", "national_insurance.of", "pension", "pension.percent",
            "pension.of", *_TRAVEL, *(f"sleep_ins.{key}" for key in _NIGHTS), "bank_holidays.days_per_year", "bank_holidays.pay_multiple",
            "agency.percent_of_hours", "agency.rate_per_hour", "vacancies.percent_of_hours", "vacancies.agency_rate_per_hour",
            "vacancies.overtime_multiple", "sickness.days_per_year", "sickness.days_per_week", "sickness.spells_per_year", "sickness.pay"),
    "Contracts": ("grade", "hours_per_week", "workers"),
    "Paid time": ("grade", "line", "percent", "hours_per_year", "earns_holiday"),
    "Unsocial hours": ("grade", "line", "percent", "hours_per_week", "percent_of_hours", "parts"),
    "Other employment": ("grade", "line", "percent", "of"),
    "Other direct": ("line", "amount", "per", "times", "people", "places", "over_weeks", "charged", *_VAT),
    "Co-ordination": ("line", *_EXTRA, *_VAT, "from_overheads", "service"),
    "Company costs": ("line", *_EXTRA, *_VAT, "from_overheads", "service"),
    "Funders": ("funder", "percent", "pounds_per_week", "takes_contingency"),
}
_LISTS: Mapping[str, Place] = {"Parts": ("support", "parts"), "Other direct": ("other_direct",), "Co-ordination": ("co_ordination",),
                               "Company costs": ("company_costs",), "Funders": ("funders",)}
_OF_STAFF = {"Contracts": "contracts", "Paid time": "paid_time", "Unsocial hours": "unsocial_hours", "Other employment": "other"}

Table = tuple[str, Sequence[str], Sequence[Sequence[object]]]
"""A sheet: its name, its headings, and its rows; None is an empty cell."""


def read_cost_workbook(path: Path) -> YamlText:
    """What a filled workbook says. Raises `Refused` with every cell that has no place, or `InputError` where it is no workbook."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(f"The file is larger than {LARGEST_BYTES // 1_000_000} MB.", "Check that it is the right one.", path.name)
        content = path.read_bytes()
    except OSError as error:
        raise cannot_be_read(path, error) from None
    return cost_workbook_of(content, path.name)


def cost_workbook_of(content: bytes, name: str) -> YamlText:
    """The same for a workbook that is no file here, such as one that was sent; `name` is what messages call it."""
    looked = check_workbook(content, name)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    if PACKAGE not in book.sheet_names:
        raise InputError(f"The workbook has no sheet “{PACKAGE}”.", "Start from “ringfence template cost --xlsx OUT.xlsx”.", name)
    reading = _Reading(name)
    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible is not SheetVisibleEnum.Visible}
    for sheet in (*HEADINGS, *(sheet for sheet in book.sheet_names if sheet not in HEADINGS)):
        if sheet in book.sheet_names:
            cells = looked.get(sheet, Cells(name))
            rows = as_seen(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False), cells)
            reading.nothing_hidden(sheet, rows, cells, is_hidden=sheet in hidden)
            reading.sheet(sheet, rows)
    if reading.problems:
        raise Refused(f"{name} was not taken:", reading.problems)
    return YamlText(name, reading.data, {place: n for n, place in enumerate(reading.cells)}, reading.called)


@dataclass
class _Reading:
    """A workbook as it is read: the content so far, and the cell of every key."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Place, str] = field(default_factory=lambda: {(): f"sheet “{PACKAGE}”"})
    problems: list[Problem] = field(default_factory=list)

    def called(self, place: Place) -> str:
        """The sheet and cell of a key, or of the nearest thing above it."""
        return f"{self.name}, {next(self.cells[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.cells)}"

    def nothing_hidden(self, name: str, rows: Rows, cells: Cells, *, is_hidden: bool) -> None:
        """What a person who looks at the workbook does not see is never priced in silence."""
        first = 1 if name == PACKAGE else 0  # a key alone says nothing
        whole = ["The sheet"] if is_hidden and any(value_of(cell) is not None for row in rows[1:] for cell in row[first:]) else []
        for place in whole or hidden_places(rows, cells, first):
            self.problem(f"sheet “{name}”", f"{place} is hidden, and holds something.", "Show it and look at it, or empty it.")

    def sheet(self, name: str, rows: Rows) -> None:
        if name not in HEADINGS:
            if any(value_of(cell) is not None for row in rows for cell in row):
                self.problem(f"sheet “{name}”", "This sheet is none of a cost workbook.", f"Remove it, or call it {_near(name, HEADINGS)}.")
        elif name == PACKAGE:
            for n, row in enumerate(rows[1:], start=2):
                if row and value_of(row[0]) is not None:
                    self.put(self.data, (), str(row[0]).strip(), row[1] if len(row) > 1 else None, _cell(name, 1, n), name)
        else:
            self.table(name, rows)

    def table(self, name: str, rows: Rows) -> None:
        """Each row under the headings as an item, where it has anything in it."""
        headings = [str(cell).strip() for cell in rows[0]] if rows else []
        for n, row in enumerate(rows[1:], start=2):
            if all(value_of(cell) is None for cell in row):
                continue
            held = {heading: cell for heading, cell in zip(headings, row, strict=False) if heading}
            item, place = self.item(name, held, _cell(name, 0, n))
            for column, (heading, cell) in enumerate(zip(headings, row, strict=False)):
                if name not in _OF_STAFF or heading != "grade":
                    self.put(item, place, heading, cell, _cell(name, column, n), name)

    def item(self, name: str, held: Mapping[str, object], cell: str) -> tuple[dict[str, Any], Place]:
        """The item that a row is: of a list, of the staff, or of a list of theirs."""
        grade = value_of(held.get("grade"))
        if name == STAFF and grade is None:
            if "staff" in self.data:
                self.problem(cell, "Two rows of staff have no grade.", "Give all but one a grade.")
            self.cells.setdefault(("staff",), cell)
            return self.data.setdefault("staff", {}), ("staff",)
        if name in _OF_STAFF:
            return self.of_staff(_OF_STAFF[name], grade, cell)
        return self.new(self.data, (), _LISTS.get(name, ("grades",)), cell)

    def of_staff(self, key: str, grade: object, cell: str) -> tuple[dict[str, Any], Place]:
        if grade is None and "staff" in self.data:
            return self.new(self.data["staff"], ("staff",), (key,), cell)
        for n, each in enumerate(self.data.get("grades", ())):
            if grade is not None and each.get("grade") == grade:
                return self.new(each, ("grades", n), (key,), cell)
        said = "The sheet Staff has no row without a grade." if grade is None else f"The sheet Staff has no grade “{grade}”."
        self.problem(cell, said, "Add it there, or correct it here.")
        return {}, ()

    def new(self, inside: dict[str, Any], place: Place, keys: Place, cell: str) -> tuple[dict[str, Any], Place]:
        """A new item at the end of a list."""
        for key in keys[:-1]:
            inside, place = inside.setdefault(str(key), {}), (*place, key)
            self.cells.setdefault(place, cell)
        items = inside.setdefault(str(keys[-1]), [])
        items.append({})
        place = (*place, keys[-1])
        self.cells.setdefault(place, cell)
        self.cells[(*place, len(items) - 1)] = cell
        return items[-1], (*place, len(items) - 1)

    def put(self, item: dict[str, Any], place: Place, key: str, cell: object, where: str, sheet: str) -> None:
        """A value under its key, which may be inside another."""
        value = value_of(cell)
        if key not in HEADINGS[sheet]:
            if value is not None:
                self.problem(where, f"“{key}” is not a key that belongs here.", f"Did you mean {_near(key, HEADINGS[sheet])}?")
            return
        if value is None:
            return
        if wrong := not_as_it_looks(key, cell):
            self.problem(where, *wrong)
            return
        *outer, last = key.split(".")
        for each in outer:
            place = (*place, each)
            self.cells.setdefault(place, where)
            item = item.setdefault(each, {})
            if not isinstance(item, dict):
                self.problem(where, f"“{each}” has a value of its own already.", "Empty one of the two cells.")
                return
        if last in item:
            self.problem(where, f"“{key}” is given twice.", "Keep one of the two.")
        self.cells[(*place, last)] = where
        item[last] = [name.strip() for name in str(value).split(";")] if key in _LISTS_OF_NAMES else value

    def problem(self, cell: str, what: str, to_do: str) -> None:
        self.problems.append(Problem(f"{self.name}, {cell}", what, to_do))


def tables_of(content: Mapping[str, Any]) -> Iterator[Table]:
    """A cost file’s content as the sheets of a workbook, every heading there whether it is used or not."""
    yield PACKAGE, ("key", "value"), [(key, _held(content, key)) for key in HEADINGS[PACKAGE]]
    staff = [each for each in (content.get("staff"), *content.get("grades", ())) if each is not None]
    for name in list(HEADINGS)[1:]:
        if name == STAFF:
            items: list[Any] = staff
        elif name in _OF_STAFF:
            items = [{**each, "grade": of.get("grade")} for of in staff for each in of.get(_OF_STAFF[name], ())]
        else:
            inside: Any = content
            for key in _LISTS[name]:
                inside = inside.get(key, {})
            items = list(inside)
        yield name, HEADINGS[name], [[_held(item, key) for key in HEADINGS[name]] for item in items]


def _held(item: Any, key: str) -> object:
    """What stands under a key, as a cell has it; None where nothing does."""
    for each in key.split("."):
        item = item.get(each) if isinstance(item, dict) else None
    return "; ".join(item) if isinstance(item, list) else None if isinstance(item, dict) else item


def _cell(sheet: str, column: int, row: int) -> str:
    return f"sheet “{sheet}”, cell {get_column_letter(column + 1)}{row}"


def _near(word: str, known: Iterator[str] | Sequence[str] | Mapping[str, object]) -> str:
    listed = list(known)
    return f"“{(difflib.get_close_matches(word, listed, 1) or listed)[0]}”"
