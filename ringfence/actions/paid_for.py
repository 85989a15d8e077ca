"""What does a person pay for? A price as one page without jargon, on paper or as a web page. Nothing is stored in the books."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from basics.errors import InputError
from costing.paid_for import PaidFor, paid_for
from costing.price import Price
from ringfence.documents.files import write_new_document
from ringfence.documents.printing import paid_for_html, paid_for_pdf


class PageForm(StrEnum):
    """What the page is written as, by the ending of its file."""

    PDF = ".pdf"
    HTML = ".html"


def what_is_paid_for(price: Price) -> PaidFor:
    """The same price as every other reader has, a week of it, under what a person pays for."""
    return paid_for(price)


def page_for_person(price: Price, form: PageForm, *, ask: str = "", provider: str = "") -> bytes:
    """“What you pay for”. `ask` says whom to ask about it, with a number to ring. The same price gives the same bytes.

    Raises `InputError` for a character that cannot be seen, or that no font of ours has.
    """
    record = paid_for(price)
    if form is PageForm.PDF:
        return paid_for_pdf(record, ask=ask, provider=provider)
    return paid_for_html(record, ask=ask, provider=provider).encode()


def keep_page_for_person(price: Price, path: Path, *, ask: str = "") -> None:
    """Write the page to a file that ends in .pdf or .html, whole or not at all. Raises `InputError` for another ending, or where something
    stands there already."""
    if path.suffix.lower() not in list(PageForm):
        raise InputError("The name of this page ends in .pdf or .html.", "Give a name that does.", str(path))
    write_new_document(path, page_for_person(price, PageForm(path.suffix.lower()), ask=ask))
