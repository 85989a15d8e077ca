"""A formula in every cell that is exported: each record of each writer is made with nothing but formulas where it holds words."""

from __future__ import annotations

import csv
import io
import re
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO
from pathlib import Path
from types import NoneType, UnionType
from typing import Any

import pytest
from openpyxl import load_workbook

import ringfence
from basics.errors import InputError
from basics.money import Money
from basics.periods import Month, Period
from costing.board import BoardPaper
from invoicing.einvoice import Line, priced_line
from isf.month_accounts import JournalLine, Nominal, Position
from isf.trustees import TrusteesPage
from ringfence.documents.accounts_export import EntryOut, InvoiceOut, ReceiptOut, journal, quickbooks, sage, xero
from ringfence.documents.board_workbook import board_workbook
from ringfence.documents.cost_template import cost_template
from ringfence.documents.csv_out import OutFile
from ringfence.documents.delivery_export import About, VisitOut, delivery_file
from ringfence.documents.month_accounts_csv import journal_file, schedule_file
from ringfence.documents.price_workbook import price_workbook
from ringfence.documents.table_csv import csv_of
from ringfence.documents.trustees_workbook import trustees_workbook
from tests.documents.price_shapes import contents, priced

FORMULAS = ("=HYPERLINK(\"http://x\",\"y\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1")
RUNS = re.compile(r"\s*[=+\-@]")
AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DAY = date(2026, 10, 5)
PLAIN: Mapping[Any, Any] = {int: 100, bool: True, date: DAY, datetime: datetime(2026, 10, 5, 9), Decimal: Decimal("1.50"), Money: Money(100),  # noqa: DTZ001
                            Month: Month(2026, 10), Period: Period(DAY, DAY), NoneType: None}


def made(kind: Any, words: str) -> Any:
    """A record of this kind with these words in every field that holds words, however deep."""
    if kind is str:
        return words
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is Line:
        return priced_line(words, Period(DAY, DAY), 100)
    of = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, UnionType):
        return made(next(each for each in of if each is not NoneType), words)
    if origin is tuple and Ellipsis not in of:
        return tuple(made(each, words) for each in of)
    if origin in (tuple, list, Sequence):
        return (made(of[0], words),)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    assert is_dataclass(kind), kind
    hints = typing.get_type_hints(kind)
    return kind(**{each.name: made(hints[each.name], words) for each in fields(kind) if each.init})  # type: ignore[operator]


def cells(*files: OutFile | bytes) -> Iterator[str]:
    for file in files:
        content = file if isinstance(file, bytes) else file.content
        yield from (cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row)


TABLES: Mapping[str, Callable[[str], Iterator[str]]] = {
    "xero": lambda said: cells(*xero("x", [made(InvoiceOut, said)], said)),
    "quickbooks": lambda said: cells(*quickbooks("q", [made(InvoiceOut, said)], said)),
    "sage": lambda said: cells(*sage("s", [made(InvoiceOut, said)], [made(ReceiptOut, said)], income=said, bank=said)[0]),
    "journal": lambda said: cells(journal("j", [made(EntryOut, said), made(EntryOut, said)])),
    "delivery": lambda said: cells(delivery_file("d", made(About, said), [made(VisitOut, said)])),
    "schedule": lambda said: cells(schedule_file("s", [made(Position, said)])),
    "journal of a month": lambda said: cells(journal_file("j", [made(JournalLine, said)], dict.fromkeys(Nominal, said))),
    "tables": lambda said: cells(csv_of(("Words", "Sum"), [(said, "-1.00"), ("x", said)])),
}
WORKBOOKS: Mapping[str, Callable[[str], bytes]] = {
    "board paper": lambda said: board_workbook(made(BoardPaper, said)),
    "trustees": lambda said: trustees_workbook(made(TrusteesPage, said)),
    "cost file": lambda said: cost_template([("lines", ("what", "amount"), [(said, Decimal("1.50")), ("x", said)])]),
}
WRITERS = {"csv_out.py", "table_csv.py", "accounts_export.py", "delivery_export.py", "month_accounts_csv.py", "board_workbook.py",
           "trustees_workbook.py", "cost_template.py", "price_workbook.py", "council_workbook.py"}
"""Every file that makes cells. The council’s workbook is its own: what fills it is tried in test_council_workbook.py."""


class TestNothingIsRun:
    """What somebody typed stays words in every cell that goes out."""

    @pytest.mark.parametrize("formula", FORMULAS)
    @pytest.mark.parametrize("writer", TABLES)
    def test_no_cell_of_a_file_of_rows_begins_a_formula(self, writer: str, formula: str) -> None:
        found = list(TABLES[writer](formula))
        assert [cell for cell in found if RUNS.match(cell) and not AMOUNT.fullmatch(cell)] == []
        assert any("'" in cell for cell in found), "the words are there, and harmless"

    @pytest.mark.parametrize("formula", FORMULAS)
    @pytest.mark.parametrize("writer", WORKBOOKS)
    def test_no_cell_of_a_workbook_is_a_formula_or_a_link(self, writer: str, formula: str) -> None:
        if writer != "cost file" and not formula.isprintable():
            with pytest.raises(InputError, match="cannot be seen"):
                WORKBOOKS[writer](formula)
            return
        found = [cell for sheet in load_workbook(BytesIO(WORKBOOKS[writer](formula))) for row in sheet.iter_rows() for cell in row if cell.value]
        assert [cell.coordinate for cell in found if cell.data_type == "f" or cell.hyperlink] == []
        assert any(formula.strip() in str(cell.value) for cell in found)

    @pytest.mark.parametrize("formula", FORMULAS[:4])
    def test_a_price_as_a_workbook_has_no_formula_but_its_own(self, formula: str) -> None:
        name, content = next(iter(contents().items()))
        own, hostile = (load_workbook(BytesIO(price_workbook(priced(each, content)))) for each in (name, formula))
        formulas = [[(sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
                    for book in (own, hostile)]
        assert formulas[0] == formulas[1]


def test_every_file_that_makes_cells_is_tried() -> None:
    folder = Path(str(ringfence.__file__)).parent
    found = {path.name for path in folder.rglob("*.py") if re.search(r"csv\.writer\(|csv_file\(|\bWorkbook\(", path.read_text(encoding="utf-8"))}
    assert found <= WRITERS | {"workbook_sheet.py"}
