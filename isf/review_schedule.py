"""When a person’s support is to be reviewed: the funder’s schedule, written as it is spoken, and the next review that it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from basics.errors import InputError
from basics.periods import DAYS_PER_WEEK, Month, Period

MONTHS_PER_YEAR = 12
YEARLY = "yearly"

_SPAN = re.compile(r"(?P<least>[1-9][0-9]?)(?: to (?P<most>[1-9][0-9]?))? (?P<unit>weeks|months)")


@dataclass(frozen=True)
class Span:
    """A review so many weeks or months after the start: from `least` to `most`, which are the same where no room is given."""

    least: int
    most: int
    unit: str

    def days_after(self, start: date) -> Period:
        """The days on which it is due, counted from `start`."""
        return Period(_later(start, self.least, self.unit), _later(start, self.most, self.unit))


AFTER_A_CHANGE = Span(6, 8, "weeks")
"""When a change of the plan is reviewed by terms that say that it is, and name no review but the yearly ones: the usual time after a change."""


@dataclass(frozen=True)
class ReviewSchedule:
    """The reviews after the start in their order, whether they then come every year, and whether a change of the plan asks for the first
    of them again. `on_change` is None where the terms do not say."""

    spans: tuple[Span, ...]
    yearly: bool
    on_change: bool | None = None


def schedule_of(said: Sequence[str], on_change: bool | None = None) -> ReviewSchedule:
    """A schedule from its words: `6 to 8 weeks`, `12 weeks`, `6 months`, and last of all perhaps `yearly`.

    Raises `InputError` for anything else, for reviews that are not in their order, and for a schedule without any.
    """
    if not said:
        raise InputError("There is no review in this schedule.", "Write at least one, like “yearly”.")
    yearly = said[-1] == YEARLY
    spans = tuple(map(_span, said[:-1] if yearly else said))
    ends = [span.days_after(date.min).last for span in spans]
    if ends != sorted(set(ends)):
        raise InputError("The reviews are not in their order.", "Write the earliest first: 6 to 8 weeks, then 12 weeks, then yearly.")
    return ReviewSchedule(spans, yearly, on_change)


def next_review(schedule: ReviewSchedule, start: date, held: Iterable[date], changes: Iterable[date] = ()) -> Period | None:
    """The days on which the next review is due: from the first on which it may be, to the last by which it must. None once nothing more
    is asked for.

    A review counts for every one that was due before it; where none was, for the next. Then they are yearly from the last that was held.
    A change asks for the first review again, counted from the day of the change; where the terms name none before the yearly ones, 6 to 8 weeks
    after it, as councils do.
    """
    reviews = sorted(day for day in held if day >= start)
    waiting = [span.days_after(start) for span in schedule.spans]
    for day in reviews:
        past = [due for due in waiting if due.last < day]
        waiting = waiting[max(len(past), 1):]
    dues = [*waiting[:1], *_after_changes(schedule, reviews, changes)]
    if not waiting and schedule.yearly:
        by = _later(max([start, *reviews]), MONTHS_PER_YEAR, "months")
        dues.append(Period(by, by))
    return min(dues, key=lambda due: due.last, default=None)


def _after_changes(schedule: ReviewSchedule, reviews: Sequence[date], changes: Iterable[date]) -> list[Period]:
    if not schedule.on_change:
        return []
    first = schedule.spans[0] if schedule.spans else AFTER_A_CHANGE
    return [first.days_after(change) for change in changes if not any(day >= change for day in reviews)]


def _span(said: str) -> Span:
    found = _SPAN.fullmatch(said)
    least, most = (int(found["least"]), int(found["most"] or found["least"])) if found else (1, 0)
    if found is None or most < least:
        raise InputError(f"“{said[:60]}” is not a review that can be reckoned.",
                         "Write “6 weeks”, “6 to 8 weeks”, “6 months”, or last of all “yearly”.")
    return Span(least, most, found["unit"])


def _later(day: date, count: int, unit: str) -> date:
    """So many weeks or months after a day; a month without that day of the month ends on its last."""
    if unit == "weeks":
        return day + timedelta(days=DAYS_PER_WEEK * count)
    years, month = divmod(day.month - 1 + count, MONTHS_PER_YEAR)
    month_then = Month(day.year + years, month + 1)
    return month_then.first.replace(day=min(day.day, month_then.last.day))
