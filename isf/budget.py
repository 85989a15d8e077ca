"""The budget: what may be used over some days, what was, and what is left. Kept apart from the money that is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from basics.periods import Month, Period
from basics.share import cumulative_share
from isf.plan import PlanLine, RatePeriod, planned_pence
from isf.statement import BudgetLine


@dataclass(frozen=True)
class BudgetPeriod:
    """Days for which money is promised together, like a council's year.

    `promised_pence` is what is paid by schedule for those days: approved allocation and extras, of every funder; nil where all is
    paid by delivery. `used_pence` is all support of those days posted so far, what was used before the start included. None is
    “Not known”: where only the money held was known at the start, the days before it are a period with neither.
    """

    period: Period
    promised_pence: int | None
    used_pence: int | None


@dataclass(frozen=True)
class PricedLines:
    """The plan's lines that are paid for by delivery, with the prices of each by its id: their cost is part of the budget."""

    lines: tuple[PlanLine, ...]
    rates: Mapping[int, Sequence[RatePeriod]]

    def planned_pence(self, period: Period) -> int | None:
        """What they come to in `period`; None where a price is missing."""
        return total_or_not_known(planned_pence(line, period, self.rates.get(line.id, ())) for line in self.lines)


def total_or_not_known(parts: Iterable[int | None]) -> int | None:
    """The sum, or None as soon as one part is not known."""
    known = list(parts)
    return None if None in known else sum(part for part in known if part is not None)


def promised_within(budget: BudgetPeriod, days: Period) -> int | None:
    """The part of a promise that is for `days`, by days: a running total, so that the months of a year add to the year."""
    both = budget.period.overlap(days)
    if both is None or budget.promised_pence is None:
        return 0 if both is None else None
    before, after = (both.first - budget.period.first).days, (budget.period.last - both.last).days
    return cumulative_share(budget.promised_pence, [before, both.days, after])[1]


def month_budget(month: Month, budgets: Sequence[BudgetPeriod], by_delivery: PricedLines, used_pence: int) -> BudgetLine:
    """The budget of a calendar month. Not known where no budget covers it, or one that does is not known."""
    covering = [budget for budget in budgets if budget.period.overlap(month.period)]
    known = bool(covering) and all(budget.used_pence is not None for budget in covering)
    parts = [promised_within(budget, month.period) for budget in covering]
    budget_pence = total_or_not_known([*parts, by_delivery.planned_pence(month.period)]) if known else None
    return _line(month.in_words, budget_pence, budget_pence, used_pence if known else None)


def period_budget(budget: BudgetPeriod, month: Month, by_delivery: PricedLines) -> BudgetLine:
    """The budget of the whole period, with what was expected to be used by the end of the month."""
    to_date = Period(budget.period.first, max(budget.period.first, min(month.last, budget.period.last)))
    whole = total_or_not_known((budget.promised_pence, by_delivery.planned_pence(budget.period)))
    expected = total_or_not_known((promised_within(budget, to_date), by_delivery.planned_pence(to_date)))
    known = budget.used_pence is not None
    return _line(str(budget.period), whole if known else None, expected if known else None, budget.used_pence)


def _line(words: str, budget_pence: int | None, expected_pence: int | None, used_pence: int | None) -> BudgetLine:
    """What is left, and how far under, by subtraction of the printed figures, so that no page is a penny out."""
    return BudgetLine(words, budget_pence, used_pence, _less(budget_pence, used_pence), expected_pence, _less(expected_pence, used_pence))


def _less(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other
