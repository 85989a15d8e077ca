"""Days that were invoiced with much less support than was agreed for them: told in time, or in times where a plan only counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from basics.periods import Period
from isf.much_less import much_less
from isf.plan import Measure, PlanLine
from isf.position import Delivered

FOUR_WEEKS = Period(date(2026, 10, 1), date(2026, 10, 28))


def line(per_week: Any, measure: Measure = Measure.MINUTES) -> PlanLine:
    return PlanLine(id=1, reference="L", fund="isf-P001", person="P001", support_type="outreach", words="Outreach", funder=None, measure=measure,
                    per_week=per_week, period=Period(date(2026, 4, 1), date(2027, 3, 31)))


@pytest.mark.parametrize(("minutes", "told"), [
    (60, "1 h of the 100 h agreed for those days were given"), (2_999, "49 h 59 m of the 100 h agreed for those days were given"),
    (3_000, ""), (6_000, "")])
def test_less_than_half_of_the_time_agreed_is_told(minutes: int, told: str) -> None:
    assert much_less([line(1_000), line(500)], FOUR_WEEKS, Delivered(minutes, 0)) == told


def test_where_a_plan_only_counts_it_is_told_how_often_it_was() -> None:
    nights = [line(Decimal(5), Measure.TIMES)]
    assert much_less(nights, FOUR_WEEKS, Delivered(0, 9)) == "9 of the 20 times agreed for those days were given"
    assert much_less(nights, FOUR_WEEKS, Delivered(0, 10)) == ""


def test_where_nothing_was_agreed_for_the_days_nothing_can_be_much_less() -> None:
    assert much_less([], FOUR_WEEKS, Delivered(1, 0)) == ""
    assert much_less([line(1_000)], Period(date(2028, 1, 1), date(2028, 1, 31)), Delivered(1, 0)) == ""
