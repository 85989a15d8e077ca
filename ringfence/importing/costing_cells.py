"""The cells of a cost workbook as the person who filled them in sees them: per cent by a hundred, nothing hidden, numbers that are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from ringfence.importing.workbook_cells import Cells

_LIKE_A_NUMBER = re.compile(r"[-+]?£?\s*[0-9][0-9,. ]*%?")
_WORDS = frozenset({"name", "line", "grade", "kind", "funder", "service", "parts", "lines", "parameters", "reason", "scale", "point"})
_DAYS = frozenset({"on", "until", "first_day"})

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class PerCent:
    """A number of a cell that is shown as per cent: `shown` is 2 where the cell says 2%, whatever is stored."""

    shown: Decimal


def as_seen(rows: Rows, cells: Cells) -> Rows:
    """The rows of a sheet, with what is shown as per cent marked as that."""
    seen = [list(row) for row in rows]
    for row, column in map(coordinate_to_tuple, cells.percent):
        if row <= len(seen) and column <= len(seen[row - 1]) and isinstance(found := seen[row - 1][column - 1], float):
            seen[row - 1][column - 1] = PerCent(Decimal(repr(found)) * 100)
    return seen


def value_of(cell: object) -> object:
    """A cell as a cost file has it: a number, a day, yes or no, text; None where it is empty."""
    match cell:
        case PerCent():
            return int(cell.shown) if cell.shown == int(cell.shown) else cell.shown.normalize()
        case float():
            return int(cell) if cell.is_integer() else Decimal(repr(cell))
        case str():
            text = cell.strip()
            return {"yes": True, "no": False}.get(text.lower(), text or None)
        case datetime() if cell.time() == time():
            return cell.date()
        case bool() | int() | date() | None:
            return cell
    return str(cell)


def not_as_it_looks(key: str, cell: object) -> tuple[str, str] | None:
    """What is wrong with how a cell holds what stands under a key, and what to do; None where nothing is."""
    last = key.rpartition(".")[2]
    if isinstance(cell, PerCent) and "percent" not in last:
        return (f"The cell is shown as per cent, {cell.shown.normalize():f}%, and “{key}” is none.",
                "Give the cell the format General, and type the number again.")
    if not isinstance(cell, str) or last in _WORDS:
        return None
    if last in _DAYS and value_of(cell) is not None:
        return f"The cell holds {cell.strip()} as text, and a day belongs there.", "Give the cell the format of a date, and type the day again."
    if _LIKE_A_NUMBER.fullmatch(cell.strip()):
        return (f"The cell holds {cell.strip()} as text, and a number belongs there.",
                "Give the cell the format General, and type the number again: figures and a point only.")
    return None


def hidden_places(rows: Rows, cells: Cells, first_column: int) -> Iterator[str]:
    """The rows and columns below the headings that are hidden and hold something, from the first column on that can."""
    for n, row in enumerate(rows[1:], start=2):
        if n in cells.hidden_rows and _holds(row[first_column:]):
            yield f"Row {n}"
    for n in range(first_column, max(map(len, rows), default=0)):
        if get_column_letter(n + 1) in cells.hidden_columns and _holds([row[n] for row in rows[1:] if n < len(row)]):
            yield f"Column {get_column_letter(n + 1)}"


def _holds(cells: Sequence[object]) -> bool:
    return any(value_of(cell) is not None for cell in cells)
