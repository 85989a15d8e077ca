"""What payers were asked for and what the ledger says is due from them, as on a day; and what of it was written off or never paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select, union_all

from isf.accounts import OriginKind
from ringfence.store.credited import credited_by_line, of_line
from ringfence.store.schema import (
    account,
    balance,
    credit_line,
    credit_note,
    entry,
    event,
    fund,
    funder,
    invoice,
    invoice_line,
    origin,
)

Pair = tuple[str, str]
"""A fund and who pays into it."""
WRITTEN_OFF = "written off "
"""What the key of such an event begins with; the reference, the number of the invoice, the fund and the payer follow."""


@dataclass(frozen=True)
class Covered:
    """A part of what was due that will not come: written off of an invoice (its number), or never paid (None)."""

    number: int | None
    pair: Pair
    pence: int
    on: date


def asked(connection: Connection, on: date) -> list[Row[Any]]:
    """Every invoice that was issued by a day, by fund and payer: what it asked for, and what of it was credited by that day."""
    off = credited_by_line(on)
    query = (
        select(invoice.c.number, invoice.c.issued_on, invoice.c.due_on, fund.c.key.label("fund"), funder.c.reference.label("funder"),
               func.sum(invoice_line.c.pence).label("pence"), func.sum(func.coalesce(off.c.pence, 0)).label("credited"))
        .join(invoice_line, invoice_line.c.invoice_id == invoice.c.id).join(fund, fund.c.id == invoice_line.c.fund_id)
        .join(funder, funder.c.id == invoice_line.c.funder_id).outerjoin(off, of_line(off)).where(invoice.c.issued_on <= on.isoformat())
        .group_by(invoice.c.number, invoice.c.issued_on, invoice.c.due_on, fund.c.key, funder.c.reference)
        .order_by(invoice.c.due_on, invoice.c.number, fund.c.key)
    )
    return list(connection.execute(query))


def last_issued_on(connection: Connection) -> date | None:
    """The latest day on which an invoice was issued; None before the first."""
    last = connection.execute(select(func.max(invoice.c.issued_on))).scalar_one()
    return date.fromisoformat(last) if last else None


def due(connection: Connection, on: date) -> dict[Pair, int]:
    """What the ledger says is due from each payer to each fund on a day, in pence: everything that happened by then. A charge that was put back
    counts until its credit note."""
    kept = (
        select(fund.c.key, funder.c.reference, balance.c.amount).join(account, account.c.id == balance.c.account_id)
        .join(fund, fund.c.id == account.c.fund_id).join(funder, funder.c.id == account.c.funder_id).where(account.c.role == "due")
    )
    found = defaultdict(int, {(row[0], row[1]): int(row[2]) for row in connection.execute(kept)})
    for pair, pence in _after(connection, on).items():
        found[pair] -= pence
    for pair, pence in _credited_later(connection, on).items():
        found[pair] += pence
    return found


def _after(connection: Connection, on: date) -> Mapping[Pair, int]:
    """What happened after a day, which its balances hold by now. Nothing is posted before it happened, and the funds are named: so the index of
    funds and days leads to few entries."""
    sides = union_all(*(
        select(account.c.fund_id, account.c.funder_id, (sign * entry.c.amount).label("pence")).join(account, account.c.id == side)
        .where(entry.c.fund_id.in_(select(fund.c.id)), entry.c.posted_on > on.isoformat(), account.c.role == "due",
               entry.c.happened_on > on.isoformat())
        for side, sign in ((entry.c.debit_account_id, 1), (entry.c.credit_account_id, -1)))).subquery()
    query = (
        select(fund.c.key, funder.c.reference, func.sum(sides.c.pence)).join(fund, fund.c.id == sides.c.fund_id)
        .join(funder, funder.c.id == sides.c.funder_id).group_by(fund.c.key, funder.c.reference)
    )
    return {(row[0], row[1]): int(row[2]) for row in connection.execute(query)}


def _credited_later(connection: Connection, on: date) -> Mapping[Pair, int]:
    """Lines of invoices of that day that were credited after it: their charges were put back on the day of the support, and promises lowered on the
    day that somebody asked for it."""
    query = (
        select(fund.c.key, funder.c.reference, func.sum(credit_line.c.pence))
        .join(credit_note, credit_note.c.id == credit_line.c.credit_note_id)
        .join(invoice_line, (invoice_line.c.invoice_id == credit_line.c.invoice_id) & (invoice_line.c.n == credit_line.c.invoice_n))
        .join(invoice, invoice.c.id == invoice_line.c.invoice_id).join(fund, fund.c.id == invoice_line.c.fund_id)
        .join(funder, funder.c.id == invoice_line.c.funder_id).outerjoin(origin, origin.c.id == credit_line.c.origin_id)
        .where(credit_note.c.issued_on > on.isoformat(), invoice.c.issued_on <= on.isoformat(),
               origin.c.id.is_(None) | (origin.c.happened_on <= on.isoformat())).group_by(fund.c.key, funder.c.reference)
    )
    return {(row[0], row[1]): int(row[2]) for row in connection.execute(query)}


def covered(connection: Connection, on: date) -> list[Covered]:
    """What of what was due will not come, by a day: standing entries for what was never paid or was written off."""
    back = entry.alias("back")
    query = (
        select(event.c.key, fund.c.key.label("fund"), funder.c.reference.label("funder"), entry.c.amount, entry.c.happened_on)
        .join(event, event.c.id == entry.c.event_id).join(account, account.c.id == entry.c.credit_account_id)
        .join(fund, fund.c.id == account.c.fund_id).join(funder, funder.c.id == account.c.funder_id)
        .outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(account.c.role == "due", event.c.kind == "never paid", entry.c.reverses_id.is_(None), back.c.id.is_(None),
               entry.c.happened_on <= on.isoformat()).order_by(entry.c.id)
    )
    return [Covered(_number(row.key), (row.fund, row.funder), int(row.amount), date.fromisoformat(row.happened_on))
            for row in connection.execute(query)]


def written_off_key(reference: str, number: int, pair: Pair) -> str:
    return "|".join([f"{WRITTEN_OFF}{reference}", str(number), *pair])


def _number(key: str) -> int | None:
    return int(key.split("|")[1]) if key.startswith(WRITTEN_OFF) else None


def promised(connection: Connection) -> dict[Pair, int]:
    """What the ledger says is due besides what stands on an invoice by a charge of its own, what the bank brought, what will not come, and what is
    credited of an instalment."""
    reversed_entry, original = entry.alias("reversed_entry"), event.alias("original")
    found: dict[Pair, int] = defaultdict(int)
    for side, sign in ((entry.c.debit_account_id, 1), (entry.c.credit_account_id, -1)):
        query = (
            select(fund.c.key, funder.c.reference, func.sum(entry.c.amount)).join(account, account.c.id == side)
            .join(fund, fund.c.id == account.c.fund_id).join(funder, funder.c.id == account.c.funder_id)
            .outerjoin(reversed_entry, reversed_entry.c.id == entry.c.reverses_id)
            .join(original, original.c.id == func.coalesce(reversed_entry.c.event_id, entry.c.event_id))
            .outerjoin(origin, origin.c.id == entry.c.origin_id).outerjoin(invoice_line, invoice_line.c.event_id == original.c.id)
            .where(account.c.role == "due", invoice_line.c.invoice_id.is_(None),
                   origin.c.id.is_(None) | ~(origin.c.kind.startswith("bank") | (origin.c.kind == OriginKind.CREDIT)),
                   (original.c.kind != "never paid") | (entry.c.reverses_id.is_(None) if sign > 0 else entry.c.reverses_id.is_not(None)))
            .group_by(fund.c.key, funder.c.reference)
        )
        for key, payer, pence in connection.execute(query):
            found[key, payer] += sign * int(pence)
    return found


def scheduled(connection: Connection) -> dict[Pair, int]:
    """What instalments stand on invoices for."""
    query = (
        select(fund.c.key, funder.c.reference, func.sum(invoice_line.c.pence)).join(fund, fund.c.id == invoice_line.c.fund_id)
        .join(funder, funder.c.id == invoice_line.c.funder_id).where(invoice_line.c.schedule_row_id.is_not(None))
        .group_by(fund.c.key, funder.c.reference)
    )
    return {(row[0], row[1]): int(row[2]) for row in connection.execute(query)}
