"""Time that was given beside time that is charged, and for how long anybody was there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basics.rounding import TimeRule, charged_minutes
from invoicing.attended import Attended, attended
from invoicing.charged_over import ROUNDING_ADDS_AT_MOST_MINUTES, Timed, over_given
from invoicing.delivery import CANCELLED, GIVEN, Delivery

DAY = date(2026, 10, 6)
NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)


def row(carer: str, start: int, minutes: int, *, person: str = "P001", outcome: str = GIVEN) -> Delivery:
    """A carer who came so many minutes after nine and stayed so long."""
    starts_at = NINE + timedelta(minutes=start)
    return Delivery(1, f"V|{carer}|{person}", "V", carer, person, "care", outcome, DAY, starts_at, starts_at + timedelta(minutes=minutes), 60,
                    minutes, 2, "")


@pytest.mark.parametrize(("rows", "minutes", "staff_minutes"), [
    ([row("A", 0, 60), row("B", 20, 40)], 60, 100),
    ([row("A", 0, 60), row("B", 60, 30)], 90, 90),
    ([row("A", 0, 30), row("B", 45, 30)], 60, 60),
    ([row("A", 0, 60), row("A", 0, 60, person="P002")], 60, 60),
    ([row("A", 0, 60), row("B", 0, 60, outcome=CANCELLED)], 60, 60),
    ([], 0, 0),
])
def test_somebody_is_there_once_however_many_come(rows: list[Delivery], minutes: int, staff_minutes: int) -> None:
    assert attended(rows) == Attended(minutes, staff_minutes)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120)), max_size=6))
def test_the_time_with_anybody_there_is_every_minute_in_which_somebody_was(spells: list[tuple[int, int]]) -> None:
    there = {minute for start, length in spells for minute in range(start, start + length)}
    found = attended(row(f"C{n}", *each) for n, each in enumerate(spells))
    assert found == Attended(len(there), sum(length for _, length in spells))


@given(st.integers(0, 24 * 60), st.sampled_from(TimeRule))
def test_no_rule_of_rounding_ever_adds_what_is_told_as_more(minutes: int, rule: TimeRule) -> None:
    assert not Timed("V", "A", DAY, minutes, charged_minutes(minutes, rule)).is_beyond_rounding


def test_the_most_that_rounding_adds_is_what_is_stated() -> None:
    assert max(charged_minutes(n, rule) - n for n in range(60) for rule in TimeRule) == ROUNDING_ADDS_AT_MOST_MINUTES


def test_every_visit_with_more_time_charged_than_given_is_told_and_no_other() -> None:
    visits = [Timed(f"V{over}", "A", DAY, 40, 40 + over) for over in (-10, 0, 5, 14, 15, 20)]
    found = over_given(visits)
    assert {(each.name, each.amount) for each in found if "rule of rounding that was agreed" in each.cause.what} == {("V5", 5), ("V14", 14)}
    assert {(each.name, each.amount) for each in found if "no rule of rounding" in each.cause.what} == {("V15", 15), ("V20", 20)}


def test_one_row_that_stands_for_two_carers_gave_the_time_of_two() -> None:
    assert Timed("V", "A", DAY, 60, 120, carers=2).over == 0
    assert Timed("V", "A", DAY, 60, 149, carers=2).is_beyond_rounding
    assert not Timed("V", "A", DAY, 46, 120, carers=2).is_beyond_rounding
