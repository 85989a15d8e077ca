"""What the trustees' page reads, each as one query over accounts and contracts alone: no column that may hold a name."""

from __future__ import annotations

from dataclasses import dataclass
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


def hours_agreed_and_given(connection: Connection, days: Period) -> tuple[int, int, int]:
    """The minutes that were agreed over some days by contracts and extras, those given in the same funds, and how many funds these are. Time given
    beyond what was agreed is given, and not agreed; what was put back counts neither way."""
    query = text(
        "SELECT e.fund_id, sum(CASE WHEN d.role = 'agreed' AND c.role = 'available' THEN e.amount"
        " WHEN d.role = 'available' AND c.role = 'agreed' THEN -e.amount ELSE 0 END) AS agreed,"
        " sum(CASE WHEN c.role = 'delivered' THEN e.amount WHEN d.role = 'delivered' THEN -e.amount ELSE 0 END) AS given"
        " FROM entry e JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
        " WHERE e.unit = 'minutes' AND e.happened_on BETWEEN :first AND :last GROUP BY e.fund_id")
    rows = connection.execute(query, {"first": days.first.isoformat(), "last": days.last.isoformat()})
    found = [(int(row.agreed), int(row.given)) for row in rows if row.agreed > 0]
    return sum(agreed for agreed, _ in found), sum(given for _, given in found), len(found)


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of an instalment as it stands: a fund and who pays into it, by which day, and the number of the invoice that asked for it by then."""

    pair: tuple[str, str]
    due_on: date
    pence: int
    invoice: int | None


def instalments(connection: Connection, on: date) -> list[Instalment]:
    """Every part of an instalment that is ours to ask for, of the contracts that had begun by a day, less what was credited by then."""
    query = text(
        "SELECT f.key, u.reference, r.due_on, s.pence - coalesce((SELECT sum(k.pence) FROM credit_line k"
        " JOIN credit_note n ON n.id = k.credit_note_id WHERE k.invoice_id = l.invoice_id AND k.invoice_n = l.n AND n.issued_on <= :on), 0), i.number"
        " FROM schedule_standing s JOIN schedule_row r ON r.id = s.schedule_row_id"
        " JOIN contract c ON c.id = r.contract_id JOIN fund f ON f.id = s.fund_id JOIN funder u ON u.id = s.funder_id"
        " LEFT JOIN invoice_line l ON l.schedule_row_id = r.id AND l.fund_id = f.id AND l.funder_id = u.id"
        " LEFT JOIN invoice i ON i.id = l.invoice_id AND i.issued_on <= :on"
        " WHERE s.pence > 0 AND r.invoice_on >= c.live_from AND c.first_on <= :on")
    return [Instalment((fund, payer), date.fromisoformat(due_on), int(pence), number)
            for fund, payer, due_on, pence, number in connection.execute(query, {"on": on.isoformat()})]
