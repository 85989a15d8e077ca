"""What the first page tells, each as one query: what waits, what is not charged yet, and where the money stands."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select, text

from basics.periods import Month
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


def rates_ending(connection: Connection, last: date) -> list[tuple[str, date]]:
    """Rates of which nothing follows after a day up to `last`, the first to end first."""
    query = (select(rate.c.code, func.max(rate.c.to_on).label("ends")).group_by(rate.c.code)
             .having(func.max(rate.c.to_on) <= last.isoformat()).order_by("ends", rate.c.code))
    return [(code, date.fromisoformat(ends)) for code, ends in connection.execute(query)]


def conflicts(connection: Connection) -> int:
    """How many known visits came again with other content."""
    return int(connection.execute(select(func.count(conflict.c.id))).scalar_one())
