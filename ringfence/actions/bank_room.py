"""What of a bank line is placed, and where there is room to place the rest: in the line, and in what was put back of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from ringfence.actions.laying import Laying
from ringfence.store import ledger
from ringfence.store.rows import one
from ringfence.store.schema import origin

Place = tuple[str | int, ...]
AGAIN = ", again "
"""What the name of an event has after its line where the same part of it was placed before, and its number."""


@dataclass(frozen=True)
class Part:
    """A part of a bank line: whose fund, from or to whom, how many pence, and what for."""

    fund: str
    funder: str | None
    pence: int
    what_for: str
    place: Place

    @property
    def name(self) -> str:
        """What tells it from every other part of its line."""
        return f"{self.fund}|{self.funder or ''}|{self.what_for}"


def placed_of(laying: Laying, line_key: str) -> dict[str, int]:
    """What of a line is placed and stands, by the name of its part; what the file’s own corrections put back does not."""
    back, found = {each.event_key for each in laying.put_back}, dict[str, int]()
    for key, pence in ledger.line_standing(laying.connection, line_key).items():
        if key not in back:
            _, name = key.split("|", 1)
            found[name] = found.get(name, 0) + pence
    return found


def to_place(parts: Iterable[Part], placed: Mapping[str, int]) -> list[Part]:
    """What of these parts is not placed yet: of one that says more than stands of it, the rest."""
    return [replace(part, pence=rest) for part in parts if (rest := part.pence - placed.get(part.name, 0)) > 0]


def event_of(laying: Laying, origin_key: str, part: Part) -> str:
    """The name under which a part is placed. One that was placed before keeps its name, whether it stands or was put back."""
    names = chain([origin_key], (f"{origin_key}{AGAIN}{n}" for n in count(2)))
    return next(key for name in names if not ledger.is_event(laying.connection, key := f"{name}|{part.name}"))


def room_of(laying: Laying, line_key: str, amount: int) -> list[tuple[str, int]]:
    """Where there is something to place: in a new line itself, or in what is left of a known one and in what was put back of it; last of
    all in what is explained as nobody’s."""
    if one(laying.connection, origin, key=line_key) is None:
        return [(line_key, amount)]
    put_back = [(each.key, each.amount) for each in laying.origins if each.key.startswith(f"{line_key}{ledger.PUT_BACK}")]
    return sorted([*ledger.line_room(laying.connection, line_key), *put_back], key=lambda room: ledger.is_explained(laying.connection, room[0]))


def placed_over(room: list[tuple[str, int]], parts: Sequence[Part]) -> dict[str, list[Part]]:
    """The parts placed in what there is room in, one after the other; a part that does not fit in one goes on in the next."""
    found, (left, *others) = {key: list[Part]() for key, _ in room[:1]}, room or [("", 0)]
    key, free = left
    for part in parts:
        rest = part.pence
        while rest:
            if not free:
                (key, free), *others = others
                found[key] = []
            now = min(rest, free)
            found[key].append(replace(part, pence=now))
            rest, free = rest - now, free - now
    return found
