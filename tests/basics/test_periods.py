"""Periods of days, and the clock of the United Kingdom on the two nights that change it."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from basics.errors import InputError
from basics.periods import (
    LONDON,
    Month,
    Period,
    day_in_figures,
    day_in_words,
    day_of,
    days_said_in_words,
    elapsed_minutes,
    financial_year,
    four_weekly,
    four_weekly_holding,
    minutes_by_day,
    minutes_in_words,
    week,
)

HOUR = 60


def london(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_both_ends_of_a_period_count() -> None:
    period = Period(date(2026, 10, 15), date(2026, 10, 31))
    assert period.days == len(list(period)) == 17
    assert period.first in period
    assert period.last in period
    assert date(2026, 10, 14) not in period
    assert date(2026, 11, 1) not in period


def test_a_period_of_one_day_has_one_day() -> None:
    assert Period(date(2026, 10, 15), date(2026, 10, 15)).days == 1


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(InputError, match="ends on 14 October 2026, before it starts on 15 October 2026"):
        Period(date(2026, 10, 15), date(2026, 10, 14))


def test_an_overlap_is_the_days_that_both_have() -> None:
    october = Month(2026, 10).period
    assert october.overlap(Period(date(2026, 10, 15), date(2026, 11, 30))) == Period(date(2026, 10, 15), date(2026, 10, 31))
    assert october.overlap(Period(date(2026, 10, 31), date(2026, 11, 30))) == Period(date(2026, 10, 31), date(2026, 10, 31))
    assert october.overlap(Month(2026, 11).period) is None


@pytest.mark.parametrize(("first", "last", "words"), [
    ((2026, 10, 1), (2026, 10, 31), "1 to 31 October 2026"),
    ((2026, 10, 15), (2026, 11, 3), "15 October to 3 November 2026"),
    ((2026, 12, 21), (2027, 1, 17), "21 December 2026 to 17 January 2027"),
    ((2026, 10, 1), (2026, 10, 1), "1 October 2026"),
])
def test_a_period_is_said_as_a_person_would(first: tuple[int, int, int], last: tuple[int, int, int], words: str) -> None:
    assert str(Period(date(*first), date(*last))) == words


def test_a_month_knows_its_days_and_its_neighbours() -> None:
    assert Month.parse("2026-02").period.days == 28
    assert Month.parse("2028-02").period.days == 29
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)
    assert Month.of(date(2026, 10, 31)) == Month(2026, 10)
    assert (str(Month(2026, 3)), Month(2026, 3).in_words) == ("2026-03", "March 2026")
    assert Month(2026, 12) < Month(2027, 1)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-1", "10-2026", "2026-10-01", "October 2026", "0000-01",
                                  "9999-12", "٢٠٢٦-10"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not a month"):
        Month.parse(text)


def test_a_week_runs_from_monday_to_sunday() -> None:
    expected = Period(date(2026, 10, 12), date(2026, 10, 18))
    assert {week(day) for day in expected} == {expected}


def test_a_cycle_of_four_weeks_has_thirteen_periods_and_a_day_in_a_year() -> None:
    start = date(2026, 4, 1)
    assert four_weekly(start, 1) == Period(date(2026, 4, 1), date(2026, 4, 28))
    assert four_weekly(start, 13).last == date(2027, 3, 30)
    assert all(four_weekly(start, n).last + timedelta(days=1) == four_weekly(start, n + 1).first for n in range(-2, 15))


@pytest.mark.parametrize(("day", "n"), [(date(2026, 4, 1), 1), (date(2026, 4, 28), 1), (date(2026, 4, 29), 2), (date(2026, 3, 31), 0)])
def test_every_day_lies_in_one_period_of_the_cycle(day: date, n: int) -> None:
    found = four_weekly_holding(date(2026, 4, 1), day)
    assert found == four_weekly(date(2026, 4, 1), n)
    assert day in found


@pytest.mark.parametrize(("day", "first_year"), [(date(2026, 4, 1), 2026), (date(2027, 3, 31), 2026), (date(2026, 3, 31), 2025)])
def test_the_councils_year_starts_on_1_april(day: date, first_year: int) -> None:
    assert financial_year(day) == Period(date(first_year, 4, 1), date(first_year + 1, 3, 31))


@pytest.mark.parametrize(("starts", "ends", "hours"), [
    ("2026-03-28T22:00", "2026-03-29T07:00", 8),
    ("2026-10-24T22:00", "2026-10-25T07:00", 10),
    ("2026-06-01T22:00", "2026-06-02T07:00", 9),
])
def test_a_night_on_which_the_clocks_change_is_as_long_as_it_was(starts: str, ends: str, hours: int) -> None:
    assert elapsed_minutes(london(starts), london(ends)) == hours * HOUR


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    assert elapsed_minutes(london("2026-10-25T01:50"), london("2026-10-25T01:10", fold=1)) == 20
    assert minutes_by_day(london("2026-10-25T01:50"), london("2026-10-25T01:10", fold=1)) == {date(2026, 10, 25): 20}


def test_seconds_over_a_whole_minute_do_not_count() -> None:
    assert elapsed_minutes(london("2026-06-01T09:00:00"), london("2026-06-01T09:59:59")) == 59


def test_a_visit_cannot_end_before_it_starts() -> None:
    for measure in (elapsed_minutes, minutes_by_day):
        with pytest.raises(InputError, match="ends before it starts"):
            measure(london("2026-06-01T10:00"), london("2026-06-01T09:00"))


def test_an_instant_without_a_zone_is_refused() -> None:
    bare = datetime(2026, 6, 1, 9)  # noqa: DTZ001
    with pytest.raises(TypeError, match="without a time zone"):
        day_of(bare)
    for starts, ends in ((bare, london("2026-06-01T10:00")), (london("2026-06-01T08:00"), bare)):
        with pytest.raises(TypeError, match="without a time zone"):
            elapsed_minutes(starts, ends)
        with pytest.raises(TypeError, match="without a time zone"):
            minutes_by_day(starts, ends)


def test_half_past_eleven_utc_on_31_march_is_1_april_here() -> None:
    assert day_of(utc("2026-03-31T23:30")) == date(2026, 4, 1)
    assert day_of(utc("2026-03-31T22:59")) == date(2026, 3, 31)
    assert day_of(utc("2026-11-30T23:30")) == date(2026, 11, 30)


def test_a_night_across_the_october_change_has_two_hours_and_eight() -> None:
    assert minutes_by_day(london("2026-10-24T22:00"), london("2026-10-25T07:00")) == {
        date(2026, 10, 24): 2 * HOUR, date(2026, 10, 25): 8 * HOUR}


def test_a_night_across_the_march_change_has_two_hours_and_six() -> None:
    assert minutes_by_day(london("2026-03-28T22:00"), london("2026-03-29T07:00")) == {
        date(2026, 3, 28): 2 * HOUR, date(2026, 3, 29): 6 * HOUR}


def test_a_night_across_31_march_falls_in_two_financial_years() -> None:
    found = minutes_by_day(london("2026-03-31T22:00"), london("2026-04-01T07:00"))
    assert found == {date(2026, 3, 31): 2 * HOUR, date(2026, 4, 1): 7 * HOUR}
    assert [financial_year(day).first.year for day in found] == [2025, 2026]


def test_a_visit_told_in_another_zone_falls_on_the_days_it_fell_on_here() -> None:
    expected = {date(2026, 3, 31): 30, date(2026, 4, 1): 30}
    assert minutes_by_day(utc("2026-03-31T22:30"), utc("2026-03-31T23:30")) == expected
    paris = timezone(timedelta(hours=2))
    assert minutes_by_day(datetime(2026, 4, 1, 0, 30, tzinfo=paris), datetime(2026, 4, 1, 1, 30, tzinfo=paris)) == expected


def test_a_visit_that_ends_at_midnight_has_no_minutes_on_the_next_day() -> None:
    assert minutes_by_day(london("2026-06-01T22:00"), london("2026-06-02T00:00")) == {date(2026, 6, 1): 2 * HOUR}


def test_a_visit_of_no_length_falls_on_no_day() -> None:
    assert minutes_by_day(london("2026-06-01T22:00"), london("2026-06-01T22:00")) == {}


@pytest.mark.parametrize("seconds", [0, 1, 30, 59])
def test_the_days_of_a_visit_add_to_its_length_whatever_the_seconds(seconds: int) -> None:
    starts = london("2026-10-23T22:00") + timedelta(seconds=seconds)
    ends = london("2026-10-26T07:00") + timedelta(seconds=seconds)
    found = minutes_by_day(starts, ends)
    assert list(found) == [date(2026, 10, 23), date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)]
    assert sum(found.values()) == elapsed_minutes(starts, ends) == 58 * HOUR


def test_days_and_minutes_are_said_as_a_person_would() -> None:
    assert day_in_words(date(2026, 10, 1)) == "1 October 2026"
    assert day_in_figures(date(2026, 10, 1)) == "01/10/2026"
    said = {1590: "26 h 30 m", 45: "45 m", 1860: "31 h", 267_795: "4,463 h 15 m", 0: "0 m", -90: "-1 h 30 m"}
    assert {minutes: minutes_in_words(minutes) for minutes in said} == said


def test_a_day_within_a_text_is_said_in_words_and_a_reference_stays_itself() -> None:
    said = {"2026-11-03": "3 November 2026", "Eastmere spot 2026-01-01": "Eastmere spot 1 January 2026", "2026-02-30": "2026-02-30",
            '{"from": "2026-11-03"}': '{"from": "3 November 2026"}', "V-1-2026-11-03": "V-1-2026-11-03", "2026-11-03/1": "2026-11-03/1", "": ""}
    assert {text: days_said_in_words(text) for text in said} == said
