"""What a council asks about funds: time commissioned and delivered, and what came in, was used and is left, for each and together.

Everything is by the day on which it happened, time and money alike, so that hours and pounds are of the same days.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Figures:
    """Figures of one fund or of several, in minutes, times and pence. `left_pence`: promised and not used on the last day; below nil, more was
    used. `surplus_pence` is None where it is not known, and of several where that of one is not."""

    commissioned_minutes: int = 0
    delivered_minutes: int = 0
    commissioned_times: int = 0
    delivered_times: int = 0
    promised_pence: int = 0
    paid_in_pence: int = 0
    used_pence: int = 0
    left_pence: int = 0
    held_pence: int = 0
    surplus_pence: int | None = 0


@dataclass(frozen=True)
class Of:
    """The figures of one fund, and whose it is."""

    fund: str
    person: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Group:
    """Several funds together: how many people, how many funds, and their figures. `called` is None for those of which nobody knows."""

    called: str | None
    people: int
    funds: int
    figures: Figures


def together(parts: Iterable[Figures]) -> Figures:
    """The sum of each figure."""
    held = list(parts)
    sums: dict[str, Any] = {each.name: _sum([getattr(part, each.name) for part in held]) for each in fields(Figures)}
    return Figures(**sums)


def grouped(funds: Sequence[Of], called: Callable[[Of], Key | None], order: Sequence[Key]) -> tuple[Group, ...]:
    """The funds by what each is called, in this order, and those of which it is not known last: none is dropped and none stands twice, so the
    groups add to the whole."""
    found = []
    for name in (*order, None):
        held = [each for each in funds if called(each) == name]
        if held:
            found.append(group(None if name is None else str(name), held))
    assert sum(each.funds for each in found) == len(funds), "every fund is called something in the order, or nothing"
    return tuple(found)


def group(called: str | None, funds: Sequence[Of]) -> Group:
    """Some funds as one line."""
    return Group(called, len({each.person for each in funds}), len(funds), together(each.figures for each in funds))


def _sum(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
