"""Money at a day, for a reconciliation: what each fund holds and owes by the day on which it happened, and the bank lines of nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, text

from isf.accounts import OriginKind
from isf.reconciliation import FundCash, in_order
from ringfence.store.bank_lines import PEOPLE, line_of
from ringfence.store.schema import account, batch, entry, fund, origin

ROLES = {"held": 1, "with_provider": 1, "owed_provider": -1, "borne": 1}
"""The roles that a reconciliation reads, with the sign of the side where each stands."""


def cash_at(connection: Connection, on: date) -> tuple[FundCash, ...]:
    """Every fund’s money at the end of a day, as it is known now: whatever happened by then, whenever it was posted."""
    found: dict[tuple[str, str], int] = {}
    for column, sign in ((entry.c.debit_account_id, 1), (entry.c.credit_account_id, -1)):
        query = (
            select(fund.c.key, account.c.role, func.sum(entry.c.amount)).join(account, account.c.id == column)
            .join(fund, fund.c.id == entry.c.fund_id)
            .where(entry.c.happened_on <= on.isoformat(), entry.c.unit == "pence", account.c.role.in_(list(ROLES)))
            .group_by(fund.c.key, account.c.role))
        for key, role, pence in connection.execute(query):
            found[key, role] = found.get((key, role), 0) + sign * ROLES[role] * int(pence)
    return in_order([FundCash(key, *(found.get((key, role), 0) for role in ("held", "owed_provider", "borne", "with_provider")))
                     for key in {key for key, _ in found}])


@dataclass(frozen=True)
class Nobodys:
    """What of a bank line of the people’s account is no fund’s: how much, below nil where it went out, and why, where somebody said."""

    line: str
    happened_on: date
    words: str
    pence: int
    explained: str


def nobodys_lines(connection: Connection, on: date) -> tuple[Nobodys, ...]:
    """The lines up to a day that are not placed in whole, explained or not, in the order of their days."""
    query = text(
        "SELECT o.key, o.kind, o.words, o.happened_on, o.amount - o.placed AS pence, coalesce(e.words, '') AS explained"
        " FROM origin o LEFT JOIN explanation e ON e.origin_id = o.id"
        " WHERE o.kind LIKE 'bank%' AND o.placed < o.amount AND o.happened_on <= :last ORDER BY o.happened_on, o.key")
    rows = connection.execute(query, {"last": on.isoformat()}).all()
    of_people = set(_of_people(connection)) if rows else set()
    return tuple(
        Nobodys(line, date.fromisoformat(row.happened_on), row.words, -row.pence if row.kind == OriginKind.BANK_OUT else row.pence, row.explained)
        for row in rows if (line := line_of(row.key)) in of_people)


def _of_people(connection: Connection) -> Iterator[str]:
    """The bank lines that went through the account that holds people’s money, as the files that brought them say."""
    query = select(batch.c.body).where(batch.c.kind == "apply", batch.c.id.in_(select(origin.c.batch_id).where(origin.c.kind.startswith("bank"))))
    for body in connection.execute(query).scalars():
        yield from (each["line"] for each in json.loads(body).get("bank_lines", ()) if each["account"] == PEOPLE)
