"""The seven steps: where somebody stands, since when, and the days in each. What nobody recorded is not known."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from isf.steps import REACHED_WHEN, Reached, State, Step, standing

DAY = date(2026, 10, 31)
ALL = {step: date(2026, 3, 1) + timedelta(days=30 * n) for n, step in enumerate(Step)}
KNOWN = st.dictionaries(st.sampled_from(Step), st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 12, 31))))


def test_each_step_lasts_until_the_next_and_the_last_until_today() -> None:
    found = standing(ALL, DAY)
    assert [each.days for each in found.steps] == [30] * 6 + [(DAY - ALL[Step.REVIEW]).days]
    assert found.now is not None
    assert (found.now.step, found.days) == (Step.REVIEW, 64)
    assert set(REACHED_WHEN) == set(Step)


def test_a_step_of_a_later_day_is_still_to_come() -> None:
    found = standing(ALL, ALL[Step.PLAN])
    assert found.now == Reached(Step.PLAN, State.REACHED, ALL[Step.PLAN], 0)
    assert {each.state for each in found.steps[3:]} == {State.TO_COME}


def test_a_step_that_nobody_recorded_is_not_known_and_neither_are_the_days_before_it() -> None:
    known = {Step.NEEDS: date(2026, 3, 1), Step.SUPPORT: date(2026, 6, 1)}
    found = standing(known, DAY)
    assert [each.state for each in found.steps] == [State.REACHED, *[State.NOT_KNOWN] * 4, State.REACHED, State.TO_COME]
    assert [each.days for each in found.steps] == [None] * 5 + [152, None]


def test_support_that_began_on_a_day_nobody_knows_is_reached_all_the_same() -> None:
    found = standing({Step.CONTROL: date(2026, 4, 1), Step.SUPPORT: None}, DAY)
    assert found.now == Reached(Step.SUPPORT, State.NOT_KNOWN)
    assert found.days is None


def test_steps_in_another_order_have_no_days_between_them() -> None:
    found = standing({Step.AGREED: date(2026, 7, 1), Step.CONTROL: date(2026, 6, 1)}, DAY)
    assert (found.steps[3].days, found.steps[4].days) == (None, 152)


def test_of_whom_nothing_is_recorded_stands_nowhere() -> None:
    found = standing({}, DAY)
    assert found.now is None
    assert {each.state for each in found.steps} == {State.TO_COME}


@settings(max_examples=60, deadline=None)
@given(KNOWN)
def test_no_step_is_ever_taken_as_reached_on_a_day_that_nobody_recorded(known: dict[Step, date | None]) -> None:
    found = standing(known, DAY)
    for each in found.steps:
        assert each.on in (None, known.get(each.step))
        assert each.days is None or (each.on is not None and each.days >= 0)
        assert each.on is None or each.on <= DAY
    after = [each.state for each in found.steps[found.steps.index(found.now) + 1:]] if found.now else []
    assert set(after) <= {State.TO_COME}
