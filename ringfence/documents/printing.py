"""Statements, invoices and what a person pays for, as PDF and as a web page, each from its record.

PDFs are made to PDF/UA-1 by Typst, with the fonts that stand beside this file and no others, so that every machine makes the same bytes.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NoReturn

import typst
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from basics.errors import InputError, RingfenceError
from basics.vocabulary import say
from costing.board import BoardPaper
from costing.paid_for import PaidFor
from costing.quote import Quote
from invoicing.invoice import Invoice
from invoicing.reminders import Reminder
from isf.statement import Statement
from isf.trustees import TrusteesPage
from ringfence.documents.audit_sheet import Sheet
from ringfence.documents.board_page import board_text
from ringfence.documents.easy_page import easy_page
from ringfence.documents.letter_page import letter_page
from ringfence.documents.pages import Page, invoice_page, statement_page
from ringfence.documents.paid_for_page import paid_for_page
from ringfence.documents.reminder_page import reminder_page
from ringfence.documents.trustees_page import trustees_text

STATEMENT_SIZE_PT = 15
"""Letters of a statement; 14 is the smallest that the Accessible Information Standard's practice allows."""
EASY_READ_SIZE_PT = 16
STACKED_FROM_PT = 18
"""From this size on a table would be too wide for its page."""
INVOICE_SIZE_PT = 11
PAID_FOR_SIZE_PT = 15
REMINDER_SIZE_PT = 14
"""Letters of a letter about money to a person or their family."""
TRUSTEES_SIZE_PT = 10

STATEMENT = "statement.typ"
PAGE_LETTERS = (("400", "page-400.woff2"), ("600 700", "page-700.woff2"))
"""The letters that a web page carries with it, by how bold they are, so that it looks the same on every machine and asks for nothing."""

_HERE = Path(__file__).parent
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Typst wants a time for a document without a date; it is not printed."""
_NOT_IN_FONTS = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')


def statement_pdf(record: Statement, *, size_pt: int = STATEMENT_SIZE_PT) -> bytes:
    """The statement as a PDF made to PDF/UA-1. Its own date is its month's last day, so the same record gives the same bytes.

    `size_pt` is the size of its letters. Raises `InputError` for a character that cannot be seen or that no font has.
    """
    data, made_at = statement_input(record, size_pt=size_pt)
    return _pdf(STATEMENT, data, made_at, _place(record))


def easy_read_pdf(record: Statement) -> bytes:
    """The statement in Easy Read, with a picture to the left of each idea. Raises `InputError` as `statement_pdf` does."""
    data, made_at = _statement_input(easy_sheet(record))
    return _pdf(STATEMENT, data, made_at, _place(record))


def statement_input(record: Statement, *, size_pt: int = STATEMENT_SIZE_PT) -> tuple[str, datetime]:
    """What the template of a statement is given: its finished text as JSON, and the time that the PDF carries."""
    return _statement_input(statement_sheet(record, size_pt))


def statement_sheet(record: Statement, size_pt: int = STATEMENT_SIZE_PT) -> Page:
    """The finished text of one statement, and how it is set: from 18 points on, lines stand one under the other in place of tables."""
    return {**statement_page(record), "size_pt": size_pt, "stacked": size_pt >= STACKED_FROM_PT}


def easy_sheet(record: Statement) -> Page:
    """The same in Easy Read."""
    return {**easy_page(record), "size_pt": EASY_READ_SIZE_PT}


def invoice_sheet(record: Invoice, size_pt: int = INVOICE_SIZE_PT) -> Page:
    """The finished text of one invoice or credit note, and how it is set: from 18 points on, lines stand one under the other."""
    return {"kind": "invoice", **invoice_page(record), "size_pt": size_pt, "stacked": size_pt >= STACKED_FROM_PT}


def reminder_sheet(letter: Reminder, size_pt: int | None = None) -> Page:
    """The same of a letter about open invoices; to a person or their family it is never small."""
    size = size_pt or (REMINDER_SIZE_PT if letter.is_individual else INVOICE_SIZE_PT)
    return {"kind": "reminder", **reminder_page(letter), "size_pt": size, "stacked": size >= STACKED_FROM_PT}


def sheets_pdf(sheets: Sequence[Page], title: str, day: date) -> bytes:
    """Many papers in one PDF, to be printed and posted: each begins on a sheet of its own, also where both sides are printed on."""
    data, made_at = _sheets(sheets, title, day.isoformat())
    return _pdf(STATEMENT, data, made_at, title)


def _statement_input(sheet: Page) -> tuple[str, datetime]:
    return _sheets([sheet], f"{sheet['title']}, {sheet['period']}", sheet["day"])


def _sheets(sheets: Sequence[Page], title: str, day: str) -> tuple[str, datetime]:
    data = {"document_title": title, "provider": sheets[0]["provider"], "day": day, "sheets": sheets, "spoken": _spoken()}
    return json.dumps(_hyphened(data)), datetime.fromisoformat(day).replace(tzinfo=UTC)


def _place(record: Statement) -> str:
    return f"statement {record.month} of {record.person_reference}"


def invoice_pdf(record: Invoice, *, size_pt: int = INVOICE_SIZE_PT) -> bytes:
    """The invoice, or a draft that says so, as a PDF made to PDF/UA-1. Raises `InputError` as `statement_pdf` does."""
    return _pdf("invoice.typ", _data(invoice_sheet(record, size_pt), size_pt), _NO_DATE, f"invoice {record.number_words or record.key}")


def letter_pdf(quotes: Sequence[Quote]) -> bytes:
    """A letter that asks one funder for the price of each quote, as a PDF made to PDF/UA-1. Raises `InputError` as `statement_pdf` does."""
    return _pdf("letter.typ", _data(letter_page(quotes), INVOICE_SIZE_PT), _NO_DATE, f"the letter to {quotes[0].funder}")


def board_pdf(record: BoardPaper) -> bytes:
    """A board paper of scenarios, as a PDF made to PDF/UA-1. The same record gives the same bytes."""
    page = board_text(record)
    return _pdf("board.typ", _data(page, INVOICE_SIZE_PT), datetime.fromisoformat(page["day"]).replace(tzinfo=UTC), page["document_title"])


def trustees_pdf(record: TrusteesPage) -> bytes:
    """The trustees' page on one side of A4, as a PDF made to PDF/UA-1. The same record gives the same bytes."""
    page = trustees_text(record)
    return _pdf("trustees.typ", _data(page, TRUSTEES_SIZE_PT), datetime.fromisoformat(page["day"]).replace(tzinfo=UTC), page["document_title"])


