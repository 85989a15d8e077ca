"""The lines of the watch list: when each is told, and what it says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from basics.periods import Period
from isf.plan import Measure
from isf.watch import REVIEW_SOON, SOON, Matter, OfFund, Planned, Watched, ends, in_order, last_day_of, review_due, under_delivery, unpaid

AMINA = OfFund("isf-P001", "Amina, P001")
MAY = Period(date(2026, 5, 13), date(2026, 5, 27))
QUARTER = Period(date(2026, 8, 1), date(2026, 10, 31))


def test_a_review_is_told_four_weeks_before_it_must_be_held() -> None:
    one_day = Period(MAY.last, MAY.last)
    assert review_due(AMINA, one_day, MAY.last - REVIEW_SOON - timedelta(days=1), whose="the terms") is None
    soon = review_due(AMINA, one_day, MAY.last - REVIEW_SOON, whose="the terms")
    assert soon is not None
    assert (soon.since, soon.by, soon.is_late) == (None, MAY.last, False)


def test_a_review_is_overdue_the_day_after_its_last() -> None:
    late = [review_due(AMINA, MAY, MAY.last + timedelta(days=n), whose="the terms") for n in (0, 1)]
    assert [each.is_late for each in late if each] == [False, True]


@pytest.mark.parametrize(("days", "told", "is_late"), [(61, False, False), (60, True, False), (0, True, False), (-1, True, True), (-61, False, True)])
def test_an_ending_is_told_sixty_days_before_and_after(days: int, told: bool, is_late: bool) -> None:
    last = date(2027, 3, 31)
    found = ends("The rate", last, last - timedelta(days=days), "Ask", AMINA)
    assert (found is not None) is told
    if found is not None:
        assert found.is_late is is_late
        assert ("ended" in found.what) is is_late
    assert SOON.days == 60


def test_support_within_fifteen_per_cent_or_a_week_is_not_short() -> None:
    assert under_delivery(AMINA, [Planned("Outreach", 1000, 850, 92)], QUARTER) is None
    assert under_delivery(AMINA, [Planned("Outreach", 100, 60, 14)], QUARTER) is None
    assert under_delivery(AMINA, [], QUARTER) is None


def test_a_line_that_is_short_is_not_hidden_by_another() -> None:
    found = under_delivery(AMINA, [Planned("Outreach", 6000, 6400, 92), Planned("Swimming", 1200, 600, 92)], QUARTER)
    assert found is not None
    assert found.what == ("116 h 40 m of 120 h agreed, 97.2%, for 1 August to 31 October 2026. Short of it: “Swimming”, 10 h of 20 h.")


def test_nights_that_did_not_come_are_told_by_themselves_and_in_no_sum_of_time() -> None:
    swims = Planned("Swimming", 13, 3, 92, Measure.TIMES)
    found = under_delivery(AMINA, [swims], QUARTER)
    assert found is not None
    assert found.what == "“Swimming”, 3 of 13 times agreed, 23.1%, for 1 August to 31 October 2026."
    both = under_delivery(AMINA, [Planned("Outreach", 6000, 6000, 92), swims], QUARTER)
    assert both is not None
    assert both.what == "100 h of 100 h agreed, 100.0%, for 1 August to 31 October 2026. Short of it: “Swimming”, 3 of 13 times."
    assert under_delivery(AMINA, [Planned("Swimming", 13, 12, 92, Measure.TIMES)], QUARTER) is None


@pytest.mark.parametrize(("days", "told", "is_late"), [(61, False, False), (60, True, False), (0, True, False), (-1, True, True), (-400, True, True)])
def test_the_last_day_of_what_is_set_aside_is_told_before_it_and_until_nothing_is_left(days: int, told: bool, is_late: bool) -> None:
    last = date(2027, 3, 31)
    found = last_day_of(AMINA, "SA-1", "£240.00", last, last - timedelta(days=days))
    assert (found is not None) is told
    if found is not None:
        assert (found.is_late, "is past" in found.what) == (is_late, is_late)


def test_whole_periods_without_money_are_one_line_with_their_sum() -> None:
    periods = [(Period(date(2026, n, 1), date(2026, n, 28)), date(2026, n + 1, 1), 90_000) for n in (8, 9)]
    found = unpaid(AMINA, "Southgate Council", periods)
    assert (found.what, found.pence, found.since) == (
        "Nothing from Southgate Council for 1 to 28 August 2026 and 1 more: £1,800.00", 180_000, date(2026, 9, 1))


def test_what_is_late_comes_first_then_what_is_due_first() -> None:
    def line(who: str, by: date | None, is_late: bool) -> Watched:
        return Watched(matter=Matter.REVIEW, fund="", who=who, what="", to_do="", by=by, is_late=is_late)

    lines = [line("a", None, False), line("b", date(2027, 1, 1), False), line("c", date(2026, 12, 1), False), line("d", date(2026, 1, 1), True)]
    assert [each.who for each in in_order(lines)] == ["d", "c", "b", "a"]
