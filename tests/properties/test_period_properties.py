"""What holds for every visit and every day, clock changes included."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from basics.periods import LONDON, Month, day_of, elapsed_minutes, financial_year, four_weekly_holding, minutes_by_day, week

quiet = settings(deadline=None, max_examples=200)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@quiet
@given(INSTANTS, st.integers(0, 60 * 24 * 4))
@example(datetime(2026, 3, 28, 22, tzinfo=UTC), 8 * 60)
@example(datetime(2026, 10, 25, 0, 50, tzinfo=UTC), 20)
def test_the_minutes_of_the_days_add_to_the_visit(starts_at: datetime, minutes: int) -> None:
    ends_at = starts_at + timedelta(minutes=minutes)
    found = minutes_by_day(starts_at, ends_at)
    assert sum(found.values()) == elapsed_minutes(starts_at, ends_at) == minutes
    assert minutes_by_day(starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)) == found
    assert all(day_of(starts_at) <= day <= day_of(ends_at) and 0 < part <= 25 * 60 for day, part in found.items())


@quiet
@given(DAYS, DAYS)
def test_every_day_lies_in_its_own_week_month_four_weeks_and_year(day: date, cycle_starts: date) -> None:
    for period, days in ((week(day), {7}), (Month.of(day).period, {28, 29, 30, 31}), (four_weekly_holding(cycle_starts, day), {28}),
                         (financial_year(day), {365, 366})):
        assert day in period
        assert period.days in days


@quiet
@given(DAYS)
def test_a_month_read_back_is_the_same_month(day: date) -> None:
    month = Month.of(day)
    assert Month.parse(str(month)) == month == month.next.previous
    assert month.next.first == month.last + timedelta(days=1)
