"""Entries: one row is one entry, in one fund, from one origin. Pure data and the events that make it; the store writes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from basics.periods import Month
from isf.accounts import INSIDE_MONEY_HELD, Unit

_PENCE, _MINUTES = Unit.PENCE, Unit.MINUTES  # an enum is slow to ask for its members a million times

Side = tuple[str, str | None]
"""An account of the fund: its role, and the funder whose promise it is (only `due` and `owed_funder` have one)."""

_AVAILABLE, _AGREED, _DELIVERED, _OWED = ("available", None), ("agreed", None), ("delivered", None), ("owed_provider", None)


class Event(NamedTuple):
    """What happened in a fund. `key` says what it is about, so that it cannot happen twice; `words` are for the statement.

    Events and entries are named tuples because a month end makes them by the hundred thousand.
    """

    key: str
    kind: str
    fund: str
    words: str = ""
    plan_line_id: int | None = None


class Entry(NamedTuple):
    """`debit` receives and `credit` gives `amount` (whole pence or minutes, above nil) on the day that `happened_on` names."""

    key: str
    event: Event
    unit: Unit
    debit: Side
    credit: Side
    amount: int
    happened_on: date
    origin: str | None = None
    is_reversal: bool = False

    @property
    def money_held_effect(self) -> int:
        """What this entry adds to the money held for the person; nil for one that stays inside, or outside, the four accounts."""
        if self.unit is not _PENCE:
            return 0
        return self.amount * ((self.debit[0] in INSIDE_MONEY_HELD) - (self.credit[0] in INSIDE_MONEY_HELD))


def entry(event: Event, debit: Side, credit: Side, amount: int, happened_on: date, *, origin: str | None = None,
          unit: Unit = _PENCE) -> Iterable[Entry]:
    """The entry of an event between two accounts, or none for an amount of nil. Its key is the event's and the two roles."""
    if not amount:
        return ()
    return (Entry(f"{event.key}|{_way(unit is _PENCE, debit, credit)}", event, unit, debit, credit, amount, happened_on, origin),)


@lru_cache(maxsize=100_000)
def _way(is_pence: bool, debit: Side, credit: Side) -> str:
    sides = ">".join(f"{role}:{funder}" if funder else role for role, funder in (credit, debit))
    return f"{_PENCE if is_pence else _MINUTES}|{sides}"


def drawn_on(pence: int, left_pence: int) -> tuple[tuple[str, int], ...]:
    """What support under a schedule is taken from, in pence by role: from what the person may still use, and what goes beyond it
    from the provider, who carries it; never from another fund. Parts of nil are left out."""
    within = max(0, min(pence, left_pence))
    return tuple((role, part) for role, part in (("available", within), ("borne", pence - within)) if part)


def support_under_a_schedule(event: Event, pence: int, left_pence: int, happened_on: date, origin: str | None = None) -> list[Entry]:
    """Support that draws on what the person may still use."""
    return [_support(event, (role, None), part, happened_on, origin) for role, part in drawn_on(pence, left_pence)]


def support_by_delivery(event: Event, funder: str, pence: int, happened_on: date, origin: str | None = None) -> list[Entry]:
    """Support that its funder pays for because it was given: the charge makes the debt."""
    return [_support(event, ("due", funder), pence, happened_on, origin)] if pence else []


def _support(event: Event, debit: Side, pence: int, happened_on: date, origin: str | None) -> Entry:
    return Entry(f"{event.key}|{_way(True, debit, _OWED)}", event, _PENCE, debit, _OWED, pence, happened_on, origin)


def time_given(event: Event, minutes: int, left_minutes: int, happened_on: date) -> list[Entry]:
    """The same support in staff minutes; past what was agreed it is written as over the plan."""
    within = max(0, min(minutes, left_minutes))
    return [Entry(f"{event.key}|{_way(False, debit, _DELIVERED)}", event, _MINUTES, debit, _DELIVERED, part, happened_on)
            for debit, part in ((_AVAILABLE, within), (_AGREED, minutes - within)) if part]


def empty_place(event: Event, pence: int, happened_on: date, origin: str) -> list[Entry]:
    """An empty place in a shared house that the provider pays for, in the provider's own fund."""
    return list(entry(event, ("void_cost", None), ("owed_provider", None), pence, happened_on, origin=origin))


def allocation(event: Event, funder: str, pence: int, happened_on: date, origin: str) -> list[Entry]:
    """What a funder promises: it is due from them, and the person may use it."""
    return list(entry(event, ("due", funder), ("available", None), pence, happened_on, origin=origin))


def time_agreed(event: Event, minutes: int, happened_on: date, origin: str) -> list[Entry]:
    """The time that goes with an allocation."""
    return list(entry(event, ("agreed", None), ("available", None), minutes, happened_on, origin=origin, unit=Unit.MINUTES))


def extra(event: Event, funder: str, pence: int, borne_pence: int, happened_on: date, origin: str) -> list[Entry]:
    """An extra that a funder approved: a further promise, which first pays for the overspend that the provider carried."""
    return [
        *allocation(event, funder, pence, happened_on, origin),
        *entry(event, ("available", None), ("borne", None), min(pence, borne_pence), happened_on),
    ]


def posted_on(happened_on: date, closed_through: Month | None) -> date:
    """The day of the books: the day it happened where that month is open, else the first day of the first open month."""
    if closed_through is None or Month.of(happened_on) > closed_through:
        return happened_on
    return closed_through.next.first
