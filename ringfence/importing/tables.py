"""A table that a person made, in CSV or Excel, as rows of text with their row numbers.

What kind of file it is shows in its content, never in its name. The table is taken only when every heading is known; a row that could
do harm or that adds up the others is set aside with its number and the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Generic, TypeVar

from basics.collecting import not_collecting
from basics.errors import InputError, Problem
from ringfence.importing.csv_text import best_delimiter, csv_rows, decoded
from ringfence.importing.table_headings import HEADING_WITHIN_ROWS, Column, heading_at, known_in, no_headings, plain, refuse_columns
from ringfence.importing.table_rows import Cells, row_problem
from ringfence.importing.workbook import read_first_sheet
from ringfence.importing.yaml_text import cannot_be_read

LARGEST_WORKBOOK_BYTES = 50_000_000
LARGEST_TEXT_BYTES = 200_000_000
MOST_ROWS = 1_000_000
AT_ONCE = 5_000
"""Rows that are looked at together."""

Row = tuple[int, tuple[str, ...]]
Item = TypeVar("Item")

_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"


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
    return table_of(_bytes_of(path), path.name, known=known)


@not_collecting()
def table_of(content: bytes, name: str, *, known: Sequence[Column]) -> Table:
    """The same for the content of a file that is not on this disk; `name` is what messages call it, and never a path."""
    _refuse_too_large(len(content), content.startswith(_ZIP), name)
    table = Table(name, hashlib.sha256(content).hexdigest(), [])
    records = enumerate(_records(content, table, known), start=1)
    head = list(islice(records, HEADING_WITHIN_ROWS))
    at = heading_at([cells for _, cells in head], known)
    if at is None:
        raise no_headings(name, bool(head), known)
    heading = head[at][1]
    refuse_columns(name, heading, known)
    _gather(table, heading, chain(head[at + 1:], records), known)
    return table


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            is_workbook = file.read(2) == _ZIP
            _refuse_too_large(size, is_workbook, path.name)
            file.seek(0)
            return file.read()
    except (OSError, ValueError) as error:
        raise cannot_be_read(path, error) from None


def _refuse_too_large(size: int, is_workbook: bool, name: str) -> None:
    largest = LARGEST_WORKBOOK_BYTES if is_workbook else LARGEST_TEXT_BYTES
    if size > largest:
        raise InputError(f"The file is {size // 1_000_000} MB, and at most {largest // 1_000_000} MB are read.",
                         "Divide it by month." if not is_workbook else "Save the sheet as CSV, or divide it by month.", name)


def _records(content: bytes, table: Table, known: Sequence[Column]) -> Iterator[Sequence[str]]:
    if content.startswith(_OLD_EXCEL):
        raise InputError("This is an Excel file of the old kind (.xls), or one with a password.",
                         "Save it in Excel as .xlsx without a password, or as CSV.", table.name)
    if content.startswith(_ZIP):
        return read_first_sheet(content, table.name, table.notices)
    text, notices = decoded(content, table.name)
    table.notices.extend(notices)

    def headings_found(rows: Iterator[Sequence[str]]) -> int:
        return max((known_in(cells, known) for cells in islice(rows, HEADING_WITHIN_ROWS)), default=0)
    return csv_rows(text, best_delimiter(text, headings_found), table.name)


def _gather(table: Table, heading: Sequence[str], records: Iterable[tuple[int, Sequence[str]]], known: Sequence[Column]) -> None:
    given = [plain(cell) for cell in heading]
    # one cell past the last heading is always blank: there stand the columns that the file does not have
    pick = _picking([given.index(column.name) if column.name in given else len(given) for column in known])
    texts, every_column_is_headed = Cells(), all(given)
    rest = iter(records)
    while some := list(islice(rest, AT_ONCE)):
        if every_column_is_headed and texts.are_as_written([raw for _, raw in some], len(given)):
            found: Iterable[Row] = [(number, pick((*raw, ""))) for number, raw in some]
        else:
            found = _looked_at(table, heading, some, texts, pick)
        table.rows.extend(found)
        if len(table.rows) > MOST_ROWS:
            raise InputError(f"The file has more than {MOST_ROWS:,} rows.", "Divide it by month.", table.name)


def _looked_at(table: Table, heading: Sequence[str], some: Iterable[tuple[int, Sequence[str]]], texts: Cells,
               pick: Callable[[Sequence[str]], tuple[str, ...]]) -> Iterator[Row]:
    """The same row by row, with the problem of each that is set aside."""
    width, unheaded = len(heading), not all(map(plain, heading))
    for number, raw in some:
        cells = [texts[text] for text in raw]
        if not any(cells):
            continue
        looked_at = len(cells) > width or unheaded or texts.some_doubtful(raw)
        if looked_at and (found := row_problem(table.name, number, raw, heading)):
            table.problems.append(found)
        else:
            cells = cells[:width]
            yield number, pick((*cells, *[""] * (width + 1 - len(cells))))


def _picking(order: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What takes the cells at these places, in this order."""
    if len(order) == 1:
        return lambda cells: (cells[order[0]],)
    return itemgetter(*order)
