"""Support delivered, as it came in: versions, withdrawals and conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, and_, case, exists, func, insert, or_, select

from invoicing.delivery import CANCELLED, CANCELLED_AT, Delivery
from ringfence.store.engine import bulk_insert, next_id
from ringfence.store.schema import charge, conflict, delivery, entry, event, house, house_place, invoice, invoice_line, person, withdrawal


def standing(connection: Connection) -> dict[str, tuple[int, int, str, bool]]:
    """For each delivery key: its latest (id, version, content, is it withdrawn)."""
    query = (
        select(delivery.c.key, delivery.c.id, delivery.c.version, delivery.c.content, withdrawal.c.delivery_id)
        .outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id).order_by(delivery.c.key, delivery.c.version)
    )
    return {row[0]: (row[1], row[2], row[3], row[4] is not None) for row in connection.execute(query)}


def why_put_back(connection: Connection, first: date, last: date) -> dict[int, str]:
    """Of deliveries for these days that stand in place of others: why the charge of the last of those was put back."""
    new, old, back = delivery.alias("new"), delivery.alias("old"), entry.alias("back")
    query = (
        select(new.c.id, event.c.words).select_from(new).join(old, (old.c.key == new.c.key) & (old.c.version < new.c.version))
        .join(charge, charge.c.delivery_id == old.c.id).join(entry, entry.c.event_id == charge.c.event_id)
        .join(back, back.c.reverses_id == entry.c.id).join(event, event.c.id == back.c.event_id)
        .where(new.c.version > 1, charge.c.support_on.between(first.isoformat(), last.isoformat())).order_by(old.c.version)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def add_deliveries(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write deliveries: tuples of every column but the id, in the order of the table."""
    first = next_id(connection, delivery)
    bulk_insert(connection, delivery, [(first + n, *row) for n, row in enumerate(rows)])


def add_conflicts(connection: Connection, batch_id: int, rows: Iterable[tuple[str, int, str, str]]) -> None:
    """List rows that say something else than what is kept under the same key: (key, row number, kept, offered)."""
    first = next_id(connection, conflict)
    bulk_insert(connection, conflict, [(first + n, batch_id, *row) for n, row in enumerate(rows)])


IN_CONFLICT = exists().where(
    delivery.c.key == conflict.c.key, delivery.c.content == conflict.c.kept, ~exists().where(withdrawal.c.delivery_id == delivery.c.id))
"""What was kept against a row still stands: once it is taken back, its conflict is settled."""


def conflicts(connection: Connection) -> list[Row[Any]]:
    """The rows in conflict with what still stands, the first listed first."""
    return list(connection.execute(select(conflict).where(IN_CONFLICT).order_by(conflict.c.id)))


def to_rate(connection: Connection, last: date, before: date) -> list[Delivery]:
    """Deliveries up to `last` that no charge names yet, and nights that began on `before` and may reach into the month."""
    charged = exists().where(charge.c.delivery_id == delivery.c.id)
    return _read(
        connection, delivery.c.happened_on <= last.isoformat(),
        or_(~charged, _into_the_month(before)))


def _into_the_month(before: date) -> Any:
    return and_(delivery.c.happened_on == before.isoformat(), delivery.c.ends_at > delivery.c.happened_on + "T23")


def to_rate_of(connection: Connection, people: Iterable[str], last: date, before: date) -> list[Delivery]:
    """The same of the visits to these people, or to a house in which one of them ever had a place, from `before` on; with everybody's rows of
    the visits that they shared."""
    who = select(person.c.id).where(person.c.reference.in_(list(people)))
    lived = select(house_place.c.house_id).where(house_place.c.person_id.in_(who))
    days = delivery.c.happened_on.between(before.isoformat(), last.isoformat())
    theirs = select(delivery.c.visit).where(days, or_(delivery.c.person_id.in_(who), delivery.c.house_id.in_(lived)))
    charged = exists().where(charge.c.delivery_id == delivery.c.id)
    return _read(connection, days, delivery.c.visit.in_(theirs), or_(~charged, _into_the_month(before)))


