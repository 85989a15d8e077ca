"""A funder's part of what is delivered, as it is kept: a percentage, or a fixed sum a week with how it becomes a month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, text

from basics.money import Money
from basics.periods import Period
from invoicing.delivery import WeeklyPart

_A_WEEK, _OFF = " a week, ", ", off "


def weekly_text(weekly: WeeklyPart) -> str:
    """One text for one sum a week."""
    off = f"{_OFF}{weekly.bears_on}" if weekly.bears_on else ""
    return f"{weekly.pounds.normalize():f}{_A_WEEK}{weekly.basis}, {weekly.rounding}{off}"


def share_of(kept: str) -> tuple[Decimal, WeeklyPart | None]:
    """The percentage, which is nil beside a sum a week."""
    if _A_WEEK not in kept:
        return Decimal(kept), None
    pounds, _, how = kept.partition(_A_WEEK)
    said, _, bears_on = how.partition(_OFF)
    basis, _, rounding = said.partition(", ")
    return Decimal(0), WeeklyPart(Decimal(pounds), basis, rounding, bears_on)


def share_words(kept: str) -> str:
    """“60%”, “£150.00 a week”, “£63.55 a week off southgate’s part”."""
    percent, weekly = share_of(kept)
    if weekly is None:
        return f"{percent.normalize():f}%"
    return f"{Money.parse(f'{weekly.pounds:.2f}')} a week" + (f" off {weekly.bears_on}’s part" if weekly.bears_on else "")


def charged_of_lines_of_all(connection: Connection, fund: str, funder: str, days: Period) -> int:
    """What stands charged to a funder for support of some days on the lines that do not name it, in pence."""
    found = connection.execute(text(
        "SELECT coalesce(sum(c.pence), 0) FROM charge c JOIN fund f ON f.id = c.fund_id JOIN funder u ON u.id = c.funder_id"
        " JOIN plan_line p ON p.id = c.plan_line_id WHERE f.key = :fund AND u.reference = :funder"
        " AND (p.funder_id IS NULL OR p.funder_id <> c.funder_id)"
        " AND c.support_on BETWEEN :first AND :last AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = c.delivery_id)"),
        {"fund": fund, "funder": funder, "first": days.first.isoformat(), "last": days.last.isoformat()}).scalar_one()
    return int(found)


def is_charged(connection: Connection, days: Period) -> bool:
    """Whether anything was ever charged for support of these days."""
    found = connection.execute(text("SELECT event_id FROM charge WHERE support_on BETWEEN :first AND :last LIMIT 1"),
                               {"first": days.first.isoformat(), "last": days.last.isoformat()})
    return found.first() is not None


def charges_that_stand(connection: Connection, fund: str, days: Period) -> Sequence[Row[Any]]:
    """The charges of a fund for support of some days whose delivery is not taken back; `of_all` where their line names no funder."""
    return connection.execute(text(
        "SELECT c.delivery_id, d.happened_on, c.support_on, u.reference AS funder, c.pence,"
        " CASE WHEN p.id IS NOT NULL AND p.funder_id IS NULL THEN 1 ELSE 0 END AS of_all"
        " FROM charge c JOIN fund f ON f.id = c.fund_id JOIN delivery d ON d.id = c.delivery_id"
        " LEFT JOIN funder u ON u.id = c.funder_id LEFT JOIN plan_line p ON p.id = c.plan_line_id"
        " WHERE f.key = :fund AND c.support_on BETWEEN :first AND :last"
        " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = c.delivery_id)"),
        {"fund": fund, "first": days.first.isoformat(), "last": days.last.isoformat()}).all()
