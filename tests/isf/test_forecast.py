"""Where a line will be at the end of its year: what was given, and the rest of the plan at the pace so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.periods import ONE_DAY, Period
from isf.forecast import Pace, bought, forecast, with_forecasts
from isf.plan import Measure, PlanLine, RatePeriod
from isf.position import Delivered, Status, line_position

YEAR, HALF_WAY = Period(date(2026, 4, 1), date(2027, 3, 31)), date(2026, 9, 30)
PRICE = [RatePeriod(YEAR, "hour", Decimal("24.00"))]
COUNT = st.integers(0, 100_000)


def hours(line_id: int, minutes: int, period: Period = YEAR) -> PlanLine:
    return PlanLine(id=line_id, reference="outreach", fund="isf-P001", person="P001", support_type="outreach", words="Outreach", funder=None,
                    measure=Measure.MINUTES, per_week=minutes, period=period)


def test_three_quarters_of_the_plan_so_far_is_three_quarters_of_the_rest() -> None:
    assert forecast(90, 120, Pace(90, 120)) == 180


def test_a_line_that_has_not_begun_is_forecast_as_planned() -> None:
    assert forecast(0, 120, Pace(0, 0)) == 120


@settings(max_examples=60, deadline=None)
@given(COUNT, COUNT, COUNT, COUNT)
def test_what_was_given_is_in_every_forecast_and_at_the_end_is_all_of_it(given_so_far: int, rest: int, pace: int, planned: int) -> None:
    assert forecast(given_so_far, rest, Pace(pace, planned)) >= given_so_far
    assert forecast(given_so_far, 0, Pace(pace, planned)) == given_so_far


def test_hours_and_pounds_are_forecast_each_at_its_own_pace() -> None:
    half = line_position(hours(1, 420), PRICE, Delivered(minutes=183 * 30, pence=183 * 24_00), YEAR, HALF_WAY)
    line, = with_forecasts([half])
    assert (line.planned, line.forecast) == (365 * 60, 365 * 30)
    assert (line.planned_pence, line.forecast_pence) == (365 * 24_00, 365 * 24_00)
    assert line.forecast_status is Status.UNDER


def test_a_version_that_begins_today_has_the_pace_of_the_line_and_the_amount_of_its_own() -> None:
    before, after = Period(YEAR.first, HALF_WAY), Period(HALF_WAY + ONE_DAY, YEAR.last)
    old = line_position(hours(1, 420, before), PRICE, Delivered(minutes=183 * 45, pence=183 * 18_00), YEAR, HALF_WAY)
    new = line_position(hours(2, 840, after), PRICE, Delivered(), YEAR, HALF_WAY)
    lines = with_forecasts([old, new])
    assert [line.forecast for line in lines] == [183 * 45, 182 * 90]
    assert [line.forecast_pence for line in lines] == [183 * 18_00, 182 * 36_00]


def test_a_missing_price_leaves_the_hours_forecast_and_the_pounds_not_known() -> None:
    line, = with_forecasts([line_position(hours(1, 420), [], Delivered(minutes=183 * 60), YEAR, HALF_WAY)])
    assert (line.forecast, line.forecast_pence, line.forecast_status) == (365 * 60, None, Status.NOT_KNOWN)


def test_what_is_bought_by_bill_is_counted_in_pounds_and_is_forecast_as_planned_until_more_is_bought() -> None:
    assert (bought(100, 50, 400), bought(500, 0, 400)) == (350, 500)
    position = line_position(hours(1, 60), PRICE, Delivered(), YEAR, HALF_WAY)
    line, = with_forecasts([replace(position, committed_pence=200_00, paid_pence=500_00, delivered_pence=500_00)])
    assert line.is_bought
    assert (line.planned_pence, line.forecast_pence) == (1251_60, 1051_60)
    assert (line.status, line.forecast_status) == (Status.OVER, Status.ON_TARGET)
