"""Bank lines as they are kept: what is placed of each, what is not, and which account each went through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, literal, select, text

from isf.accounts import OriginKind
from ringfence.store.credited import credited_by_line, of_line
from ringfence.store.ledger import PUT_BACK
from ringfence.store.nameless import is_nameless, readable
from ringfence.store.schema import (
    approval,
    batch,
    contract,
    entry,
    event,
    fund,
    funder,
    invoice,
    invoice_line,
    origin,
    part,
    schedule_row,
)

BANK = "bank "
PEOPLE = "people"
"""The account that holds people’s money."""


@dataclass(frozen=True)
class KeptLine:
    """A line of the bank: `pence` are below nil where it went out; `left_pence` are what is neither placed nor explained of it, above nil."""

    reference: str
    kind: OriginKind
    on: date
    words: str
    pence: int
    left_pence: int
    account: str
    is_draw: bool


@dataclass(frozen=True)
class Placed:
    """A part of a line that stands: whose, from or to whom, what for and what about, under the name of its event."""

    line: str
    event: str
    fund: str
    funder: str
    what_for: str
    pence: int
    on: date
    recorded_at: str
    words: str


def line_of(origin_key: str) -> str:
    """The reference of a line by the key of its origin, also of what was put back of it."""
    return origin_key.removeprefix(BANK).partition(PUT_BACK)[0]


def kept_lines(connection: Connection) -> list[KeptLine]:
    """Every line, in the order of their days; the money that was put back of a line counts as left of it."""
    query = text(
        "SELECT o.key, o.kind, o.words, o.happened_on, o.amount, o.amount - o.placed AS left_over, e.words AS explained FROM origin o"
        " LEFT JOIN explanation e ON e.origin_id = o.id WHERE o.kind LIKE 'bank%' ORDER BY o.happened_on, o.id")
    accounts = {line: (account, is_draw) for line, account, is_draw in _said(connection)}
    lines: dict[str, KeptLine] = {}
    for row in connection.execute(query):
        reference, put_back, _ = row.key.removeprefix(BANK).partition(PUT_BACK)
        left = 0 if row.explained is not None else int(row.left_over)
        if put_back:
            before = lines[reference]
            lines[reference] = replace(before, left_pence=before.left_pence + left)
            continue
        kind = OriginKind(row.kind)
        account, is_draw = accounts.get(reference, (PEOPLE, False))
        lines[reference] = KeptLine(reference, kind, date.fromisoformat(row.happened_on), row.words,
                                    -int(row.amount) if kind is OriginKind.BANK_OUT else int(row.amount), left, account, is_draw)
    return list(lines.values())


@dataclass(frozen=True)
class Said:
    """What a line was said to pay as a whole: invoices by their numbers, or an instalment (contract, n)."""

    invoices: tuple[int, ...]
    instalment: tuple[str, int] | None


def said_to_pay(connection: Connection) -> Mapping[str, Said]:
    """What lines were said to pay as a whole, by their reference; the latest file counts."""
    items = (item for body in _bodies(connection) for item in body.get("bank_lines", ()))
    return {item["line"]: Said(tuple(item.get("invoices", ())), (each["contract"], each["n"]) if (each := item.get("instalment")) else None)
            for item in items if item.get("invoices") or item.get("instalment")}


def invoice_of_instalment(connection: Connection) -> dict[tuple[str, int, str], int]:
    """The number of the invoice on which an instalment stands, by contract, n and payer."""
    query = (
        select(contract.c.reference, schedule_row.c.n, funder.c.reference.label("funder"), func.min(invoice.c.number))
        .join(schedule_row, schedule_row.c.contract_id == contract.c.id).join(invoice_line, invoice_line.c.schedule_row_id == schedule_row.c.id)
        .join(invoice, invoice.c.id == invoice_line.c.invoice_id).join(funder, funder.c.id == invoice_line.c.funder_id)
        .group_by(contract.c.reference, schedule_row.c.n, funder.c.reference)
    )
    return {(row[0], row[1], row[2]): int(row[3]) for row in connection.execute(query)}


def placed(connection: Connection) -> list[Placed]:
    """Every part of every line that is posted and not put back, in the order in which it was posted; without words where no name may be read."""
    back, said = entry.alias("back"), literal("") if is_nameless(connection) else event.c.words
    query = (
        select(origin.c.key.label("line"), event.c.key, func.sum(entry.c.amount).label("pence"), origin.c.happened_on,
               func.min(entry.c.recorded_at).label("recorded_at"), said.label("words"))
        .join(origin, origin.c.id == entry.c.origin_id).join(event, event.c.id == entry.c.event_id)
        .outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(origin.c.kind.startswith("bank"), entry.c.reverses_id.is_(None), back.c.id.is_(None))
        .group_by(origin.c.key, event.c.key, origin.c.happened_on, said).order_by(func.min(entry.c.id))
    )
    return [_placed(row) for row in connection.execute(query)]


def asked_by_invoice(connection: Connection) -> list[Row[Any]]:
    """What every invoice asks for, by fund and payer, without what is credited, and with its day to be paid by."""
    off = credited_by_line()
    left = invoice_line.c.pence - func.coalesce(off.c.pence, 0)
    query = (
        select(invoice.c.number, invoice.c.due_on, fund.c.key.label("fund"), funder.c.reference.label("funder"),
               func.sum(left).label("pence"))
        .join(invoice_line, invoice_line.c.invoice_id == invoice.c.id).join(fund, fund.c.id == invoice_line.c.fund_id)
        .join(funder, funder.c.id == invoice_line.c.funder_id).outerjoin(off, of_line(off))
        .where(off.c.pence.is_(None) | (left > 0))
        .group_by(invoice.c.number, invoice.c.due_on, fund.c.key, funder.c.reference).order_by(invoice.c.number, fund.c.key)
    )
    return list(connection.execute(query))


def _placed(row: Any) -> Placed:
    """A draw's event names its fund and nothing else."""
    rest = str(row.key).partition("|")[2]
    fund_key, funder_key, what_for = [*rest.split("|", 2), "", ""][:3]
    return Placed(line_of(row.line), row.key, fund_key, funder_key, what_for, int(row.pence),
                  date.fromisoformat(row.happened_on), row.recorded_at, row.words)


def _said(connection: Connection) -> Iterator[tuple[str, str, bool]]:
    for body in _bodies(connection):
        yield from ((item["line"], item["account"], False) for item in body.get("bank_lines", ()))
        yield from ((item["line"], PEOPLE, True) for item in body.get("draws", ()))


def waiting(connection: Connection) -> frozenset[str]:
    """The lines that a file names which was prepared and is not approved."""
    query = select(batch.c.body).outerjoin(approval, approval.c.batch_id == batch.c.id).where(batch.c.kind == "apply", approval.c.batch_id.is_(None))
    return frozenset(item["line"] for body in map(json.loads, connection.execute(query).scalars()) for item in body.get("bank_lines", ()))


def _bodies(connection: Connection) -> Iterator[dict[str, Any]]:
    """What the approved files said that brought bank lines or parts of them, in their order."""
    lines = select(origin.c.batch_id).where(origin.c.kind.startswith("bank"))
    parts = select(part.c.batch_id).join(origin, origin.c.id == part.c.origin_id).where(origin.c.kind.startswith("bank"))
    told = readable(connection, batch)
    query = (select(told.c.body).join(approval, approval.c.batch_id == told.c.id)
             .where(told.c.kind == "apply", told.c.id.in_(lines.union(parts))).order_by(told.c.id))
    yield from map(json.loads, connection.execute(query).scalars())
