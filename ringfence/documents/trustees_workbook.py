"""The trustees' page as a workbook: its lines on one sheet, each of its tables on another; amounts as numbers, everything else as text that can
never become a formula."""

from __future__ import annotations

from datetime import datetime, time
from fractions import Fraction
from io import BytesIO

from xlsxwriter import Workbook

from basics.money import Money
from basics.periods import day_in_figures
from isf.trustees import MeetingWords, TrusteesPage, Value, shown
from isf.trustees_tables import Table, tables_of
from ringfence.documents.trustees_page import NOTE, said_by, trustees_text
from ringfence.documents.workbook_sheet import MONEY, Look, Sheet

WIDTHS = (44, 24, 24, 70)
SHEETS = ("Surplus by service", "Fees")


def trustees_workbook(record: TrusteesPage) -> bytes:
    """The same page as a workbook. The same record gives the same bytes."""
    words, written = trustees_text(record), BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": words["document_title"], "created": datetime.combine(record.on, time())})
        look = Look(book)
        sheet = Sheet(book, look, "Trustees", WIDTHS)
        sheet.title(f"{words['title']}: {words['about']}", words["first_line"])
        sheet.headings("", day_in_figures(record.on), day_in_figures(record.before), "What it means", numbers=range(1, 3))
        sheet.freeze_here()
        for part, lines in record.parts:
            sheet.text(0, part.value, bold=True)
            sheet.row += 1
            for each in lines:
                sheet.text(0, each.what)
                _value(sheet, 1, each.now)
                _value(sheet, 2, each.before)
                sheet.text(3, each.means)
                sheet.row += 1
        if record.words:
            _words(sheet, record.words)
        sheet.row += 1
        sheet.text(0, NOTE)
        sheet.finish(wide=True)
        for name, table in zip(SHEETS, tables_of(record), strict=True):
            _table(Sheet(book, look, name, (44, *(18,) * len(table.columns), 70)), table)
    return written.getvalue()


def _table(sheet: Sheet, table: Table) -> None:
    sheet.title(table.heading, table.about)
    sheet.headings(table.of, *table.columns, "What is said of it", numbers=range(1, len(table.columns) + 1))
    sheet.freeze_here()
    for each in table.rows:
        sheet.text(0, each.what)
        for column, value in enumerate(each.cells, start=1):
            _value(sheet, column, value)
        sheet.text(len(each.cells) + 1, each.below)
        sheet.row += 1
    sheet.finish(wide=True)


def _words(sheet: Sheet, words: MeetingWords) -> None:
    """What was written for the meeting, in the widest column."""
    for heading, said in words.told:
        sheet.text(0, heading, bold=True)
        sheet.text(3, said)
        sheet.row += 1
    sheet.text(0, said_by(words))
    sheet.row += 1


def _value(sheet: Sheet, column: int, value: Value) -> None:
    if isinstance(value, Money):
        sheet.number(column, Fraction(value.pence, 100), num_format=MONEY)
    else:
        sheet.text(column, shown(value), align="right")
