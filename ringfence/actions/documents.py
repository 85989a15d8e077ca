"""Issued documents, printed from their frozen records as they were issued; and the drafts that stand in a month's folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from basics.errors import InputError, Problem, RingfenceError
from basics.people import reference
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import issued_batch
from ringfence.actions.papers import Paper
from ringfence.actions.rights import Right
from ringfence.documents import files
from ringfence.documents.press import Job, Press, forms_of
from ringfence.documents.statement_files import MEDIA, media
from ringfence.store import documents_issued

DRAFT_FOLDERS = ("invoices", "statements")
LARGEST_ID = 2**63 - 1

_one_at_a_time = threading.Lock()
"""The compiler of a template is kept, and takes one document at a time."""


@dataclass(frozen=True)
class Document:
    """One document as it leaves the house: the name of its file, what kind of file it is, and what is in it."""

    name: str
    media: str
    content: bytes


def document(acting: Acting, document_id: int, form: str) -> Document:
    """An issued document in one of its forms: the same bytes that month end wrote. `form` is how its file ends: pdf, html, large-18.pdf.

    Raises `InputError` where there is no such document, or it has no such form.
    """
    if not 0 < document_id <= LARGEST_ID or form.rpartition(".")[2] not in MEDIA:
        raise _no_document()
    with acting.reading() as connection:
        row = documents_issued.document_with_history(connection, document_id)
    if row is None:
        raise _no_document()
    return printed(row, form)


def printed(row: Row[Any], form: str) -> Document:
    """An issued document of the books in one of its forms, for a door that has seen to it that it may be shown."""
    paper = Paper.frozen(row.kind, row.name, row.record)
    if form not in forms_of(paper.record):
        raise InputError(f"A document of this kind has no form “{form}”.", f"Ask for one of: {', '.join(forms_of(paper.record))}.")
    return Document(files.document_name(paper.name, form=form), media(form), _print(paper, form))


def statements_of_month(acting: Acting, month: Month) -> Iterator[Document]:
    """Every statement of an issued month as a PDF, printed one after the other; one that cannot be printed is a note that says why.

    Raises `InputError` where none was issued.
    """
    with acting.reading() as connection:
        batch = issued_batch(connection, month)
        ids = [row.id for row in documents_issued.statements(connection, batch.id)] if batch is not None else []
    if not ids:
        raise InputError(f"No statement of {month.in_words} has been issued.", "Statements come with month end.")
    return (_pdf_or_note(acting, one) for one in ids)


def draft(acting: Acting, documents: Path, month: Month, kind: str, name: str) -> Document:
    """A draft that preparing a month wrote to its folder. Raises `InputError` where there is none of that name."""
    stem, _, form = name.rpartition(".")
    path = documents / str(month) / "drafts" / kind / name
    if kind not in DRAFT_FOLDERS or form not in ("pdf", "html") or not _is_reference(stem):
        raise _no_draft()
    acting.refuse_without(Right.BOOKS)
    try:
        return Document(name, media(form), path.read_bytes())
    except OSError as fault:
        raise _no_draft() from fault


def _print(paper: Paper, form: str) -> bytes:
    """Print through the same press as month end does. Raises `RingfenceError` where it cannot be printed."""
    with _one_at_a_time, Press() as press:
        content = next(iter(press.print([Job(paper.name, paper.record, (form,))]))).content
    if isinstance(content, Problem):
        raise RingfenceError(content.what, content.to_do, content.place)
    return content


def _pdf_or_note(acting: Acting, document_id: int) -> Document:
    try:
        return document(acting, document_id, "pdf")
    except RingfenceError as error:
        return Document(f"document-{document_id}-not-printed.txt", "text/plain; charset=utf-8", str(error).encode())


def _is_reference(text: str) -> bool:
    """Whether it is one of our own names, all of which are made from references, so that no path can be smuggled in."""
    try:
        return all(map(reference, (text[n:n + 60] for n in range(0, len(text), 60)))) and bool(text)
    except InputError:
        return False


def _no_document() -> InputError:
    return InputError("There is no such document.", "Open it from the list of invoices or of statements.")


def _no_draft() -> InputError:
    return InputError("There is no such draft.", "Prepare the month again, and open the draft from its list.")
