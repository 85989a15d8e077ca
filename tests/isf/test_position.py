"""The plan in days and pounds, and where a fund stands against it."""

from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError
from basics.periods import Month, Period
from isf.budget import BudgetPeriod, PricedLines, month_budget, period_budget, promised_within
from isf.plan import Measure, PlanLine, RatePeriod, planned, planned_pence
from isf.position import Delivered, FundPosition, Status, compare, line_position, line_positions, worst

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
OCTOBER = Month(2026, 10)
NOTHING_BY_DELIVERY = PricedLines((), {})


def hours(per_week: str, period: Period = YEAR, line_id: int = 1) -> PlanLine:
    return plan_line(Measure.MINUTES, int(Decimal(per_week) * 60), period, line_id)


def times(per_week: str, period: Period = YEAR, line_id: int = 2) -> PlanLine:
    return plan_line(Measure.TIMES, Decimal(per_week), period, line_id)


def plan_line(measure: Measure, per_week: int | Decimal, period: Period, line_id: int) -> PlanLine:
    return PlanLine(id=line_id, reference=f"L{line_id}", fund="F-DANNY", person="P-1", support_type="outreach", words=f"Line {line_id}",
                    funder=None, measure=measure, per_week=per_week, period=period)


def price(pounds: str, period: Period = YEAR, per: str = "hour") -> RatePeriod:
    return RatePeriod(period, per, Decimal(pounds))


def months(first: Month, count: int) -> list[Month]:
    found = [first]
    while len(found) < count:
        found.append(found[-1].next)
    return found


# what is planned

def test_seven_hours_a_week_is_one_hour_a_day():
    assert planned(hours("7"), OCTOBER.period) == 31 * 60


def test_once_a_week_is_52_times_in_a_year_whichever_months_are_asked_for():
    swimming = times("1")
    by_month = [planned(swimming, month.period) for month in months(Month(2026, 4), 12)]
    assert sum(by_month) == planned(swimming, YEAR) == 52
    assert set(by_month) == {4, 5}


def test_days_outside_the_line_are_not_planned():
    from_15_october = hours("7", Period(date(2026, 10, 15), date(2026, 11, 3)))
    assert planned(from_15_october, OCTOBER.period) == 17 * 60
    assert planned(from_15_october, Month(2026, 12).period) == 0


def test_a_price_that_changes_in_the_month_is_applied_from_its_day():
    rates = [price("24.40", Period(date(2026, 4, 1), date(2026, 10, 14))), price("25.10", Period(date(2026, 10, 15), date(2027, 3, 31)))]
    assert planned_pence(hours("7"), OCTOBER.period, rates) == 14 * 2440 + 17 * 2510


def test_a_day_without_a_price_makes_the_sum_not_known():
    until_30_october = [price("24.40", Period(date(2026, 4, 1), date(2026, 10, 30)))]
    assert planned_pence(hours("7"), OCTOBER.period, until_30_october) is None
    assert planned_pence(hours("7"), Month(2026, 9).period, until_30_october) == 30 * 2440


def test_time_is_not_priced_by_the_night_nor_a_night_by_the_hour():
    assert planned_pence(hours("7"), OCTOBER.period, [price("96.00", per="night")]) is None
    assert planned_pence(times("7"), OCTOBER.period, [price("24.40")]) is None
    assert planned_pence(times("7"), OCTOBER.period, [price("96.00", per="night")]) == 31 * 9600


def test_two_prices_on_one_day_are_refused():
    with pytest.raises(InputError, match="two prices on 15 October 2026"):
        planned_pence(hours("7"), OCTOBER.period, [price("24.40", Period(date(2026, 4, 1), date(2026, 10, 15))),
                                                   price("25.10", Period(date(2026, 10, 15), date(2027, 3, 31)))])


def test_a_plan_in_floats_is_refused():
    with pytest.raises(TypeError):
        plan_line(Measure.TIMES, 1.5, YEAR, 1)  # type: ignore[arg-type]


def test_a_plan_below_nothing_is_refused():
    with pytest.raises(InputError, match="Give nil or more"):
        times("-1")


# on target, over, under

@pytest.mark.parametrize(("used", "status"), [
    (84_99, Status.UNDER), (85_00, Status.ON_TARGET), (100_00, Status.ON_TARGET), (105_00, Status.ON_TARGET), (105_01, Status.OVER),
])
def test_over_is_more_than_5_percent_above_and_under_more_than_15_below(used, status):
    assert compare(100_00, used) is status


def test_what_is_not_known_is_neither_over_nor_under():
    assert compare(None, 100) is compare(100, None) is Status.NOT_KNOWN


def test_support_that_nobody_planned_is_over():
    assert compare(0, 1) is Status.OVER


def test_over_is_worse_than_not_known_and_not_known_worse_than_under():
    assert worst([Status.ON_TARGET, Status.UNDER, Status.NOT_KNOWN, Status.OVER]) is Status.OVER
    assert worst([Status.UNDER, Status.NOT_KNOWN]) is Status.NOT_KNOWN
    assert worst([]) is Status.ON_TARGET


