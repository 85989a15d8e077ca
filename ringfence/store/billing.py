"""Charges, schedules, invoices and the documents that left the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, case, exists, func, insert, select

from basics.people import FunderKind
from invoicing.delivery import CANCELLED, Charge
from ringfence.store.credited import credited_by_line, of_line
from ringfence.store.engine import bulk_insert, next_id
from ringfence.store.registry import ids, setting_of
from ringfence.store.rows import add
from ringfence.store.schema import (
    charge,
    contract,
    delivery,
    document,
    document_file,
    entry,
    event,
    fund,
    funder,
    invoice,
    invoice_line,
    origin,
    part,
    schedule_part,
    schedule_row,
    schedule_standing,
    withdrawal,
)

FundsAndFunders = tuple[Mapping[str, int], Mapping[str, int]]
"""The ids of funds by their key, and of funders by their reference."""


def funds_and_funders(connection: Connection) -> FundsAndFunders:
    return ids(connection, fund, "key"), ids(connection, funder)


def add_charges(connection: Connection, charges: Sequence[Charge], event_ids: Mapping[str, int], batch_id: int,
                known: FundsAndFunders | None = None) -> None:
    """Write charges; each stands behind the event of the same key. `known` are the ids, where they were read before."""
    fund_ids, funder_ids = known or funds_and_funders(connection)
    days = {day: day.isoformat() for day in {each.support_on for each in charges}}
    bulk_insert(connection, charge, (
        (event_ids[key], delivery_id, fund_ids[of], funder_ids[funder] if funder else None, line_id, how, days[day], minutes, times, code,
         str(pounds), pence, batch_id)
        for key, delivery_id, of, funder, how, line_id, day, _, _, minutes, times, code, pounds, pence, _, _ in charges))


def charged_keys(connection: Connection, happened_on: date) -> set[str]:
    """Keys of charges for deliveries that began on that day."""
    query = (
        select(event.c.key).join(charge, charge.c.event_id == event.c.id).join(delivery, delivery.c.id == charge.c.delivery_id)
        .where(delivery.c.happened_on == happened_on.isoformat())
    )
    return set(connection.execute(query).scalars())


def charged_by_month(connection: Connection, first: date, last: date, fund_key: str | None = None) -> list[Row[Any]]:
    """What stands charged for support on these days, by fund, version of a line and month: minutes, times and pence.

    What was cancelled and charged all the same costs, and gave no time. A night or a session with several payers has a charge for
    each, and is counted once.
    """
    month = func.substr(charge.c.support_on, 1, 7)
    given, counted = _given(charge.c.minutes), case((_was_given() & (charge.c.times > 0), charge.c.delivery_id))
    query = _standing(
        select(fund.c.key.label("fund"), charge.c.plan_line_id, month.label("month"), func.sum(given).label("minutes"),
               func.count(counted.distinct()).label("times"), func.sum(charge.c.pence).label("pence")), first, last)
    query = query.where(charge.c.plan_line_id.is_not(None)).group_by(fund.c.key, charge.c.plan_line_id, month)
    return list(connection.execute(query.where(fund.c.key == fund_key) if fund_key else query))


def charged_by_price(connection: Connection, first: date, last: date, fund_key: str | None = None) -> list[Row[Any]]:
    """What stands charged for support on these days, by fund, version of a line and price: timed support added up, and each charge for
    support that is counted by itself, with its delivery, because one night may have several."""
    each = case((charge.c.times > 0, charge.c.event_id), else_=0)
    query = _standing(
        select(fund.c.key.label("fund"), charge.c.plan_line_id, charge.c.rate_code, charge.c.pounds,
               func.sum(_given(charge.c.minutes)).label("minutes"), func.sum(_given(charge.c.times)).label("times"),
               func.sum(charge.c.pence).label("pence"), func.max(charge.c.delivery_id).label("delivery_id")), first, last)
    query = query.group_by(fund.c.key, charge.c.plan_line_id, charge.c.rate_code, charge.c.pounds, each)
    return list(connection.execute(query.where(fund.c.key == fund_key) if fund_key else query))


def charged_to_individuals(connection: Connection, first: date, last: date, fund_key: str = "") -> dict[tuple[str, str], int]:
    """What stands charged for support on these days to persons and families themselves, in pence, by fund and payer."""
    kinds = [kind for kind in FunderKind if kind.is_individual]
    query = _standing(select(fund.c.key, funder.c.reference, func.sum(charge.c.pence)), first, last)
    query = query.join(funder, funder.c.id == charge.c.funder_id).where(funder.c.kind.in_(kinds)).group_by(fund.c.key, funder.c.reference)
    rows = connection.execute(query.where(fund.c.key == fund_key) if fund_key else query)
    return {(key, payer): int(pence) for key, payer, pence in rows}


def cancelled_and_charged(connection: Connection, first: date, last: date) -> set[int]:
    """Deliveries of these days that were cancelled and are charged all the same."""
    query = (
        select(charge.c.delivery_id).join(delivery, delivery.c.id == charge.c.delivery_id)
        .where(delivery.c.happened_on.between(first.isoformat(), last.isoformat()), delivery.c.outcome == CANCELLED)
    )
    return set(connection.execute(query).scalars())


def _standing(columns: Any, first: date, last: date) -> Any:
    """Charges for support on these days whose delivery is not withdrawn."""
    return (
        columns.join(delivery, delivery.c.id == charge.c.delivery_id).join(fund, fund.c.id == charge.c.fund_id)
        .where(charge.c.support_on.between(first.isoformat(), last.isoformat()),
               ~exists().where(withdrawal.c.delivery_id == charge.c.delivery_id))
    )


def _was_given() -> Any:
    return delivery.c.outcome != CANCELLED


def _given(column: Any) -> Any:
    return case((_was_given(), column), else_=0)


def entries_of_deliveries(connection: Connection, batch_id: int) -> list[Row[Any]]:
    """Entries that stand for the charges of an import's deliveries and are not reversed yet: what an undo must mirror."""
    reversing = entry.alias("reversing")
    query = (
        select(entry, event.c.key.label("event_key"), event.c.plan_line_id, fund.c.key.label("fund"))
        .join(event, event.c.id == entry.c.event_id).join(charge, charge.c.event_id == event.c.id)
        .join(delivery, delivery.c.id == charge.c.delivery_id).join(fund, fund.c.id == entry.c.fund_id)
        .outerjoin(reversing, reversing.c.reverses_id == entry.c.id)
        .where(delivery.c.batch_id == batch_id, entry.c.reverses_id.is_(None), reversing.c.id.is_(None)).order_by(entry.c.id)
    )
    return list(connection.execute(query))


