"""What may be used now: what is left of every budget that has begun, less what is set aside. One rule for statement, page and command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from basics.periods import Period
from isf.budget import BudgetPeriod
from isf.set_aside import Kept
from isf.statement import BudgetLine, may_be_used
from isf.statement_of import build_statement, fund_position
from tests.isf.test_statement_builder import YEAR, facts, on_plan

LAST_YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))


def line(budget: int | None, used: int | None) -> BudgetLine:
    return BudgetLine("", budget, used, None if budget is None or used is None else budget - used)


@pytest.mark.parametrize(("budgets", "carried", "aside", "may_use"), [
    ([line(2_378_228, 0), line(85_893, 0)], 0, 16_649, 2_447_472),
    ([line(100_000, 40_000)], 0, 0, 60_000),
    ([line(100_000, 105_392)], 5_392, 0, 0),
    ([line(None, None), line(100_000, 40_000)], 0, 0, 60_000),
    ([line(None, 40_000)], 0, 0, None),
    ([line(None, None)], 0, 0, None),
    ([], 0, 0, None),
], ids=["carried forward and set aside", "one budget", "what we carry took nothing", "days of which only the money is known", "a price is missing",
        "nothing is known", "no budget"])
def test_what_may_be_used_is_every_budgets_rest_less_what_is_set_aside(budgets: list[BudgetLine], carried: int, aside: int,
                                                                      may_use: int | None) -> None:
    assert may_be_used(budgets, carried, aside) == may_use


def test_a_statement_and_the_position_say_the_same_with_last_year_carried_forward() -> None:
    made_from = replace(on_plan(60), budgets=[BudgetPeriod(LAST_YEAR, 1_000_00, 141_07), BudgetPeriod(YEAR, 7_300_00, 20_00)],
                        set_aside=[Kept("SA-1", date(2027, 3, 31), 166_49, 0)])
    position = fund_position(made_from)
    assert position.may_use_pence == build_statement(made_from).may_use_pence == 7_280_00 + 858_93 - 166_49
    assert ([(each.words, each.left_pence) for each in position.left_of_others], position.left_pence) == ([(str(LAST_YEAR), 858_93)], 7_280_00)


def test_a_year_to_come_is_not_used_before_it_begins() -> None:
    next_year = BudgetPeriod(Period(date(2027, 4, 1), date(2028, 3, 31)), 5_000_00, 0)
    known = facts(budgets=[BudgetPeriod(YEAR, 3650_00, 2140_00), next_year])
    assert fund_position(known).may_use_pence == build_statement(known).may_use_pence == 1510_00