def test_five_mondays_in_a_month_are_not_over():
    three_hours_on_mondays = hours("3", Period(date(2026, 11, 1), date(2027, 3, 31)))
    five = line_position(three_hours_on_mondays, [price("20.00")], Delivered(minutes=5 * 180, pence=300_00), YEAR, date(2026, 11, 30))
    assert five.planned_to_date == 771
    assert five.status is Status.ON_TARGET


def test_a_line_shows_hours_and_pounds_to_date_and_what_is_left_of_the_year():
    line = line_position(hours("7"), [price("24.40")], Delivered(minutes=210 * 60, pence=210 * 2440), YEAR, date(2026, 10, 31))
    assert (line.planned, line.planned_to_date, line.delivered, line.left) == (365 * 60, 214 * 60, 210 * 60, 155 * 60)
    assert (line.planned_pence, line.planned_to_date_pence, line.left_pence) == (365 * 2440, 214 * 2440, 155 * 2440)
    assert line.status is Status.ON_TARGET


def test_a_line_that_costs_more_than_planned_is_over_even_on_its_hours():
    line = line_position(hours("7"), [price("24.40")], Delivered(minutes=214 * 60, pence=214 * 3000), YEAR, date(2026, 10, 31))
    assert line.status is Status.OVER


def test_a_missing_price_leaves_hours_known_and_pounds_not_known():
    line = line_position(hours("7"), [], Delivered(minutes=214 * 60), YEAR, date(2026, 10, 31))
    assert (line.left, line.left_pence, line.status) == (151 * 60, None, Status.NOT_KNOWN)


def test_a_fund_on_target_never_hides_a_line_that_is_over():
    lines = line_positions([hours("7"), times("1")], {1: [price("24.40")], 2: [price("9.00", per="time")]},
                           {1: Delivered(minutes=205 * 60, pence=205 * 2440), 2: Delivered(times=39, pence=39 * 900)}, YEAR,
                           date(2026, 10, 31))
    fund = FundPosition(lines=lines, budget_pence=1_000_000, expected_pence=586_301, used_pence=205 * 2440 + 39 * 900)
    assert [line.status for line in fund.lines] == [Status.ON_TARGET, Status.OVER]
    assert (fund.money_status, fund.status) == (Status.ON_TARGET, Status.OVER)


def test_the_hours_of_a_fund_are_those_of_its_lines_and_its_nights_are_not_hours():
    lines = line_positions([hours("7"), times("7")], {}, {1: Delivered(minutes=600), 2: Delivered(times=10)}, YEAR, date(2026, 10, 31))
    fund = FundPosition(lines=lines, budget_pence=None, expected_pence=None, used_pence=None)
    assert (fund.planned_minutes, fund.planned_to_date_minutes, fund.delivered_minutes) == (365 * 60, 214 * 60, 600)
    assert fund.left_minutes == 365 * 60 - 600
    assert fund.left_pence is None


def test_a_fund_whose_overspend_the_provider_carries_is_over():
    assert FundPosition(lines=(), budget_pence=1000, expected_pence=1000, used_pence=1000, carried_pence=1).status is Status.OVER


# the budget

def test_the_months_of_a_budget_add_to_its_year():
    budget = BudgetPeriod(YEAR, 22_812_50 + 33, 0)
    parts = [promised_within(budget, month.period) for month in months(Month(2026, 4), 12)]
    assert sum(part or 0 for part in parts) == 22_812_50 + 33


def test_part_of_a_month_has_part_of_its_budget():
    from_mid_october = BudgetPeriod(Period(date(2026, 10, 17), date(2026, 11, 15)), 30_00, 0)
    assert month_budget(OCTOBER, [from_mid_october], NOTHING_BY_DELIVERY, 0).budget_pence == 15_00


def test_a_budget_paid_by_delivery_is_its_plan_at_its_prices():
    by_delivery = PricedLines((hours("7"),), {1: [price("24.40")]})
    line = period_budget(BudgetPeriod(YEAR, 0, 100_00), OCTOBER, by_delivery)
    assert (line.budget_pence, line.expected_pence, line.left_pence) == (365 * 2440, 214 * 2440, 365 * 2440 - 100_00)


def test_a_budget_paid_by_delivery_without_a_price_is_not_known():
    line = period_budget(BudgetPeriod(YEAR, 0, 100_00), OCTOBER, PricedLines((hours("7"),), {}))
    assert (line.budget_pence, line.used_pence, line.left_pence) == (None, 100_00, None)


def test_before_going_live_with_only_the_money_held_nothing_of_the_budget_is_known():
    before = BudgetPeriod(Period(date(2026, 4, 1), date(2026, 10, 31)), None, None)
    line = period_budget(before, OCTOBER, NOTHING_BY_DELIVERY)
    assert (line.budget_pence, line.used_pence, line.left_pence, line.expected_pence) == (None, None, None, None)
    assert month_budget(OCTOBER, [before], NOTHING_BY_DELIVERY, 50).used_pence is None


def test_a_month_that_no_budget_covers_is_not_known():
    line = month_budget(OCTOBER, [], NOTHING_BY_DELIVERY, 50)
    assert (line.budget_pence, line.used_pence, line.left_pence) == (None, None, None)
