"""What of a funder's weekly sum a month has left to charge: the month's sum less what stands charged of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from basics.periods import Month, Period
from invoicing.delivery import Funding
from invoicing.weekly_parts import Left
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sums
from ringfence.actions.contributions import Contributions
from ringfence.store import funding_share


def weekly_left(connection: Connection) -> Left:
    """A funder's sum of a month, in pence, less what stands charged; nil for a month in which it does not pay, or is not asked: a contribution
    that the council collects itself is never charged here."""
    contributions = Contributions(connection)

    def left(funding: Funding, month: Month) -> int:
        due = month_sum(funding, month, contributions.asked(funding))
        return due - funding_share.charged_of_lines_of_all(connection, funding.fund, funding.funder, str(month))
    return left


def month_sum(funding: Funding, month: Month, asked: Sequence[Period] | None = None) -> int:
    """What the weekly sum comes to in that month, by the days on which the funder pays, or is `asked`."""
    if funding.weekly is None:
        return 0
    periods, first = list[Period](), Month.of(funding.period.first)
    while first <= month:
        periods += [part for each in ([funding.period] if asked is None else asked) if (part := first.period.overlap(each))]
        first = first.next
    weekly = funding.weekly
    sums = weekly_sums(weekly.pounds, periods, WeeklyBasis(weekly.basis), PeriodRounding(weekly.rounding))
    return sum(each.pence for each, days in zip(sums, periods, strict=True) if Month.of(days.first) == month)
