"""Visits as they are looked for: those of some days that match, a page at a time, and everything that was ever kept of one visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, or_, select

from basics.periods import Month
from ringfence.store.schema import (
    batch,
    charge,
    delivery,
    event,
    fund,
    funder,
    house,
    invoice,
    invoice_line,
    person,
    person_detail,
    user_account,
    withdrawal,
)

_PENCE = select(func.sum(charge.c.pence)).where(charge.c.delivery_id == delivery.c.id).scalar_subquery()
_CHARGED = exists().where(charge.c.delivery_id == delivery.c.id)
_LATER = person_detail.alias("later")
_SUBJECT = func.coalesce(person.c.reference, house.c.reference)


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Empty or None leaves a condition out; every word must stand in a reference, or in the name of the person."""

    first: date
    last: date
    words: tuple[str, ...] = ()
    carer: str = ""
    outcome: str = ""
    charged: bool | None = None
    differs: bool | None = None
    reason: bool | None = None
    """Whether anybody said why."""


def found(connection: Connection, wanted: Wanted, most: int, after: int = 0) -> list[Row[Any]]:
    """Rows of visits that stand, in the order of the days: so many of them, after so many others."""
    query = _matching(wanted, select(
        delivery.c.id, delivery.c.visit, delivery.c.carer, _SUBJECT.label("subject"), person_detail.c.known_as, delivery.c.support_type,
        delivery.c.happened_on, delivery.c.starts_at, delivery.c.planned_minutes, delivery.c.actual_minutes, delivery.c.outcome,
        delivery.c.reason, _PENCE.label("pence")))
    return list(connection.execute(query.order_by(delivery.c.happened_on, delivery.c.starts_at, delivery.c.key).limit(most).offset(after)))


def totals(connection: Connection, wanted: Wanted) -> Row[Any]:
    """Of all that match: how many rows, and their planned minutes, actual minutes and pence."""
    rows = _matching(wanted, select(delivery.c.planned_minutes, delivery.c.actual_minutes, _PENCE.label("pence"))).subquery()
    return connection.execute(select(
        func.count().label("rows"), func.coalesce(func.sum(rows.c.planned_minutes), 0).label("planned"),
        func.coalesce(func.sum(rows.c.actual_minutes), 0).label("actual"), func.coalesce(func.sum(rows.c.pence), 0).label("pence"))).one()


def months_with_visits(connection: Connection) -> tuple[Month, Month] | None:
    """The first and the last month of which there are visits; None where there are none."""
    first, last = connection.execute(select(func.min(delivery.c.happened_on), func.max(delivery.c.happened_on))).one()
    return (Month.parse(first[:7]), Month.parse(last[:7])) if first else None


def versions(connection: Connection, visit: str) -> list[Row[Any]]:
    """Every row that was ever kept of a visit, the first first: as it came in, with whom and when, and when and by whom it was withdrawn."""
    came, taken, bringer, taker = batch.alias("came"), batch.alias("taken"), user_account.alias("bringer"), user_account.alias("taker")
    query = (
        select(delivery, _SUBJECT.label("subject"), person_detail.c.known_as, came.c.recorded_at.label("came_at"), came.c.kind.label("came_by"),
               bringer.c.name.label("brought_by"), taken.c.recorded_at.label("withdrawn_at"), taker.c.name.label("withdrawn_by"))
        .join(came, came.c.id == delivery.c.batch_id).join(bringer, bringer.c.id == came.c.prepared_by)
        .outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id).outerjoin(taken, taken.c.id == withdrawal.c.batch_id)
        .outerjoin(taker, taker.c.id == taken.c.prepared_by)
        .where(*_of_visit(connection, visit)).order_by(delivery.c.carer, delivery.c.key, delivery.c.version)
    )
    return list(connection.execute(_with_whom(query)))


def charges_of_visit(connection: Connection, visit: str) -> list[Row[Any]]:
    """What was charged for a visit and stands: each with its fund, payer, day, price and the invoice that asked for it."""
    query = (
        select(charge.c.delivery_id, fund.c.key.label("fund"), funder.c.reference.label("funder"), charge.c.how, charge.c.support_on,
               charge.c.minutes, charge.c.times, charge.c.rate_code, charge.c.pounds, charge.c.pence, invoice.c.number)
        .join(event, event.c.id == charge.c.event_id).join(delivery, delivery.c.id == charge.c.delivery_id)
        .join(fund, fund.c.id == charge.c.fund_id).outerjoin(funder, funder.c.id == charge.c.funder_id)
        .outerjoin(invoice_line, invoice_line.c.event_id == charge.c.event_id).outerjoin(invoice, invoice.c.id == invoice_line.c.invoice_id)
        .where(*_of_visit(connection, visit), ~exists().where(withdrawal.c.delivery_id == delivery.c.id))
        .order_by(charge.c.support_on, event.c.key)
    )
    return list(connection.execute(query))


def _of_visit(connection: Connection, visit: str) -> list[Any]:
    """A key begins with its visit and a bar, so on SQLite it is found by the index of the keys."""
    by_key = [delivery.c.key.between(f"{visit}|", f"{visit}}}")] if connection.dialect.name == "sqlite" else []
    return [delivery.c.visit == visit, *by_key]


def _with_whom(query: Select[Any]) -> Select[Any]:
    latest = select(func.max(_LATER.c.version)).where(_LATER.c.person_id == person.c.id).scalar_subquery()
    return (query.outerjoin(person, person.c.id == delivery.c.person_id).outerjoin(house, house.c.id == delivery.c.house_id)
            .outerjoin(person_detail, (person_detail.c.person_id == person.c.id) & (person_detail.c.version == latest)))


def _matching(wanted: Wanted, query: Select[Any]) -> Select[Any]:
    query = _with_whom(query.select_from(delivery)).where(
        delivery.c.happened_on.between(wanted.first.isoformat(), wanted.last.isoformat()),
        ~exists().where(withdrawal.c.delivery_id == delivery.c.id))
    for word in wanted.words:
        query = query.where(or_(*(func.lower(column).contains(word, autoescape=True)
                                  for column in (delivery.c.visit, _SUBJECT, person_detail.c.name, person_detail.c.known_as))))
    if wanted.carer:
        query = query.where(delivery.c.carer == wanted.carer)
    if wanted.outcome:
        query = query.where(delivery.c.outcome == wanted.outcome)
    if wanted.charged is not None:
        query = query.where(_CHARGED if wanted.charged else ~_CHARGED)
    if wanted.differs is not None:
        same = delivery.c.actual_minutes == delivery.c.planned_minutes
        query = query.where(~same if wanted.differs else same)
    if wanted.reason is not None:
        query = query.where((delivery.c.reason != "") if wanted.reason else delivery.c.reason == "")
    return query
