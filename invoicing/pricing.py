"""What one visit costs at the rates and terms of one person's plan, before it is shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from basics.errors import RingfenceError
from basics.rounding import half_away_from_nil, hourly_line, line
from basics.share import share
from invoicing.charged_time import StaffTime, carers_charged, crosses_midnight, percent_charged, staff_time
from invoicing.delivery import CANCELLED, Agreements, Delivery, Rate, Terms
from invoicing.finding import Cause, Stopped
from invoicing.in_force import Agreed, InForce
from invoicing.not_given import ALL, Absence
from invoicing.terms import CHARGING_TERMS, COUNT_MULTIPLIES, with_term
from invoicing.visit_bands import filled

BY_THE_HOUR = "hour"
FUNDER_SHARE = "funder_share"
"""The one term that changes nothing of what the visit costs in all."""


class StaffLine(NamedTuple):
    """One carer's visit on one day at the rate of that day, before it is shared: `pence` is rounded once, here."""

    time: StaffTime
    rate: Rate
    pence: int
    plain: bool = True
    """Time at the rate and nothing else: not counted, not priced by the length of the visit, not a part of the price."""


class Pricing:
    """The agreements, and what was priced already, since most visits of a day are like many others. `came` is how many carers came, by
    visit and whom it was for, of the visits that several were to come to."""

    def __init__(self, agreements: Agreements, through: date, came: Mapping[tuple[str, str], int]) -> None:
        self.in_force, self._through, self._came = InForce(agreements), through, came
        self._priced: dict[tuple[object, ...], tuple[StaffLine, ...]] = {}

    def price(self, person: str, row: Delivery) -> tuple[Agreed, tuple[StaffLine, ...]]:
        """The visit at the rates and terms of one person's plan. Plan, payers and terms are those of the day the visit started."""
        day = row.happened_on
        agreed = self.in_force.support(person, row.support_type, day)
        absence = self.in_force.absence(person, day) if row.outcome == CANCELLED else None
        if crosses_midnight(row) or absence:
            return agreed, self._lines(row, agreed, absence)
        like = (agreed.terms.name, agreed.terms.from_on, agreed.line.rate_code, day, row.outcome, row.planned_minutes, row.actual_minutes,
                row.planned_carers, self.came_of(row), row.cancelled_at, row.cancelled_at and row.starts_at)
        lines = self._priced.get(like)
        if lines is None:
            lines = self._priced[like] = self._lines(row, agreed, absence)
        return agreed, lines

    def _lines(self, row: Delivery, agreed: Agreed, absence: Absence | None) -> tuple[StaffLine, ...]:
        percent = percent_charged(row, agreed.terms, absence)
        if not percent:
            return ()
        code, terms = agreed.line.rate_code, agreed.terms
        first = self.in_force.price(code, terms, row.happened_on)
        times = staff_time(row, terms, timed=first.per == BY_THE_HOUR)
        lines, carers = [], carers_charged(row, terms, self.came_of(row)) if times else 1
        for time in times:
            if time.day <= self._through:
                of_day = first if time.day == row.happened_on else self.in_force.price(code, terms, time.day)
                at = _same_kind(first, of_day, time.day)
                lines.append(_part(self._whole_line(at, terms, time, divided=len(times) > 1), percent, carers))
        return tuple(lines)

    def _whole_line(self, at: Rate, terms: Terms, time: StaffTime, *, divided: bool) -> StaffLine:
        """One carer's time of a day at its price: by the length of the visit where the terms list prices for that."""
        listed = terms.price_list(at.code)
        if not (listed and listed.bands and time.minutes):
            return StaffLine(time, at, _pence(at.pounds, time.minutes, time.times), plain=not time.times)
        if divided:
            raise Stopped(Cause(f"The rate “{at.code}” has prices by the length of a visit, and the terms “{terms.name}” divide a visit at midnight.",
                                "Agree with the funder which length counts, and give across_midnight: start day in an apply file.", time.day))
        band = filled(time.minutes, listed.bands)
        by_length = self.in_force.rate(listed.bands[band], time.day)
        return StaffLine(time, by_length, _pence(by_length.pounds, 0, 1) + _pence(at.pounds, time.minutes - band, 0), plain=False)

    def came_of(self, row: Delivery) -> int:
        """How many carers came, where several were to come: it only matters where some did not."""
        return self._came.get((row.visit, row.subject), 0) if row.planned_carers > 1 else 1

    def stands_for_all(self, row: Delivery) -> bool:
        """Whether the count of carers multiplies the row, so that the other carers have none. Where that is not known, it does not."""
        with suppress(RingfenceError):
            return self.in_force.support(row.subject, row.support_type, row.happened_on).terms.carers == COUNT_MULTIPLIES
        return False

    def readings(self, person: str, row: Delivery, causes: Sequence[Cause]) -> tuple[tuple[str, int], ...]:
        """What the visit would cost by each thing that the one missing term may say, as far as nothing else is missing for it."""
        term = causes[0].term
        if len(causes) > 1 or term not in CHARGING_TERMS or term == FUNDER_SHARE:
            return ()
        found: list[tuple[str, int]] = []
        agreed = self.in_force.support(person, row.support_type, row.happened_on)
        absence = self.in_force.absence(person, row.happened_on) if row.outcome == CANCELLED else None
        for reading in CHARGING_TERMS[term]:
            with suppress(RingfenceError):
                read = self._lines(row, replace(agreed, terms=with_term(agreed.terms, term, reading)), absence)
                found.append((reading, sum(each.pence for each in read)))
        return tuple(found)


def carers_who_came(visits: Sequence[Sequence[Delivery]]) -> dict[tuple[str, str], int]:
    """How many carers have a row, by visit and whom it was for, of the visits that several were to come to."""
    return dict(Counter((row.visit, row.subject) for rows in visits for row in rows if row.planned_carers > 1))


def _part(whole: StaffLine, percent: Decimal, carers: int) -> StaffLine:
    """So much of the line, for so many carers; each carer is a cost of its own, rounded once."""
    if percent == ALL and carers == 1:
        return whole
    time = whole.time
    part = Fraction(percent) / 100
    minutes, pence = (half_away_from_nil(part * amount) * carers for amount in (time.minutes, whole.pence))
    return StaffLine(time._replace(minutes=minutes, times=time.times * carers), whole.rate, pence, plain=whole.plain and percent == ALL)


def _same_kind(first: Rate, of_day: Rate, day: date) -> Rate:
    if of_day.per != first.per:
        raise Stopped(Cause(f"The rate “{first.code}” is by the {first.per} when a visit starts and by the {of_day.per} on {{days}}.",
                            "Give the new kind of rate a code and a line of the plan of its own.", day))
    return of_day


@lru_cache(maxsize=100_000)
def _pence(pounds: Decimal, minutes: int, times: int) -> int:
    """What one carer's visit costs on a day: rounded once, before it is shared."""
    return (line(pounds, times) if times else hourly_line(pounds, minutes)).pence


@lru_cache(maxsize=100_000)
def equal_parts(total: int, among: int) -> tuple[int, ...]:
    """Equal parts; odd pennies and minutes go to the first in the order of the recipients."""
    return tuple(share(total, dict.fromkeys(range(among), 1)).values())
