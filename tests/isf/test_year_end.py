"""How the year of a budget will end, as a statement tells it: what was used, and the rest of the plan at the pace so far.

An hour a day at £20.00, 365 days, £7,300.00. By the end of October 214 hours were planned, and 200 given: £4,000.00. Of the 151 that are
planned still, 151 × 200 ÷ 214 at £20.00 are £2,822.43.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from basics.periods import Month
from isf.bought import Bought
from isf.budget import BudgetPeriod
from isf.plan import RatePeriod
from isf.position import Delivered
from isf.statement import Forecast
from isf.statement_of import build_statement
from tests.isf.test_statement_builder import OCTOBER, YEAR, on_plan, plan_line, price

GIVEN = 200 * 60


def at_the_end(**changed: Any) -> Forecast | None:
    return build_statement(on_plan(GIVEN, **changed)).forecast


def test_the_rest_of_the_plan_goes_on_at_the_pace_so_far_in_pounds_and_in_hours() -> None:
    assert at_the_end() == Forecast("2027-03-31", 6_822_43, 477_57, 20_467, 365 * 60)


def test_more_than_the_budget_is_told_as_more() -> None:
    found = at_the_end(budgets=[BudgetPeriod(YEAR, 6_000_00, 4_000_00)])
    assert found is not None
    assert found.less_pence == -822_43


def test_what_was_used_before_we_know_it_line_by_line_counts_and_hours_are_then_not_told() -> None:
    """From October on: 31 of 31 hours, £620.00 of the £4,280.00 that were used; the plan for 151 hours more is £3,020.00."""
    found = build_statement(on_plan(31 * 60, delivered_from=OCTOBER.first, budgets=[BudgetPeriod(YEAR, 7_300_00, 4_280_00)])).forecast
    assert found == Forecast("2027-03-31", 7_300_00, 0, None, None)


def test_a_bill_that_is_agreed_is_counted_once() -> None:
    """An hour of swimming a week, 3,129 minutes at £10.00, is £521.50. A bill of £120.00 is agreed, and what is used has it already."""
    swimming = replace(plan_line(2, "Swimming", 60), reference="swim")
    found = at_the_end(
        lines=[plan_line(), swimming], rates={1: [price("20.00")], 2: [RatePeriod(YEAR, "hour", Decimal("10.00"))]},
        bought=Bought(unpaid={"swim": 120_00}), budgets=[BudgetPeriod(YEAR, 7_900_00, 4_120_00)])
    assert found is not None
    assert found.pence == 4_120_00 + 2_822_43 + (521_50 - 120_00)
    assert (found.minutes, found.planned_minutes) == (20_467, 365 * 60)


@pytest.mark.parametrize("changed", [
    {"lines": [], "rates": {}, "delivered": {}},
    {"rates": {}},
    {"budgets": [BudgetPeriod(YEAR, 7_300_00, None)]},
    {"budgets": []},
    {"closed": True},
    {"month": Month(2027, 3)},
], ids=["no plan", "a price is missing", "what was used is not known", "no budget", "the fund is closed", "the year is over"])
def test_nothing_is_guessed_where_something_is_missing_or_the_year_is_over(changed: dict[str, Any]) -> None:
    assert at_the_end(**changed) is None


def test_a_budget_that_is_not_known_leaves_the_forecast_without_what_is_left() -> None:
    found = at_the_end(budgets=[BudgetPeriod(YEAR, None, 4_000_00)])
    assert found is not None
    assert (found.pence, found.less_pence) == (6_822_43, None)


def test_nothing_given_so_far_is_told_as_nothing_to_come() -> None:
    found = build_statement(on_plan(0)).forecast
    assert found is not None
    assert (found.pence, found.minutes) == (0, 0)
    assert at_the_end(delivered={1: Delivered(minutes=GIVEN, pence=4_000_00)}, month=Month.of(date(2026, 10, 5))) is not None
