"""Credit notes as they are issued: the lines of an invoice that are not owed, as that invoice printed them, and why; and the list of all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import Problem
from basics.periods import day_in_words
from invoicing.invoice import Adjustment, Invoice
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.adjusting import credited
from ringfence.actions.documents_listed import Readers
from ringfence.actions.issuing import short_seal
from ringfence.actions.papers import Paper, write_papers
from ringfence.documents.records import invoice_from_json, record_json
from ringfence.documents.statement_files import invoice_ending
from ringfence.store import billing, credits, seals
from ringfence.store.credits import KEY, Credit

CREDIT_NOTE = "credit_note"


@dataclass(frozen=True)
class CreditNote:
    """A credit note in one line: its number, the invoice that it takes something off, who was asked, how much, why, and its document."""

    number: int
    invoice: int
    funder: str
    issued_on: date
    pence: int
    words: str
    document_id: int


def credit_notes(acting: Acting) -> list[CreditNote]:
    """Every credit note, the latest first."""
    with acting.reading() as connection:
        return [CreditNote(row.number, row.invoice, row.funder, date.fromisoformat(row.issued_on), row.pence, row.words, row.document_id)
                for row in credits.notes(connection)]


def write_credit_notes(acting: Acting, out: Path, *, workers: int = 1) -> tuple[int, list[Problem]]:
    """Write every credit note to a folder as a PDF, as large as whoever is asked needs it: how many, and those that could not be printed. The
    same again gives the same bytes."""
    with acting.reading() as connection:
        readers = Readers.of(connection, acting.today)
        papers = [Paper.frozen(CREDIT_NOTE, row.name, row.record, (invoice_ending(readers.form_of_payer(row.funder) or Form.STANDARD),))
                  for row in credits.notes(connection)]
    written, set_aside = write_papers(out, papers, workers=workers)
    return len(written), set_aside


def freeze_credits(connection: Connection, numbered: Sequence[tuple[int, Credit]], *, on: date, batch_id: int) -> None:
    """Keep each credit note as it is printed, and seal it."""
    records = credits.frozen_invoices(connection, [credit.invoice_id for _, credit in numbered])
    seal = short_seal(seals.seal_of(connection, batch_id))
    frozen = [_frozen(number, _record(
        invoice_from_json(records[credit.invoice_id]), number, credit, on, seal, credited(connection, credit))) for number, credit in numbered]
    billing.add_documents(connection, frozen, batch_id)
    seals.seal_rows(connection, batch_id, "documents", len(frozen), seals.sha256_of_lines(sorted(f"{one.key} {one.sha256}" for one in frozen)))


def _record(invoice: Invoice, number: int, credit: Credit, on: date, seal: str, adjustments: tuple[Adjustment, ...]) -> Invoice:
    lines = tuple(replace(invoice.lines[each.n - 1], pence=each.pence) for each in credit.lines)
    return replace(invoice, key=f"{KEY}{number}", number_words=f"{number:06d}", lines=lines, total_pence=credit.pence, seal=seal,
                   issued_words=day_in_words(on), due_words="", credits=f"Invoice {invoice.number_words} of {invoice.issued_words}",
                   why=credit.words, adjustments=adjustments)


def _frozen(number: int, record: Invoice) -> billing.Frozen:
    text = record_json(record)
    return billing.Frozen(f"{KEY}{number}", CREDIT_NOTE, f"credit-note-{number:06d}", text, hashlib.sha256(text.encode()).hexdigest())
