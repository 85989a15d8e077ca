"""What each form of a statement is as a file: how its name ends, what kind of file it is, and what prints it. Invoices and letters about them
are printed as large as their person’s statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from invoicing.invoice import Invoice
from isf.statement import Statement
from isf.statement_forms import Form
from ringfence.documents.pages import Page
from ringfence.documents.plain_text import statement_text
from ringfence.documents.printing import (
    easy_read_pdf,
    easy_sheet,
    invoice_pdf,
    invoice_sheet,
    statement_html,
    statement_pdf,
    statement_sheet,
)

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

LARGE_ENOUGH_PT = {Form.EASY_READ: 16, **SIZES_PT}
"""How large an invoice or a letter is for whom its usual size is too small; nobody has made invoices in Easy Read."""

INVOICES: Mapping[str, Callable[[Invoice], bytes]] = {
    "pdf": invoice_pdf, **{f"large-{size}.pdf": partial(invoice_pdf, size_pt=size) for size in SIZES_PT.values()}}
"""Each form of an invoice or a credit note, by how the name of its file ends."""

MEDIA = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8", "json": "application/json"}


def media(ending: str) -> str:
    """The kind of file that a browser is told."""
    return MEDIA[ending.rpartition(".")[2]]


def invoice_ending(form: Form) -> str:
    """How the file of an invoice ends that is to somebody who needs this form."""
    return f"large-{LARGE_ENOUGH_PT[form]}.pdf" if form in LARGE_ENOUGH_PT else "pdf"


def paper_of(record: Statement | Invoice, form: Form) -> Page:
    """The finished text of a statement, an invoice or a credit note to be printed for somebody who needs this form."""
    if isinstance(record, Statement):
        return sheet_of(record, form)
    return invoice_sheet(record, LARGE_ENOUGH_PT[form]) if form in LARGE_ENOUGH_PT else invoice_sheet(record)


def sheet_of(record: Statement, form: Form) -> Page:
    """The finished text of a statement in one of the forms that are printed on paper."""
    if form is Form.EASY_READ:
        return easy_sheet(record)
    return statement_sheet(record, SIZES_PT[form]) if form in SIZES_PT else statement_sheet(record)
