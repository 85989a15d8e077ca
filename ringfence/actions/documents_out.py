"""The documents of an issued month, ready to go out: one folder a payer and a person, what is to be posted, an index and its control totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import InputError, Problem
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.documents_listed import Outgoing, outgoing_of
from ringfence.actions.documents_out_totals import Tally, control_sheet, control_table, controls, index
from ringfence.actions.documents_posted import Bundle, bundles
from ringfence.actions.month_controls import Control
from ringfence.actions.month_end import issued_batch
from ringfence.actions.papers import READERS, Progress
from ringfence.documents.files import check_folder
from ringfence.documents.kept_files import KeptFiles
from ringfence.documents.press import Job, Press
from ringfence.documents.printing import sheet_html
from ringfence.documents.table_csv import csv_of
from ringfence.store import documents_issued


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

    A statement is made in the form that its person needs, and as a web page; an invoice to a person as large as they need it. A document that
    cannot be printed is set aside with its reason.
    Raises `InputError` where the month is not issued, `RingfenceError` where a document cannot be written.
    """
    with acting.reading() as connection:
        outgoing = _outgoing(connection, month, acting.today)
        _refuse_alike(out, outgoing)
        kept, tally = KeptFiles(out), Tally()
        of = sum(len(each.endings) for each in outgoing)
        for path, problem in _printed(connection, outgoing, kept, tally, workers):
            tally.note(path, problem)
            if on_progress is not None:
                on_progress(tally.done, of)
        posted, bad = bundles(connection, (each for each in outgoing if each.path(each.endings[0]) in tally.there), kept,
                              f"To post, {month.in_words}", month.last, workers=workers)
        tally.set_aside += bad
        found = controls(connection, month, tally)
    for name, content in _pages(month, outgoing, posted, tally, found):
        kept.write(name, "", content)
    kept.close()
    return DocumentsOut(month, out, tally.written, tally.stood, tuple(tally.set_aside), found)


def _pages(month: Month, outgoing: Iterable[Outgoing], posted: Sequence[Bundle], tally: Tally,
           found: Sequence[Control]) -> Iterator[tuple[str, bytes]]:
    """The index and the control totals, as files at the head of the folder."""
    documents = [(each.kind, each.whose, each.form.value if each.form else "", path)
                 for each in outgoing for path in map(each.path, each.endings) if path in tally.there]
    yield "index.html", sheet_html(index(month, documents, posted, tally, found)).encode()
    yield "control-totals.html", sheet_html(control_sheet(month, found)).encode()
    yield "control-totals.csv", csv_of(*control_table(found))


def _outgoing(connection: Connection, month: Month, on: date) -> list[Outgoing]:
    batch = issued_batch(connection, month)
    if batch is None:
        raise InputError(f"{month.in_words} has not been issued, so it has no documents yet.", "They come with month end.")
    return outgoing_of(connection, month, batch.id, on)


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
