"""What the first page tells, each as one query: what waits, what is not charged yet, and where the money stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select, text

from ringfence.store.schema import account, balance, charge, conflict, invoice, rate


def first_uncharged(connection: Connection) -> tuple[date, int] | None:
    """The first day with support since the last that was charged, and how many visits wait; those taken back do not."""
    query = text(
        "SELECT min(d.happened_on), count(DISTINCT d.visit) FROM delivery d WHERE NOT EXISTS (SELECT 1 FROM charge c WHERE c.delivery_id = d.id)"
        " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = d.id)"
        " AND d.happened_on > coalesce((SELECT max(support_on) FROM charge), '')")
    day, count = connection.execute(query).one()
    return (date.fromisoformat(day), int(count)) if day else None


def balance_of(connection: Connection, roles: Sequence[str]) -> int:
    """Debits less credits kept in all accounts of these roles, in pence."""
    query = (select(func.coalesce(func.sum(balance.c.amount), 0)).join(account, account.c.id == balance.c.account_id)
             .where(account.c.role.in_(roles), account.c.unit == "pence"))
    return int(connection.execute(query).scalar_one())


def funds_with(connection: Connection, role: str) -> int:
    """How many funds have something in an account of this role."""
    query = (select(func.count(account.c.fund_id.distinct())).join(balance, balance.c.account_id == account.c.id)
             .where(account.c.role == role, account.c.unit == "pence", balance.c.amount != 0))
    return int(connection.execute(query).scalar_one())


def charged_between(connection: Connection, first: date, last: date) -> int:
    """Pence of all support charged for these days."""
    query = select(func.coalesce(func.sum(charge.c.pence), 0)).where(charge.c.support_on.between(first.isoformat(), last.isoformat()))
    return int(connection.execute(query).scalar_one())


def invoiced_between(connection: Connection, first: date, last: date) -> tuple[int, int]:
    """How many invoices end in these days, and their pence."""
    query = (select(func.count(invoice.c.id), func.coalesce(func.sum(invoice.c.pence), 0))
             .where(invoice.c.to_on.between(first.isoformat(), last.isoformat())))
    count, pence = connection.execute(query).one()
    return int(count), int(pence)


def rates_ending(connection: Connection, last: date) -> list[tuple[str, date]]:
    """Rates of which nothing follows after a day up to `last`, the first to end first."""
    query = (select(rate.c.code, func.max(rate.c.to_on).label("ends")).group_by(rate.c.code)
             .having(func.max(rate.c.to_on) <= last.isoformat()).order_by("ends", rate.c.code))
    return [(code, date.fromisoformat(ends)) for code, ends in connection.execute(query)]


def conflicts(connection: Connection) -> int:
    """How many known visits came again with other content."""
    return int(connection.execute(select(func.count(conflict.c.id))).scalar_one())
