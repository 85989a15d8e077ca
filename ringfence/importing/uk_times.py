"""Days and clock times as people write them, and the instants that they mean in the United Kingdom.

A day or a time that could mean two things is refused with what to write instead: the wrong reading would be somebody's money.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from basics.errors import InputError
from basics.periods import LONDON, ONE_DAY, day_in_words, elapsed_minutes

FIRST_YEAR, LAST_YEAR = 2000, 2100

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SLASHES = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_TWO_DIGIT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:[0-9]{2})?")
_WRITE_A_DAY = "Write the day as 2026-10-05 or 05/10/2026."
_WRITE_A_TIME = "Write hours and minutes of the 24-hour clock, like 09:00."


@dataclass(frozen=True)
class Clock:
    """A time on the wall, with its offset from UTC where one was written."""

    at: time
    offset: timedelta | None = None


@dataclass(frozen=True)
class Times:
    """When a visit began and ended, in UTC, its whole minutes, and whether it ended on the day after."""

    starts_at: datetime
    ends_at: datetime
    minutes: int
    next_day: bool


def looks_month_first(texts: Iterable[str]) -> str | None:
    """A date among these that can only have the month first (10/25/2026), or None. One of them casts doubt on all."""
    for text in texts:
        found = _SLASHES.fullmatch(text)
        if found and int(found[3]) > 12 >= int(found[1]):
            return text
    return None


def read_day(text: str, month_first: str | None = None) -> date:
    """The day that is written as 2026-10-05 or 05/10/2026 (the day before the month).

    `month_first` is a date of the same file that has the month first; then 05/10/2026 is not certain, and is refused too.
    """
    year, month, day = _parts(text, month_first)
    try:
        found = date(year, month, day)
    except ValueError:
        raise InputError(f"“{text}” is not a day of the calendar.", _WRITE_A_DAY) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise InputError(f"“{text}” is in the year {found.year}.", f"Check the year: {FIRST_YEAR} to {LAST_YEAR} are taken.")
    return found


def _parts(text: str, month_first: str | None) -> tuple[int, int, int]:
    if iso := _ISO.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    found = _SLASHES.fullmatch(text)
    if found is None:
        if not text:
            raise InputError("is blank.", _WRITE_A_DAY)
        if _TWO_DIGIT_YEAR.fullmatch(text):
            raise InputError(f"“{text}” has a year of two digits.", "Write all four digits, like 05/10/2026.")
        raise InputError(f"“{text[:60]}” is not a day.", _WRITE_A_DAY)
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if month > 12 >= day:
        raise InputError(f"“{text}” seems to have the month first.", f"Write it as {year}-{day:02d}-{month:02d}, if that is the day.")
    if month_first and day <= 12 and day != month:
        raise InputError(f"“{text}” could be either of two days, because “{month_first}” in the same file has the month first.",
                         "Write the days of this file as 2026-10-05.")
    return year, month, day


def read_clock(text: str) -> Clock:
    """A time of day: `09:00`, `9:00`, `09:00:30`, with `+00:00`, `+01:00` or `Z` where the clocks go back."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise InputError(f"“{text[:60]}” is not a time of day.", _WRITE_A_TIME)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour == 24 and not minute and not second:
        raise InputError("“24:00” is not a time of day.", "Write 00:00: as an end it is the midnight at the end of the day, "
                         "and a start at midnight belongs to the next day.")
    try:
        at = time(hour, minute, second)
    except ValueError:
        raise InputError(f"“{text}” is not a time of day.", _WRITE_A_TIME) from None
    return Clock(at, _offset(found[4]))


def read_moment(text: str, month_first: str | None = None) -> datetime:
    """A day and a time of day after it: 2026-10-05 17:30. The instant, in UTC."""
    day, _, clock = text.replace("T", " ").partition(" ")
    if not clock:
        raise InputError(f"“{text[:60]}” is not a day and a time.", "Write both, like 2026-10-05 17:30.")
    return instant(read_day(day, month_first), read_clock(clock.strip()))


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text == "Z":
        return timedelta()
    size = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return -size if text[0] == "-" else size


def visit_times(day: date, start: Clock, end: Clock) -> Times:
    """The instants of a visit that starts on `day`. An end that is not after the start is on the next day.

    Raises `InputError` where the clocks change so that a time happens twice, or never.
    """
    starts_at = instant(day, start)
    ends_at = _same_day_end(day, starts_at, start, end)
    next_day = ends_at is None
    if ends_at is None:
        ends_at = instant(day + ONE_DAY, end)
    return Times(starts_at, ends_at, elapsed_minutes(starts_at, ends_at), next_day)


def _same_day_end(day: date, starts_at: datetime, start: Clock, end: Clock) -> datetime | None:
    """The end on the day of the start, or None where it is not after the start. In the hour that happens twice only instants can say."""
    if end.at <= start.at and not (_is_twice(day, start.at) and _is_twice(day, end.at)):
        return None
    ends_at = instant(day, end)
    return ends_at if ends_at > starts_at else None


def _is_twice(day: date, at: time) -> bool:
    return _steady_offset(day) is None and len(_readings(day, at)) == 2


@cache
def _steady_offset(day: date) -> timedelta | None:
    """How far the clocks are ahead of UTC all through this day, or None on a day on which they change."""
    first, last = (datetime.combine(midnight, time(), LONDON).utcoffset() for midnight in (day, day + ONE_DAY))
    return first if first == last else None


def instant(day: date, clock: Clock) -> datetime:
    """The instant, in UTC, at which the clocks of the United Kingdom show this time on this day."""
    steady = _steady_offset(day)
    if steady is not None and clock.offset is None:
        return datetime.combine(day, clock.at, UTC) - steady
    readings = _readings(day, clock.at)
    shown = f"{clock.at:%H:%M}"
    if not readings:
        raise InputError(f"{shown} does not exist on {day_in_words(day)}: the clocks go forward from 01:00 to 02:00.",
                         "Write the time that the clock showed.")
    if clock.offset is not None:
        meant = datetime.combine(day, clock.at, UTC) - clock.offset
        if meant not in readings:
            raise InputError(f"{shown} on {day_in_words(day)} is not at that offset from UTC in the United Kingdom.",
                             "Leave the offset out; it is needed only where the clocks go back.")
        return meant
    if len(readings) == 2:
        raise InputError(f"{shown} happens twice on {day_in_words(day)}, when the clocks go back.",
                         f"Write {shown}+01:00 for the first time, or {shown}+00:00 for the second.")
    return readings[0]


def _readings(day: date, at: time) -> list[datetime]:
    """The instants at which the clock shows this: one, none in the hour that is left out, two in the hour that comes twice."""
    shown = datetime.combine(day, at)
    either = {shown.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(one for one in either if one.astimezone(LONDON).replace(tzinfo=None, fold=0) == shown)
