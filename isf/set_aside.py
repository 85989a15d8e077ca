"""What is set aside in a fund on purpose: in pounds, in hours or in both, each with a last day. None of it makes pounds.

Hours turned into pounds come out of both: the hours are gone, and the pounds that they are worth were set aside before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from isf.accounts import Unit
from isf.entries import Entry, Event, entry

_AVAILABLE, _BANKED, _CONVERTED = ("available", None), ("banked", None), ("converted", None)


class Kept(NamedTuple):
    """Something that was set aside: what it is known by, until when, and how much of it is left, in pence and minutes."""

    reference: str
    until: date
    pence: int
    minutes: int

    @property
    def is_left(self) -> bool:
        return bool(self.pence or self.minutes)

    @property
    def how_much(self) -> str:
        """“£240.00 and 10 h”."""
        return " and ".join(filter(None, (str(Money(self.pence)) if self.pence else "", minutes_in_words(self.minutes) if self.minutes else "")))

    def until_words(self, on: date) -> str:
        """“until 31 March 2027”, and that the day is past where it is."""
        return f"until {day_in_words(self.until)}{', which is past' if self.until < on else ''}"


class Used(NamedTuple):
    """What was taken back of something, or turned into pounds."""

    of: str
    pence: int
    minutes: int


def left(kept: Iterable[Kept], used: Iterable[Used]) -> dict[str, Kept]:
    """What is left of each, by its reference; below nil where more was used than was set aside."""
    found = {each.reference: each for each in kept}
    for each in used:
        if each.of in found:
            of = found[each.of]
            found[each.of] = of._replace(pence=of.pence - each.pence, minutes=of.minutes - each.minutes)
    return found


def set_aside(event: Event, pence: int, minutes: int, on: date) -> list[Entry]:
    """From what the person may use to what is kept for later."""
    return [*entry(event, _AVAILABLE, _BANKED, pence, on), *entry(event, _AVAILABLE, _BANKED, minutes, on, unit=Unit.MINUTES)]


def taken_back(event: Event, pence: int, minutes: int, on: date) -> list[Entry]:
    """And back again."""
    return [*entry(event, _BANKED, _AVAILABLE, pence, on), *entry(event, _BANKED, _AVAILABLE, minutes, on, unit=Unit.MINUTES)]


def converted(event: Event, pence: int, minutes: int, on: date) -> list[Entry]:
    """Hours that were set aside are gone, and as many pounds as they are worth may be used again."""
    return [*entry(event, _BANKED, _CONVERTED, minutes, on, unit=Unit.MINUTES), *entry(event, _BANKED, _AVAILABLE, pence, on)]
