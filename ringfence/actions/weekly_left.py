"""What of a funder's weekly sum a month has left to charge: the month's sum less what stands charged of it."""

from __future__ import annotations

from sqlalchemy import Connection

from basics.periods import Month, Period
from invoicing.delivery import Funding
from invoicing.weekly_parts import Left
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sums
from ringfence.store import funding_share


def weekly_left(connection: Connection) -> Left:
    """A funder's sum of a month, in pence, less what stands charged; nil for a month in which it does not pay."""
    def left(funding: Funding, month: Month) -> int:
        return month_sum(funding, month) - funding_share.charged_of_lines_of_all(connection, funding.fund, funding.funder, str(month))
    return left


def month_sum(funding: Funding, month: Month) -> int:
    """What the weekly sum comes to in that month, by the days on which the funder pays."""
    days = month.period.overlap(funding.period)
    if funding.weekly is None or days is None:
        return 0
    pounds, basis, rounding = funding.weekly
    periods, first = list[Period](), Month.of(funding.period.first)
    while first <= month:
        if part := first.period.overlap(funding.period):
            periods.append(part)
        first = first.next
    return weekly_sums(pounds, periods, WeeklyBasis(basis), PeriodRounding(rounding))[-1].pence
