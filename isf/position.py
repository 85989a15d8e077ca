"""Where a fund stands: what was planned, what was given, what is left, and whether that is on target. Hours beside pounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from basics.errors import InputError
from basics.periods import DAYS_PER_WEEK, Period
from isf.plan import Measure, PlanLine, RatePeriod, planned, planned_pence
from isf.statement import BudgetLine, may_be_used

OVER_PERCENT = 5
"""More than this above what was planned to date is over. Low: an overspend is the provider's risk, and early it can be talked about."""
UNDER_PERCENT = 15
"""More than this below is under. Wider: a week in hospital or on holiday is not a support plan that has stopped working."""
UNEVEN_DAYS = DAYS_PER_WEEK
"""A plan is spread evenly over days, but people come on certain weekdays: up to a week of a line can be early or late by that alone."""


@dataclass(frozen=True)
class Thresholds:
    """From how many per cent above what was expected something is over, and from how many below it is under; whole numbers, nil or more."""

    over_percent: int = OVER_PERCENT
    under_percent: int = UNDER_PERCENT

    def __post_init__(self) -> None:
        if min(self.over_percent, self.under_percent) < 0 or self.under_percent > 100:
            raise InputError(f"Over from {self.over_percent}% and under from {self.under_percent}% cannot be.",
                             "Give whole per cents, nil or more; under is 100 at most.")


USUAL = Thresholds()


class Status(StrEnum):
    """How a line or a fund stands, best first; the worst of several is the last of them."""

    ON_TARGET = "on target"
    UNDER = "under"
    NOT_KNOWN = "not known"
    OVER = "over"


