"""Support that is charged, paid by delivery, and on no invoice: it waits for the next. And what was invoiced under an order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, exists, func, select

from invoicing.delivery import BY_DELIVERY, CANCELLED, Charge
from invoicing.payer_rules import Order
from ringfence.store.credited import credited_by_line, of_line
from ringfence.store.registry import standing_line
from ringfence.store.schema import charge, delivery, entry, event, fund, funder, invoice_line, origin, schedule_row, withdrawal

KEYS_AT_ONCE = 500
SHARED = "shared "
"""What the key of the origin of a shared cost begins with; its month and what was shared follow."""


def waiting_charges(connection: Connection, last: date) -> list[Charge]:
    """The charges for support up to a day that stand, as they were charged: an invoice that was held, or left out, did not ask for them."""
    ids = connection.execute(
        select(charge.c.event_id).where(
            charge.c.how == BY_DELIVERY, charge.c.pence > 0, charge.c.support_on <= last.isoformat(),
            ~exists().where(invoice_line.c.event_id == charge.c.event_id), ~exists().where(withdrawal.c.delivery_id == charge.c.delivery_id))
        .order_by(charge.c.support_on, charge.c.event_id)).scalars().all()
    standing = standing_line(connection) if ids else {}
    return [_charge(row, standing) for n in range(0, len(ids), KEYS_AT_ONCE) for row in connection.execute(_charges(ids[n:n + KEYS_AT_ONCE]))]


def _charges(event_ids: Sequence[int]) -> Any:
    """Of a few charges all that is kept, where their entry was not put back."""
    back = entry.alias("back")
    return (
        select(event.c.key, charge, fund.c.key.label("fund"), funder.c.reference.label("funder"), delivery.c.starts_at, delivery.c.visit,
               delivery.c.outcome, origin.c.key.label("origin"))
        .select_from(charge).join(event, event.c.id == charge.c.event_id).join(delivery, delivery.c.id == charge.c.delivery_id)
        .join(fund, fund.c.id == charge.c.fund_id).join(funder, funder.c.id == charge.c.funder_id)
        .join(entry, entry.c.event_id == charge.c.event_id).outerjoin(origin, origin.c.id == entry.c.origin_id)
        .outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(charge.c.event_id.in_(event_ids), entry.c.unit == "pence", entry.c.reverses_id.is_(None), back.c.id.is_(None))
        .order_by(charge.c.support_on, event.c.key)
    )


def events_of(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """The ids of the events behind charges that were posted before, by their keys."""
    some = (keys[n:n + KEYS_AT_ONCE] for n in range(0, len(keys), KEYS_AT_ONCE))
    return {row.key: row.id for each in some for row in connection.execute(select(event.c.key, event.c.id).where(event.c.key.in_(each)))}


def invoiced_under(connection: Connection, order: Order) -> int:
    """What invoices ask for, and was not credited, for the days that an order covers, in pence."""
    day, off = func.coalesce(charge.c.support_on, schedule_row.c.from_on), credited_by_line()
    query = (
        select(func.coalesce(func.sum(invoice_line.c.pence - func.coalesce(off.c.pence, 0)), 0)).select_from(invoice_line)
        .join(fund, fund.c.id == invoice_line.c.fund_id).join(funder, funder.c.id == invoice_line.c.funder_id)
        .outerjoin(charge, charge.c.event_id == invoice_line.c.event_id)
        .outerjoin(schedule_row, schedule_row.c.id == invoice_line.c.schedule_row_id)
        .outerjoin(off, of_line(off)).where(
            fund.c.key == order.fund, funder.c.reference == order.funder,
            day.between(order.period.first.isoformat(), order.period.last.isoformat()))
    )
    return int(connection.execute(query).scalar_one())


def _charge(row: Row[Any], standing: dict[int, int]) -> Charge:
    shared = row.origin.split(" ", 2)[2] if row.origin and row.origin.startswith(SHARED) else ""
    return Charge(
        row.key, row.delivery_id, row.fund, row.funder, row.how, standing.get(row.plan_line_id, row.plan_line_id),
        date.fromisoformat(row.support_on), datetime.fromisoformat(row.starts_at) if row.starts_at else None, row.visit, row.minutes, row.times,
        row.rate_code, Decimal(row.pounds), row.pence, shared, row.outcome == CANCELLED)