def add_schedule(connection: Connection, contract_id: int, rows: Iterable[tuple[int, date, date, date, date, dict[tuple[int, int], int]]],
                 batch_id: int) -> None:
    """Write instalments (n, from, to, invoice on, due on) with their parts, in pence, by (fund id, funder id)."""
    for n, first, last, invoice_on, due_on, parts in rows:
        row_id = add(connection, schedule_row, contract_id=contract_id, n=n, from_on=first.isoformat(), to_on=last.isoformat(),
                     invoice_on=invoice_on.isoformat(), due_on=due_on.isoformat(), batch_id=batch_id)
        bulk_insert(connection, schedule_part, [(row_id, fund_id, funder_id, pence) for (fund_id, funder_id), pence in parts.items()])


def schedule_parts(connection: Connection, last: date) -> list[Row[Any]]:
    """Parts of instalments to be invoiced by `last` and on no invoice yet, from the day each contract went live."""
    return list(connection.execute(_parts().where(
        invoice_line.c.invoice_id.is_(None), schedule_row.c.invoice_on <= last.isoformat(), schedule_row.c.invoice_on >= contract.c.live_from)))


def all_schedule_parts(connection: Connection, fund_key: str = "") -> list[Row[Any]]:
    """Every part of every instalment (of one fund, where it is named), with the days of its contract: what of it is not credited, and what is."""
    return list(connection.execute(_parts().where(fund.c.key == fund_key) if fund_key else _parts()))


def drawn_up(connection: Connection) -> dict[str, int]:
    """What the instalments of each contract came to when they were drawn up, in pence, before anything of them was changed."""
    query = (
        select(contract.c.reference, func.sum(schedule_part.c.pence)).join(schedule_row, schedule_row.c.contract_id == contract.c.id)
        .join(schedule_part, schedule_part.c.schedule_row_id == schedule_row.c.id).group_by(contract.c.reference)
    )
    return {reference: int(pence) for reference, pence in connection.execute(query)}


def parts_of_instalment(connection: Connection, contract_reference: str, n: int) -> list[Row[Any]]:
    return list(connection.execute(_parts().where(contract.c.reference == contract_reference, schedule_row.c.n == n)))


