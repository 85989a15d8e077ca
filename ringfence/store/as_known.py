"""Balances by the day on which things happened and by when we knew: two of the three dates of an entry."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection, func, select

from ringfence.store.schema import account, entry, fund, funder, role


def funds(connection: Connection) -> set[str]:
    return set(connection.execute(select(fund.c.key)).scalars())


def balances(connection: Connection, on: date, known_at: datetime, fund_key: str = "") -> list[tuple[str, str, str, str, int]]:
    """(fund, role, payer or nothing, unit, amount) of every account that is not at nil, by fund, unit and role: entries that happened by the
    end of `on` and were recorded by `known_at`. Amounts stand on the side where the role normally does."""
    found: dict[tuple[str, str, str, str], int] = {}
    known = known_at.astimezone(UTC).isoformat(timespec="seconds")
    for column, sign in ((entry.c.debit_account_id, 1), (entry.c.credit_account_id, -1)):
        query = (
            select(fund.c.key, account.c.role, func.coalesce(funder.c.reference, ""), account.c.unit, role.c.side, func.sum(entry.c.amount))
            .select_from(entry).join(account, account.c.id == column).join(fund, fund.c.id == account.c.fund_id)
            .join(role, (role.c.name == account.c.role) & (role.c.unit == account.c.unit)).outerjoin(funder, funder.c.id == account.c.funder_id)
            .where(entry.c.happened_on <= on.isoformat(), entry.c.recorded_at <= known)
            .group_by(fund.c.key, account.c.role, funder.c.reference, account.c.unit, role.c.side))
        for key, name, payer, unit, side, amount in connection.execute(query.where(fund.c.key == fund_key) if fund_key else query):
            of = (key, name, payer, unit)
            found[of] = found.get(of, 0) + sign * (1 if side == "debit" else -1) * int(amount)
    return sorted(((key, name, payer, unit, amount) for (key, name, payer, unit), amount in found.items() if amount),
                  key=lambda row: (row[0], row[3] != "pence", row[1], row[2]))
