"""A funder's part of what is delivered, as it is kept: a percentage, or a fixed sum a week with how it becomes a month."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection, text

from basics.money import Money
from invoicing.delivery import WeeklyPart

_A_WEEK = " a week, "


def weekly_text(pounds: Decimal, basis: str, rounding: str) -> str:
    """One text for one sum a week."""
    return f"{pounds.normalize():f}{_A_WEEK}{basis}, {rounding}"


def share_of(kept: str) -> tuple[Decimal, WeeklyPart | None]:
    """The percentage, which is nil beside a sum a week."""
    if _A_WEEK not in kept:
        return Decimal(kept), None
    pounds, _, how = kept.partition(_A_WEEK)
    basis, _, rounding = how.partition(", ")
    return Decimal(0), WeeklyPart(Decimal(pounds), basis, rounding)


def share_words(kept: str) -> str:
    """“60%”, “£150.00 a week”."""
    percent, weekly = share_of(kept)
    return f"{Money.parse(f'{weekly.pounds:.2f}')} a week" if weekly else f"{percent.normalize():f}%"


def charged_of_lines_of_all(connection: Connection, fund: str, funder: str, month: str) -> int:
    """What stands charged to a funder for support of a month on the lines that name no funder, in pence."""
    found = connection.execute(text(
        "SELECT coalesce(sum(c.pence), 0) FROM charge c JOIN fund f ON f.id = c.fund_id JOIN funder u ON u.id = c.funder_id"
        " JOIN plan_line p ON p.id = c.plan_line_id WHERE f.key = :fund AND u.reference = :funder AND p.funder_id IS NULL"
        " AND substr(c.support_on, 1, 7) = :month AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = c.delivery_id)"),
        {"fund": fund, "funder": funder, "month": month}).scalar_one()
    return int(found)
