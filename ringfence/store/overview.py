"""What the first page tells, each as one query: what waits, what is not charged yet, and where the money stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from basics.periods import Month
from ringfence.store.deliveries import IN_CONFLICT
from ringfence.store.rows import latest
from ringfence.store.schema import account, balance, conflict, rate


def first_uncharged(connection: Connection, closed: Month | None) -> tuple[date, int] | None:
    """The first day after the closed months with support that is not charged, and how many rows of visits wait; those taken back do not."""
    query = text(
        "SELECT min(d.happened_on), count(*) FROM delivery d WHERE d.happened_on > :closed"
        " AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.delivery_id = d.id)"
        " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = d.id)")
    day, count = connection.execute(query, {"closed": closed.last.isoformat() if closed else ""}).one()
    return (date.fromisoformat(day), int(count)) if day else None


def funds_with(connection: Connection, role: str) -> int:
    """How many funds have something in an account of this role."""
    query = (select(func.count(account.c.fund_id.distinct())).join(balance, balance.c.account_id == account.c.id)
             .where(account.c.role == role, account.c.unit == "pence", balance.c.amount != 0))
    return int(connection.execute(query).scalar_one())


def rates_ending(connection: Connection, last: date) -> list[Row[Any]]:
    """Rates of which nothing follows after a day up to `last`, as they are last, the first to end first."""
    ends = {row.code: row for row in sorted(latest(connection, rate, ["code", "from_on"]), key=lambda row: row.to_on)}
    return sorted((row for row in ends.values() if row.to_on <= last.isoformat()), key=lambda row: (row.to_on, row.code))


def conflicts(connection: Connection) -> int:
    """How many visits came again with other content than what stands."""
    return int(connection.execute(select(func.count(conflict.c.id)).where(IN_CONFLICT)).scalar_one())
