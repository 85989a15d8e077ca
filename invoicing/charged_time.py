"""From the time of a visit to the time charged, on each day that it falls on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from basics.periods import LONDON, day_of, elapsed_minutes, minutes_by_day
from basics.rounding import TimeRule, charged_minutes
from basics.share import share
from invoicing.delivery import GIVEN, Delivery, Terms
from invoicing.finding import Cause, Stopped
from invoicing.not_given import ALL, NOTHING, Absence, percent_for_notice, percent_while_away
from invoicing.terms import AS_CANCELLED, BY_NOTICE, EACH_HAS_A_ROW, ELAPSED, NOT_CHARGED, RETAINER, SPLIT, require


class StaffTime(NamedTuple):
    """What one carer's visit counts for on one day: minutes of timed support, or once for support that is counted."""

    day: date
    minutes: int
    times: int


def percent_charged(row: Delivery, terms: Terms, absence: Absence | None) -> Decimal:
    """The part of the price that is charged: all of it for a visit that was given; else what the terms say of its notice, or of an absence.

    Raises `Stopped` where a term that decides this is not given.
    """
    if row.outcome == GIVEN:
        return ALL
    day = row.happened_on
    if absence:
        require(terms, ("absences",), day)
        if terms.absences != AS_CANCELLED:
            return percent_while_away(terms.retainers, absence, terms.name, day) if terms.absences == RETAINER else NOTHING
    require(terms, ("cancelled_visits",), day)
    if terms.cancelled_visits == BY_NOTICE:
        return percent_for_notice(terms.notice, terms.notice_edge, row.starts_at, row.cancelled_at, terms.name, day)
    return NOTHING if terms.cancelled_visits == NOT_CHARGED else ALL


def staff_time(row: Delivery, terms: Terms, *, timed: bool) -> tuple[StaffTime, ...]:
    """The time to charge for, by UK day; nothing for no minutes of timed support.

    The whole visit is rounded by the rule of charged time before it is divided at midnight. Raises `Stopped` where a term that
    decides this is not given.
    """
    if not timed:
        return (StaffTime(row.happened_on, 0, 1),)
    if row.outcome == GIVEN and not row.actual_minutes:
        return ()
    return _timed(row, terms)


def carers_charged(row: Delivery, terms: Terms, came: int) -> int:
    """How many carers the row stands for: itself, unless fewer rows came than carers were planned and the terms let the count multiply.

    Raises `Stopped` where the terms do not say, and where the count would multiply several rows.
    """
    if came >= row.planned_carers:
        return 1
    require(terms, ("carers",), row.happened_on)
    if terms.carers == EACH_HAS_A_ROW:
        return 1
    if came > 1:
        raise Stopped(Cause(f"By the terms “{terms.name}” the count of carers multiplies, and the visit has {came} rows for "
                            f"{row.planned_carers} carers.", "Give the visit one row, or a row for each carer.", row.happened_on))
    return row.planned_carers


def crosses_midnight(row: Delivery) -> bool:
    """Whether some of the visit falls on another UK day than its start."""
    if row.starts_at is None:
        return False
    return len(_divided(row.starts_at, row.ends_at) if row.ends_at else _days_touched(row)) > 1


def _timed(row: Delivery, terms: Terms) -> tuple[StaffTime, ...]:
    by_day = _days_touched(row)
    crosses = len(by_day) > 1
    night = crosses and row.outcome == GIVEN
    require(terms, ("charged_time", *(("across_midnight",) if crosses else ()), *(("nights",) if night else ())), row.happened_on)
    minutes = _rounded(_minutes_that_count(row, terms, night=night), terms.charged_time)
    if crosses and terms.across_midnight == SPLIT:
        return tuple(StaffTime(day, part, 0) for day, part in share(minutes, by_day).items())
    return (StaffTime(row.happened_on, minutes, 0),)


@lru_cache(maxsize=10_000)
def _rounded(minutes: int, rule: str | None) -> int:
    return charged_minutes(minutes, TimeRule(str(rule)))


def _minutes_that_count(row: Delivery, terms: Terms, *, night: bool) -> int:
    if row.outcome != GIVEN:
        return row.planned_minutes
    if not night:
        return row.actual_minutes
    return minutes_given(row.actual_minutes, row.starts_at, row.ends_at) if terms.nights == ELAPSED else row.planned_minutes


def minutes_given(actual_minutes: int, starts_at: datetime | None, ends_at: datetime | None) -> int:
    """How long a visit took: minutes read off the clock on the wall are put right for a clock change; any other stated minutes stand."""
    if starts_at is None or ends_at is None:
        return actual_minutes
    by_the_wall = (_wall(ends_at) - _wall(starts_at)) // timedelta(minutes=1)
    return elapsed_minutes(starts_at, ends_at) if actual_minutes == by_the_wall else actual_minutes


def _wall(instant: datetime) -> datetime:
    return instant.astimezone(LONDON).replace(tzinfo=None)


def _days_touched(row: Delivery) -> dict[date, int]:
    """The minutes of the visit on each UK day; nothing where it has no start, and so is not divided."""
    if row.starts_at is None:
        return {}
    minutes = row.actual_minutes if row.outcome == GIVEN else row.planned_minutes
    return _divided(row.starts_at, row.ends_at or row.starts_at + timedelta(minutes=minutes))


@lru_cache(maxsize=100_000)
def _divided(starts_at: datetime, ends_at: datetime) -> dict[date, int]:
    """The same for two instants; nothing where both are on one day. Remembered, because many visits have the same times."""
    return {} if day_of(starts_at) == day_of(ends_at) else minutes_by_day(starts_at, ends_at)
