"""Overspend that extras paid for, in the ledger: what of it stands, and whether a fund was settled since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from isf.money_held import EventKind
from ringfence.store import ledger
from ringfence.store.schema import account, entry, event, fund

PAID = ("available", "borne")
"""The accounts between which an extra pays for overspend: the one that receives, and the one that gives."""
OVERSPEND = ", overspend"
"""What the name of an extra’s event has after it where only its payment for overspend is meant."""


def accounts_of_overspend(connection: Connection) -> set[int]:
    """The ids of the accounts of what the provider carries."""
    return set(connection.execute(select(account.c.id).where(account.c.role == PAID[1])).scalars())


def paid_by_extras(connection: Connection, fund_key: str) -> list[Row[Any]]:
    """What extras paid for overspend of a fund and was not put back, the latest first: as `ledger.of_event` tells entries, each under a name of
    its own, since its extra stands."""
    debit, credit, back = account.alias("debit"), account.alias("credit"), entry.alias("back")
    query = (
        select(entry, (event.c.key + OVERSPEND).label("event_key"), event.c.plan_line_id, fund.c.key.label("fund"),
               debit.c.role.label("debit_role"), credit.c.role.label("credit_role"), debit.c.funder_id.label("debit_funder"),
               credit.c.funder_id.label("credit_funder"))
        .join(event, event.c.id == entry.c.event_id).join(fund, fund.c.id == entry.c.fund_id)
        .join(debit, debit.c.id == entry.c.debit_account_id).join(credit, credit.c.id == entry.c.credit_account_id)
        .outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(fund.c.key == fund_key, debit.c.role == PAID[0], credit.c.role == PAID[1], entry.c.reverses_id.is_(None), back.c.id.is_(None))
        .order_by(entry.c.id.desc())
    )
    return list(connection.execute(query))


def paid_again_by(connection: Connection, extra_key: str) -> Iterator[Row[Any]]:
    """The entries by which an extra pays, since support was taken back, for other overspend."""
    keys = select(event.c.key).where(event.c.key.startswith(f"{extra_key}{OVERSPEND} ", autoescape=True)).order_by(event.c.id)
    for key in connection.execute(keys).scalars():
        yield from ledger.of_event(connection, key)


def is_settled_since(connection: Connection, fund_id: int, entry_id: int) -> bool:
    """Whether a settlement of the fund was posted after this entry."""
    query = (select(entry.c.id).join(event, event.c.id == entry.c.event_id)
             .where(entry.c.fund_id == fund_id, event.c.kind == EventKind.ENDING, entry.c.id > entry_id))
    return connection.execute(query.limit(1)).first() is not None
