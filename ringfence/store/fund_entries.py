"""One fund's entries as a bank statement shows them: each with the balance after it, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, text


@dataclass(frozen=True)
class Measured:
    """A balance to run: over the accounts of these `roles` in one unit; `credit` where it grows by what they give.

    `past_agreed`: time given beyond what was agreed, which no account of what is left can show, counts as less left.
    """

    unit: str
    roles: tuple[str, ...]
    credit: bool = False
    past_agreed: bool = False


@dataclass(frozen=True)
class Days:
    """Days of the books, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Totals:
    """How many entries of some days change a balance, and the balance before the first and after the last of them."""

    count: int
    opening: int
    closing: int


_RUNNING = (
    "WITH moved AS (SELECT e.id, e.posted_on, e.amount * :sign *"
    " ((CASE WHEN d.role IN :roles THEN 1 ELSE 0 END) - (CASE WHEN c.role IN :roles THEN 1 ELSE 0 END))"
    " - CASE WHEN d.role = :agreed AND c.role = 'delivered' THEN e.amount"
    " WHEN d.role = 'delivered' AND c.role = :agreed THEN -e.amount ELSE 0 END AS effect"
    " FROM entry e JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
    " WHERE e.fund_id = (SELECT id FROM fund WHERE key = :fund) AND e.unit = :unit),"
    " running AS (SELECT id, posted_on, effect, sum(effect) OVER (ORDER BY posted_on, id) AS balance,"
    " row_number() OVER (ORDER BY posted_on, id) AS n FROM moved WHERE effect <> 0)"
)
_ROLES: BindParameter[str] = bindparam("roles", expanding=True)

_PAGE = text(
    _RUNNING + " SELECT r.n, r.effect, r.balance, e.happened_on, e.posted_on, v.kind, v.words, l.words AS line, o.kind AS origin_kind,"
    " o.words AS origin, d.role AS debit_role, c.role AS credit_role, coalesce(du.id, cu.id) AS payer_id, h.minutes, h.times, y.carer,"
    " y.outcome, w.reference AS house, back.posted_on AS puts_back, first_n.n AS puts_back_n, later.posted_on AS put_back_on"
    " FROM running r JOIN entry e ON e.id = r.id JOIN event v ON v.id = e.event_id"
    " JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
    " LEFT JOIN funder du ON du.id = d.funder_id LEFT JOIN funder cu ON cu.id = c.funder_id"
    " LEFT JOIN plan_line l ON l.id = v.plan_line_id LEFT JOIN origin o ON o.id = e.origin_id"
    " LEFT JOIN entry back ON back.id = e.reverses_id LEFT JOIN running first_n ON first_n.id = e.reverses_id"
    " LEFT JOIN entry later ON later.reverses_id = e.id"
    " LEFT JOIN charge h ON h.event_id = coalesce(back.event_id, e.event_id) LEFT JOIN delivery y ON y.id = h.delivery_id"
    " LEFT JOIN house w ON w.id = y.house_id"
    " WHERE r.posted_on BETWEEN :first AND :last ORDER BY r.n LIMIT :size OFFSET :skip").bindparams(_ROLES)

_TOTALS = text(
    _RUNNING + " SELECT count(CASE WHEN posted_on BETWEEN :first AND :last THEN 1 END),"
    " coalesce(sum(CASE WHEN posted_on < :first THEN effect END), 0), coalesce(sum(CASE WHEN posted_on <= :last THEN effect END), 0)"
    " FROM running").bindparams(_ROLES)


def every_entry(connection: Connection, fund_key: str, days: Days) -> list[Row[Any]]:
    """Every entry of these days of the books, in pence and in minutes, with the name of its event: what a correction asks for."""
    query = text(
        "SELECT e.unit, e.amount, e.happened_on, e.posted_on, v.key AS event_key, v.kind, v.words, l.words AS line, o.kind AS origin_kind,"
        " o.words AS origin, d.role AS debit_role, c.role AS credit_role, h.minutes, h.times, y.outcome, later.posted_on AS put_back_on"
        " FROM entry e JOIN fund f ON f.id = e.fund_id JOIN event v ON v.id = e.event_id"
        " JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
        " LEFT JOIN plan_line l ON l.id = v.plan_line_id LEFT JOIN origin o ON o.id = e.origin_id"
        " LEFT JOIN entry back ON back.id = e.reverses_id LEFT JOIN entry later ON later.reverses_id = e.id"
        " LEFT JOIN charge h ON h.event_id = coalesce(back.event_id, e.event_id) LEFT JOIN delivery y ON y.id = h.delivery_id"
        " WHERE f.key = :fund AND e.posted_on BETWEEN :first AND :last ORDER BY e.posted_on, e.id")
    return list(connection.execute(query, {"fund": fund_key, "first": days.first.isoformat(), "last": days.last.isoformat()}))


def totals(connection: Connection, fund_key: str, measured: Measured, days: Days) -> Totals:
    """The balance before and after some days, and how many entries lie between."""
    count, opening, closing = connection.execute(_TOTALS, _asked(fund_key, measured, days)).one()
    return Totals(int(count), int(opening), int(closing))


def a_page(connection: Connection, fund_key: str, measured: Measured, days: Days, *, size: int, skip: int) -> list[Row[Any]]:
    """Entries that change the balance, in the order of the books, each with its `effect`, the `balance` after it and its number `n`."""
    return list(connection.execute(_PAGE, _asked(fund_key, measured, days) | {"size": size, "skip": skip}))


def accounts_of(connection: Connection, fund_key: str) -> set[tuple[str, str]]:
    """The (unit, role) of every account that the fund has."""
    query = text("SELECT a.unit, a.role FROM account a JOIN fund f ON f.id = a.fund_id WHERE f.key = :fund")
    return {(unit, role) for unit, role in connection.execute(query, {"fund": fund_key})}


def days_of_books(connection: Connection, fund_key: str) -> Days | None:
    """The first and the last day of the books on which something stands in the fund; None for a fund without entries."""
    query = text("SELECT min(e.posted_on), max(e.posted_on) FROM entry e JOIN fund f ON f.id = e.fund_id WHERE f.key = :fund")
    first, last = connection.execute(query, {"fund": fund_key}).one()
    return Days(date.fromisoformat(first), date.fromisoformat(last)) if first else None


def statements_of(connection: Connection, fund_key: str) -> list[Row[Any]]:
    """Every statement that was issued for the fund: its id, its key and its frozen record, the last first."""
    query = text("SELECT d.id, d.key, d.record FROM document d JOIN fund f ON f.id = d.fund_id"
                 " WHERE f.key = :fund AND d.kind = 'statement' ORDER BY d.key DESC")
    return list(connection.execute(query, {"fund": fund_key}))


def splits_of(connection: Connection, fund_key: str) -> list[str]:
    """The splits of contracts that gave the fund its allocation, in words, the last first."""
    query = text(
        "SELECT o.words FROM origin o WHERE o.kind = 'allocation' AND o.unit = 'pence' AND o.id IN (SELECT e.origin_id FROM entry e"
        " JOIN fund f ON f.id = e.fund_id WHERE f.key = :fund AND e.origin_id IS NOT NULL) ORDER BY o.happened_on DESC, o.id DESC")
    return list(connection.execute(query, {"fund": fund_key}).scalars())


def _asked(fund_key: str, measured: Measured, days: Days) -> dict[str, Any]:
    return {"fund": fund_key, "unit": measured.unit, "roles": list(measured.roles), "sign": -1 if measured.credit else 1,
            "agreed": "agreed" if measured.past_agreed else "", "first": days.first.isoformat(), "last": days.last.isoformat()}
