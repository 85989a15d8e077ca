"""How a sum a week becomes a month, and how a month is rounded: asked for where a file does not say, with what each reading would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from basics.money import Money
from basics.periods import Month, Period
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sum, weekly_sums
from ringfence.importing.apply_presence import Raw, has
from ringfence.importing.problems import Finding

BY_MONTH = (WeeklyBasis.DAILY, WeeklyBasis.MONTH_52_12, WeeklyBasis.MONTH_365_7_12)
MONTHS = 12


def weekly_is_said(raw: Raw) -> Iterator[Finding]:
    """Both terms stand beside `weekly_pounds`. What else is wrong with the item is told elsewhere: then no reading is."""
    if not has(raw, "weekly_pounds"):
        return
    pounds, months = _pounds(raw), _months(raw)
    for key, readings in (("weekly_basis", _by_basis(pounds, months)), ("weekly_rounding", _by_rounding(pounds, months, raw.get("weekly_basis")))):
        if not has(raw, key):
            yield Finding((key,), f"is missing, and “weekly_pounds” is there.{readings}", "Ask the funder, and add it.")


def _by_basis(pounds: Decimal | None, months: Sequence[Month]) -> str:
    if pounds is None or not months:
        return ""
    sums = ", ".join(f"{basis} {weekly_sum(pounds, months[0].period, basis)}" for basis in BY_MONTH)
    return f" {months[0].in_words} would be: {sums}."


def _by_rounding(pounds: Decimal | None, months: Sequence[Month], basis: object) -> str:
    if pounds is None or not months or basis not in BY_MONTH:
        return ""
    periods: list[Period] = [month.period for month in months]
    sums = ", ".join(f"{way} {Money.total(weekly_sums(pounds, periods, WeeklyBasis(str(basis)), way))}" for way in PeriodRounding)
    return f" The {MONTHS} months from {months[0].in_words} would be: {sums}."


def _pounds(raw: Raw) -> Decimal | None:
    try:
        found = Decimal(str(raw["weekly_pounds"]).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 else None


def _months(raw: Raw) -> list[Month]:
    """Twelve whole months from the day on which it begins."""
    try:
        first = date.fromisoformat(str(raw.get("from")))
    except ValueError:
        return []
    found = [Month.of(first) if first.day == 1 else Month.of(first).next]
    while len(found) < MONTHS:
        found.append(found[-1].next)
    return found
