"""The documents of an issued month, ready to go out: one folder a payer and a person, what is to be posted, an index and its control totals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import InputError, Problem
from basics.periods import Month
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.documents_out_totals import Tally, control_sheet, control_table, controls, index
from ringfence.actions.month_controls import Control
from ringfence.actions.month_end import issued_batch
from ringfence.actions.papers import READERS, Progress
from ringfence.actions.statement_forms import forms_known
from ringfence.documents.edition import edition
from ringfence.documents.files import check_folder, document_name
from ringfence.documents.kept_files import KeptFiles
from ringfence.documents.press import Job, Press
from ringfence.documents.printing import sheet_html, sheets_pdf
from ringfence.documents.records import statement_from_json
from ringfence.documents.statement_files import ENDINGS, sheet_of
from ringfence.documents.table_csv import csv_of
from ringfence.store import documents_issued, registry

IN_A_BUNDLE = 250
"""Statements in one file that is printed and posted: more would take much memory."""


@dataclass(frozen=True)
class Outgoing:
    """One document of the month: whose folder it goes into, and the forms in which it is made."""

    document_id: int
    kind: str
    name: str
    folder: str
    sha256: str
    whose: str
    form: Form | None
    endings: tuple[str, ...]

    def path(self, ending: str) -> str:
        return f"{self.folder}/{document_name(self.name, form=ending)}"

    def made_from(self, ending: str) -> str:
        return hashlib.sha256(f"{edition()} {ending} {self.sha256}".encode()).hexdigest()


@dataclass(frozen=True)
class DocumentsOut:
    """What came of it: the files that were written and that stood already, those set aside, and the control totals."""

    month: Month
    folder: Path
    written: int
    stood: int
    set_aside: tuple[Problem, ...]
    controls: tuple[Control, ...]

    @property
    def all_agree(self) -> bool:
        return all(each.agrees for each in self.controls)


def write_documents(acting: Acting, month: Month, out: Path, *, workers: int = 1, on_progress: Progress | None = None) -> DocumentsOut:
    """Write every document of an issued month to `out`; what has not changed since an earlier run is left as it stands.

    A statement is made in the form that its person needs, and as a web page. One that cannot be printed is set aside with its reason.
    Raises `InputError` where the month is not issued, `RingfenceError` where a document cannot be written.
    """
    with acting.reading() as connection:
        outgoing = _outgoing(connection, month)
        _refuse_alike(out, outgoing)
        kept, tally = KeptFiles(out), Tally()
        of = sum(len(each.endings) for each in outgoing)
        for path, problem in _printed(connection, outgoing, kept, tally, workers):
            tally.note(path, problem)
            if on_progress is not None:
                on_progress(tally.done, of)
        posted = _bundles(connection, month, outgoing, kept, tally)
        found = controls(connection, month, tally)
    for name, content in _pages(month, outgoing, posted, tally, found):
        kept.write(name, "", content)
    kept.close()
    return DocumentsOut(month, out, tally.written, tally.stood, tuple(tally.set_aside), found)


def _pages(month: Month, outgoing: Iterable[Outgoing], posted: Sequence[tuple[str, int]], tally: Tally,
           found: Sequence[Control]) -> Iterator[tuple[str, bytes]]:
    """The index and the control totals, as files at the head of the folder."""
    documents = [(each.kind, each.whose, each.form.value if each.form else "", path)
                 for each in outgoing for path in map(each.path, each.endings) if path in tally.there]
    yield "index.html", sheet_html(index(month, documents, posted, tally, found)).encode()
    yield "control-totals.html", sheet_html(control_sheet(month, found)).encode()
    yield "control-totals.csv", csv_of(*control_table(found))


def _outgoing(connection: Connection, month: Month) -> list[Outgoing]:
    """Invoices by payer, then statements by the name that each person is known by."""
    batch = issued_batch(connection, month)
    if batch is None:
        raise InputError(f"{month.in_words} has not been issued, so it has no documents yet.", "They come with month end.")
    payers = {key: each.name for key, each in registry.funders(connection).items()}
    people, forms = registry.people(connection), forms_known(connection)
    invoices = [Outgoing(row.document_id, "invoice", row.name, f"payers/{row.funder}", row.sha256, payers[row.funder], None, ("pdf",))
                for row in documents_issued.invoices_of_batch(connection, batch.id)]
    statements = []
    for row in documents_issued.statements(connection, batch.id):
        person, known = people[row.person], forms.get(row.person)
        form = known.form if known else Form.STANDARD
        statements.append(Outgoing(row.id, "statement", row.name, f"people/{row.person}", row.sha256,
                                   f"{person.name}, known as {person.known_as}", form, tuple(dict.fromkeys((ENDINGS[form], ENDINGS[Form.WEB_PAGE])))))
    return [*sorted(invoices, key=lambda each: (each.folder, each.name)), *sorted(statements, key=lambda each: (each.whose.casefold(), each.name))]


def _refuse_alike(out: Path, outgoing: Sequence[Outgoing]) -> None:
    """Two folders that differ by capitals only are one on Windows and macOS, and one person’s letters would lie in another’s."""
    check_folder(out, sorted({each.folder for each in outgoing}))


def _printed(connection: Connection, outgoing: Sequence[Outgoing], kept: KeptFiles, tally: Tally,
             workers: int) -> Iterator[tuple[str, Problem | None]]:
    """Each file as it is written or found to stand, or why it is none; what each record says is added up on the way."""
    by_key = {str(each.document_id): each for each in outgoing}

    def jobs() -> Iterator[Job]:
        records = documents_issued.each_record(connection, [each.document_id for each in outgoing])
        for each, text in zip(outgoing, records, strict=True):
            record = READERS[each.kind](text)
            tally.add(record)
            missing = tuple(ending for ending in each.endings if not kept.stands(each.path(ending), each.made_from(ending)))
            tally.stood_already(each.path(ending) for ending in each.endings if ending not in missing)
            if missing:
                yield Job(str(each.document_id), record, missing)

    with Press(workers=workers) as press:
        for key, ending, content in press.print(jobs()):
            each = by_key[key]
            if isinstance(content, Problem):
                yield each.path(ending), content
            else:
                kept.write(each.path(ending), each.made_from(ending), content)
                yield each.path(ending), None


def _bundles(connection: Connection, month: Month, outgoing: Sequence[Outgoing], kept: KeptFiles, tally: Tally) -> list[tuple[str, int]]:
    """The statements that go by post in as few files as a printer takes, in the order of the index; each with how many are in it."""
    posted = iter([each for each in outgoing if each.form and each.form.is_on_paper and each.path(each.endings[0]) in tally.there])
    found: list[tuple[str, int]] = []
    while some := list(islice(posted, IN_A_BUNDLE)):
        path = f"to-post-{len(found) + 1:02d}.pdf"
        made_from = hashlib.sha256(" ".join(each.made_from(each.endings[0]) for each in some).encode()).hexdigest()
        if not kept.stands(path, made_from):
            records = documents_issued.records(connection, [each.document_id for each in some])
            kept.write(path, made_from, sheets_pdf([sheet_of(statement_from_json(records[each.document_id]), each.form or Form.STANDARD)
                                                    for each in some], f"Statements to post, {month.in_words}"))
        found.append((path, len(some)))
    return found