def of_batch(connection: Connection, batch_id: int) -> list[Delivery]:
    return _read(connection, delivery.c.batch_id == batch_id)


def in_period(connection: Connection, first: date, last: date) -> list[Delivery]:
    """Every delivery of those days that stands."""
    return _read(connection, delivery.c.happened_on.between(first.isoformat(), last.isoformat()))


def of_visits(connection: Connection, visits: Sequence[str]) -> list[Delivery]:
    """Everybody’s deliveries of these visits that stand."""
    return [row for n in range(0, len(visits), VISITS_AT_ONCE) for row in _read(connection, delivery.c.visit.in_(visits[n:n + VISITS_AT_ONCE]))]


def may_have_been_missed(connection: Connection, first: date, last: date) -> list[Delivery]:
    """Every delivery of those days of a visit that was cancelled, came short or was to have several carers, in the order of the days."""
    days = delivery.c.happened_on.between(first.isoformat(), last.isoformat())
    visits = select(delivery.c.visit).where(
        days, or_(delivery.c.outcome == CANCELLED, delivery.c.actual_minutes < delivery.c.planned_minutes, delivery.c.planned_carers > 1))
    found = _read(connection, days, delivery.c.visit.in_(visits))
    return sorted(found, key=lambda row: (row.happened_on, row.starts_at.isoformat() if row.starts_at else "", row.key))


def charged_visits(connection: Connection, first: date, last: date) -> dict[tuple[str, str], set[int]]:
    """The deliveries of those days that stand and are charged, by (visit, carer)."""
    query = (
        select(delivery.c.visit, delivery.c.carer, delivery.c.id)
        .where(delivery.c.happened_on.between(first.isoformat(), last.isoformat()), exists().where(charge.c.delivery_id == delivery.c.id),
               ~exists().where(withdrawal.c.delivery_id == delivery.c.id))
    )
    found: dict[tuple[str, str], set[int]] = {}
    for visit, carer, delivery_id in connection.execute(query):
        found.setdefault((visit, carer), set()).add(delivery_id)
    return found


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


_COLUMNS = tuple(delivery.c[name] for name in (
    "id", "key", "version", "visit", "carer", "person_id", "house_id", "support_type", "outcome", "happened_on", "starts_at", "ends_at",
    "planned_minutes", "actual_minutes", "planned_carers", "reason"))
_CANCELLED = case((delivery.c.outcome == CANCELLED, delivery.c.content), else_="")
_AT_ONCE = 10_000
VISITS_AT_ONCE = 5_000


def _read(connection: Connection, *conditions: Any) -> list[Delivery]:
    """The deliveries that stand and meet the conditions, in no order. Words, days and times that many rows have are held once."""
    people: dict[int, str] = {row[0]: row[1] for row in connection.execute(select(person.c.id, person.c.reference))}
    houses: dict[int, str] = {row[0]: row[1] for row in connection.execute(select(house.c.id, house.c.reference))}
    query = select(*_COLUMNS, _CANCELLED).where(~exists().where(withdrawal.c.delivery_id == delivery.c.id), *conditions)
    once: dict[str, str] = {}
    found: list[Delivery] = []
    for rows in connection.execute(query).partitions(_AT_ONCE):
        found += [
            Delivery(number, key if version == 1 else f"{key}|v{version}", visit, once.setdefault(carer, carer),
                     people[person_id] if person_id is not None else houses[house_id], once.setdefault(support, support),
                     once.setdefault(outcome, outcome), _day(happened_on), _instant(starts_at), _instant(ends_at), planned, actual, carers,
                     once.setdefault(reason, reason), cancelled_at(told) if told else None)
            for (number, key, version, visit, carer, person_id, house_id, support, outcome, happened_on, starts_at, ends_at, planned, actual,
                 carers, reason, told) in rows]
    return found


def cancelled_at(content: str) -> datetime | None:
    """When a visit was cancelled, as its kept content says it: in front, where it is known."""
    return _instant(content[len(CANCELLED_AT):].partition("|")[0]) if content.startswith(CANCELLED_AT) else None


@lru_cache(maxsize=10_000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=100_000)
def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
