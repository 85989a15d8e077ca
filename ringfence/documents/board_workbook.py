"""A board paper as a workbook: the tables beside the base as numbers, and every change and assumption in words."""

from __future__ import annotations

from datetime import datetime, time
from fractions import Fraction
from io import BytesIO

from xlsxwriter import Workbook

from basics.vocabulary import say
from costing.board import BoardPaper
from ringfence.documents.board_page import board_text
from ringfence.documents.workbook_sheet import MONEY, Look, Sheet

FIRST, OTHERS = 46, 22


def board_workbook(record: BoardPaper) -> bytes:
    """The same paper as a workbook. The same record gives the same bytes."""
    words, held = board_text(record), BytesIO()
    columns = max((len(each.columns) for each in record.tables), default=1)
    with Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"title": words["document_title"], "created": datetime.combine(record.on, time())})
        look = Look(book)
        sheet = Sheet(book, look, say("board.scenarios"), (FIRST, *(OTHERS for _ in range(columns))))
        sheet.title(record.name, record.finding)
        for table in record.tables:
            sheet.headings(table.caption, *table.columns, numbers=range(1, len(table.columns) + 1))
            for label, amounts in table.rows:
                sheet.text(0, label)
                for column, amount in enumerate(amounts, start=1):
                    sheet.number(column, Fraction(amount.pence, 100), num_format=MONEY)
                sheet.row += 1
            sheet.row += 1
        sheet.finish(wide=True)
        _assumptions(Sheet(book, look, say("board.assumptions"), (FIRST, 100)), record)
    return held.getvalue()


def _assumptions(sheet: Sheet, record: BoardPaper) -> None:
    sheet.title(say("board.assumptions.title"), say("board.note"))
    for name, told in record.changes:
        for said in told:
            sheet.text(0, name)
            sheet.text(1, said)
            sheet.row += 1
    for said in record.assumptions:
        sheet.text(0, say("board.assumed"))
        sheet.text(1, said)
        sheet.row += 1
    sheet.finish(wide=True)
