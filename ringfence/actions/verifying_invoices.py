"""The checks of what was asked for: each invoice and each credit note is what was charged, what was put back, and what was printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, case, func, select

from basics.errors import InputError, Problem
from basics.money import Money
from isf.accounts import Unit
from ringfence.actions.receipts_open import PAID_AS
from ringfence.actions.verifying_contracts import REPORT
from ringfence.documents.records import invoice_from_json
from ringfence.store import bank_lines, credited, debts, ledger
from ringfence.store.credits import KEY as CREDIT_NOTE_KEY
from ringfence.store.schema import charge, credit_line, credit_note, document, entry, invoice, invoice_line, schedule_standing


def invoices_are_their_charges(connection: Connection) -> Iterator[Problem]:
    """Each invoice is the sum of its lines, each line is its charge or its instalment, and the frozen copy says the same.

    It begins from what was printed as well, so that an invoice or lines that were taken away are missed.
    """
    asked = func.coalesce(charge.c.pence, schedule_standing.c.pence, 0)
    query = (
        select(invoice.c.number, invoice.c.pence, func.coalesce(func.sum(invoice_line.c.pence), 0), func.coalesce(func.sum(asked), 0),
               func.coalesce(func.sum(case((invoice_line.c.funder_id != invoice.c.funder_id, 1), else_=0)), 0), document.c.record)
        .outerjoin(invoice_line, invoice_line.c.invoice_id == invoice.c.id)
        .outerjoin(charge, (charge.c.event_id == invoice_line.c.event_id) & (charge.c.fund_id == invoice_line.c.fund_id)
                   & (charge.c.funder_id == invoice_line.c.funder_id) & (charge.c.how == "delivery"))
        .outerjoin(schedule_standing, (schedule_standing.c.schedule_row_id == invoice_line.c.schedule_row_id)
                   & (schedule_standing.c.fund_id == invoice_line.c.fund_id) & (schedule_standing.c.funder_id == invoice_line.c.funder_id))
        .outerjoin(document, document.c.invoice_id == invoice.c.id)
        .group_by(invoice.c.id, invoice.c.number, invoice.c.pence, document.c.record).order_by(invoice.c.number)
    )
    following = 0
    for number, pence, lines, charged, others, record in connection.execute(query):
        printed = _printed_total(record)
        if not pence == lines == charged == printed or others:
            yield Problem(f"invoice {number}", f"asks for {Money(pence)}; its lines come to {Money(int(lines))}, its grounds to "
                          f"{Money(int(charged))}, and it was printed with {Money(printed or 0)}.", REPORT)
        if following and number != following:
            yield Problem(f"invoice {number}", f"follows a gap: number {following} is missing.", REPORT)
        following = number + 1
    lost = select(document.c.key).outerjoin(invoice, invoice.c.id == document.c.invoice_id).where(
        document.c.kind == "invoice", invoice.c.id.is_(None))
    for key in connection.execute(lost).scalars():
        yield Problem(key, "was issued, and its row is gone.", REPORT)


def credit_notes_are_what_was_reversed(connection: Connection) -> Iterator[Problem]:
    """Each credit note is the sum of its lines and printed so; what it credits was put back in the books, or lowered the promise of the instalment by
    as much, and nothing else did; its number follows the last."""
    back = entry.alias("back")
    standing = (
        select(invoice_line.c.invoice_id, invoice_line.c.n).join(entry, entry.c.event_id == invoice_line.c.event_id)
        .outerjoin(back, back.c.reverses_id == entry.c.id).where(entry.c.reverses_id.is_(None), back.c.id.is_(None)).distinct().subquery()
    )
    query = (
        select(credit_note.c.number, credit_note.c.pence, func.coalesce(func.sum(credit_line.c.pence), 0), func.count(standing.c.n),
               document.c.record)
        .outerjoin(credit_line, credit_line.c.credit_note_id == credit_note.c.id)
        .outerjoin(standing, (standing.c.invoice_id == credit_line.c.invoice_id) & (standing.c.n == credit_line.c.invoice_n))
        .outerjoin(document, document.c.key == CREDIT_NOTE_KEY + func.cast(credit_note.c.number, document.c.key.type))
        .group_by(credit_note.c.id, credit_note.c.number, credit_note.c.pence, document.c.record).order_by(credit_note.c.number)
    )
    following = 1
    for number, pence, lines, still_charged, record in connection.execute(query):
        printed = _printed_total(record)
        if not pence == lines == printed:
            yield Problem(f"credit note {number}", f"is {Money(pence)}; its lines come to {Money(int(lines))}, and it was printed with "
                          f"{Money(printed or 0)}.", REPORT)
        if still_charged:
            yield Problem(f"credit note {number}", "credits what is still charged in the books.", REPORT)
        if number != following:
            yield Problem(f"credit note {number}", f"follows a gap: number {following} is missing.", REPORT)
        following = number + 1
    for key, entries, on_notes in credited.entries_and_lines(connection):
        if entries != on_notes:
            yield Problem(key, f"lowered a promise by {Money(entries)}, and credit notes took {Money(on_notes)} off for it.", REPORT)


def debts_are_the_ledgers(connection: Connection) -> Iterator[Problem]:
    """What each payer was asked for, promised and not asked for yet, less what was paid, credited or written off, is what the ledger says is
    due: so whatever is listed as owed adds up to the ledger."""
    due: dict[tuple[str, str], int] = {(fund, payer or ""): pence for (fund, unit, role, payer), pence in ledger.balances(connection).items()
                                       if (unit, role) == (Unit.PENCE, "due")}
    found: dict[tuple[str, str], int] = defaultdict(int, debts.promised(connection))
    for row in debts.asked(connection, date.max):
        found[row.fund, row.funder] += int(row.pence) - int(row.credited)
    for pair, pence in debts.scheduled(connection).items():
        found[pair] -= pence
    for paid in bank_lines.placed(connection):
        if paid.what_for.partition(" ")[0] in PAID_AS:
            found[paid.fund, paid.funder] -= paid.pence
    for gone in debts.covered(connection, date.max):
        found[gone.pair] -= gone.pence
    for pair in sorted(due.keys() | found.keys()):
        if found[pair] != due.get(pair, 0):
            yield Problem(f"what {pair[1]} owes for {pair[0]}", f"is {Money(due.get(pair, 0))} in the ledger, and what was asked, promised, paid and "
                          f"credited comes to {Money(found[pair])}.", REPORT)


def _printed_total(record: str | None) -> int | None:
    try:
        return invoice_from_json(record).total_pence if record else None
    except InputError:
        return None
