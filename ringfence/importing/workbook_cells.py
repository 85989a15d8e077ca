"""What the XML of a sheet says of its cells beyond their values, read as it streams past: how far they reach, which show an error, which
hold a formula without what it comes to, which are shown as per cent, and which rows and columns are hidden.

A reader of values is told none of this, and each can turn a number into another one: 2% is stored as 0.02.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils import get_column_letter

from basics.errors import InputError

LARGEST_AREA_CELLS = 15_000_000
LAST_COLUMN = 16_384
PERCENT_BY_NUMBER = (9, 10)
"""The formats of a percentage that every workbook has, 0% and 0.00%."""

_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?:\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']([^<>]*)|[\s/>])")
_IN_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_OPENING = re.compile(rb"<(?:[\w.-]+:)?c\s")
_FORMULA_MAY_BE = (b"<f", b":f")
_NOT_STORED = re.compile(
    rb"<(?:[\w.-]+:)?c\s([^<>]*)>\s*<(?:[\w.-]+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:[\w.-]+:)?f>)\s*"
    rb"(<(?:[\w.-]+:)?v\s*(?:/>|>\s*</(?:[\w.-]+:)?v>))?\s*</(?:[\w.-]+:)?c>")
_IS_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_ADDRESS = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{1,3}[0-9]{1,7})[\"']")
_HIDDEN = re.compile(rb"<(?:[\w.-]+:)?(row|col)\s([^<>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'][^<>]*)>")
_NUMBER = re.compile(rb"\b(r|min|max)\s*=\s*[\"']([0-9]{1,7})[\"']")
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""The parts of a number format that are words: a % among them is written behind the number, which stays what it is."""


@dataclass
class Cells:
    """The cells of one sheet, by address. Hidden rows are counted from one, hidden columns are letters."""

    name: str
    percent_styles: frozenset[int] = frozenset()
    in_error: list[str] = field(default_factory=list)
    not_stored: list[str] = field(default_factory=list)
    percent: set[str] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[str] = field(default_factory=set)
    _last_row: int = 0
    _columns: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        styles = b"|".join(str(style).encode() for style in sorted(self.percent_styles))
        self._is_percent = re.compile(rb"\bs\s*=\s*[\"'](?:" + styles + rb")[\"']") if styles else None

    def read(self, xml: bytes) -> None:
        """A piece of the sheet. No tag and no cell is cut in two. Raises `InputError` where the cells reach further than is read."""
        if b"hidden" in xml:
            self._read_hidden(xml)
        cells = _CELL.findall(xml)
        if not cells:
            return
        self._measure(cells)
        if _IN_ERROR.search(xml):
            self.in_error += _with(_IN_ERROR, cells)
        if self._is_percent is not None and self._is_percent.search(xml):
            self.percent.update(_with(self._is_percent, cells))
        if any(sign in xml for sign in _FORMULA_MAY_BE):
            self.not_stored += [found[1].decode().upper() for attributes, stored in _NOT_STORED.findall(xml)
                                if not (stored and _IS_TEXT.search(attributes)) and (found := _ADDRESS.search(attributes))]

    def _measure(self, cells: list[tuple[bytes, bytes, bytes]]) -> None:
        self._columns.update(column for column, _, _ in cells)
        if b"" in self._columns:
            raise InputError("Some cells of the workbook have no address.", "Open it in Excel and save it again.", self.name)
        self._last_row = max(self._last_row, max(map(int, {row for _, row, _ in cells})))
        last_column = max(map(_number_of, self._columns))
        if self._last_row * last_column > LARGEST_AREA_CELLS:
            raise InputError(f"The cells of the workbook reach down to row {self._last_row:,} and across to column {last_column:,}, "
                             "which is more than is read.", "Delete what stands far from the table, or save the sheet as CSV.", self.name)

    def _read_hidden(self, xml: bytes) -> None:
        for tag, attributes in _HIDDEN.findall(xml):
            numbers = {key: int(number) for key, number in _NUMBER.findall(attributes)}
            if tag == b"row" and b"r" in numbers:
                self.hidden_rows.add(numbers[b"r"])
            elif tag == b"col" and {b"min", b"max"} <= set(numbers) and numbers[b"max"] <= LAST_COLUMN:
                self.hidden_columns.update(map(get_column_letter, range(numbers[b"min"], numbers[b"max"] + 1)))


def last_cell_in(xml: bytes, within: int) -> int:
    """Where the last cell begins, in the last bytes of a piece; -1 where none does. It may go on in the next piece."""
    start = max(len(xml) - within, 0)
    return max((found.start() for found in _OPENING.finditer(xml, start)), default=-1)


def tree_of(part: bytes) -> etree._Element:
    """A small part of a workbook as a tree; nothing that it points at is fetched or put in."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def percent_styles(part: bytes) -> frozenset[int]:
    """Which styles of a workbook (`xl/styles.xml`) show a number a hundred times what is stored, with a % behind it."""
    styles = tree_of(part)
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iterfind("{*}numFmts/{*}numFmt")}
    percent = {*map(str, PERCENT_BY_NUMBER), *(number for number, code in codes.items() if "%" in _NOT_SHOWN.sub("", code))}
    return frozenset(n for n, each in enumerate(styles.iterfind("{*}cellXfs/{*}xf")) if each.get("numFmtId") in percent)


def _with(pattern: re.Pattern[bytes], cells: list[tuple[bytes, bytes, bytes]]) -> list[str]:
    return [f"{column.decode()}{row.decode()}".upper() for column, row, rest in cells if pattern.search(rest)]


def _number_of(column: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number
