"""One line of the table of speeds: what we took, what a peer or the bare limit took in the same run, and the goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One measurement. `ratio` is ours beside the peer's in the direction of the goal; `met` is None where there is no goal.

    `ours` and `peer` are texts with their unit ("92,700 entries/s", "41 s, 820 MB"); `goal` is in words ("at most 6 times slower").
    """

    name: str
    ours: str
    peer: str
    ratio: str
    goal: str
    met: bool | None


Measure = Callable[[bool], list[Measured]]
