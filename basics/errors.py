"""One family of errors. Each says what happened, where, and what to do next.

A single action raises; a batch gathers every `Problem` it finds and raises them together as `Refused`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, said so that the reader can put it right.

    `place` is where it stands ("visits.csv, row 12, column start"), `what` is what was found, `to_do` is the next step.
    """

    place: str
    what: str
    to_do: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.to_do}".strip()


class RingfenceError(Exception):
    """The parent of every error that Ringfence raises on purpose: its text is meant for a person."""

    def __init__(self, what: str, to_do: str = "", place: str = "") -> None:
        self.problem = Problem(place, what, to_do)
        super().__init__(" ".join(part for part in (f"{place}:" if place else "", what, to_do) if part))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong; one problem unless the error gathers a batch."""
        return (self.problem,)


class InputError(RingfenceError):
    """Something that was typed or read does not say what it should."""


class NotKnown(RingfenceError):
    """A figure, term or rate that is needed has not been given. It is never guessed."""


class NotAllowed(RingfenceError):
    """The person asking may not do this, or not with this."""


class GuardRefused(RingfenceError):
    """A guard in the database refused a row. `guard` is its name."""

    def __init__(self, guard: str, what: str, to_do: str = "") -> None:
        self.guard = guard
        super().__init__(what, to_do)


class StoreError(RingfenceError):
    """The database cannot be opened or used as it is."""


class Refused(RingfenceError):
    """A batch that was not taken, with every problem found in it."""

    def __init__(self, what: str, problems: Iterable[Problem]) -> None:
        self._problems = tuple(problems)
        super().__init__(what)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def __str__(self) -> str:
        return "\n".join([self.problem.what, *(f"  {problem}" for problem in self._problems)])
