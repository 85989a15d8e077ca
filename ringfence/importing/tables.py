"""A table that a person made, in CSV or Excel, as rows of text with their row numbers.

What kind of file it is shows in its content, never in its name. The table is taken only when every heading is known; a row that could
do harm or that adds up the others is set aside with its number and the reason.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Generic, TypeVar

from basics.errors import InputError, Problem, Refused
from ringfence.importing.workbook import read_first_sheet

LARGEST_WORKBOOK_BYTES = 50_000_000
LARGEST_TEXT_BYTES = 200_000_000
MOST_ROWS = 1_000_000
HEADING_WITHIN_ROWS = 20
DELIMITERS = (",", ";", "\t")

Row = tuple[int, tuple[str, ...]]
Item = TypeVar("Item")

_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_JOIN = "\ufdd0"
_HARMFUL = re.compile(f"(?:^|{_JOIN})\\s*[=+@-]|[{_CONTROL}]")
_SIGNED_NUMBER = re.compile(r"[+-]\s?£?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_TOTAL = re.compile(r"(?:grand |sub[- ]?)?totals?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column that a table may have; `needed` where the table is no use without it."""

    name: str
    needed: bool = False


@dataclass(frozen=True)
class Table:
    """The rows under the headings, their cells in the order of the known columns (“” where a column or a cell is not there)."""

    name: str
    digest: str
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Taken(Generic[Item]):
    """What a file gave: the good rows, a problem for each that is not, and notices, which ask for nothing. `digest` is of its bytes."""

    name: str
    digest: str
    rows: tuple[Item, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def read_table(path: Path, *, known: Sequence[Column]) -> Table:
    """Read the table in a CSV file or in the first sheet of a workbook.

    Raises `InputError` where there is no such table, and `Refused`, with every heading at once, where its columns are not the known
    ones: a column that is passed over in silence may be the one that mattered.
    """
    content = _bytes_of(path)
    table = Table(path.name, hashlib.sha256(content).hexdigest(), [])
    records = enumerate(_records(content, table, known), start=1)
    head = list(islice(records, HEADING_WITHIN_ROWS))
    at = _heading_at([cells for _, cells in head], known)
    if at is None:
        raise _no_headings(path.name, bool(head), known)
    heading = head[at][1]
    _refuse_columns(path.name, heading, known)
    _gather(table, heading, chain(head[at + 1:], records), known)
    return table


def place(name: str, row_number: int, column: str = "") -> str:
    """“visits.csv, row 12, start”."""
    return f"{name}, row {row_number}" + (f", {column}" if column else "")


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            is_workbook = file.read(2) == _ZIP
            largest = LARGEST_WORKBOOK_BYTES if is_workbook else LARGEST_TEXT_BYTES
            if size > largest:
                raise InputError(f"The file is {size // 1_000_000} MB, and at most {largest // 1_000_000} MB are read.",
                                 "Divide it by month." if not is_workbook else "Save the sheet as CSV, or divide it by month.", path.name)
            file.seek(0)
            return file.read()
    except (OSError, ValueError) as error:
        raise InputError(f"The file cannot be read: {getattr(error, 'strerror', None) or error}.",
                         "Check its name and who may open it.", str(path)) from None


def _records(content: bytes, table: Table, known: Sequence[Column]) -> Iterator[Sequence[str]]:
    if content.startswith(_OLD_EXCEL):
        raise InputError("This is an Excel file of the old kind (.xls), or one with a password.",
                         "Save it in Excel as .xlsx without a password, or as CSV.", table.name)
    if content.startswith(_ZIP):
        sheet = read_first_sheet(content, table.name)
        table.notices.extend(sheet.notices)
        return sheet.rows
    text = _decoded(content, table)
    return _csv_rows(text, _delimiter(text, known), table.name)


def _decoded(content: bytes, table: Table) -> str:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            table.notices.append(f"{table.name} is not in UTF-8, so it was read as Windows-1252, as Excel saves “CSV”. "
                                 "Look at the names that have accents.")
        return text
    raise InputError("This is not a text file, nor an Excel workbook (.xlsx).",
                     "Save the sheet as “CSV UTF-8” or as .xlsx.", table.name)


def _csv_rows(text: str, delimiter: str, name: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InputError("A quotation mark is opened here and not closed, so it is not sure where the rows after it begin.",
                             'Close it, or write a mark inside a cell twice (""), and import the whole file again.',
                             place(name, number)) from None


def _delimiter(text: str, known: Sequence[Column]) -> str:
    """The delimiter under which the most headings are known."""
    def headings_found(delimiter: str) -> int:
        try:
            top = list(islice(_csv_rows(text, delimiter, ""), HEADING_WITHIN_ROWS))
        except InputError:
            return 0
        return max((_known_in(cells, known) for cells in top), default=0)
    return max(DELIMITERS, key=headings_found)


# headings


def _plain(heading: str) -> str:
    return re.sub(r"[\s_-]+", "_", heading.strip().strip("*").casefold()).strip("_")


def _known_in(cells: Iterable[str], known: Sequence[Column]) -> int:
    return len({column.name for column in known} & {_plain(cell) for cell in cells})


def _heading_at(head: Sequence[Sequence[str]], known: Sequence[Column]) -> int | None:
    """The row with the most known headings, the upper one of two alike."""
    best = max(range(len(head)), key=lambda n: _known_in(head[n], known), default=None)
    return best if best is not None and _known_in(head[best], known) else None


def _no_headings(name: str, anything: bool, known: Sequence[Column]) -> InputError:
    what = f"There is no row of headings within the first {HEADING_WITHIN_ROWS} rows." if anything else "The file is empty."
    return InputError(what, f"Give the columns these headings: {_listed(known)}.", name)


def _listed(known: Sequence[Column]) -> str:
    return ", ".join(column.name for column in known)


def _refuse_columns(name: str, heading: Sequence[str], known: Sequence[Column]) -> None:
    names = [column.name for column in known]
    given = [_plain(cell) for cell in heading]
    problems = [_unknown(name, cell, names) for cell, plain in zip(heading, given, strict=True) if plain and plain not in names]
    problems += [Problem(f"{name}, column {column}", "stands there twice.", "Keep one of the two.")
                 for column in names if given.count(column) > 1]
    problems += [Problem(f"{name}, column {column.name}", "is missing.", "Add the column.")
                 for column in known if column.needed and column.name not in given]
    if problems:
        raise Refused(f"{name} was not read, because of its columns. The columns are: {', '.join(names)}.", problems)


def _unknown(name: str, cell: str, names: Sequence[str]) -> Problem:
    near = difflib.get_close_matches(_plain(cell), names, 1, 0.7)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return Problem(f"{name}, column “{cell.strip()[:60]}”", "is not one that is known here.", f"Remove it or rename it.{hint}")


# rows


def _gather(table: Table, heading: Sequence[str], records: Iterable[tuple[int, Sequence[str]]], known: Sequence[Column]) -> None:
    width, blank = len(heading), [""] * (len(heading) + 1)
    given = [_plain(cell) for cell in heading]
    # one cell past the last heading is always blank: there stand the columns that the file does not have
    order = [given.index(column.name) if column.name in given else width for column in known]
    pick = itemgetter(*order, width)
    unheaded = [n for n, plain in enumerate(given) if not plain]
    for number, raw in records:
        cells = [cell.strip() for cell in raw]
        first = next(filter(None, cells), None)
        if first is None:
            continue
        if len(cells) > width or unheaded or _HARMFUL.search(_JOIN.join(raw)) or _TOTAL.match(first):
            found = _row_problem(table.name, number, raw, heading)
            if found:
                table.problems.append(found)
                continue
        if len(table.rows) >= MOST_ROWS:
            raise InputError(f"The file has more than {MOST_ROWS:,} rows.", "Divide it by month.", table.name)
        if len(cells) <= width:
            cells += blank[len(cells):]
        else:
            cells[width] = ""
        table.rows.append((number, pick(cells)[:-1]))


def _row_problem(name: str, number: int, raw: Sequence[str], heading: Sequence[str]) -> Problem | None:
    """What is wrong with a row before any of it is read, or None."""
    cells = [cell.strip() for cell in raw]
    for n, (cell, text) in enumerate(zip(raw, cells, strict=True)):
        column = heading[n].strip() if n < len(heading) else ""
        if text and not column:
            return Problem(place(name, number), f"“{text[:60]}” stands in a column without a heading ({n + 1} from the left).",
                           "Move it under its heading, or remove it.")
        if found := _cell_problem(cell, text):
            return Problem(place(name, number, column), *found)
    if _TOTAL.match(next(filter(None, cells), "")):
        return Problem(place(name, number), "looks like a total of the other rows, and was set aside.",
                       "Remove it, or give the row its own reference.")
    return None


def _cell_problem(cell: str, text: str) -> tuple[str, str] | None:
    if re.search(f"[{_CONTROL}]", cell):
        return ("has a line break, a tab or another character that cannot be seen in it.",
                "Type the cell again. If rows seem to be missing, look for a quotation mark that is not closed.")
    if text[:1] in ("=", "+", "@", "-") and text and not _SIGNED_NUMBER.fullmatch(text):
        return (f"“{text[:60]}” begins with “{text[0]}”, which a spreadsheet would run as a formula.",
                "Write plain words, beginning with a letter or a figure; leave the cell blank where there is nothing to say.")
    return None
