"""A weekly sum over other periods: the conversion is a term, and each term has its own figure."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from basics.errors import InputError
from basics.money import Money
from basics.periods import Month, Period, financial_year, four_weekly
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sum, weekly_sums, weeks_in

YEAR = financial_year(date(2026, 4, 1))
LEAP_YEAR = financial_year(date(2027, 4, 1))


@pytest.mark.parametrize(("basis", "weeks"), [
    (WeeklyBasis.DAILY, Fraction(365, 7)), (WeeklyBasis.FOUR_WEEKS, Fraction(52)), (WeeklyBasis.MONTH_52_12, Fraction(52)),
    (WeeklyBasis.MONTH_365_7_12, Fraction(365, 7)), (WeeklyBasis.YEAR_365_7, Fraction(365, 7))])
def test_a_year_has_as_many_weeks_as_the_term_says(basis: WeeklyBasis, weeks: Fraction) -> None:
    assert weeks_in(YEAR, basis) == weeks


def test_the_29th_of_february_counts_only_by_the_day() -> None:
    assert weeks_in(LEAP_YEAR, WeeklyBasis.DAILY) == Fraction(366, 7)
    assert weeks_in(LEAP_YEAR, WeeklyBasis.YEAR_365_7) == weeks_in(LEAP_YEAR, WeeklyBasis.MONTH_365_7_12) == Fraction(365, 7)


def test_every_month_is_a_twelfth_of_the_year_and_a_part_goes_by_its_own_days() -> None:
    assert {weeks_in(Month(2026, month).period, WeeklyBasis.MONTH_52_12) for month in range(1, 13)} == {Fraction(52, 12)}
    across = Period(date(2026, 2, 15), date(2026, 3, 15))
    assert weeks_in(across, WeeklyBasis.MONTH_52_12) == Fraction(52, 12) * (Fraction(14, 28) + Fraction(15, 31))


def test_days_beyond_whole_four_weeks_are_not_paid_by_four_weeks() -> None:
    assert weeks_in(four_weekly(date(2026, 4, 1), 1), WeeklyBasis.FOUR_WEEKS) == 4
    assert weeks_in(Period(date(2026, 4, 1), date(2026, 4, 29)), WeeklyBasis.FOUR_WEEKS) == 4
    assert weeks_in(Period(date(2026, 4, 1), date(2026, 4, 27)), WeeklyBasis.FOUR_WEEKS) == 0


def test_periods_rounded_cumulatively_add_to_their_days_together() -> None:
    months = [Month(2026, month).period for month in range(4, 13)]
    together = Period(months[0].first, months[-1].last)
    alone = weekly_sums(Decimal("512.35"), months, WeeklyBasis.DAILY, PeriodRounding.ALONE)
    cumulative = weekly_sums(Decimal("512.35"), months, WeeklyBasis.DAILY, PeriodRounding.CUMULATIVE)
    assert Money.total(cumulative) == weekly_sum(Decimal("512.35"), together, WeeklyBasis.DAILY)
    assert Money.total(alone) != Money.total(cumulative)


@pytest.mark.parametrize("rounding", list(PeriodRounding))
def test_periods_that_overlap_or_run_backwards_are_refused(rounding: PeriodRounding) -> None:
    october, november = Month(2026, 10).period, Month(2026, 11).period
    for periods in ([october, october], [november, october], [october, Period(october.last, november.last)]):
        with pytest.raises(InputError, match="does not follow"):
            weekly_sums(Decimal(1), periods, WeeklyBasis.DAILY, rounding)


def test_a_float_is_no_weekly_sum() -> None:
    with pytest.raises(TypeError):
        weekly_sum(512.35, YEAR, WeeklyBasis.DAILY)  # type: ignore[arg-type]
