"""The content of a cost file as a workbook that a person can fill in: headings, yellow cells, and room for more rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ringfence.documents.workbook_sheet import A4, GREY, YELLOW, Look

ROOM_ROWS = 20
"""Empty rows of a list that look as if they want to be filled in."""
MADE_AT = datetime(2026, 1, 1)  # noqa: DTZ001  (a file's own date, the same in every copy)


def cost_template(tables: Iterable[tuple[str, Sequence[str], Sequence[Sequence[object]]]]) -> bytes:
    """One sheet for each table: its name, its headings, its rows. A table of keys and values has no room for more rows."""
    held = BytesIO()
    book = Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": "A package of support, to be priced", "created": MADE_AT})
    look = Look(book)
    for name, headings, rows in tables:
        sheet = book.add_worksheet(name)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, look(bold=True, bg_color=GREY, bottom=1))
            sheet.set_column(column, column, max(14, len(heading) + 2))
        is_keys = headings[:2] == ("key", "value")
        for n, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, n, column, value, look, is_key=is_keys and column == 0)
        for n in range(len(rows) + 1, 1 if is_keys else len(rows) + 1 + ROOM_ROWS):
            for column in range(len(headings)):
                _write(sheet, n, column, None, look)
        _set_up(sheet, headings, is_keys)
    book.close()
    return held.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: object, look: Look, *, is_key: bool = False) -> None:
    shown = look(bold=True) if is_key else look(bg_color=YELLOW, border=1, border_color=GREY)
    match value:
        case None:
            sheet.write_blank(row, column, None, shown)
        case bool():
            sheet.write_string(row, column, "yes" if value else "no", shown)
        case int() | Decimal():
            sheet.write_number(row, column, value, shown)
        case date():
            sheet.write_datetime(row, column, datetime.combine(value, time()), look(bg_color=YELLOW, border=1, num_format="yyyy-mm-dd", align="left"))
        case _:
            sheet.write_string(row, column, str(value), shown if is_key else look(bg_color=YELLOW, border=1, border_color=GREY, quote_prefix=True))


def _set_up(sheet: Worksheet, headings: Sequence[str], is_keys: bool) -> None:
    """Headings stay in sight; on paper, A4 across."""
    if is_keys:
        sheet.set_column(0, 1, 44)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.print_area(0, 0, 60, len(headings) - 1)
