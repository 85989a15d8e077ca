"""Credit notes, and what a correction of a visit must know: its charges, their entries, and the invoices that they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, case, exists, func, select

from ringfence.store.credited import credited_by_line, of_line
from ringfence.store.engine import bulk_insert, next_id
from ringfence.store.rows import one
from ringfence.store.schema import (
    charge,
    credit_line,
    credit_note,
    delivery,
    document,
    event,
    fund,
    funder,
    invoice,
    invoice_line,
    origin,
    withdrawal,
)

IDS_AT_ONCE = 500
KEY = "credit note "
"""What the key of a credit note’s document begins with; its number follows."""


def rows_of_visit(connection: Connection, visit: str, carer: str) -> list[Row[Any]]:
    """The deliveries of one carer at one visit that stand, as they are kept, by their key."""
    query = (
        select(delivery).outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
        .where(delivery.c.visit == visit, delivery.c.carer == carer, withdrawal.c.delivery_id.is_(None)).order_by(delivery.c.key)
    )
    return list(connection.execute(query))


def priced_otherwise(connection: Connection, rate_code: str, first: str, last: str) -> list[Row[Any]]:
    """Deliveries that stand with a charge at this rate for support on those days: delivery id, visit, carer, day, and the price charged."""
    query = (
        select(delivery.c.id, delivery.c.visit, delivery.c.carer, charge.c.support_on, charge.c.pounds).distinct()
        .join(charge, charge.c.delivery_id == delivery.c.id).outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
        .where(charge.c.rate_code == rate_code, charge.c.support_on.between(first, last), withdrawal.c.delivery_id.is_(None))
        .order_by(charge.c.support_on, delivery.c.id)
    )
    return list(connection.execute(query))


def charged_prices(connection: Connection, codes: Iterable[str]) -> list[Row[Any]]:
    """Every price that stands charged at some rates, by rate and day, and what its charges come to."""
    query = (
        select(charge.c.rate_code, charge.c.support_on, charge.c.pounds, func.sum(charge.c.pence).label("pence"))
        .outerjoin(withdrawal, withdrawal.c.delivery_id == charge.c.delivery_id)
        .where(withdrawal.c.delivery_id.is_(None), charge.c.rate_code.in_(list(codes)))
        .group_by(charge.c.rate_code, charge.c.support_on, charge.c.pounds)
    )
    return list(connection.execute(query))


def charged_days(connection: Connection, codes: Iterable[str], first: str, last: str) -> list[tuple[str, int]]:
    """The days on which something stands charged at some rates, each with the batch that charged it."""
    query = (
        select(charge.c.support_on, charge.c.batch_id).distinct().outerjoin(withdrawal, withdrawal.c.delivery_id == charge.c.delivery_id)
        .where(withdrawal.c.delivery_id.is_(None), charge.c.rate_code.in_(list(codes)), charge.c.support_on.between(first, last))
    )
    return [(row.support_on, row.batch_id) for row in connection.execute(query)]


def charged_on(connection: Connection, codes: Iterable[str], days: Sequence[str]) -> list[Row[Any]]:
    """What stands charged at some rates on some days, by delivery, day and batch: the visit, the carer and the pence of all its payers."""
    query: Any = (
        select(delivery.c.id.label("delivery_id"), delivery.c.visit, delivery.c.carer, charge.c.support_on, charge.c.batch_id,
               func.sum(charge.c.pence).label("pence"))
        .join(charge, charge.c.delivery_id == delivery.c.id).outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
        .where(withdrawal.c.delivery_id.is_(None), charge.c.rate_code.in_(list(codes)))
        .group_by(delivery.c.id, delivery.c.visit, delivery.c.carer, charge.c.support_on, charge.c.batch_id)
        .order_by(charge.c.support_on, delivery.c.id)
    )
    return [row for some in range(0, len(days), IDS_AT_ONCE)
            for row in connection.execute(query.where(charge.c.support_on.in_(days[some:some + IDS_AT_ONCE])))]


def charges_of(connection: Connection, delivery_ids: Sequence[int]) -> list[Row[Any]]:
    """The charges of deliveries: the key of the event behind each, its pence, and where it stands on an invoice, the invoice and the line."""
    return [row for ids in _some(delivery_ids) for row in connection.execute(_charges(ids))]


class Borne(NamedTuple):
    """A charge of a delivery: its fund, its payer, its day and its pence."""

    fund: str
    funder: str
    support_on: str
    pence: int


def borne_of(connection: Connection, delivery_ids: Sequence[int]) -> list[Borne]:
    """What deliveries are charged, to whom."""
    query = (select(fund.c.key, funder.c.reference, charge.c.support_on, charge.c.pence)
             .join(fund, fund.c.id == charge.c.fund_id).join(funder, funder.c.id == charge.c.funder_id))
    return [Borne(*row) for ids in _some(delivery_ids) for row in connection.execute(query.where(charge.c.delivery_id.in_(ids)))]


def borne_by_visit(connection: Connection, fund_key: str, payer: str, month: str, but: Sequence[int]) -> list[tuple[str, str, int]]:
    """(visit, carer, pence): what a payer is charged for each visit of a month in a fund that stands and was one person's alone; without
    these deliveries."""
    other = delivery.alias("other")
    query = (
        select(delivery.c.id, delivery.c.visit, delivery.c.carer, func.sum(charge.c.pence))
        .join(delivery, delivery.c.id == charge.c.delivery_id).join(fund, fund.c.id == charge.c.fund_id)
        .join(funder, funder.c.id == charge.c.funder_id).outerjoin(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
        .where(fund.c.key == fund_key, funder.c.reference == payer, charge.c.support_on.like(f"{month}-%"), charge.c.pence > 0,
               withdrawal.c.delivery_id.is_(None), delivery.c.person_id.is_not(None),
               ~exists().where(other.c.visit == delivery.c.visit, other.c.carer == delivery.c.carer, other.c.person_id != delivery.c.person_id))
        .group_by(delivery.c.id, delivery.c.visit, delivery.c.carer)
    )
    return [(visit, carer, int(pence)) for number, visit, carer, pence in connection.execute(query) if number not in set(but)]


def _charges(ids: Sequence[int]) -> Any:
    return (
        select(event.c.key, charge.c.delivery_id, charge.c.pence, charge.c.support_on, invoice_line.c.invoice_id, invoice_line.c.n,
               invoice.c.number, invoice_line.c.pence.label("invoiced_pence"))
        .join(event, event.c.id == charge.c.event_id).outerjoin(invoice_line, invoice_line.c.event_id == charge.c.event_id)
        .outerjoin(invoice, invoice.c.id == invoice_line.c.invoice_id)
        .where(charge.c.delivery_id.in_(ids)).order_by(charge.c.support_on, event.c.key)
    )


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[n:n + IDS_AT_ONCE] for n in range(0, len(ids), IDS_AT_ONCE))


class LineCredited(NamedTuple):
    """A line of an invoice that is credited: its number, the pence, and of an instalment the key of the origin that they come from."""

    n: int
    pence: int
    origin: str = ""


@dataclass(frozen=True)
class Credit:
    """A credit note that is to be issued: of which invoice, for which of its lines, and why."""

    invoice_id: int
    lines: tuple[LineCredited, ...]
    words: str

    @property
    def pence(self) -> int:
        return sum(each.pence for each in self.lines)


def add_credits(connection: Connection, credits: Iterable[Credit], issued_on: str, batch_id: int) -> list[tuple[int, Credit]]:
    """Write credit notes with the next numbers; each with its number."""
    first = next_id(connection, credit_note)
    before = connection.execute(select(func.coalesce(func.max(credit_note.c.number), 0))).scalar_one()
    numbered = list(enumerate(credits, start=int(before) + 1))
    origins = {key: one(connection, origin, key=key) for _, each in numbered for _, _, key in each.lines if key}
    bulk_insert(connection, credit_note, [
        (first + n, number, each.invoice_id, issued_on, each.pence, each.words, batch_id) for n, (number, each) in enumerate(numbered)])
    bulk_insert(connection, credit_line, [
        (first + n, at, each.invoice_id, line.n, line.pence, known.id if (known := origins.get(line.origin)) else None)
        for n, (_, each) in enumerate(numbered) for at, line in enumerate(each.lines, start=1)])
    return numbered


def replaced(connection: Connection, delivery_ids: Sequence[int]) -> list[Row[Any]]:
    """Of deliveries that stand in place of others: what was credited for the last of those that was billed, line by line, by the id of the new
    delivery, with the fund, the payer, the day, the pence and why."""
    new, old, other = delivery.alias("new"), delivery.alias("old"), delivery.alias("other")
    of_other, asked = charge.alias("of_other"), invoice_line.alias("asked")
    later = (
        select(other.c.id).join(of_other, of_other.c.delivery_id == other.c.id).join(asked, asked.c.event_id == of_other.c.event_id)
        .where(other.c.key == old.c.key, other.c.version > old.c.version, other.c.version < new.c.version).exists()
    )
    query: Any = (
        select(new.c.id.label("delivery_id"), fund.c.key.label("fund"), funder.c.reference.label("funder"), charge.c.support_on,
               credit_line.c.pence, credit_note.c.words)
        .select_from(new).join(old, (old.c.key == new.c.key) & (old.c.version < new.c.version)).join(charge, charge.c.delivery_id == old.c.id)
        .join(fund, fund.c.id == charge.c.fund_id).join(funder, funder.c.id == charge.c.funder_id)
        .join(invoice_line, invoice_line.c.event_id == charge.c.event_id)
        .join(credit_line, (credit_line.c.invoice_id == invoice_line.c.invoice_id) & (credit_line.c.invoice_n == invoice_line.c.n))
        .join(credit_note, credit_note.c.id == credit_line.c.credit_note_id).where(new.c.version > 1, ~later)
        .order_by(charge.c.support_on, new.c.id, credit_line.c.invoice_n)
    )
    return [row for ids in _some(delivery_ids) for row in connection.execute(query.where(new.c.id.in_(ids)))]


def credited_lines(connection: Connection, invoice_id: int) -> dict[int, tuple[str, bool]]:
    """Each credited line of an invoice for support: its day, and whether something stands in place of what it asked for."""
    newer, gone = delivery.alias("newer"), withdrawal.alias("gone")
    instead = (
        select(newer.c.id).outerjoin(gone, gone.c.delivery_id == newer.c.id)
        .where(newer.c.key == delivery.c.key, newer.c.version > delivery.c.version, gone.c.delivery_id.is_(None)).exists()
    )
    query = (
        select(invoice_line.c.n, charge.c.support_on, case((instead, 1), else_=0).label("instead")).select_from(invoice_line)
        .join(credit_line, (credit_line.c.invoice_id == invoice_line.c.invoice_id) & (credit_line.c.invoice_n == invoice_line.c.n))
        .join(charge, charge.c.event_id == invoice_line.c.event_id).join(delivery, delivery.c.id == charge.c.delivery_id)
        .where(invoice_line.c.invoice_id == invoice_id)
    )
    return {row.n: (row.support_on, bool(row.instead)) for row in connection.execute(query)}


def lines_of_invoice(connection: Connection, number: int) -> list[Row[Any]]:
    """Each line of an invoice: the visit and the carer that it is for (None of an instalment), what of it is credited, and the frozen record of the
    invoice."""
    off = credited_by_line()
    query = (
        select(invoice_line.c.n, delivery.c.visit, delivery.c.carer, off.c.pence.label("credited"), document.c.record)
        .join(invoice, invoice.c.id == invoice_line.c.invoice_id)
        .join(document, (document.c.invoice_id == invoice.c.id) & (document.c.kind == "invoice"))
        .outerjoin(charge, charge.c.event_id == invoice_line.c.event_id).outerjoin(delivery, delivery.c.id == charge.c.delivery_id)
        .outerjoin(off, of_line(off)).where(invoice.c.number == number).order_by(invoice_line.c.n)
    )
    return list(connection.execute(query))


def numbers_of(connection: Connection, invoice_ids: Sequence[int]) -> dict[int, int]:
    """The numbers of invoices, by their id."""
    return {row.id: row.number for ids in _some(invoice_ids) for row in connection.execute(
        select(invoice.c.id, invoice.c.number).where(invoice.c.id.in_(ids)))}


def frozen_invoices(connection: Connection, invoice_ids: Sequence[int]) -> dict[int, str]:
    """The frozen records of invoices, by their id."""
    return {row.invoice_id: row.record for ids in _some(invoice_ids) for row in connection.execute(
        select(document.c.invoice_id, document.c.record).where(document.c.invoice_id.in_(ids), document.c.kind == "invoice"))}


def notes(connection: Connection) -> list[Row[Any]]:
    """Every credit note, the latest first: its number, the invoice that it credits and who was asked, and its document."""
    query = (
        select(credit_note.c.number, credit_note.c.issued_on, credit_note.c.pence, credit_note.c.words, credit_note.c.batch_id,
               invoice.c.number.label("invoice"), funder.c.reference.label("funder"), document.c.id.label("document_id"),
               document.c.name, document.c.record)
        .join(invoice, invoice.c.id == credit_note.c.invoice_id).join(funder, funder.c.id == invoice.c.funder_id)
        .join(document, document.c.key == KEY + func.cast(credit_note.c.number, document.c.key.type)).order_by(credit_note.c.number.desc())
    )
    return list(connection.execute(query))


def credited(connection: Connection) -> dict[int, int]:
    """What of each invoice is credited, in pence, by its number."""
    query = (select(invoice.c.number, func.sum(credit_note.c.pence)).join(invoice, invoice.c.id == credit_note.c.invoice_id)
             .group_by(invoice.c.number))
    return {number: int(pence) for number, pence in connection.execute(query)}
