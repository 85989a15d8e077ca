"""When a review is due, by the schedule of a funder’s terms."""

from __future__ import annotations

from datetime import date

import pytest

from basics.errors import InputError
from basics.periods import Period
from isf.review_schedule import next_review, schedule_of

START = date(2026, 4, 1)
SIX_TO_EIGHT = schedule_of(["6 to 8 weeks", "yearly"])


def days(first: str, last: str = "") -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


def test_the_first_review_may_be_held_from_the_sixth_week_and_must_be_by_the_eighth() -> None:
    assert next_review(SIX_TO_EIGHT, START, []) == days("2026-05-13", "2026-05-27")


def test_then_reviews_are_yearly_from_the_last_that_was_held() -> None:
    assert next_review(SIX_TO_EIGHT, START, [date(2026, 5, 20)]) == days("2027-05-20")
    assert next_review(SIX_TO_EIGHT, START, [date(2026, 5, 20), date(2027, 3, 2)]) == days("2028-03-02")


def test_a_review_held_early_counts_for_the_next_that_is_due() -> None:
    assert next_review(SIX_TO_EIGHT, START, [date(2026, 5, 6)]) == days("2027-05-06")


def test_a_late_review_counts_for_every_one_that_was_due_before_it() -> None:
    schedule = schedule_of(["6 weeks", "12 weeks", "yearly"])
    assert next_review(schedule, START, [date(2026, 5, 18)]) == days("2026-06-24")
    assert next_review(schedule, START, [date(2026, 7, 1)]) == days("2027-07-01")


def test_a_schedule_that_is_only_yearly_counts_from_the_start() -> None:
    assert next_review(schedule_of(["yearly"]), START, []) == days("2027-04-01")


def test_once_nothing_more_is_asked_for_nothing_is_due() -> None:
    assert next_review(schedule_of(["12 weeks"]), START, [date(2026, 6, 20)]) is None


def test_a_review_before_the_start_belongs_to_what_was_before() -> None:
    assert next_review(SIX_TO_EIGHT, START, [date(2026, 3, 20)]) == days("2026-05-13", "2026-05-27")


def test_a_change_asks_for_the_first_review_again_where_the_terms_say_so() -> None:
    held, change = [date(2026, 5, 20)], [date(2026, 9, 1)]
    only_yearly = schedule_of(["yearly"], on_change=True)
    assert next_review(only_yearly, START, held, change) == next_review(schedule_of(["6 to 8 weeks", "yearly"], on_change=True), START, held, change)
    on_change = schedule_of(["6 to 8 weeks", "yearly"], on_change=True)
    assert next_review(on_change, START, held, change) == days("2026-10-13", "2026-10-27")
    assert next_review(on_change, START, [*held, date(2026, 10, 20)], change) == days("2027-10-20")
    assert next_review(SIX_TO_EIGHT, START, held, change) == days("2027-05-20")


def test_months_end_on_the_last_day_where_a_month_is_shorter() -> None:
    assert next_review(schedule_of(["3 months", "yearly"]), date(2026, 11, 30), []) == days("2027-02-28")


@pytest.mark.parametrize("said", [[], ["sometimes"], ["8 to 6 weeks"], ["12 weeks", "6 weeks"], ["yearly", "6 weeks"],
                                  ["6 weeks", "6 weeks"], ["0 weeks"]])
def test_a_schedule_that_cannot_be_reckoned_is_refused(said: list[str]) -> None:
    with pytest.raises(InputError):
        schedule_of(said)
