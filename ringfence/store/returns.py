"""What returns and contract monitoring read of the books: every fund at once, by the day on which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved between two roles of a fund in one unit on some days, put together, by the kind of its origin (empty where it has none)."""

    fund: str
    unit: str
    roles: tuple[str, str]
    origin: str
    amount: int


def moved(connection: Connection, first: date, last: date) -> list[Moved]:
    """Everything that happened from a day to another, by fund, unit and roles, whenever it was posted."""
    query = text(
        "SELECT f.key, e.unit, d.role, c.role, coalesce(o.kind, '') AS origin, sum(e.amount) FROM entry e"
        " JOIN fund f ON f.id = e.fund_id LEFT JOIN origin o ON o.id = e.origin_id"
        " JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
        " WHERE e.happened_on BETWEEN :first AND :last GROUP BY 1, 2, 3, 4, 5")
    rows = connection.execute(query, {"first": first.isoformat(), "last": last.isoformat()})
    return [Moved(fund, unit, (debit, credit), origin, int(amount)) for fund, unit, debit, credit, origin, amount in rows]
