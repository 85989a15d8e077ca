"""Nights and sessions that several people share: the count is each person's own, the price is divided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError
from basics.periods import Month, Period
from isf.plan import Measure, PlanLine, RatePeriod, planned, planned_pence

OCTOBER = Month(2026, 10).period
YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
NIGHTS = PlanLine(id=1, reference="L1", fund="F1", person="P1", support_type="sleep-in", words="Someone asleep in the house", funder=None,
                  measure=Measure.TIMES, per_week=Decimal(7), period=YEAR)


def test_each_of_four_people_plans_every_night_at_a_quarter_of_its_price() -> None:
    price = [RatePeriod(YEAR, "night", Decimal("104.00"))]
    assert planned(replace(NIGHTS, shared_by=4), OCTOBER) == 31
    assert planned_pence(replace(NIGHTS, shared_by=4), OCTOBER, price) == 31 * 26_00
    assert planned_pence(NIGHTS, OCTOBER, price) == 31 * 104_00


def test_minutes_are_the_persons_own_part_and_are_not_divided_again() -> None:
    with pytest.raises(InputError, match="shared by 4"):
        replace(NIGHTS, measure=Measure.MINUTES, per_week=420, shared_by=4)
