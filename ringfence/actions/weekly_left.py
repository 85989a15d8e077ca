"""What a month has left to charge: of a funder's weekly sum, that of its days less what stands charged; and what stands of its total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from basics.periods import ONE_DAY, Month, Period
from invoicing.delivery import Funding
from invoicing.month_total import Stands, Stood
from invoicing.weekly_parts import Left
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sums
from ringfence.actions.contributions import Contributions
from ringfence.store import funding_share


def weekly_left(connection: Connection) -> Left:
    """A funder's sum of a month or of 4 weeks, in pence, less what stands charged; nil where it does not pay, or is not asked: a contribution
    that the council collects itself is never charged here."""
    contributions = Contributions(connection)

    def left(funding: Funding, days: Period) -> int:
        theirs = days.overlap(funding.period)
        if theirs is None:
            return 0
        due = sum_of(funding, days, contributions.asked(funding))
        return due - funding_share.charged_of_lines_of_all(connection, funding.fund, funding.funder, theirs)
    return left


def what_stands(connection: Connection) -> Stands:
    """What stands charged in a fund for a month. A month of which nothing is charged, as the one that ends, is asked for once for all funds."""
    charged: dict[Month, bool] = {}

    def stands(fund: str, month: Month) -> Sequence[Stood]:
        if month not in charged:
            charged[month] = funding_share.is_charged(connection, month.period)
        rows = funding_share.charges_that_stand(connection, fund, month.period) if charged[month] else ()
        return [Stood(row.delivery_id, date.fromisoformat(row.happened_on), date.fromisoformat(row.support_on), row.funder, row.pence,
                      bool(row.of_all)) for row in rows]
    return stands


def sum_of(funding: Funding, days: Period, asked: Sequence[Period] | None = None) -> int:
    """What the weekly sum comes to in a month or in 4 weeks, by the days on which the funder pays, or is `asked`."""
    if funding.weekly is None:
        return 0
    periods = [part for whole in [*_before(funding, days), days] for each in ([funding.period] if asked is None else asked)
               if (part := whole.overlap(each))]
    weekly = funding.weekly
    sums = weekly_sums(weekly.pounds, periods, WeeklyBasis(weekly.basis), PeriodRounding(weekly.rounding))
    return sum(each.pence for each, part in zip(sums, periods, strict=True) if part.first in days)


def _before(funding: Funding, days: Period) -> Iterator[Period]:
    """The days from the one on which the funder begins to pay: what is rounded in a row counts from there."""
    if funding.period.first < days.first:
        yield Period(funding.period.first, days.first - ONE_DAY)
