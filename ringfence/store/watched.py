"""What the watch list reads of the books, each as one query over every fund that is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, text


@dataclass(frozen=True, slots=True)
class Flow:
    """Pence that moved between two roles of a fund in a month of the books, and whose promise it was about. What was put back is taken off
    where it first stood."""

    fund: str
    month: str
    roles: tuple[str, str]
    funder: str | None
    pence: int


_FLOWS = (
    "SELECT f.key, {month} AS month, d.role, c.role, coalesce(du.reference, cu.reference), e.reverses_id IS NOT NULL, sum(e.amount)"
    " FROM entry e JOIN fund f ON f.id = e.fund_id JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
    " LEFT JOIN funder du ON du.id = d.funder_id LEFT JOIN funder cu ON cu.id = c.funder_id"
    " WHERE e.unit = 'pence' AND e.posted_on <= :last AND {which} GROUP BY 1, 2, 3, 4, 5, 6")


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
    for fund, month, debit, credit, funder, put_back, pence in rows:
        found.append(Flow(fund, month, (credit, debit), funder, -int(pence)) if put_back else Flow(fund, month, (debit, credit), funder, int(pence)))
    return found