_BEST_FIRST = tuple(Status)


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of the parts, so that a whole which looks on target never hides a part that is not. On target for none."""
    return max(statuses, key=_BEST_FIRST.index, default=Status.ON_TARGET)


def compare(expected: int | None, actual: int | None, allowance: int = 0, thresholds: Thresholds = USUAL) -> Status:
    """Pence, minutes or times to date against what was expected by now; a difference up to `allowance` is on target."""
    if expected is None or actual is None:
        return Status.NOT_KNOWN
    if actual - expected > allowance and 100 * actual > (100 + thresholds.over_percent) * expected:
        return Status.OVER
    if expected - actual > allowance and 100 * actual < (100 - thresholds.under_percent) * expected:
        return Status.UNDER
    return Status.ON_TARGET


@dataclass(frozen=True)
class Delivered:
    """What was given on one line, net of what was put back: staff minutes, times, and what they cost."""

    minutes: int = 0
    times: int = 0
    pence: int = 0

    def of(self, measure: Measure) -> int:
        return self.minutes if measure is Measure.MINUTES else self.times


@dataclass(frozen=True, kw_only=True)
class LinePosition:
    """One line of the plan. `planned` is over the whole period, `planned_to_date` and `delivered` are up to the day asked about.

    Quantities are minutes or times, as the line counts. A sum that depends on a missing price is None, “Not known”.
    `committed_pence` is what was bought for the line and is not paid yet; `paid_pence`, what is paid of it, is part of `delivered_pence`.
    `forecast` and `forecast_pence` are where it will be at the end of the period (`isf.forecast`); None where nobody asked.
    """

    line: PlanLine
    days_to_date: int
    planned: int
    planned_to_date: int
    delivered: int
    planned_pence: int | None
    planned_to_date_pence: int | None
    delivered_pence: int
    committed_pence: int = 0
    paid_pence: int = 0
    forecast: int | None = None
    forecast_pence: int | None = None
    thresholds: Thresholds = USUAL

    @property
    def left(self) -> int:
        return self.planned - self.delivered

    @property
    def left_pence(self) -> int | None:
        return None if self.planned_pence is None else self.planned_pence - self.delivered_pence - self.committed_pence

    @cached_property
    def status(self) -> Status:
        pence = self._compare(self.planned_to_date_pence, self.delivered_pence + self.committed_pence)
        return pence if self.is_bought else worst((self._compare(self.planned_to_date, self.delivered), pence))

    @property
    def is_bought(self) -> bool:
        """Whether the line is bought from others by bill alone: then it is counted in pounds, since a bill has no hours or times."""
        return bool(self.committed_pence or self.paid_pence) and not self.delivered

    @property
    def forecast_status(self) -> Status:
        """How the whole period will end, if it goes on so: what is committed counts with what the line is forecast to cost."""
        pence = None if self.forecast_pence is None else self.forecast_pence + self.committed_pence
        money = compare(self.planned_pence, pence, thresholds=self.thresholds)
        return money if self.is_bought else worst((compare(self.planned, self.forecast, thresholds=self.thresholds), money))

    def _compare(self, expected: int | None, actual: int) -> Status:
        allowance = (expected or 0) * UNEVEN_DAYS // max(self.days_to_date, 1)  # a whole difference is above it if it is above its whole part
        return compare(expected, actual, allowance, self.thresholds)


def line_position(line: PlanLine, rates: Sequence[RatePeriod], delivered: Delivered, whole: Period, on: date) -> LinePosition:
    """How one line stands at the end of `on`, within `whole` (the year of the plan, or what is left of it from going live)."""
    to_date = Period(whole.first, min(max(on, whole.first), whole.last))
    lasted = line.period.overlap(to_date)
    return LinePosition(
        line=line,
        days_to_date=lasted.days if lasted else 0,
        planned=planned(line, whole),
        planned_to_date=planned(line, to_date),
        delivered=delivered.of(line.measure),
        planned_pence=planned_pence(line, whole, rates),
        planned_to_date_pence=planned_pence(line, to_date, rates),
        delivered_pence=delivered.pence,
    )


@dataclass(frozen=True, kw_only=True)
class FundPosition:
    """A fund's lines and its money. `expected_pence` is the part of the budget for the days so far.

    `carried_pence` is support beyond what was left, which the provider carries: while there is any, the fund is over. `beside_pence` is what
    was bought, paid or not, that no line of the plan has. `others` are the other budgets that have begun, such as last year’s, and
    `aside_pence` is what is set aside: `may_use_pence` is what may be used of all of it.
    """

    lines: tuple[LinePosition, ...]
    budget_pence: int | None
    expected_pence: int | None
    used_pence: int | None
    carried_pence: int = 0
    beside_pence: int = 0
    thresholds: Thresholds = USUAL
    others: tuple[BudgetLine, ...] = ()
    aside_pence: int = 0

    @property
    def left_pence(self) -> int | None:
        return None if self.budget_pence is None or self.used_pence is None else self.budget_pence - self.used_pence

    @property
    def left_of_others(self) -> tuple[BudgetLine, ...]:
        """The other budgets of which something is left, or that used more than they had."""
        return tuple(each for each in self.others if each.left_pence)

    @property
    def may_use_pence(self) -> int | None:
        this = BudgetLine("", self.budget_pence, self.used_pence, self.left_pence)
        return may_be_used((*self.others, this), self.carried_pence, self.aside_pence)

    @property
    def planned_minutes(self) -> int:
        return sum(one.planned for one in self._timed)

    @property
    def planned_to_date_minutes(self) -> int:
        return sum(one.planned_to_date for one in self._timed)

    @property
    def delivered_minutes(self) -> int:
        return sum(one.delivered for one in self._timed)

    @property
    def left_minutes(self) -> int:
        return self.planned_minutes - self.delivered_minutes

    @property
    def delivered_pence(self) -> int:
        return sum(one.delivered_pence for one in self.lines)

    @cached_property
    def money_status(self) -> Status:
        return Status.OVER if self.carried_pence else compare(self.expected_pence, self.used_pence, thresholds=self.thresholds)

    @cached_property
    def status(self) -> Status:
        """The worst of the money and of every line."""
        return worst((self.money_status, *(one.status for one in self.lines)))

    @property
    def committed_pence(self) -> int:
        return sum(one.committed_pence for one in self.lines)

    @property
    def forecast_status(self) -> Status:
        """How the worst of the lines will end, and over while the provider carries anything."""
        return worst((Status.OVER if self.carried_pence else Status.ON_TARGET, *(one.forecast_status for one in self.lines)))

    @property
    def _timed(self) -> list[LinePosition]:
        return [one for one in self.lines if one.line.measure is Measure.MINUTES]


def line_positions(lines: Iterable[PlanLine], rates: Mapping[int, Sequence[RatePeriod]], delivered: Mapping[int, Delivered],
                   whole: Period, on: date) -> tuple[LinePosition, ...]:
    """Every line that has days in `whole`, in the order given. `rates` and `delivered` are by the line's id; none given is none."""
    return tuple(line_position(line, rates.get(line.id, ()), delivered.get(line.id, Delivered()), whole, on)
                 for line in lines if line.period.overlap(whole))
