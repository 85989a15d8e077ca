"""A weekly sum turned into the sum of a month, four weeks or a year. Which way is a term of the contract, never a default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from basics.errors import InputError
from basics.money import Money
from basics.periods import DAYS_PER_WEEK, ONE_DAY, Month, Period, financial_year
from basics.rounding import line

DAYS_PER_YEAR, WEEKS_PER_YEAR, MONTHS_PER_YEAR, DAYS_PER_FOUR_WEEKS = 365, 52, 12, 28


class WeeklyBasis(StrEnum):
    """How many weeks a period counts for."""

    DAILY = "weekly / 7 x days"
    FOUR_WEEKS = "whole periods of 4 weeks"
    MONTH_52_12 = "month x 52/12"
    MONTH_365_7_12 = "month x 365/7/12"
    YEAR_365_7 = "year x 365/7"


class PeriodRounding(StrEnum):
    """Whether each period is rounded on its own, or what has been due so far is rounded and what went before taken off."""

    ALONE = "each period alone"
    CUMULATIVE = "cumulative"


def weeks_in(period: Period, basis: WeeklyBasis) -> Fraction:
    """The weeks that a period counts for, exactly.

    Part of a month counts by the days of that month, part of a financial year by the days of that year. Days beyond whole
    periods of four weeks count for nothing: 13 periods pay 364 days of a year.
    """
    match basis:
        case WeeklyBasis.DAILY:
            return Fraction(period.days, DAYS_PER_WEEK)
        case WeeklyBasis.FOUR_WEEKS:
            return Fraction(period.days // DAYS_PER_FOUR_WEEKS * 4)
        case WeeklyBasis.MONTH_52_12:
            return Fraction(WEEKS_PER_YEAR, MONTHS_PER_YEAR) * _wholes(period, _month_holding)
        case WeeklyBasis.MONTH_365_7_12:
            return Fraction(DAYS_PER_YEAR, DAYS_PER_WEEK * MONTHS_PER_YEAR) * _wholes(period, _month_holding)
        case WeeklyBasis.YEAR_365_7:
            return Fraction(DAYS_PER_YEAR, DAYS_PER_WEEK) * _wholes(period, financial_year)


def weekly_sum(weekly: Decimal, period: Period, basis: WeeklyBasis) -> Money:
    """What a weekly sum in pounds comes to in one period, rounded once."""
    return line(weekly, weeks_in(period, basis))


def weekly_sums(weekly: Decimal, periods: Sequence[Period], basis: WeeklyBasis, rounding: PeriodRounding) -> list[Money]:
    """The same for periods that follow each other. Cumulatively, they add to what their days together come to.

    Raises `InputError` where the periods overlap or are out of order.
    """
    for one, following in pairwise(periods):
        if following.first <= one.last:
            raise InputError(f"The period {following} does not follow {one}.", "Give periods in order, none twice.")
    if rounding is PeriodRounding.ALONE:
        return [weekly_sum(weekly, period, basis) for period in periods]
    sums, weeks, due = [], Fraction(0), Money(0)
    for period in periods:
        weeks += weeks_in(period, basis)
        due_so_far = line(weekly, weeks)
        sums.append(due_so_far - due)
        due = due_so_far
    return sums


def _month_holding(day: date) -> Period:
    return Month.of(day).period


def _wholes(period: Period, holding: Callable[[date], Period]) -> Fraction:
    """How many whole months or years the period is, part ones by their days."""
    found, day = Fraction(0), period.first
    while day <= period.last:
        whole = holding(day)
        found += Fraction(Period(day, min(whole.last, period.last)).days, whole.days)
        day = whole.last + ONE_DAY
    return found
