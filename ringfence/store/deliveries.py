"""Support delivered, as it came in: versions, withdrawals and conflicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, insert, or_, select

from invoicing.delivery import Delivery
from ringfence.store.engine import bulk_insert, next_id
from ringfence.store.schema import charge, conflict, delivery, house, invoice, invoice_line, person, withdrawal


def standing(connection: Connection) -> dict[str, tuple[int, int, str, bool]]:
    """For each delivery key: its latest (id, version, content, is it withdrawn)."""
    query = (
        select(delivery.c.key, delivery.c.id, delivery.c.version, delivery.c.content, withdrawal.c.delivery_id)
        .outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id).order_by(delivery.c.key, delivery.c.version)
    )
    return {row[0]: (row[1], row[2], row[3], row[4] is not None) for row in connection.execute(query)}


def add_deliveries(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write deliveries: tuples of every column but the id, in the order of the table."""
    first = next_id(connection, delivery)
    bulk_insert(connection, delivery, [(first + n, *row) for n, row in enumerate(rows)])


def add_conflicts(connection: Connection, batch_id: int, rows: Iterable[tuple[str, int, str, str]]) -> None:
    """List rows that say something else than what is kept under the same key: (key, row number, kept, offered)."""
    first = next_id(connection, conflict)
    bulk_insert(connection, conflict, [(first + n, batch_id, *row) for n, row in enumerate(rows)])


def conflicts(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(select(conflict).order_by(conflict.c.id)))


def to_rate(connection: Connection, last: date, before: date) -> list[Delivery]:
    """Deliveries up to `last` that no charge names yet, and nights that began on `before` and may reach into the month."""
    charged = exists().where(charge.c.delivery_id == delivery.c.id)
    query = _query().where(
        delivery.c.happened_on <= last.isoformat(),
        or_(~charged, and_(delivery.c.happened_on == before.isoformat(), delivery.c.ends_at > delivery.c.happened_on + "T23")),
    )
    return [_delivery(row) for row in connection.execute(query)]


def of_batch(connection: Connection, batch_id: int) -> list[Delivery]:
    return [_delivery(row) for row in connection.execute(_query().where(delivery.c.batch_id == batch_id))]


def in_period(connection: Connection, first: date, last: date) -> list[Delivery]:
    """Every delivery of those days that stands, for what was planned and did not come."""
    return [_delivery(row) for row in connection.execute(
        _query().where(delivery.c.happened_on.between(first.isoformat(), last.isoformat())))]


def charged_visits(connection: Connection, visits: Collection[str]) -> set[tuple[str, str, int]]:
    """Of these visits, the (visit, carer, delivery) that stand and are charged already."""
    query = (
        select(delivery.c.visit, delivery.c.carer, delivery.c.id).join(charge, charge.c.delivery_id == delivery.c.id)
        .outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id).where(withdrawal.c.delivery_id.is_(None)).distinct()
    )
    return {(row[0], row[1], row[2]) for row in connection.execute(query) if row[0] in visits}


def withdraw(connection: Connection, delivery_ids: Iterable[int], batch_id: int) -> None:
    connection.execute(insert(withdrawal), [{"delivery_id": one, "batch_id": batch_id} for one in delivery_ids])


def invoices_of_batch(connection: Connection, batch_id: int) -> list[int]:
    """The numbers of issued invoices that hold a row of this import."""
    query = (
        select(invoice.c.number).join(invoice_line, invoice_line.c.invoice_id == invoice.c.id)
        .join(charge, charge.c.event_id == invoice_line.c.event_id).join(delivery, delivery.c.id == charge.c.delivery_id)
        .where(delivery.c.batch_id == batch_id).distinct().order_by(invoice.c.number)
    )
    return list(connection.execute(query).scalars())


def count_of_batch(connection: Connection, batch_id: int) -> int:
    query = select(func.count()).select_from(delivery).outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
    return int(connection.execute(query.where(delivery.c.batch_id == batch_id, withdrawal.c.delivery_id.is_(None))).scalar_one())


def _query() -> Any:
    return (
        select(delivery, person.c.reference.label("person"), house.c.reference.label("house"))
        .outerjoin(person, person.c.id == delivery.c.person_id).outerjoin(house, house.c.id == delivery.c.house_id)
        .outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id).where(withdrawal.c.delivery_id.is_(None))
        .order_by(delivery.c.happened_on, delivery.c.starts_at, delivery.c.key)
    )


def _delivery(row: Row[Any]) -> Delivery:
    key = row.key if row.version == 1 else f"{row.key}|v{row.version}"
    return Delivery(
        row.id, key, row.visit, row.carer, row.person or row.house, row.support_type, row.outcome, date.fromisoformat(row.happened_on),
        _instant(row.starts_at), _instant(row.ends_at), row.planned_minutes, row.actual_minutes, row.planned_carers, row.reason)


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