def reminder_pdf(letter: Reminder, *, size_pt: int | None = None) -> bytes:
    """A letter about open invoices, as a PDF made to PDF/UA-1: large enough to be read by anybody. Raises `InputError` as `statement_pdf` does."""
    sheet = reminder_sheet(letter, size_pt)
    return _pdf("reminder.typ", _data(sheet, sheet["size_pt"]), _NO_DATE, f"the letter {letter.reference}")


def statement_html(record: Statement) -> str:
    """The statement as one web page that asks for nothing else: for a phone, a screen reader, or a printer."""
    return _environment().get_template("statement.html.jinja").render(d=statement_page(record), language=say("language"))


def paid_for_pdf(record: PaidFor, *, ask: str = "", provider: str = "", size_pt: int = PAID_FOR_SIZE_PT) -> bytes:
    """What a person pays for, as a PDF made to PDF/UA-1. `ask` says whom to ask. Raises `InputError` as `statement_pdf` does."""
    page = paid_for_page(record, ask=ask, provider=provider)
    return _pdf("paid_for.typ", _data(page, size_pt), datetime.fromisoformat(page["day"]).replace(tzinfo=UTC), f"what is paid for {record.name}")


def paid_for_html(record: PaidFor, *, ask: str = "", provider: str = "") -> str:
    """The same as one web page that asks for nothing else."""
    return _environment().get_template("paid_for.html.jinja").render(d=paid_for_page(record, ask=ask, provider=provider), language=say("language"))


def sheet_html(sheet: Sheet) -> str:
    """A sheet of an audit pack as a web page that asks for nothing else, but the files beside it that it names."""
    return _environment().get_template("audit_sheet.html.jinja").render(d=sheet, language=say("language"))


def _pdf(template: str, data: str, made_at: datetime, place: str) -> bytes:
    try:
        pdf = _compiler(template).compile(format="pdf", sys_inputs={"d": data}, pdf_standards=["ua-1"], timestamp=made_at)
    except typst.TypstError as fault:
        _explain(fault, place)
    assert isinstance(pdf, bytes)
    return pdf


def _explain(fault: typst.TypstError, place: str) -> NoReturn:
    """Typst's own words, for a person: which character no font has, or what else it refused."""
    missing = _NOT_IN_FONTS.search(str(fault))
    if missing is None:
        raise RingfenceError(f"The page could not be set: {fault}", "Report this with the record that it was made from.", place) from fault
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), missing["text"])
    points = " ".join(f"U+{ord(character):04X}" for character in text)
    raise InputError(f"No font here has the character “{text}” ({points}).",
                     "Write it in other letters, or add a font that has it to ringfence/documents/fonts.", place) from fault


def _data(page: Page, size_pt: int) -> str:
    return json.dumps(_hyphened({**page, "size_pt": size_pt, "spoken": _spoken()}))


def _spoken() -> Page:
    """What a template itself needs to know of the language: its name, and how pages are counted."""
    return {"language": say("language").split("-"), "page": say("page", page="{page}", pages="{pages}")}


def _hyphened(value: object) -> object:
    """Keys as Typst writes names (for-whom), values untouched."""
    if isinstance(value, dict):
        return {key.replace("_", "-"): _hyphened(inner) for key, inner in value.items()}
    return [_hyphened(inner) for inner in value] if isinstance(value, (list, tuple)) else value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_HERE / "fonts"])


@cache
def _compiler(template: str) -> typst.Compiler:
    """One compiler a template: a compiler that is given another input keeps it for the next call."""
    return typst.Compiler(_HERE / template, font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["page_letters"] = [(weights, b64encode((_HERE / "fonts" / name).read_bytes()).decode()) for weights, name in PAGE_LETTERS]
    return made
