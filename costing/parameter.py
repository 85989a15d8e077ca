"""Published figures with the day from which each counts: who set it, by what authority, and until when it is known.

Asking for a day that nobody has written a figure for is `NotKnown`, and says which figure to add and where: last year's is never
carried forward in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from basics.errors import InputError, NotKnown
from basics.periods import day_in_words
from costing.figure import Dated, Figure, Unit, given


@dataclass(frozen=True)
class DatedValue:
    """A value and its legal start. It counts until the next one starts."""

    starts_on: date
    value: Decimal
    reference: str
    from_memory: bool = False


@dataclass(frozen=True)
class Parameter:
    """One published figure through time. `key` is what a file calls it; `place` is the file that it was read from."""

    key: str
    name: str
    unit: Unit
    set_by: str
    values: tuple[DatedValue, ...]
    known_until: date
    place: str

    def __post_init__(self) -> None:
        starts = [value.starts_on for value in self.values]
        if not starts or any(later <= earlier for earlier, later in pairwise(starts)):
            raise InputError("The values do not follow one another by date.", "Give each a later day than the last.", self.place)
        if self.known_until < starts[-1]:
            raise InputError(f"The last value starts after {day_in_words(self.known_until)}, the day until which it is known.",
                             "Check known_until.", self.place)

    def figure(self, on: date) -> Figure:
        """The figure in force on a day. Raises `NotKnown` for a day before the first value or after `known_until`."""
        first = self.values[0].starts_on
        if not first <= on <= self.known_until:
            raise NotKnown(f"{self.name} is known from {day_in_words(first)} to {day_in_words(self.known_until)}, "
                           f"and is needed on {day_in_words(on)}.",
                           f"Add the value, its first day and its reference to {self.place}, or to a folder of your own.")
        found = next(value for value in reversed(self.values) if value.starts_on <= on)
        source = Dated(self.key, self.set_by, found.starts_on, found.reference, found.from_memory)
        return given(found.value, self.name, self.unit, source)

    def continued_by(self, later: Parameter) -> Parameter:
        """This one up to the first day of `later`, then `later`: how a user adds a year, or a change, without a release."""
        first = later.values[0].starts_on
        if first > self.known_until + timedelta(days=1):
            raise InputError(f"{self.name} is known until {day_in_words(self.known_until)} and goes on from {day_in_words(first)}.",
                             "Add the value for the days between.", later.place)
        if later.unit is not self.unit:
            raise InputError(f"{self.name} is in {self.unit}, not in {later.unit}.", "Give it in the same unit.", later.place)
        kept = tuple(value for value in self.values if value.starts_on < first)
        return replace(later, values=kept + later.values)


class Parameters:
    """All the published figures, by key."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._by_key: dict[str, Parameter] = {}
        for parameter in parameters:
            before = self._by_key.get(parameter.key)
            self._by_key[parameter.key] = before.continued_by(parameter) if before else parameter

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._by_key.values())

    def figure(self, key: str, on: date) -> Figure:
        """The figure called `key` on a day. Raises `NotKnown` where there is none, or none for that day."""
        if key not in self._by_key:
            raise NotKnown(f"There is no published figure called “{key}”.", f"Choose one of {', '.join(sorted(self._by_key))}.")
        return self._by_key[key].figure(on)
