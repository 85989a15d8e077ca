"""What the books say about a month end: who prepared and approved it, what it charged and asked for, and which of its papers exist."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ringfence.store.schema import (
    approval,
    batch,
    charge,
    contract,
    delivery,
    document,
    document_file,
    fund,
    funder,
    invoice,
    month_lock,
    month_reopen,
    user_account,
    withdrawal,
)


def month_batches(connection: Connection, kind: str, prefix: str = "") -> list[Row[Any]]:
    """Batches of a kind whose key begins so, oldest first: who prepared each and when, and who approved it."""
    preparer, approver = user_account.alias("preparer"), user_account.alias("approver")
    query = (
        select(batch.c.id, batch.c.key, batch.c.digest, batch.c.body, batch.c.recorded_at, preparer.c.name.label("prepared_by"),
               approver.c.name.label("approved_by"), approval.c.recorded_at.label("approved_at"))
        .join(preparer, preparer.c.id == batch.c.prepared_by).outerjoin(approval, approval.c.batch_id == batch.c.id)
        .outerjoin(approver, approver.c.id == approval.c.approved_by)
        .where(batch.c.kind == kind, batch.c.key.startswith(prefix, autoescape=True)).order_by(batch.c.id)
    )
    return list(connection.execute(query))


def lock_of(connection: Connection, month: str) -> Row[Any] | None:
    """Who locked a month, itself or with a later one, and when."""
    query: Any = (
        select(user_account.c.name.label("user"), batch.c.recorded_at).join(batch, batch.c.id == month_lock.c.batch_id)
        .join(user_account, user_account.c.id == batch.c.prepared_by)
        .outerjoin(month_reopen, month_reopen.c.month_lock_id == month_lock.c.id)
        .where(month_lock.c.month >= month, month_lock.c.step == "locked", month_reopen.c.month_lock_id.is_(None)).order_by(month_lock.c.month)
    )
    return connection.execute(query).first()


def papers(connection: Connection, batch_id: int) -> dict[str, tuple[int, int]]:
    """By kind of document: how many were issued in this batch, and how many files of them were written."""
    written = select(document_file.c.document_id, func.count().label("files")).group_by(document_file.c.document_id).subquery()
    query = (
        select(document.c.kind, func.count(), func.coalesce(func.sum(written.c.files), 0))
        .outerjoin(written, written.c.document_id == document.c.id).where(document.c.batch_id == batch_id).group_by(document.c.kind)
    )
    return {kind: (int(count), int(files)) for kind, count, files in connection.execute(query)}


def asked(connection: Connection, batch_id: int) -> list[Row[Any]]:
    """By payer, and by contract for instalments: how many invoices this batch issued, and their sum in pence."""
    query = (
        select(funder.c.reference.label("funder"), contract.c.reference.label("contract"), func.count().label("invoices"),
               func.sum(invoice.c.pence).label("pence"))
        .join(funder, funder.c.id == invoice.c.funder_id).outerjoin(contract, contract.c.id == invoice.c.contract_id)
        .where(invoice.c.batch_id == batch_id).group_by(funder.c.reference, contract.c.reference)
    )
    return list(connection.execute(query))


def charged(connection: Connection, batch_id: int) -> list[Row[Any]]:
    """What this batch charged, by fund, payer, way of paying, rate and price: visits, minutes and pence."""
    columns = (fund.c.key.label("fund"), funder.c.reference.label("funder"), charge.c.how, charge.c.rate_code, charge.c.pounds)
    query = (
        select(*columns, func.count(charge.c.delivery_id.distinct()).label("visits"), func.sum(charge.c.minutes).label("minutes"),
               func.sum(charge.c.pence).label("pence"))
        .join(fund, fund.c.id == charge.c.fund_id).outerjoin(funder, funder.c.id == charge.c.funder_id)
        .where(charge.c.batch_id == batch_id).group_by(*columns)
    )
    return list(connection.execute(query))


def visits_of(connection: Connection, first: date, last: date) -> list[tuple[int, str, bool]]:
    """Rows of visits of those days that stand: (id, outcome, is it charged in the books)."""
    query = (
        select(delivery.c.id, delivery.c.outcome, func.count(charge.c.event_id))
        .outerjoin(charge, charge.c.delivery_id == delivery.c.id).outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
        .where(withdrawal.c.delivery_id.is_(None), delivery.c.happened_on.between(first.isoformat(), last.isoformat()))
        .group_by(delivery.c.id, delivery.c.outcome)
    )
    return [(row[0], row[1], bool(row[2])) for row in connection.execute(query)]


def visit_count(connection: Connection, first: date, last: date) -> tuple[int, int]:
    """How many rows of visits of those days stand, and the staff minutes that were given in them."""
    query = (
        select(func.count(), func.coalesce(func.sum(delivery.c.actual_minutes), 0)).select_from(delivery)
        .outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
        .where(withdrawal.c.delivery_id.is_(None), delivery.c.happened_on.between(first.isoformat(), last.isoformat()))
    )
    count, minutes = connection.execute(query).one()
    return int(count), int(minutes)
