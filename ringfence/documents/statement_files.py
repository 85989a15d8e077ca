"""What each form of a statement is as a file: how its name ends, what kind of file it is, and what prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from isf.statement import Statement
from isf.statement_forms import Form
from ringfence.documents.pages import Page
from ringfence.documents.plain_text import statement_text
from ringfence.documents.printing import easy_read_pdf, easy_sheet, statement_html, statement_pdf, statement_sheet

SIZES_PT = {Form.LARGE_16: 16, Form.LARGE_18: 18, Form.LARGE_22: 22}

ENDINGS: Mapping[Form, str] = {
    Form.STANDARD: "pdf", **{form: f"large-{size}.pdf" for form, size in SIZES_PT.items()}, Form.EASY_READ: "easy.pdf", Form.WEB_PAGE: "html",
    Form.PLAIN_TEXT: "txt",
}
"""How the name of the file ends. A statement has one file of each."""

PRINTED: Mapping[str, Callable[[Statement], bytes]] = {
    "pdf": statement_pdf, **{ENDINGS[form]: partial(statement_pdf, size_pt=size) for form, size in SIZES_PT.items()}, "easy.pdf": easy_read_pdf,
    "html": lambda record: statement_html(record).encode(), "txt": lambda record: statement_text(record).encode(),
}

MEDIA = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8", "json": "application/json"}


def media(ending: str) -> str:
    """The kind of file that a browser is told."""
    return MEDIA[ending.rpartition(".")[2]]


def sheet_of(record: Statement, form: Form) -> Page:
    """The finished text of a statement in one of the forms that are printed on paper."""
    if form is Form.EASY_READ:
        return easy_sheet(record)
    return statement_sheet(record, SIZES_PT[form]) if form in SIZES_PT else statement_sheet(record)
