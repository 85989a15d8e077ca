"""A contract divided anew from one of its instalments on: what becomes of the instalments, and what each fund has more or less.

The new split says how the contract divides; what is still to come of it is divided in the same proportion, so nothing before the day
changes. An instalment that was asked for already stays as it is: what it would have been otherwise moves between the funds by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from basics.errors import InputError
from basics.rounding import half_away_from_nil
from basics.share import share
from isf.schedule import Instalment, divide_over_funds

Key = tuple[str, str]
"""A fund and who pays it."""


@dataclass(frozen=True)
class Standing:
    """One instalment as it stands: each fund's part of it in pence, and whether anybody was asked for it already."""

    instalment: Instalment
    parts: Mapping[Key, int]
    asked: bool


@dataclass(frozen=True)
class Resplit:
    """What a new split does. `parts` are the instalments to come, by their number, each whole; `to_come` is what each fund has more of them
    than before, or less (below nil); `asked` the same of instalments that were asked for already. Each of the two adds to nil."""

    parts: Mapping[int, Mapping[Key, int]]
    to_come: Mapping[Key, int]
    asked: Mapping[Key, int]

    @property
    def keys(self) -> list[Key]:
        """Whose part changes."""
        return sorted(key for key in self.to_come.keys() | self.asked.keys() if self.to_come.get(key) or self.asked.get(key))

    def moved(self, key: Key) -> int:
        """What that fund has more, or less, in all."""
        return self.to_come.get(key, 0) + self.asked.get(key, 0)

    def raised(self, key: Key) -> int:
        """What is promised to it anew."""
        return max(0, self.to_come.get(key, 0)) + max(0, self.asked.get(key, 0))

    def released(self, key: Key) -> int:
        """What will not be asked for any more."""
        return max(0, -self.to_come.get(key, 0))

    def going_back(self, key: Key) -> int:
        """What was asked for already, and goes back to who paid it."""
        return max(0, -self.asked.get(key, 0))


def resplit(rows: Sequence[Standing], before: Mapping[Key, int], whole: Mapping[Key, int]) -> Resplit:
    """Divide these instalments as a split divides the `whole` contract. Every row keeps its sum, to the penny, and whoever has the same of the
    whole as `before` keeps every part.

    Raises `InputError` where nothing is left to divide.
    """
    keep = {key for key, pence in whole.items() if before.get(key) == pence}
    left = [sum(pence for key, pence in row.parts.items() if key not in keep) for row in rows]
    weights = {key: pence for key, pence in whole.items() if key not in keep}
    if any(left) and not any(weights.values()):
        raise InputError("Nobody is to have what is left of the contract from that day.", "Check the sums of the split.")
    instalments = [replace(row.instalment, pence=pence) for row, pence in zip(rows, left, strict=True)]
    divided = divide_over_funds(instalments, share(sum(left), weights))
    parts, to_come, asked = dict[int, Mapping[Key, int]](), dict[Key, int](), dict[Key, int]()
    for row, new in zip(rows, divided, strict=True):
        now = new | {key: row.parts.get(key, 0) for key in keep}
        for key in row.parts.keys() | now.keys():
            moved = asked if row.asked else to_come
            moved[key] = moved.get(key, 0) + now.get(key, 0) - row.parts.get(key, 0)
        if not row.asked:
            parts[row.instalment.n] = {key: now.get(key, 0) for key in sorted(row.parts.keys() | now.keys())}
    return Resplit(parts, to_come, asked)


def minutes_after(before: int, whole: int, rest: Fraction) -> int:
    """The minutes of the contract once a split counts for the `rest` of it (from 0 to 1): the old ones until then, and the new from then on."""
    return half_away_from_nil(before * (1 - rest) + whole * rest)
