"""What counts of a month end, written: its entries, its invoices with their numbers, the closed month, the frozen records and the seals. And invoices
alone, that were held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlalchemy import Connection

from basics.collecting import not_collecting
from invoicing.drafts import AnyDraft, Draft
from invoicing.in_force import InForce
from invoicing.invoice import Invoice
from isf.statement import Statement
from ringfence.actions.acting import Acting
from ringfence.actions.drafting import due_on, issued
from ringfence.actions.month_entries import event_of
from ringfence.actions.month_plan import MonthPlan
from ringfence.actions.papers import invoice_paper, statement_paper
from ringfence.documents.records import record_json
from ringfence.store import batches, billing, ledger, months, registry, seals
from ringfence.store.schema import contract, fund, funder, person
from ringfence.store.waiting import events_of

CHARGES_AT_ONCE = 10_000

Issued = tuple[str, str, str, Invoice | Statement, int | None]
"""The kind, the key and the name of a document, its record, and the id of its invoice."""


@dataclass(frozen=True)
class _Numbered:
    """A draft with what it has from the day it is issued: its id, its number and the day by which it must be paid."""

    draft: AnyDraft
    record: Invoice
    invoice_id: int
    number: int
    due: date


@not_collecting()
def post_month(connection: Connection, acting: Acting, plan: MonthPlan, batch_id: int) -> None:
    """Write everything that counts, in the transaction that is open: a guard that refuses one row refuses them all."""
    writer = ledger.Ledger(connection, batch_id, acting.recorded_at)
    writer.place(plan.origins)
    batches.approve(connection, batch_id, acting.user, acting.recorded_at)
    events = {**_post(connection, plan, writer, batch_id), **events_of(connection, [charge.key for charge in plan.waiting])}
    seal = seals.seal_entries(connection, batch_id)
    numbered = _add_numbered(connection, acting, zip(plan.drafts, plan.invoices, strict=True), events, batch_id)
    months.close(connection, plan.month, months.ISSUED, batch_id)
    _freeze(connection, chain((_issued_invoice(acting, one, seal) for one in numbered),
                              (_issued_statement(plan, one, seal) for one in plan.statements)), batch_id)


def post_invoices(connection: Connection, acting: Acting, drawn: Iterable[tuple[AnyDraft, Invoice]], events: Mapping[str, int],
                  batch_id: int) -> None:
    """Write invoices alone, whose batch is approved in the transaction that is open: `events` are the ids of those behind their charges, which
    were posted before."""
    seal = seals.seal_entries(connection, batch_id)
    numbered = _add_numbered(connection, acting, drawn, events, batch_id)
    _freeze(connection, (_issued_invoice(acting, one, seal) for one in numbered), batch_id)


def short_seal(seal: str) -> str:
    """The seal as documents print it: enough to compare by eye."""
    return f"{seal[:4]}-{seal[4:8]}"


def _post(connection: Connection, plan: MonthPlan, writer: ledger.Ledger, batch_id: int) -> Mapping[str, int]:
    """Events, charges and entries, so many charges at a time; the ids of the events by their key."""
    events: dict[str, int] = {}
    known = billing.funds_and_funders(connection)
    for some in plan.entries.in_chunks(CHARGES_AT_ONCE):
        charges = [charge for charge, _ in some]
        events = writer.write_events(map(event_of, charges))
        billing.add_charges(connection, charges, events, batch_id, known)
        writer.post([entry for _, entries in some for entry in entries], plan.closed_through)
    return events


def _add_numbered(connection: Connection, acting: Acting, drawn: Iterable[tuple[AnyDraft, Invoice]], events: Mapping[str, int],
                  batch_id: int) -> list[_Numbered]:
    """Write the invoices and their lines; each draft with its number, without a gap."""
    in_force, number = InForce(registry.agreements(connection)), billing.next_invoice_number(connection)
    first = billing.next_invoice_id(connection)
    numbered = [_Numbered(draft, record, first + n, number + n, due_on(draft, in_force, acting.today))
                for n, (draft, record) in enumerate(drawn)]
    _add_invoices(connection, acting, numbered, batch_id)
    _add_lines(connection, numbered, events)
    return numbered


def _add_invoices(connection: Connection, acting: Acting, numbered: list[_Numbered], batch_id: int) -> None:
    contracts, payers, people = registry.ids(connection, contract), registry.ids(connection, funder), registry.ids(connection, person)
    persons = {row.key: row.person for row in registry.funds(connection)}

    def about(draft: AnyDraft) -> tuple[int | None, int | None]:
        return (people.get(persons.get(draft.fund) or ""), None) if isinstance(draft, Draft) else (None, contracts[draft.contract])

    billing.add_invoices(connection, (
        (one.invoice_id, one.draft.key, one.number, payers[one.draft.funder], *about(one.draft), one.draft.period.first.isoformat(),
         one.draft.period.last.isoformat(), acting.today.isoformat(), one.due.isoformat(), one.draft.pence, batch_id)
        for one in numbered))


def _add_lines(connection: Connection, numbered: list[_Numbered], events: Mapping[str, int]) -> None:
    """Each line is a charge or a part of an instalment, and only once."""
    funds, payers = registry.ids(connection, fund, "key"), registry.ids(connection, funder)
    rows = {(row.contract, row.n): row.id for row in billing.all_schedule_parts(connection)}
    billing.add_invoice_lines(connection, (
        (one.invoice_id, n, events[line.charge_key], None, funds[line.fund], payers[draft.funder], line.pence)
        for one in numbered if isinstance(draft := one.draft, Draft) for n, line in enumerate(draft.lines, start=1)))
    billing.add_invoice_lines(connection, (
        (one.invoice_id, n, None, rows[draft.contract, draft.n], funds[line.fund], payers[draft.funder], line.pence)
        for one in numbered if not isinstance(draft := one.draft, Draft) for n, line in enumerate(draft.lines, start=1)))


def _freeze(connection: Connection, issued_here: Iterable[Issued], batch_id: int) -> None:
    """Keep what is issued as it is printed, and seal it."""
    funds, lines = registry.ids(connection, fund, "key"), []

    def frozen() -> Iterator[billing.Frozen]:
        for kind, key, name, record, invoice_id in issued_here:
            text = record_json(record)
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            lines.append(f"{key} {sha256}")
            fund_id = funds.get(record.fund_key) if isinstance(record, Statement) else None
            yield billing.Frozen(key, kind, name, text, sha256, fund_id, invoice_id)

    billing.add_documents(connection, frozen(), batch_id)
    seals.seal_rows(connection, batch_id, "documents", len(lines), seals.sha256_of_lines(sorted(lines)))


def _issued_invoice(acting: Acting, one: _Numbered, seal: str) -> Issued:
    final = issued(one.record, number=one.number, on=acting.today, due_on=one.due, seal=short_seal(seal))
    return "invoice", f"invoice {one.number}", invoice_paper(final).name, final, one.invoice_id


def _issued_statement(plan: MonthPlan, record: Statement, seal: str) -> Issued:
    final = replace(record, draft=False, seal=short_seal(seal))
    return "statement", f"statement {plan.month} {record.fund_key}", statement_paper(final).name, final, None
