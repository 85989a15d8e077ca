"""Periods of days, both ends included, and the clock of the United Kingdom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from basics.errors import InputError

LONDON = ZoneInfo("Europe/London")
DAYS_PER_WEEK = 7
ONE_DAY = timedelta(days=1)
_DAY = re.compile(r"(?<![\w/.:-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w/:-])")


@dataclass(frozen=True, order=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(f"The period ends on {day_in_words(self.last)}, before it starts on {day_in_words(self.first)}.",
                             "Check the two dates.")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.days))

    def overlap(self, other: Period) -> Period | None:
        """The days that both have, or None."""
        first = self.first if self.first >= other.first else other.first
        last = self.last if self.last <= other.last else other.last
        if first is self.first and last is self.last:
            return self
        return Period(first, last) if first <= last else None

    def __str__(self) -> str:
        """“1 to 31 October 2026”, “15 October to 3 November 2026”, “21 December 2026 to 17 January 2027”."""
        end = day_in_words(self.last)
        if self.first.year != self.last.year:
            return f"{day_in_words(self.first)} to {end}"
        if self.first.month != self.last.month:
            return f"{self.first.day} {self.first:%B} to {end}"
        return f"{self.first.day} to {end}" if self.first != self.last else end


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, written 2026-10."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        found = re.fullmatch(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])", text.strip())
        if found is None:
            raise InputError(f"“{text}” is not a month.", "Write the year and the month, like 2026-10.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month.of(self.first - ONE_DAY)

    @cached_property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @cached_property
    def last(self) -> date:
        return self.next.first - ONE_DAY

    @cached_property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def in_words(self) -> str:
        return f"{self.first:%B %Y}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def week(day: date) -> Period:
    """The week, Monday to Sunday, that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def four_weekly(cycle_starts: date, n: int) -> Period:
    """The n-th period of 28 days (the first is 1) of a cycle that starts on `cycle_starts`."""
    first = cycle_starts + timedelta(days=28 * (n - 1))
    return Period(first, first + timedelta(days=27))


def four_weekly_holding(cycle_starts: date, day: date) -> Period:
    """The 28 days of that cycle that hold `day`, before or after its start."""
    return four_weekly(cycle_starts, (day - cycle_starts).days // 28 + 1)


def financial_year(day: date) -> Period:
    """The council's financial year, 1 April to 31 March, that holds `day`."""
    start = day.year if day.month >= 4 else day.year - 1
    return Period(date(start, 4, 1), date(start + 1, 3, 31))


def elapsed_minutes(starts_at: datetime, ends_at: datetime) -> int:
    """Whole minutes between two instants. Both must carry a zone, and are taken to UTC first: a night on which the clocks change
    is an hour longer or shorter than the clock on the wall says."""
    seconds = (_utc(ends_at) - _utc(starts_at)).total_seconds()
    if seconds < 0:
        raise InputError("The visit ends before it starts.", "Check the start and the end.")
    return round(seconds) // 60


def day_of(instant: datetime) -> date:
    """The day in the United Kingdom on which an instant falls: 23:30 UTC on 31 March is 1 April."""
    return _utc(instant).astimezone(LONDON).date()


def minutes_by_day(starts_at: datetime, ends_at: datetime) -> dict[date, int]:
    """The minutes of a visit that fall on each day in the United Kingdom, clock changes included.

    The days add to `elapsed_minutes` of the whole visit: odd seconds at a midnight are carried into the next day.
    """
    found: dict[date, int] = {}
    whole, given = elapsed_minutes(starts_at, ends_at), 0
    day = day_of(starts_at)
    while given < whole:
        midnight = datetime.combine(day + ONE_DAY, datetime.min.time(), LONDON)
        so_far = elapsed_minutes(starts_at, min(ends_at, midnight, key=_utc))
        if so_far > given:
            found[day] = so_far - given
        day, given = day + ONE_DAY, so_far
    return found


def _utc(instant: datetime) -> datetime:
    """Two times of one zone compare and subtract by the clock on the wall, so every instant is taken to UTC first."""
    if instant.tzinfo is None:
        raise TypeError("An instant without a time zone cannot be measured.")
    return instant.astimezone(UTC)


def day_in_words(day: date) -> str:
    """“1 October 2026”, as in running text."""
    return f"{day.day} {day:%B %Y}"


def days_said_in_words(text: str) -> str:
    """A text with each day in it, 2026-11-03, as “3 November 2026”; what only looks like a day, or is part of a reference, stays."""
    return _DAY.sub(lambda found: _in_words(found[0]), text)


def _in_words(said: str) -> str:
    try:
        return day_in_words(date.fromisoformat(said))
    except ValueError:
        return said


def day_in_figures(day: date) -> str:
    """“01/10/2026”, as in tables."""
    return f"{day:%d/%m/%Y}"


def minutes_in_words(minutes: int) -> str:
    """“26 h 30 m”, “45 m”, “4,463 h”; a minus in front where it is less than none."""
    hours, rest = divmod(abs(minutes), 60)
    words = " ".join(part for part in (f"{hours:,} h" if hours else "", f"{rest} m" if rest or not hours else "") if part)
    return f"-{words}" if minutes < 0 else words
