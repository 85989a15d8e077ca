"""A month that ran in the old system and here: the figures of each person side by side, and why they differ where that can be known.

Nothing is close enough: a penny is a difference. A reason is told only where the figures show it; otherwise it says what to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from basics.periods import minutes_in_words


class Measured(StrEnum):
    """What the two systems are held beside each other for: minutes given, and pence."""

    DELIVERED = "delivered"
    CHARGED = "charged"
    PAID_IN = "paid in"
    BALANCE = "balance"


NOT_HERE = "Not here: bring in the person and the fund, or correct the reference."

Figures = Mapping[Measured, int]
"""The figures of one person in one system; one that is missing is not known there."""


@dataclass(frozen=True)
class VisitHere:
    """A visit of the month as it stands here: in words, the minutes that passed, were planned and are charged, and the pence charged."""

    words: str
    passed: int
    planned: int
    charged: int
    pence: int


@dataclass(frozen=True)
class Clues:
    """What is known here of a person’s month: the visits, bank lines not placed (by words, in pence), and the overspend that is carried."""

    visits: Sequence[VisitHere] = ()
    not_placed: Sequence[tuple[str, int]] = ()
    carried: int = 0


@dataclass(frozen=True)
class Beside:
    """One figure of one person in both systems; None where a system does not have it. `reason` is empty where they agree."""

    person: str
    measured: Measured
    old: int | None
    ours: int | None
    reason: str = ""

    @property
    def agrees(self) -> bool:
        return self.old == self.ours


@dataclass(frozen=True)
class Compared:
    """Every figure of every person, and the totals of each system over those that both have."""

    lines: tuple[Beside, ...]
    totals: Mapping[Measured, tuple[int, int]] = field(default_factory=dict)

    @property
    def differing(self) -> tuple[Beside, ...]:
        return tuple(each for each in self.lines if not each.agrees)


def compare(old: Mapping[str, Figures], ours: Mapping[str, Figures], clues: Mapping[str, Clues]) -> Compared:
    """Both systems beside each other, by person. A figure that the old file leaves blank is left out."""
    lines = [line for person in sorted({*old, *ours}) for line in _of_person(person, old.get(person), ours.get(person), clues.get(person, Clues()))]
    totals = {one: (sum(each.old or 0 for each in lines if each.measured is one), sum(each.ours or 0 for each in lines if each.measured is one))
              for one in Measured if any(each.measured is one for each in lines)}
    return Compared(tuple(lines), totals)


def _of_person(person: str, old: Figures | None, ours: Figures | None, clues: Clues) -> Iterator[Beside]:
    if old is None or ours is None:
        missing = "Not in the old file: a person who is new, or was left out." if old is None else NOT_HERE
        for one, value in (old or ours or {}).items():
            if value or old is not None:
                yield Beside(person, one, None if old is None else value, None if ours is None else value, missing)
        return
    for one in Measured:
        if one in old:
            reason = "" if old[one] == ours[one] else REASONS[one](old, ours, clues)
            yield Beside(person, one, old[one], ours[one], reason)


def _why_delivered(old: Figures, ours: Figures, clues: Clues) -> str:
    there, here = old[Measured.DELIVERED], ours[Measured.DELIVERED]
    if clues.visits and there == sum(each.passed for each in clues.visits):
        return "The old system counts the time that passed, and here time counts by the terms."
    if clues.visits and there == sum(each.planned for each in clues.visits):
        return "The old system counts the time that was planned."
    if here > there:
        alike = [each for each in clues.visits if each.charged == here - there]
        return _one_of(alike, "is not in the old system") or "Something here is not in the old system: compare the visits."
    alike = [each for each in clues.visits if not each.charged and there - here in (each.planned, each.passed)]
    return _one_of(alike, "is here and not charged: see what the month end says of it") or (
        f"{minutes_in_words(there - here)} are not here: a visit that was not brought in?")


def _one_of(alike: Sequence[VisitHere], what: str) -> str:
    if not alike:
        return ""
    return f"{alike[0].words} {what}." if len(alike) == 1 else f"One of {len(alike)} visits like it ({alike[0].words}) {what}."


def _why_charged(old: Figures, ours: Figures, clues: Clues) -> str:
    gap = ours[Measured.CHARGED] - old[Measured.CHARGED]
    if Measured.DELIVERED not in old:
        return "The old file does not say the hours: compare the visits and the rates."
    more = ours[Measured.DELIVERED] - old[Measured.DELIVERED]
    if not more:
        if abs(gap) <= len(clues.visits):
            return "Rounding: the hours agree, and it is no more than a penny a visit."
        return "The hours agree: another rate, another share, or something that is counted and has no hours."
    if any((each.charged, each.pence) == (more, gap) for each in clues.visits):
        return "Follows from the hours: that visit was charged so much."
    if gap * ours[Measured.DELIVERED] == more * ours[Measured.CHARGED]:
        return "Follows from the hours, at the same price."
    return "Hours and pounds differ, and not by one price: compare the visits first."


def _why_paid_in(old: Figures, ours: Figures, clues: Clues) -> str:
    gap = old[Measured.PAID_IN] - ours[Measured.PAID_IN]
    alike = [words for words, pence in clues.not_placed if pence == gap]
    if alike:
        return f"{alike[0]} is not placed here yet."
    return "A payment is in one and not in the other, with another person, or in another month."


def _why_balance(old: Figures, ours: Figures, clues: Clues) -> str:
    gap = ours[Measured.BALANCE] - old[Measured.BALANCE]
    if clues.carried and gap == clues.carried:
        return "The old system takes off overspend, which the provider carries here."
    if not {Measured.PAID_IN, Measured.CHARGED} <= old.keys():
        return "The old file does not say what moved: compare the openings first."
    moved = ours[Measured.PAID_IN] - old[Measured.PAID_IN] - (ours[Measured.CHARGED] - old[Measured.CHARGED])
    if gap == moved:
        return "Follows from what was paid in and charged."
    return "It is not what was paid in and charged: the openings differ, or something was put right."


REASONS = {Measured.DELIVERED: _why_delivered, Measured.CHARGED: _why_charged, Measured.PAID_IN: _why_paid_in, Measured.BALANCE: _why_balance}
