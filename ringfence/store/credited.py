"""What is credited of each line of an invoice, and what a credit of an instalment must know of its line."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, cast, exists, func, select

from isf.accounts import OriginKind
from ringfence.store.schema import (
    Whole,
    contract,
    credit_line,
    credit_note,
    entry,
    event,
    fund,
    funder,
    invoice,
    invoice_line,
    origin,
    schedule_change,
    schedule_row,
)


def credited_by_line(by: date | None = None) -> Any:
    """What credit notes took off each line, in pence; those that were issued by the end of a day, where one is given."""
    query = select(credit_line.c.invoice_id, credit_line.c.invoice_n, cast(func.sum(credit_line.c.pence), Whole).label("pence"))
    if by is not None:
        query = query.join(credit_note, credit_note.c.id == credit_line.c.credit_note_id).where(credit_note.c.issued_on <= by.isoformat())
    return query.group_by(credit_line.c.invoice_id, credit_line.c.invoice_n).subquery()


def of_line(credited: Any) -> Any:
    """What joins that to the lines of invoices."""
    return (credited.c.invoice_id == invoice_line.c.invoice_id) & (credited.c.invoice_n == invoice_line.c.n)


def instalment_lines(connection: Connection, number: int) -> list[Row[Any]]:
    """Each line of an invoice that asked for an instalment: the fund, who pays, the days, its contract, what it asked for and what of that is
    credited."""
    off = credited_by_line()
    query = (
        select(invoice.c.id.label("invoice_id"), invoice.c.issued_on, invoice_line.c.n, invoice_line.c.pence, invoice_line.c.schedule_row_id,
               invoice_line.c.fund_id, invoice_line.c.funder_id,
               func.coalesce(off.c.pence, 0).label("credited"), fund.c.key.label("fund"), funder.c.reference.label("funder"),
               schedule_row.c.from_on, schedule_row.c.to_on, contract.c.reference.label("contract"), contract.c.first_on, contract.c.last_on)
        .join(invoice_line, invoice_line.c.invoice_id == invoice.c.id).join(fund, fund.c.id == invoice_line.c.fund_id)
        .join(funder, funder.c.id == invoice_line.c.funder_id).join(schedule_row, schedule_row.c.id == invoice_line.c.schedule_row_id)
        .join(contract, contract.c.id == schedule_row.c.contract_id).outerjoin(off, of_line(off))
        .where(invoice.c.number == number).order_by(invoice_line.c.n)
    )
    return list(connection.execute(query))


def moved_beside(connection: Connection, line: Row[Any]) -> bool:
    """Whether a later version of the split moved this part of an instalment between funds without changing the instalment: it was paid already, and
    what was too much went back to its payer by a line of the bank."""
    version = f"allocation {line.contract} version "
    changed = exists().where(
        schedule_change.c.batch_id == origin.c.batch_id, schedule_change.c.schedule_row_id == line.schedule_row_id,
        schedule_change.c.fund_id == line.fund_id, schedule_change.c.funder_id == line.funder_id)
    query = select(origin.c.id).where(
        origin.c.key.startswith(version, autoescape=True), origin.c.unit == "pence", origin.c.happened_on <= line.from_on, ~changed,
        exists().where(event.c.key == origin.c.key + f"|{line.fund}|{line.funder}"))
    return connection.execute(query).first() is not None


def instalments_of_invoice(connection: Connection, invoice_id: int) -> dict[int, tuple[str, str, int]]:
    """The lines of an invoice that asked for an instalment, by number: the days that each is for, and what is left of it once all credits are off."""
    off = credited_by_line()
    query = (
        select(invoice_line.c.n, schedule_row.c.from_on, schedule_row.c.to_on, (invoice_line.c.pence - func.coalesce(off.c.pence, 0)).label("left"))
        .join(schedule_row, schedule_row.c.id == invoice_line.c.schedule_row_id).outerjoin(off, of_line(off))
        .where(invoice_line.c.invoice_id == invoice_id)
    )
    return {row.n: (row.from_on, row.to_on, int(row.left)) for row in connection.execute(query)}


def entries_and_lines(connection: Connection) -> list[tuple[str, int, int]]:
    """What was posted as credited of an instalment and stands, and what credit notes took off for it, in pence, by the key of what it came from."""
    back, on_notes = entry.alias("back"), func.coalesce(credit_line.c.pence, 0)
    of_credits = select(origin.c.id).where(origin.c.kind == OriginKind.CREDIT)
    posted = (
        select(entry.c.origin_id, func.sum(entry.c.amount).label("pence")).outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(entry.c.origin_id.in_(of_credits), entry.c.reverses_id.is_(None), back.c.id.is_(None)).group_by(entry.c.origin_id).subquery()
    )
    query = (
        select(origin.c.key, func.coalesce(posted.c.pence, 0), on_notes).outerjoin(posted, posted.c.origin_id == origin.c.id)
        .outerjoin(credit_line, credit_line.c.origin_id == origin.c.id)
        .where((origin.c.kind == OriginKind.CREDIT) | credit_line.c.n.is_not(None)).order_by(origin.c.key)
    )
    return [(key, int(entries), int(lines)) for key, entries, lines in connection.execute(query)]
