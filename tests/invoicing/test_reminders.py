"""Reminders: one step after the other, never two letters at once, and nothing after the last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from invoicing.reminders import Hold, Step, Tone, Why, held_by, may_answer_until, next_step

DUE = date(2026, 9, 1)
LADDER = (Step(7, Tone.FRIENDLY), Step(21, Tone.FIRM), Step(45, Tone.BEFORE_A_CLAIM))


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(("sent", "on", "step"), [
    ({}, 6, None), ({}, 7, 1), ({}, 300, 1),
    ({1: after(7)}, 20, None), ({1: after(7)}, 21, 2), ({1: after(100)}, 113, None), ({1: after(100)}, 114, 2),
    ({1: after(7), 2: after(21)}, 45, 3), ({1: after(7), 2: after(21), 3: after(45)}, 3000, None)])
def test_a_letter_follows_the_one_before_it_by_as_many_days_as_the_ladder_has(sent: dict[int, date], on: int, step: int | None) -> None:
    assert next_step(LADDER, DUE, sent, after(on)) == step


def test_no_ladder_no_letter() -> None:
    assert next_step((), DUE, {}, after(3000)) is None


@pytest.mark.parametrize("why", Why)
def test_a_hold_holds_from_its_first_to_its_last_day(why: Why) -> None:
    hold = Hold("peggy", why, after(10), after(20))
    assert [held_by([hold], "peggy", after(day)) is not None for day in (9, 10, 20, 21)] == [False, True, True, False]
    assert held_by([hold], "amina", after(15)) is None
    assert held_by([Hold("peggy", why, after(10), None)], "peggy", after(5000)) is not None


def test_an_individual_has_thirty_days_to_answer_the_letter_before_a_claim() -> None:
    assert may_answer_until(date(2026, 11, 1)) == date(2026, 12, 1)
