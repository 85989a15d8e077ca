"""How big a change of a plan is, and whether it goes ahead or is asked: the threshold is a term of the funder.

Small changes go ahead and big ones are asked. Where the terms name no threshold, every change is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from basics.money import Money
from basics.periods import ONE_DAY
from basics.rounding import MINUTES_PER_HOUR, half_away_from_nil
from isf.plan import PER_HOUR, Measure, PlanLine, RatePeriod, fits

Rates = Mapping[int, Sequence[RatePeriod]]


class Ruling(NamedTuple):
    """Whether a change is to be asked, and why."""

    is_asked: bool
    why: str


@dataclass(frozen=True)
class PlanChange:
    """A plan that changes on a day: pence a week that lines gain and lose, both at the prices of that day. None where a price is missing."""

    on: date
    more_pence: int | None
    less_pence: int | None

    @property
    def size(self) -> Money | None:
        """How big it is, in pounds a week: the larger of what is gained and what is lost. So what moves from one line to another counts, though
        the whole stays what it was."""
        return None if self.more_pence is None or self.less_pence is None else Money(max(self.more_pence, self.less_pence))


def asked(change: PlanChange, threshold: Money | None) -> Ruling:
    """Whether a change is asked, where one of no more than `threshold` a week goes ahead. None: nobody knows, and so it is asked."""
    if threshold is None:
        return Ruling(True, "the terms do not say how big a change may go ahead")
    if change.size is None:
        return Ruling(True, "a price is missing, so nobody can say how big it is")
    if change.size > threshold:
        return Ruling(True, f"{change.size} a week is more than the {threshold} that may go ahead")
    return Ruling(False, f"{change.size} a week is no more than the {threshold} that may go ahead")


def plan_changes(lines: Sequence[PlanLine], rates: Rates) -> tuple[PlanChange, ...]:
    """The days on which the plan of one fund changes, after its first and before its last, in their order.

    A price that changes is no change of the plan, and neither is a line that goes on as a new version of itself.
    """
    if not lines:
        return ()
    first, last = min(line.period.first for line in lines), max(line.period.last for line in lines)
    days = {line.period.first for line in lines} | {line.period.last + ONE_DAY for line in lines}
    found = (_change(lines, rates, day) for day in sorted(days) if first < day <= last)
    return tuple(each for each in found if each is not None)


def _change(lines: Sequence[PlanLine], rates: Rates, day: date) -> PlanChange | None:
    """What changes on a day; None where nothing does."""
    before, after = ({line.reference: line for line in lines if on in line.period} for on in (day - ONE_DAY, day))
    more, less, known, changed = Fraction(0), Fraction(0), True, False
    for reference in sorted(before.keys() | after.keys()):
        was, now = before.get(reference), after.get(reference)
        if was and now and _same(was, now):
            continue
        changed = True
        old, new = (Fraction(0) if line is None else _pence_per_week(line, rates, day) for line in (was, now))
        if old is None or new is None:
            known = False
        else:
            more, less = more + max(new - old, Fraction(0)), less + max(old - new, Fraction(0))
    if not changed:
        return None
    return PlanChange(day, half_away_from_nil(more), half_away_from_nil(less)) if known else PlanChange(day, None, None)


def _same(was: PlanLine, now: PlanLine) -> bool:
    return (was.support_type, was.measure, was.per_week, was.shared_by, was.funder) == (
        now.support_type, now.measure, now.per_week, now.shared_by, now.funder)


def _pence_per_week(line: PlanLine, rates: Rates, day: date) -> Fraction | None:
    """What a week of a line costs at the price of a day, or of the day before it where the price ended with the line."""
    price = next((rate for on in (day, day - ONE_DAY) for rate in rates.get(line.id, ()) if on in rate.period and fits(line.measure, rate)), None)
    if price is None:
        return None
    quantity = Fraction(line.per_week) / (MINUTES_PER_HOUR if line.measure is Measure.MINUTES and price.per == PER_HOUR else 1)
    return quantity * Fraction(price.pounds) * 100 / line.shared_by