def _parts() -> Any:
    off = credited_by_line()
    gone = func.coalesce(off.c.pence, 0)
    invoiced = (invoice_line.c.schedule_row_id == schedule_standing.c.schedule_row_id) & (invoice_line.c.fund_id == schedule_standing.c.fund_id) & (
        invoice_line.c.funder_id == schedule_standing.c.funder_id)
    return (
        select(schedule_row.c.id, contract.c.reference.label("contract"), schedule_row.c.n, schedule_row.c.from_on, schedule_row.c.to_on,
               schedule_row.c.invoice_on, schedule_row.c.due_on, fund.c.key.label("fund"), funder.c.reference.label("funder"),
               (schedule_standing.c.pence - gone).label("pence"), gone.label("credited"), contract.c.first_on.label("contract_first"),
               contract.c.last_on.label("contract_last"), contract.c.live_from)
        .join(schedule_standing, schedule_standing.c.schedule_row_id == schedule_row.c.id)
        .join(contract, contract.c.id == schedule_row.c.contract_id).join(fund, fund.c.id == schedule_standing.c.fund_id)
        .join(funder, funder.c.id == schedule_standing.c.funder_id).outerjoin(invoice_line, invoiced).outerjoin(off, of_line(off))
        .order_by(contract.c.reference, schedule_row.c.n, funder.c.reference, fund.c.key)
    )


def next_invoice_number(connection: Connection) -> int:
    highest = connection.execute(select(func.max(invoice.c.number))).scalar_one()
    return int(highest) + 1 if highest is not None else int(setting_of(connection, "first_invoice_number") or 1)


def next_invoice_id(connection: Connection) -> int:
    return next_id(connection, invoice)


def add_invoices(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write invoices: tuples of every column, in the order of the table."""
    bulk_insert(connection, invoice, rows)


def add_invoice_lines(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """(invoice id, n, event id or None, schedule row id or None, fund id, funder id, pence)"""
    bulk_insert(connection, invoice_line, rows)


def parts_of_invoice(connection: Connection, number: int) -> list[Row[Any]]:
    """What an invoice asks for and was not credited, by fund and funder."""
    off = credited_by_line()
    left = invoice_line.c.pence - func.coalesce(off.c.pence, 0)
    query = (
        select(fund.c.key.label("fund"), fund.c.kind, funder.c.reference.label("funder"), func.sum(left).label("pence"))
        .join(invoice, invoice.c.id == invoice_line.c.invoice_id).join(fund, fund.c.id == invoice_line.c.fund_id)
        .join(funder, funder.c.id == invoice_line.c.funder_id).outerjoin(off, of_line(off))
        .where(invoice.c.number == number, off.c.pence.is_(None) | (left > 0))
        .group_by(fund.c.key, fund.c.kind, funder.c.reference).order_by(fund.c.key)
    )
    return list(connection.execute(query))


def invoices(connection: Connection) -> list[Row[Any]]:
    query = select(invoice, funder.c.reference.label("funder")).join(funder, funder.c.id == invoice.c.funder_id).order_by(invoice.c.number)
    return list(connection.execute(query))


@dataclass(frozen=True)
class Frozen:
    """What was issued, as it is kept: its frozen record, and the fund or the invoice that it is about."""

    key: str
    kind: str
    name: str
    record: str
    sha256: str
    fund_id: int | None = None
    invoice_id: int | None = None


def add_documents(connection: Connection, documents: Iterable[Frozen], batch_id: int) -> None:
    """Keep the frozen records of what was issued."""
    bulk_insert(connection, document, (
        (n, one.key, one.kind, one.fund_id, one.invoice_id, one.name, one.record, one.sha256, batch_id)
        for n, one in enumerate(documents, start=next_id(connection, document))))


def documents_of_batch(connection: Connection, batch_id: int) -> list[Row[Any]]:
    return list(connection.execute(select(document).where(document.c.batch_id == batch_id).order_by(document.c.key)))


def document_files(connection: Connection, batch_id: int) -> dict[tuple[int, str], str]:
    """The sha256 of each file written for a batch's documents, by (document, format)."""
    query = select(document_file).join(document, document.c.id == document_file.c.document_id).where(document.c.batch_id == batch_id)
    return {(row.document_id, row.format): row.sha256 for row in connection.execute(query)}


def add_document_files(connection: Connection, rows: Sequence[tuple[int, str, str, int]]) -> None:
    """(document id, format, sha256, bytes) of files that were written."""
    if rows:
        connection.execute(insert(document_file), [
            {"document_id": one, "format": form, "sha256": sha, "bytes": size} for one, form, sha, size in rows])


def allocations_of_contracts(connection: Connection) -> dict[str, tuple[int, int]]:
    """For each contract with a split: (its sum, what its split's parts add to), in pence."""
    query = (
        select(contract.c.reference, contract.c.pence, func.sum(part.c.amount))
        .join(origin, origin.c.key == "allocation " + contract.c.reference).join(part, part.c.origin_id == origin.c.id)
        .group_by(contract.c.reference, contract.c.pence)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}
