"""What the trustees' page reads, each as one query over accounts and contracts alone: no column that may hold a name."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, text

from basics.periods import Period


def moved(connection: Connection, role: str, unit: str, days: Period) -> int:
    """What came to the accounts of a role over some days, in pence or minutes, on the side where the role normally stands, by the days on
    which it happened."""
    query = text(
        "SELECT coalesce(sum(CASE WHEN (a.id = e.debit_account_id) = (r.side = 'debit') THEN e.amount ELSE -e.amount END), 0)"
        " FROM entry e JOIN account a ON a.id IN (e.debit_account_id, e.credit_account_id)"
        " JOIN role r ON r.name = a.role AND r.unit = a.unit"
        " WHERE a.role = :role AND a.unit = :unit AND e.happened_on BETWEEN :first AND :last")
    return int(connection.execute(query, {"role": role, "unit": unit, "first": days.first.isoformat(), "last": days.last.isoformat()}).scalar_one())


def contracts_ending(connection: Connection, on: date, last: date) -> tuple[int, int]:
    """How many contracts end from a day to another with nothing of the same funder after them, and what they come to in pence."""
    query = text(
        "SELECT count(*), coalesce(sum(c.pence), 0) FROM contract c WHERE c.last_on BETWEEN :first AND :last"
        " AND NOT EXISTS (SELECT 1 FROM contract n WHERE n.funder_id = c.funder_id AND n.last_on > c.last_on)")
    count, pence = connection.execute(query, {"first": on.isoformat(), "last": last.isoformat()}).one()
    return int(count), int(pence)
