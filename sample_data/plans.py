"""What a plan is made of: prices, visits that come every week, lines, and the people whose they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from basics.rounding import half_away_from_nil
from sample_data.names import COUNCIL

SPOT_FROM, LIVE_FROM, YEAR_FROM, YEAR_TO = date(2026, 2, 1), date(2026, 6, 1), date(2026, 4, 1), date(2027, 3, 31)
MOVES_ON = date(2026, 9, 14)
"""The day on which one person leaves the shared house for a flat of their own, and a place stands empty."""

RATES: dict[str, tuple[str, Decimal, Decimal]] = {
    "outreach": ("hour", Decimal("23.40"), Decimal("24.40")),
    "core": ("hour", Decimal("21.70"), Decimal("22.60")),
    "sleep-in": ("night", Decimal("99.00"), Decimal("104.00")),
    "spot": ("hour", Decimal("23.96"), Decimal("24.92")),
    "private": ("hour", Decimal("25.20"), Decimal("26.20")),
    "waking-night": ("hour", Decimal("22.90"), Decimal("23.80")),
    "swim": ("visit", Decimal("9.20"), Decimal("9.50")),
}
"""Each price: what it is for, in pounds until 31 March 2026, and from 1 April."""


@dataclass(frozen=True)
class Slot:
    """A visit that comes every week; no start for something that is counted and has no time."""

    weekday: int
    starts: time | None
    minutes: int


@dataclass(frozen=True)
class Activity:
    """Support that comes every week to one person, to several together, or to a house, from a day to a day."""

    reference: str
    subjects: tuple[str, ...]
    support: str
    slots: tuple[Slot, ...]
    first: date
    last: date = YEAR_TO
    carers: int = 1
    area: int = 0


@dataclass(frozen=True)
class Line:
    """A line of a plan: minutes, or times, a week at a rate."""

    reference: str
    support: str
    words: str
    rate: str
    first: date
    minutes: int = 0
    times: int = 0
    shared_by: int = 1
    last: date = YEAR_TO

    @property
    def pence_per_week(self) -> Fraction:
        pounds = Fraction(RATES[self.rate][2])
        return pounds * 100 * (Fraction(self.minutes, 60) + Fraction(self.times, self.shared_by))


@dataclass(frozen=True)
class Supported:
    """Somebody who is supported. `payers` are (funder, percent); `uses` is what they have of what was planned, before the start."""

    reference: str
    first_name: str
    last_name: str
    area: int
    position: int
    payers: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...] = ()
    uses: Fraction = Fraction(97, 100)
    contribution_pence: int = 0

    @property
    def fund(self) -> str:
        return "isf" if self.payers[0][0] == COUNCIL else "spot"

    @property
    def pays_as(self) -> str:
        """The reference as a payer."""
        return f"{self.reference}-pays"

    @property
    def now(self) -> tuple[Line, ...]:
        """The lines as they were first agreed."""
        return tuple(line for line in self.lines if line.first < MOVES_ON)

    @property
    def pence_per_week(self) -> Fraction:
        return sum((line.pence_per_week for line in self.now), Fraction(0))

    @property
    def minutes_per_week(self) -> int:
        return sum(line.minutes for line in self.now)


@dataclass
class Cast:
    """Everybody, and everything that they do in a week."""

    people: list[Supported] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    areas: int = 1

    def at(self, area: int, position: int) -> Supported:
        return next(one for one in self.people if (one.area, one.position) == (area, position))

    def of_area(self, area: int, fund: str) -> list[Supported]:
        return [one for one in self.people if one.area == area and one.fund == fund]


def yearly(per_week: Fraction | int) -> int:
    """What comes to a year of 365 days, to the nearest whole penny or minute."""
    return half_away_from_nil(Fraction(per_week) * 365 / 7)


def house(area: int) -> str:
    return f"rope-street-{area + 1}"
