"""Documents on paper: which file each record becomes, and writing many of them to a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from basics.errors import Problem
from basics.people import reference
from costing.quote import Quote
from invoicing.invoice import Invoice
from isf.statement import Statement
from ringfence.documents import files
from ringfence.documents.press import Job, Press
from ringfence.documents.records import invoice_from_json, quote_from_json, statement_from_json

LONGEST_KEY = 90

READERS: Mapping[str, Callable[[str], Invoice | Statement | Quote]] = {
    "statement": statement_from_json, "invoice": invoice_from_json, "credit_note": invoice_from_json, "quote": quote_from_json}
"""What reads the frozen record of each kind of document."""

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""


@dataclass(frozen=True)
class Paper:
    """One record, the name of its files without their form, the folder that they stand in, and the forms in which it is written."""

    name: str
    folder: str
    record: Invoice | Statement | Quote
    forms: tuple[str, ...] = ("pdf",)

    @classmethod
    def frozen(cls, kind: str, name: str, text: str, forms: tuple[str, ...] = ("pdf",)) -> Self:
        """The paper of a frozen record."""
        return cls(name, f"{kind}s", READERS[kind](text), forms)


@dataclass(frozen=True)
class Written:
    """A file that was written: the paper's name, its form, and what is in it."""

    name: str
    form: str
    sha256: str
    size: int


def statement_paper(record: Statement) -> Paper:
    """A draft, to be read before it is issued: standard, whoever it is for."""
    return Paper(_short(f"statement-{record.month}-{record.fund_key}"), "statements", record, ("pdf", "html"))


def invoice_paper(record: Invoice) -> Paper:
    name = f"invoice-{record.number_words}" if record.number_words else f"draft-{record.key.replace('|', '-').replace(' ', '-')}"
    return Paper(_short(name), "invoices", record)


def check_folder(out: Path) -> None:
    """See that documents can be written to `out` before anything is posted. Raises `RingfenceError` where they cannot."""
    files.check_folder(out)


def write_papers(out: Path, papers: Sequence[Paper], *, workers: int,
                 on_progress: Progress | None = None) -> tuple[list[Written], list[Problem]]:
    """Write every paper in each of its forms. One that cannot be printed is set aside with its reason; the others are written."""
    by_name = {paper.name: paper for paper in papers}
    for folder in {paper.folder for paper in papers}:
        files.check_folder(out / folder, (paper.name for paper in papers if paper.folder == folder))
    written: list[Written] = []
    set_aside: list[Problem] = []
    of = sum(len(paper.forms) for paper in papers)
    with Press(workers=workers) as press:
        jobs = (Job(paper.name, paper.record, paper.forms) for paper in papers)
        for n, (key, form, content) in enumerate(press.print(jobs), start=1):
            if on_progress is not None:
                on_progress(n, of)
            if isinstance(content, Problem):
                set_aside.append(Problem(f"{key}.{form}", content.what, content.to_do))
                continue
            files.write_document(out / by_name[key].folder, files.document_name(key, form=form), content)
            written.append(Written(key, form, hashlib.sha256(content).hexdigest(), len(content)))
    return written, set_aside


def _short(name: str) -> str:
    """A name that fits any disk; a long one keeps its beginning and is told apart by a digest of the whole."""
    return reference(name if len(name) <= LONGEST_KEY else f"{name[:60]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}")


