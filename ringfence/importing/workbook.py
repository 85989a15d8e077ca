"""An Excel workbook (.xlsx) as rows of text. Whether it may be opened at all is looked at first, in `workbook_check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from io import BytesIO
from typing import TypeVar

from openpyxl.utils import get_column_letter
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from basics.errors import InputError
from ringfence.importing.workbook_cells import Cells
from ringfence.importing.workbook_check import check_workbook

LARGEST_EXACT_NUMBER = 10**15
MOST_COLUMNS_LOOKED_AT = 1_000
MOST_NAMED = 10

Found = TypeVar("Found")


def read_first_sheet(content: bytes, name: str, notices: list[str]) -> Iterator[Sequence[str]]:
    """The rows of the first sheet that can be seen, each a list of text. What else a person should know of them is added to the notices,
    the last of it when the rows have been read to the end. Raises `InputError` or `Refused` for a workbook that cannot, or should not, be opened.
    """
    looked = check_workbook(content, name)
    workbook = _safely(name, lambda: CalamineWorkbook.from_filelike(BytesIO(content)))
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    seen = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
    if not seen:
        raise InputError("The workbook has no sheet that can be seen.", "Show the sheet with the rows, and save.", name)
    first = _safely(name, partial(workbook.get_sheet_by_name, seen[0]))
    others = [sheet.name for sheet in sheets
              if sheet.name != seen[0] and _safely(name, partial(workbook.get_sheet_by_name, sheet.name)).height > 0]
    notices += _about_other_sheets(name, seen[0], others)
    cells, rows = looked.get(seen[0]), _rows(first)
    if cells is None or not (cells.hidden_rows or cells.hidden_columns):
        return rows
    return _noting_hidden(rows, cells, f"{name}, sheet “{seen[0]}”", notices)


def _about_other_sheets(name: str, read: str, others: Sequence[str]) -> list[str]:
    if not others:
        return []
    listed = ", ".join(f"“{other}”" for other in others)
    return [f"{name}: only the sheet “{read}” was read. These hold rows too, and were not: {listed}."]


def _noting_hidden(rows: Iterator[Sequence[str]], cells: Cells, sheet: str, notices: list[str]) -> Iterator[Sequence[str]]:
    """The rows as they are, and at their end a notice of those, and of the columns, that hold something and are hidden."""
    columns = [n for n in range(MOST_COLUMNS_LOOKED_AT) if get_column_letter(n + 1) in cells.hidden_columns]
    hidden = dict[str, None]()
    for number, row in enumerate(rows, start=1):
        if number in cells.hidden_rows and any(row):
            hidden[f"row {number}"] = None
        for n in columns:
            if n < len(row) and row[n]:
                hidden[f"column {get_column_letter(n + 1)}"] = None
        yield row
    if hidden:
        named = list(hidden)[:MOST_NAMED]
        more = f" and {len(hidden) - len(named):,} more" if len(hidden) > len(named) else ""
        notices.append(f"{sheet}: {', '.join(named)}{more}: hidden, and read like the others.")


def _safely(name: str, read: Callable[[], Found]) -> Found:
    """A damaged workbook can stop the reader in ways that are no `Exception`; a person's Ctrl-C still goes through."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise InputError(f"The workbook cannot be read ({str(error).splitlines()[0] if str(error) else type(error).__name__}).",
                         "Open it in Excel and save it again as .xlsx, or save it as CSV.", name) from None


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[str]]:
    """Every row from the top of the sheet, so that the count is the row number that Excel shows."""
    for cells in sheet.iter_rows():
        yield [cell if type(cell) is str else _text(cell) for cell in cells]


def _text(cell: object) -> str:
    """What a person sees in the cell, in one form: `45`, `2026-10-05`, `09:00`. Excel keeps 15 digits, and no more are believed."""
    match cell:
        case bool():
            return str(cell).upper()
        case int() | float():
            if abs(cell) >= LARGEST_EXACT_NUMBER:
                return f"{cell:e}"  # “1.2e+16”: no reference and no number of minutes looks like it
            return str(int(cell)) if cell == int(cell) else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat() if cell.year > 1900 else _clock(timedelta(days=cell.day))
        case time():
            return _clock(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond))
        case timedelta():
            return _clock(cell)
        case _:
            return str(cell)


def _clock(since_midnight: timedelta) -> str:
    seconds = round(since_midnight.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours:02d}:{minutes:02d}" + (f":{rest:02d}" if rest else "")
