"""What the watch list reads of the books, each as one query over every fund that is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, text


@dataclass(frozen=True, slots=True)
class Flow:
    """Pence that moved between two roles of a fund in a month of the books, and whose promise it was about; where one payer took on what another
    never paid, `funder` did and `never_paid_by` is the other. What was put back is taken off where it first stood."""

    fund: str
    month: str
    roles: tuple[str, str]
    funder: str | None
    pence: int
    never_paid_by: str | None = None

    @property
    def credited(self) -> str | None:
        """Whose promise is less by it, where a promise is on the credit side."""
        return self.never_paid_by or self.funder


_FLOWS = (
    "SELECT f.key, {month} AS month, d.role, c.role, du.reference, cu.reference, e.reverses_id IS NOT NULL, sum(e.amount)"
    " FROM entry e JOIN fund f ON f.id = e.fund_id JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
    " LEFT JOIN funder du ON du.id = d.funder_id LEFT JOIN funder cu ON cu.id = c.funder_id"
    " WHERE e.unit = 'pence' AND e.posted_on <= :last AND {which} GROUP BY 1, 2, 3, 4, 5, 6, 7")


def flows_of_funds(connection: Connection, last: date) -> list[Flow]:
    """Everything posted up to a day in individual service funds, all months together."""
    query = text(_FLOWS.format(month="''", which="f.kind = 'isf'"))
    return _flows(connection.execute(query, {"last": last.isoformat()}))


def flows_by_month(connection: Connection, last: date, funds: Collection[str]) -> list[Flow]:
    """The same for some funds, month by month of the books."""
    if not funds:
        return []
    query = text(_FLOWS.format(month="substr(e.posted_on, 1, 7)", which="f.key IN :funds")).bindparams(bindparam("funds", expanding=True))
    return _flows(connection.execute(query, {"last": last.isoformat(), "funds": sorted(funds)}))


def promised_beside_instalments(connection: Connection, last: date) -> list[tuple[str, str, date, int]]:
    """What funders promised up to a day by no schedule: extras, and what was brought over at the start. The fund, funder, day and pence."""
    query = text(
        "SELECT f.key, u.reference, e.happened_on, sum(CASE WHEN d.role = 'due' THEN e.amount ELSE -e.amount END) FROM entry e"
        " JOIN origin o ON o.id = e.origin_id JOIN fund f ON f.id = e.fund_id JOIN account d ON d.id = e.debit_account_id"
        " JOIN account c ON c.id = e.credit_account_id JOIN funder u ON u.id = coalesce(d.funder_id, c.funder_id)"
        " WHERE o.kind IN ('extra', 'opening') AND e.unit = 'pence' AND 'available' IN (d.role, c.role) AND 'due' IN (d.role, c.role)"
        " AND e.posted_on <= :last GROUP BY f.key, u.reference, e.happened_on")
    return [(fund, funder, date.fromisoformat(day), int(pence)) for fund, funder, day, pence in connection.execute(query, {"last": last.isoformat()})]


def taken_on(connection: Connection, last: date) -> list[tuple[str, str, date, int]]:
    """What funders took on up to a day that another never paid, and stands. The fund, who took it on, the day and the pence."""
    query = text(
        "SELECT f.key, CASE WHEN e.reverses_id IS NULL THEN du.reference ELSE cu.reference END, coalesce(o.happened_on, e.happened_on),"
        " sum(CASE WHEN e.reverses_id IS NULL THEN e.amount ELSE -e.amount END) FROM entry e JOIN fund f ON f.id = e.fund_id"
        " JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
        " JOIN funder du ON du.id = d.funder_id JOIN funder cu ON cu.id = c.funder_id LEFT JOIN entry o ON o.id = e.reverses_id"
        " WHERE d.role = 'due' AND c.role = 'due' AND e.unit = 'pence' AND e.posted_on <= :last GROUP BY 1, 2, 3")
    rows = connection.execute(query, {"last": last.isoformat()})
    return [(fund, payer, date.fromisoformat(day), int(pence)) for fund, payer, day, pence in rows if pence]


def charged_by_payer(connection: Connection, last: date, funds: Collection[str]) -> dict[str, list[tuple[str, str | None, int]]]:
    """What stands charged to some funds for support up to a day: by month of the support, and the payer whom its line of the plan names (None
    where it names none)."""
    if not funds:
        return {}
    query = text(
        "SELECT f.key, substr(h.support_on, 1, 7), u.reference, sum(h.pence) FROM charge h JOIN fund f ON f.id = h.fund_id"
        " LEFT JOIN plan_line l ON l.id = h.plan_line_id LEFT JOIN funder u ON u.id = l.funder_id WHERE f.key IN :funds AND h.support_on <= :last"
        " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = h.delivery_id) GROUP BY 1, 2, 3"
    ).bindparams(bindparam("funds", expanding=True))
    found: dict[str, list[tuple[str, str | None, int]]] = {}
    for fund, month, payer, pence in connection.execute(query, {"last": last.isoformat(), "funds": sorted(funds)}):
        found.setdefault(fund, []).append((month, payer, int(pence)))
    return found


def _flows(rows: Iterable[Any]) -> list[Flow]:
    found = []
    for fund, month, debit, credit, debited, credited, put_back, pence in rows:
        if put_back:
            debit, credit, debited, credited, pence = credit, debit, credited, debited, -pence
        never_paid_by = credited if debited and credited else None
        found.append(Flow(fund, month, (debit, credit), debited or credited, int(pence), never_paid_by))
    return found
