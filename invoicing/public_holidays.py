"""Public holidays in each nation of the United Kingdom: the day itself, and the day that stands in for it where it falls on a weekend.

The days are those of the package `holidays`, which lists both: 26 and 28 December 2026. Which of them has a price of its own is a term.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from holidays import country_holidays

ACTUAL, SUBSTITUTE, BOTH, NO_DAY = "actual", "substitute", "both", "none"
NATIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
_STANDS_IN = " (observed)"


class Holiday(NamedTuple):
    """Why a day is a public holiday: it is the day itself (`actual`), the day on which it is kept (`substitute`), or, mostly, both."""

    actual: bool
    substitute: bool

    def counts(self, days: str) -> bool:
        """Whether a holiday price holds on it, where the terms give that price to these days."""
        return {ACTUAL: self.actual, SUBSTITUTE: self.substitute, BOTH: True, NO_DAY: False}[days]


def holiday(day: date, nation: str) -> Holiday | None:
    """What the day is in that nation; None for a day like any other."""
    return _of_year(day.year, nation).get(day)


def is_holiday_somewhere(day: date) -> bool:
    """Whether the day is a public holiday in any of the nations."""
    return any(holiday(day, nation) for nation in NATIONS)


@lru_cache(maxsize=1_000)
def _of_year(year: int, nation: str) -> dict[date, Holiday]:
    named = country_holidays("GB", subdiv=NATIONS[nation], years=year)
    names = {day: named.get_list(day) for day in named}
    moved = {name.removesuffix(_STANDS_IN) for listed in names.values() for name in listed if name.endswith(_STANDS_IN)}
    return {day: Holiday(any(not name.endswith(_STANDS_IN) for name in listed),
                         any(name.endswith(_STANDS_IN) or name not in moved for name in listed)) for day, listed in names.items()}
