"""The rows of a payroll and of a rota, and whom a row of the payroll is laid on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from basics.money import NIL, Money
from basics.rounding import half_away_from_nil
from basics.share import share
from costing.variances import Staffing

Where = tuple[str, str]
"""A service and a person in it."""


class TimeKind(StrEnum):
    """What a worker was paid for. A sleep-in and a time on call are paid by the night or the call: their hours are no paid hours.
    Office time is no support: it names no service, and is laid on nobody."""

    WORKED = "worked"
    TRAVEL = "travel"
    TRAINING = "training"
    HOLIDAY = "holiday"
    SICK = "sick"
    SLEEP_IN = "sleep-in"
    ON_CALL = "on-call"
    OFFICE = "office"

    @property
    def is_by_the_hour(self) -> bool:
        return self not in (TimeKind.SLEEP_IN, TimeKind.ON_CALL)


@dataclass(frozen=True)
class PaidTime:
    """A row of the payroll: what a worker was paid for, in minutes, and all that it cost the employer, in pence.

    `service` is where the payroll books it, empty where it names none. `grade` is the payroll’s word, empty where it has none.
    """

    place: str
    worker: str
    grade: str
    is_agency: bool
    kind: TimeKind
    service: str
    minutes: int
    pence: int


@dataclass(frozen=True)
class Delivered:
    """A row of the rota: a worker’s minutes of support for one person, or for several who share them. Two workers are two rows."""

    place: str
    worker: str
    service: str
    people: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class Service:
    """A service as it is priced: its staff, and under which priced grade (empty: the staff of the cost file) each grade of the payroll
    stands."""

    name: str
    priced: Staffing
    grades: Mapping[str, str]


@dataclass(frozen=True)
class Gap:
    """What a worker was paid to work, beside their rota. Worked time on no visit is in the cost of those whom they supported."""

    worker: str
    paid_minutes: int
    rota_minutes: int
    pence: int

    @property
    def minutes(self) -> int:
        """Worked and on no visit; below nil where more was delivered than was paid as worked."""
        return self.paid_minutes - self.rota_minutes

    @property
    def money(self) -> Money:
        """The pay of the time on no visit; nil where there is none."""
        return Money(half_away_from_nil(Fraction(self.pence * self.minutes, self.paid_minutes))) if self.minutes > 0 else NIL


def delivered_minutes(rota: Iterable[Delivered]) -> dict[str, dict[Where, int]]:
    """The minutes that each worker gave to each person of each service: people who share a visit share its minutes."""
    found: dict[str, dict[Where, int]] = defaultdict(lambda: defaultdict(int))
    for row in rota:
        parts = {row.people[0]: row.minutes} if len(row.people) == 1 else share(row.minutes, dict.fromkeys(row.people, 1))
        for person, minutes in parts.items():
            found[row.worker][row.service, person] += minutes
    return found


def whom(row: PaidTime, delivered: Mapping[str, Mapping[Where, int]]) -> dict[Where, int]:
    """Whom a row of the payroll is laid on, and their minutes of the rota: all whom the worker supported, in the service that the row
    names where it names one; nobody, where it is office time or the rota has nothing of it."""
    given = {} if row.kind is TimeKind.OFFICE else delivered.get(row.worker, {})
    return {where: minutes for where, minutes in given.items() if minutes and row.service in ("", where[0])}


def gaps(payroll: Iterable[PaidTime], delivered: Mapping[str, Mapping[Where, int]]) -> Iterator[Gap]:
    """The time that each worker in the rota was paid to work, where it is not the time of the rota."""
    worked: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in payroll:
        if row.kind is TimeKind.WORKED and whom(row, delivered):
            worked[row.worker][0] += row.minutes
            worked[row.worker][1] += row.pence
    for worker in sorted(delivered):
        paid, pence = worked[worker]
        gap = Gap(worker, paid, sum(delivered[worker].values()), pence)
        if gap.minutes:
            yield gap
