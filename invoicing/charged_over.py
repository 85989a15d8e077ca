"""Visits that are charged for more time than was given: it may be as the terms say, and it is always told.

The Ombudsman’s reports find people charged for hours that they did not receive. A rule of rounding adds some minutes, and over many visits
others are taken off; whatever adds more, like a night that is charged as planned and was cut short, is told by its visit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from invoicing.finding import Cause, Finding

ROUNDING_ADDS_AT_MOST_MINUTES = 14
"""The most that any rule of charged time adds to one carer’s visit: up to the next 15 minutes."""


class Timed(NamedTuple):
    """One carer’s visit: the minutes that the carer gave, those that are charged in all, and for how many carers its one row stands."""

    visit: str
    carer: str
    on: date
    given: int
    charged: int
    carers: int = 1

    @property
    def over(self) -> int:
        return self.charged - self.given * self.carers

    @property
    def is_beyond_rounding(self) -> bool:
        return self.over > ROUNDING_ADDS_AT_MOST_MINUTES * self.carers


def over_given(visits: Iterable[Timed]) -> list[Finding]:
    """Every visit with more time charged than given."""
    return [_finding(each) for each in visits if each.over > 0]


def _finding(each: Timed) -> Finding:
    if each.is_beyond_rounding:
        cause = Cause("More time is charged than was given, and no rule of rounding adds so much: {total} minutes.",
                      "See why under Visits: a night that is charged as planned may have been cut short. Tell whoever pays, or correct the visit.",
                      each.on)
    else:
        cause = Cause("More time is charged than was given, by the rule of rounding that was agreed: {total} minutes.",
                      "It is right where the time of other visits is rounded down as far.", each.on)
    return Finding(cause, each.visit, f"visit {each.visit}{f', carer {each.carer}' if each.carer else ''}", each.over)
