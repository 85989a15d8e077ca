"""Small changes of a plan go ahead, big ones are asked; what nobody knows is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from basics.money import Money
from basics.periods import ONE_DAY, Period
from isf.plan import Measure, PlanLine, RatePeriod
from isf.plan_changes import PlanChange, asked, plan_changes

FIRST, LAST, CHANGES = date(2026, 4, 1), date(2027, 3, 31), date(2026, 9, 14)
WHOLE, BEFORE, AFTER = Period(FIRST, LAST), Period(FIRST, CHANGES - ONE_DAY), Period(CHANGES, LAST)
OUTREACH, SWIM = RatePeriod(WHOLE, "hour", Decimal("24.00")), RatePeriod(WHOLE, "visit", Decimal("9.50"))


def hours(line_id: int, minutes: int, period: Period, reference: str = "outreach") -> PlanLine:
    return PlanLine(id=line_id, reference=reference, fund="isf-P001", person="P001", support_type=reference, words=reference, funder="council",
                    measure=Measure.MINUTES, per_week=minutes, period=period)


def swims(line_id: int, times: str, period: Period) -> PlanLine:
    return PlanLine(id=line_id, reference="swim", fund="isf-P001", person="P001", support_type="swim", words="Swimming", funder="council",
                    measure=Measure.TIMES, per_week=Decimal(times), period=period)


def test_two_hours_more_a_week_are_their_price_more() -> None:
    found = plan_changes([hours(1, 300, BEFORE), hours(2, 420, AFTER)], {1: [OUTREACH], 2: [OUTREACH]})
    assert found == (PlanChange(CHANGES, 48_00, 0),)
    assert found[0].size == Money(48_00)


def test_what_moves_from_one_line_to_another_is_a_change_though_the_whole_stays() -> None:
    lines = [hours(1, 300, BEFORE), hours(2, 180, AFTER), hours(3, 120, AFTER, "cooking")]
    change, = plan_changes(lines, {1: [OUTREACH], 2: [OUTREACH], 3: [OUTREACH]})
    assert (change.more_pence, change.less_pence, change.size) == (48_00, 48_00, Money(48_00))


def test_a_new_price_is_no_change_of_the_plan_and_neither_are_its_first_day_and_its_end() -> None:
    dearer = [RatePeriod(BEFORE, "hour", Decimal("24.00")), RatePeriod(AFTER, "hour", Decimal("30.00"))]
    assert plan_changes([hours(1, 300, BEFORE), hours(2, 300, AFTER)], {1: dearer, 2: dearer}) == ()
    assert plan_changes([], {}) == ()


def test_a_line_that_ends_is_less_at_its_last_price() -> None:
    until_then = [RatePeriod(BEFORE, "visit", Decimal("9.50"))]
    change, = plan_changes([hours(1, 300, WHOLE), swims(2, "1", BEFORE)], {1: [OUTREACH], 2: until_then})
    assert (change.on, change.more_pence, change.less_pence) == (CHANGES, 0, 9_50)


@pytest.mark.parametrize(("threshold", "is_asked"), [(48_00, False), (47_99, True), (None, True)])
def test_a_change_of_no_more_than_the_term_goes_ahead(threshold: int | None, is_asked: bool) -> None:
    ruling = asked(PlanChange(CHANGES, 48_00, 10_00), None if threshold is None else Money(threshold))
    assert ruling.is_asked is is_asked


def test_a_change_without_a_price_is_asked_whatever_may_go_ahead() -> None:
    change, = plan_changes([hours(1, 300, WHOLE), swims(2, "1", AFTER)], {1: [OUTREACH], 2: []})
    assert change.size is None
    assert asked(change, Money(10_000_00)).is_asked
