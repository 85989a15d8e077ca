"""Issued documents as they are looked for: lists of invoices and statements without their records, and one record at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ringfence.store.schema import (
    approval,
    batch,
    contract,
    document,
    fund,
    funder,
    invoice,
    invoice_line,
    person,
    schedule_row,
    seal,
    user_account,
)

AT_A_TIME = 200
ISSUE_HELD = "issue_held"
"""The kind of the batches that issue, between two month ends, invoices that were held."""


def invoices(connection: Connection, number: int | None = None) -> list[Row[Any]]:
    """Every issued invoice or the one of that number, the latest first: payer, person (or how many funds it is for) or instalment, document,
    month end."""
    instalment = (
        select(invoice_line.c.invoice_id, func.min(schedule_row.c.n).label("n"))
        .join(schedule_row, schedule_row.c.id == invoice_line.c.schedule_row_id).group_by(invoice_line.c.invoice_id).subquery()
    )
    several = (
        select(invoice_line.c.invoice_id, func.count(invoice_line.c.fund_id.distinct()).label("funds"))
        .join(invoice, invoice.c.id == invoice_line.c.invoice_id).where(invoice.c.person_id.is_(None), invoice.c.contract_id.is_(None))
        .group_by(invoice_line.c.invoice_id).subquery()
    )
    query = (
        select(invoice.c.number, funder.c.reference.label("funder"), person.c.reference.label("person"),
               contract.c.reference.label("contract"), instalment.c.n.label("instalment"), invoice.c.from_on, invoice.c.to_on,
               invoice.c.issued_on, invoice.c.due_on, invoice.c.pence, document.c.id.label("document_id"), batch.c.key.label("batch"),
               several.c.funds)
        .join(funder, funder.c.id == invoice.c.funder_id).join(batch, batch.c.id == invoice.c.batch_id)
        .join(document, document.c.invoice_id == invoice.c.id).outerjoin(person, person.c.id == invoice.c.person_id)
        .outerjoin(contract, contract.c.id == invoice.c.contract_id).outerjoin(instalment, instalment.c.invoice_id == invoice.c.id)
        .outerjoin(several, several.c.invoice_id == invoice.c.id).order_by(invoice.c.number.desc())
    )
    return list(connection.execute(query if number is None else query.where(invoice.c.number == number)))


def invoices_of_batch(connection: Connection, batch_id: int) -> list[Row[Any]]:
    """The invoices that a batch issued, by number: the document of each and its payer, without its record."""
    return list(connection.execute(_papers().where(document.c.batch_id == batch_id)))


def invoices_that_were_held(connection: Connection, first: date, last: date) -> list[Row[Any]]:
    """Those that were issued on these days between two month ends, in the same way."""
    query = _papers().join(batch, batch.c.id == document.c.batch_id).where(
        batch.c.kind == ISSUE_HELD, invoice.c.issued_on.between(first.isoformat(), last.isoformat()))
    return list(connection.execute(query))


def _papers() -> Any:
    return (
        select(document.c.id.label("document_id"), document.c.name, document.c.sha256, funder.c.reference.label("funder"))
        .join(invoice, invoice.c.id == document.c.invoice_id).join(funder, funder.c.id == invoice.c.funder_id)
        .where(document.c.kind == "invoice").order_by(invoice.c.number)
    )


@dataclass(frozen=True)
class Totals:
    """What a month end issued, and what was held and issued on the days of the month, as the tables of invoices and of documents have it: nothing
    of a record is read."""

    invoices: int
    invoiced_pence: int
    statements: int


def totals_of_month(connection: Connection, key_beginning: str, first: date, last: date) -> Totals:
    """Counts and sums of the approved month end whose batch’s key begins so, with what was held and issued on these days."""
    month_end = select(batch.c.id).join(approval, approval.c.batch_id == batch.c.id).where(batch.c.key.startswith(key_beginning, autoescape=True))
    was_held = invoice.c.batch_id.in_(select(batch.c.id).where(batch.c.kind == ISSUE_HELD)) & invoice.c.issued_on.between(
        first.isoformat(), last.isoformat())
    count, pence = connection.execute(
        select(func.count(), func.sum(invoice.c.pence)).select_from(invoice).where(invoice.c.batch_id.in_(month_end) | was_held)).one()
    stated = select(func.count()).select_from(document).where(document.c.kind == "statement", document.c.batch_id.in_(month_end))
    return Totals(count, int(pence or 0), connection.execute(stated).scalar_one())


def statements(connection: Connection, batch_id: int) -> list[Row[Any]]:
    """The statements that a month end issued, by fund, without their records."""
    query = (
        select(document.c.id, document.c.key, document.c.name, document.c.sha256, fund.c.key.label("fund"), fund.c.kind,
               person.c.reference.label("person"))
        .join(fund, fund.c.id == document.c.fund_id).outerjoin(person, person.c.id == fund.c.person_id)
        .where(document.c.kind == "statement", document.c.batch_id == batch_id).order_by(fund.c.key)
    )
    return list(connection.execute(query))


def records(connection: Connection, document_ids: Sequence[int]) -> dict[int, str]:
    """The frozen records of a few documents, by id."""
    query = select(document.c.id, document.c.record).where(document.c.id.in_(document_ids))
    return {row.id: row.record for row in connection.execute(query)}


def each_record(connection: Connection, document_ids: Sequence[int]) -> Iterator[str]:
    """The frozen record of each of many documents, in their order, a few read at a time."""
    for start in range(0, len(document_ids), AT_A_TIME):
        some = document_ids[start:start + AT_A_TIME]
        found = records(connection, some)
        yield from (found[one] for one in some)


def document_with_history(connection: Connection, document_id: int) -> Row[Any] | None:
    """One document with its record, and who prepared and approved the month end that issued it."""
    preparer, approver = user_account.alias("preparer"), user_account.alias("approver")
    query: Any = (
        select(document.c.id, document.c.key, document.c.kind, document.c.name, document.c.record, document.c.sha256,
               batch.c.key.label("batch"), batch.c.recorded_at, preparer.c.name.label("prepared_by"),
               approver.c.name.label("approved_by"), approval.c.recorded_at.label("approved_at"), seal.c.sha256.label("seal"))
        .join(batch, batch.c.id == document.c.batch_id).join(preparer, preparer.c.id == batch.c.prepared_by)
        .outerjoin(approval, approval.c.batch_id == batch.c.id).outerjoin(approver, approver.c.id == approval.c.approved_by)
        .outerjoin(seal, (seal.c.batch_id == batch.c.id) & (seal.c.covers == "entries")).where(document.c.id == document_id)
    )
    return connection.execute(query).one_or_none()
