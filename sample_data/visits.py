"""What happens of the plans: visits of a month, with the ones that did not come, came short, or were recorded late."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from basics.periods import Month, Period
from ringfence.importing.tables import Taken
from ringfence.importing.uk_times import Clock, visit_times
from ringfence.importing.visit_cells import Outcome
from ringfence.importing.visits import VisitRow
from sample_data.people import CONTRIBUTES, IN_HOSPITAL, PART_PAID, PAYS_ALONE
from sample_data.plans import Activity, Cast, Slot, Supported

NOT_COMING, SHORT, CARER_AWAY = 0.02, 0.02, 0.03
"""How often, in a hundred visits, one is cancelled or comes short; and one of two carers does not come."""
ONCE_A_WEEK = 3
"""Who has one visit a week misses one so much more seldom, or a single one would be a large part of their year."""
CARERS_OF_ONE_PERSON = 4
HOSPITAL = Period(date(2026, 7, 6), date(2026, 8, 23))
RECORDED_LATE = {Month(2026, 3): (PAYS_ALONE,), Month(2026, 9): (CONTRIBUTES, PART_PAID)}
"""For the months with late entries: whose last visit of the month was brought in a month after."""

CANCELLED_BY_THEM = ("{name} asked us not to come that day", "{name} was away with family", "{name} was not well")
CANCELLED_BY_US = ("Our carer was ill and nobody else could come", "Our carer’s car broke down")
NOT_GIVEN = {"swimming": ("The pool was closed", "{name} had a cold"), "cooking": ("The kitchen was being painted",)}
CAME_SHORT = ("{name} was tired and wanted to stop early", "Our carer came late because of the traffic",
              "{name} had finished early and was happy")
SECOND_CARER_AWAY = "The second carer was ill, so one came"
CLOCKS_FORWARD = "The clocks went forward, so the night was an hour shorter"
IN_HOSPITAL_WORDS = "{name} was in hospital"
NEVER_CANCELLED = ("core", "sleep-in", "night")


@dataclass(frozen=True)
class _Visit:
    """One visit as it was planned, and what became of it. `short` is the minutes that it ended early."""

    reference: str
    activity: Activity
    slot: Slot
    on: date
    carers: tuple[str, ...]
    outcome: Outcome = Outcome.GIVEN
    short: int = 0
    reason: str = ""


class Diary:
    """Every visit of everybody, month by month; the same seed gives the same."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self._cast, self._seed = cast, seed
        self._people = {one.reference: one for one in cast.people}

    def month(self, month: Month) -> Taken[VisitRow]:
        """The rows that are brought in when the month is over: its visits but the late ones, and the late ones of the month before."""
        visits = [visit for activity in self._cast.activities for visit in self._split_late(activity, month)[0]]
        visits += [visit for activity in self._cast.activities for visit in self._split_late(activity, month.previous)[1]]
        rows = tuple(_numbered(row for visit in visits for row in _rows(visit)))
        digest = hashlib.sha256("\n".join(row.content for row in rows).encode()).hexdigest()
        return Taken(f"visits-{month}.csv", digest, rows, (), ())

    def _split_late(self, activity: Activity, month: Month) -> tuple[list[_Visit], list[_Visit]]:
        """The visits of a month in time, and those that were recorded late."""
        late = self._position(activity) in RECORDED_LATE.get(month, ()) and activity.slots[0].starts is not None
        if not late and month not in RECORDED_LATE:
            return list(self._visits(activity, month)), []
        visits = list(self._visits(activity, month))
        given = [visit for visit in visits if visit.outcome is Outcome.GIVEN and not visit.reason]
        held = given[-1:] if late else []
        return [visit for visit in visits if visit not in held], held

    def _position(self, activity: Activity) -> int:
        one = self._people.get(activity.subjects[0])
        return one.position if one and len(activity.subjects) == 1 else -1

    def _visits(self, activity: Activity, month: Month) -> Iterator[_Visit]:
        days = month.period.overlap(Period(activity.first, activity.last))
        random = Random(f"{self._seed} {activity.reference} {month}")
        for day in days or ():
            for n, slot in enumerate(activity.slots):
                if slot.weekday == day.weekday():
                    team = random.sample(range(1, CARERS_OF_ONE_PERSON + 1), activity.carers)
                    carers = tuple(f"C-{activity.subjects[0]}-{number}" for number in team)
                    yield self._happened(_Visit(f"{day:%y%m%d}-{activity.reference}-{n + 1}", activity, slot, day, carers), random)

    def _happened(self, visit: _Visit, random: Random) -> _Visit:
        """What became of a planned visit. The draws are made in any case, so that one rule never shifts the others."""
        chance, which = random.random(), random.random()
        one = self._people.get(visit.activity.subjects[0])
        if one and one.position == IN_HOSPITAL and visit.on in HOSPITAL:
            return replace(visit, outcome=Outcome.CANCELLED, reason=IN_HOSPITAL_WORDS.format(name=one.first_name))
        if visit.activity.support in NEVER_CANCELLED or one is None:
            return replace(visit, reason=CLOCKS_FORWARD) if _loses_an_hour(visit) else visit
        if len(visit.activity.slots) == 1:
            chance *= ONCE_A_WEEK
        if chance < NOT_COMING:
            return replace(visit, outcome=Outcome.CANCELLED, reason=_cancelled(visit.activity.support, one, which))
        if visit.activity.carers > 1:
            away = chance < NOT_COMING + CARER_AWAY or (visit.on.month, visit.on.day) == (10, 6)
            return replace(visit, carers=visit.carers[:1], reason=SECOND_CARER_AWAY) if away else visit
        if chance < NOT_COMING + SHORT and visit.slot.minutes >= 60:
            short = (15, 20, 30)[int(which * 3)]
            return replace(visit, short=short, reason=_words(CAME_SHORT, one, which))
        return visit


