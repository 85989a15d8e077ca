"""Every fund at once, for a list: whose it is, who pays, what its kept balances are, and what its last statement says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text

from basics.periods import Month
from ringfence.store.months import ISSUED
from ringfence.store.schema import month_lock


def every_fund(connection: Connection, fund_key: str | None = None) -> list[Row[Any]]:
    """Each fund, or one, with its kind, its contract, and the person as they are named now; nobody for a reserve and the provider's own."""
    query = text(
        "SELECT f.key, f.kind, p.reference AS person, d.name, d.known_as, c.reference AS contract FROM fund f"
        " LEFT JOIN person p ON p.id = f.person_id LEFT JOIN contract c ON c.id = f.contract_id"
        " LEFT JOIN person_detail d ON d.person_id = p.id"
        " AND d.version = (SELECT max(later.version) FROM person_detail later WHERE later.person_id = p.id)"
        + (" WHERE f.key = :fund" if fund_key is not None else "") + " ORDER BY f.key")
    return list(connection.execute(query, {"fund": fund_key} if fund_key is not None else {}))


def every_promise(connection: Connection, fund_key: str | None = None) -> list[Row[Any]]:
    """Who pays in each fund, or in one: the payer's name and kind, the share, how, the contract, the order number and the days."""
    query = text(
        "SELECT f.key AS fund, u.id AS payer_id, u.reference, u.kind, coalesce(pd.name, ud.name) AS name, g.share, g.how,"
        " c.reference AS contract, g.order_number, g.from_on, g.to_on"
        " FROM funding g JOIN fund f ON f.id = g.fund_id JOIN funder u ON u.id = g.funder_id"
        " LEFT JOIN contract c ON c.id = g.contract_id"
        " LEFT JOIN funder_detail ud ON ud.funder_id = u.id"
        " AND ud.version = (SELECT max(l.version) FROM funder_detail l WHERE l.funder_id = u.id)"
        " LEFT JOIN person_detail pd ON pd.person_id = u.person_id"
        " AND pd.version = (SELECT max(l.version) FROM person_detail l WHERE l.person_id = u.person_id)"
        " WHERE NOT EXISTS (SELECT 1 FROM funding l WHERE l.fund_id = g.fund_id AND l.funder_id = g.funder_id"
        " AND l.from_on = g.from_on AND l.version > g.version)" + (" AND f.key = :fund" if fund_key is not None else "") +
        " ORDER BY f.key, g.from_on, u.kind, u.reference")
    return list(connection.execute(query, {"fund": fund_key} if fund_key is not None else {}))


def kept_of_funds(connection: Connection, roles: Sequence[str], fund_key: str | None = None) -> dict[str, int]:
    """Debits less credits kept over accounts of these roles, in pence, by fund, or of one; a fund without such an account is left out."""
    query = text(
        "SELECT f.key, CAST(kept.pence AS bigint) FROM (SELECT a.fund_id, sum(b.amount) AS pence FROM balance b JOIN account a"
        " ON a.id = b.account_id WHERE a.unit = 'pence' AND a.role IN :roles"
        + (" AND a.fund_id = (SELECT id FROM fund WHERE key = :fund)" if fund_key is not None else "")
        + " GROUP BY a.fund_id) kept JOIN fund f ON f.id = kept.fund_id").bindparams(bindparam("roles", expanding=True))
    said = {"roles": list(roles)} | ({"fund": fund_key} if fund_key is not None else {})
    return {row[0]: row[1] for row in connection.execute(query, said)}


def last_issued(connection: Connection) -> Month | None:
    """The last month whose statements were issued; None before any."""
    found = connection.execute(select(func.max(month_lock.c.month)).where(month_lock.c.step == ISSUED)).scalar()
    return Month.parse(found) if found else None


def statements_say(connection: Connection, month: Month) -> dict[str, Row[Any]]:
    """What each fund's statement of a month prints, by fund: its status, what the provider carries, and the budget of the latest period.

    The database reads the frozen records, for all funds at once. The first of a statement's budgets is the month's: a statement with no
    other has None for all three.
    """
    query = _SAID_SQLITE if connection.dialect.name == "sqlite" else _SAID_POSTGRESQL
    return {row.fund: row for row in connection.execute(text(query), {"start": f"statement {month} "})}


_SAID_SQLITE = (
    "SELECT f.key AS fund, json_extract(d.record, '$.status') AS status, json_extract(d.record, '$.carried_pence') AS carried_pence,"
    " CASE WHEN json_array_length(d.record, '$.budgets') > 1 THEN json_extract(d.record, '$.budgets[#-1].budget_pence') END AS budget_pence,"
    " CASE WHEN json_array_length(d.record, '$.budgets') > 1 THEN json_extract(d.record, '$.budgets[#-1].used_pence') END AS used_pence,"
    " CASE WHEN json_array_length(d.record, '$.budgets') > 1 THEN json_extract(d.record, '$.budgets[#-1].left_pence') END AS left_pence"
    " FROM fund f JOIN document d ON d.key = :start || f.key AND d.fund_id = f.id")
_SAID_POSTGRESQL = (
    "SELECT s.fund, s.said ->> 'status' AS status, CAST(s.said ->> 'carried_pence' AS bigint) AS carried_pence,"
    " CAST(s.year ->> 'budget_pence' AS bigint) AS budget_pence, CAST(s.year ->> 'used_pence' AS bigint) AS used_pence,"
    " CAST(s.year ->> 'left_pence' AS bigint) AS left_pence"
    " FROM (SELECT t.fund, t.said, CASE WHEN json_array_length(t.said -> 'budgets') > 1 THEN t.said -> 'budgets' -> -1 END AS year"
    " FROM (SELECT f.key AS fund, CAST(d.record AS json) AS said FROM fund f"
    " JOIN document d ON d.key = CAST(:start AS text) || f.key AND d.fund_id = f.id) t) s")
