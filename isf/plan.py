"""What was agreed to be given: a line of somebody's plan, how much of it falls in some days, and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from basics.errors import InputError
from basics.periods import DAYS_PER_WEEK, ONE_DAY, Period, day_in_words
from basics.rounding import hourly_line, line, nearest

PER_HOUR = "hour"


class Measure(StrEnum):
    """What a line is counted in: time, or a number of nights, trips or sessions."""

    MINUTES = "minutes"
    TIMES = "times"


class RatePeriod(NamedTuple):
    """A price in pounds for one hour, night, visit … (`per`), and the days on which it holds."""

    period: Period
    per: str
    pounds: Decimal


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One kind of support in a plan: so many minutes, or times, a week from the first day of `period` to its last.

    `funder` is who pays for this line, where it is one funder's; None where the fund as a whole pays.
    A plan that changes is a new line with the same `reference`, from the day after the old one ends.
    """

    id: int
    reference: str
    fund: str
    person: str
    support_type: str
    words: str
    funder: str | None
    measure: Measure
    per_week: int | Decimal
    period: Period
    shared_by: int = 1
    """How many people, or places, share what is counted, so that its price is divided: a night in a house of four is 4. What is
    timed is planned in the person's own part of the minutes, and is not divided again."""

    def __post_init__(self) -> None:
        if isinstance(self.per_week, (float, bool)):
            raise TypeError(f"What is planned a week is int or Decimal, not {type(self.per_week).__name__}.")
        if self.measure is Measure.MINUTES and self.per_week != int(self.per_week):
            raise InputError(f"“{self.words}” is {self.per_week} minutes a week.", "Give whole minutes.")
        if self.per_week < 0:
            raise InputError(f"“{self.words}” is {self.per_week} {self.measure} a week.", "Give nil or more.")
        if self.shared_by < 1 or (self.shared_by > 1 and self.measure is Measure.MINUTES):
            raise InputError(f"“{self.words}” is shared by {self.shared_by}.", "Only what is counted is divided, by 2 or more.")


def planned(line_of_plan: PlanLine, period: Period) -> int:
    """The whole minutes (or times) of a line that fall in `period`: a week's ÷ 7 for each of its days.

    What is planned from the line's first day is rounded, half up, and what was planned before `period` taken off: so months
    that follow each other add to the whole, and once a week is 4 times in one month and 5 in another.
    """
    both = line_of_plan.period.overlap(period)
    if both is None:
        return 0
    return _so_far(line_of_plan, both.last) - _so_far(line_of_plan, both.first - ONE_DAY)


def planned_pence(line_of_plan: PlanLine, period: Period, rates: Sequence[RatePeriod]) -> int | None:
    """What the planned minutes or times of `period` come to at the price of their days: one rounding for each price.

    None, “Not known”, where a day of the line has no price, or a price that is not for what the line counts.
    Raises `InputError` where two prices hold on one day.
    """
    both = line_of_plan.period.overlap(period)
    if both is None or not line_of_plan.per_week:
        return 0
    priced = [(days, rate) for rate in rates if (days := both.overlap(rate.period)) is not None]
    _refuse_two_prices(line_of_plan, [days for days, _ in priced])
    if sum(days.days for days, _ in priced) != both.days or not all(fits(line_of_plan.measure, rate) for _, rate in priced):
        return None
    return sum(_shared(cost_pence(rate, planned(line_of_plan, days)), line_of_plan.shared_by) for days, rate in priced)


def cost_pence(rate: RatePeriod, quantity: int) -> int:
    """Minutes at a price for an hour, or times at a price for one, to the nearest penny."""
    return _cost_pence(rate.per == PER_HOUR, rate.pounds, quantity)


@lru_cache(maxsize=100_000)
def _cost_pence(timed: bool, pounds: Decimal, quantity: int) -> int:
    return (hourly_line(pounds, quantity) if timed else line(pounds, quantity)).pence


def _shared(pence: int, among: int) -> int:
    return nearest(pence, among)


def fits(measure: Measure, rate: RatePeriod) -> bool:
    """Whether the price is for what is counted: minutes are priced by the hour, times are not."""
    return (measure is Measure.MINUTES) == (rate.per == PER_HOUR)


def _so_far(line_of_plan: PlanLine, day: date) -> int:
    """What is planned from the first day of the line to the end of `day`; nil the day before it starts."""
    days = (day - line_of_plan.period.first).days + 1
    a_week, of = line_of_plan.per_week.as_integer_ratio()
    return nearest(a_week * days, of * DAYS_PER_WEEK)


def _refuse_two_prices(line_of_plan: PlanLine, periods: Sequence[Period]) -> None:
    for one, following in pairwise(sorted(periods)):
        if following.first <= one.last:
            raise InputError(f"“{line_of_plan.words}” has two prices on {day_in_words(following.first)}.",
                             "End the first price on the day before the second begins.")