def _cancelled(support: str, one: Supported, which: float) -> str:
    if support in NOT_GIVEN:
        return _words(NOT_GIVEN[support], one, which)
    return _words((*CANCELLED_BY_THEM, *CANCELLED_BY_US), one, which)


def _words(choices: tuple[str, ...], one: Supported, which: float) -> str:
    return choices[int(which * len(choices))].format(name=one.first_name)


def _rows(visit: _Visit) -> Iterator[VisitRow]:
    """A row for each carer and each person of a visit."""
    slot, given = visit.slot, visit.outcome is Outcome.GIVEN
    starts_at, ends_at, minutes = _times(visit.on, slot.starts, slot.minutes - visit.short)
    for carer in visit.carers:
        for subject in visit.activity.subjects:
            yield VisitRow(
                0, visit.reference, carer, subject, visit.activity.support, visit.on, starts_at, ends_at, slot.minutes,
                minutes if given else 0, visit.activity.carers, visit.outcome, visit.reason)


def _numbered(rows: Iterator[VisitRow]) -> Iterator[VisitRow]:
    in_order = sorted(rows, key=lambda row: (row.happened_on, row.key))
    return (row._replace(row_number=n) for n, row in enumerate(in_order, start=2))


@lru_cache(maxsize=100_000)
def _times(day: date, starts: time | None, minutes: int) -> tuple[datetime | None, datetime | None, int]:
    """The instants of a visit by the clock on the wall, and the minutes between them; none for what is only counted."""
    if starts is None:
        return None, None, 0
    ends = (datetime.combine(day, starts) + timedelta(minutes=minutes)).time()
    times = visit_times(day, Clock(starts), Clock(ends))
    return times.starts_at, times.ends_at, times.minutes


def _loses_an_hour(visit: _Visit) -> bool:
    return _times(visit.on, visit.slot.starts, visit.slot.minutes)[2] < visit.slot.minutes
