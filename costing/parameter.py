"""Published figures with the day from which each counts: who set it, by what authority, and until when it is known.

Asking for a day that nobody has written a figure for is `NotKnown`, and says which figure to add and where: last year's is never
carried forward in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from basics.errors import InputError, NotKnown
from basics.periods import ONE_DAY, Period, day_in_words
from costing.figure import Dated, Figure, Unit, given

if TYPE_CHECKING:
    from costing.pay_scale import PayScale


@dataclass(frozen=True)
class DatedValue:
    """A value and its legal start. It counts until the next one starts, or until `ends_on` where nobody knows what came after it."""

    starts_on: date
    value: Decimal
    reference: str
    from_memory: bool = False
    ends_on: date | None = None


@dataclass(frozen=True)
class Parameter:
    """One published figure through time. `key` is what a file calls it; `place` is the file that it was read from.

    One that `starts_with_pay_period` counts for a worker from the first pay period that starts on or after its legal day.
    """

    key: str
    name: str
    unit: Unit
    set_by: str
    values: tuple[DatedValue, ...]
    known_until: date
    place: str
    about: str = ""
    starts_with_pay_period: bool = False

    def __post_init__(self) -> None:
        starts = [value.starts_on for value in self.values]
        if not starts or any(later <= earlier for earlier, later in pairwise(starts)):
            raise InputError("The values do not follow one another by date.", "Give each a later day than the last.", self.place)
        if self.known_until < starts[-1]:
            raise InputError(f"The last value starts after {day_in_words(self.known_until)}, the day until which it is known.",
                             "Check known_until.", self.place)
        for value, last in self.periods:
            if value.ends_on is not None and not value.starts_on <= value.ends_on <= last:
                raise InputError(f"The value from {day_in_words(value.starts_on)} does not end by {day_in_words(last)}.", "Check its last day.",
                                 self.place)

    @property
    def periods(self) -> Iterator[tuple[DatedValue, date]]:
        """Each value with its last day: the eve of the next, or the day until which the last is known."""
        eves = [*(later.starts_on - ONE_DAY for later in self.values[1:]), self.known_until]
        return ((value, value.ends_on if value.ends_on is not None and value.ends_on < eve else eve)
                for value, eve in zip(self.values, eves, strict=True))

    def in_force(self, on: date) -> DatedValue | None:
        """The value of a day; None where it is not known."""
        return next((value for value, last in self.periods if value.starts_on <= on <= last), None)

    def figure(self, on: date) -> Figure:
        """The figure in force on a day. Raises `NotKnown` for a day before the first value, after `known_until` or between."""
        found = self.in_force(on)
        if found is None:
            raise NotKnown(f"{self.name} is known {self._known()}, and is needed on {day_in_words(on)}.",
                           f"Add the value, its first day and its reference on the page Rates, or in a file {self.key}.yaml of your own folder "
                           f"(as in {self.place}).")
        return given(found.value, self.name, self.unit, self.source(found))

    def unchanged(self, on: date) -> Period | None:
        """The days around `on` through which it is the same figure, whoever said so again; None where it is not known on that day."""
        now, stretches = self.in_force(on), list[Period]()
        for value, last in self.periods:
            if now is not None and value.value == now.value:
                goes_on = stretches and stretches[-1].last == value.starts_on - ONE_DAY
                stretches.append(Period(stretches.pop().first if goes_on else value.starts_on, last))
        return next((stretch for stretch in stretches if on in stretch), None)

    def source(self, value: DatedValue) -> Dated:
        """Where one of its values is from."""
        return Dated(self.key, self.set_by, value.starts_on, value.reference, value.from_memory)

    def continued_by(self, later: Parameter) -> Parameter:
        """This one up to the first day of `later`, then `later`: how a user adds a year, or a change, without a release."""
        first = later.values[0].starts_on
        if first > self.known_until + ONE_DAY:
            raise InputError(f"{self.name} is known until {day_in_words(self.known_until)} and goes on from {day_in_words(first)}.",
                             "Add the value for the days between.", later.place)
        if later.unit is not self.unit:
            raise InputError(f"{self.name} is in {self.unit}, not in {later.unit}.", "Give it in the same unit.", later.place)
        kept = tuple(_ended_before(first, value) for value in self.values if value.starts_on < first)
        return replace(later, values=kept + later.values,
                       starts_with_pay_period=self.starts_with_pay_period or later.starts_with_pay_period)

    def _known(self) -> str:
        """“from 1 April 2025 to 31 March 2027”, with a break where the days between are not known."""
        stretches: list[list[date]] = []
        for value, last in self.periods:
            if stretches and stretches[-1][1] == value.starts_on - ONE_DAY:
                stretches[-1][1] = last
            else:
                stretches.append([value.starts_on, last])
        return " and ".join(f"from {day_in_words(first)} to {day_in_words(last)}" for first, last in stretches)


class Parameters:
    """All the published figures, by key, and the pay scales, by name."""

    def __init__(self, parameters: Iterable[Parameter], scales: Iterable[PayScale] = ()) -> None:
        self._by_key: dict[str, Parameter] = {}
        for parameter in parameters:
            before = self._by_key.get(parameter.key)
            self._by_key[parameter.key] = before.continued_by(parameter) if before else parameter
        self.scales = {scale.name: scale for scale in scales}

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._by_key.values())

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Parameter:
        """The figure called `key` through time. Raises `NotKnown` where there is none."""
        if key not in self._by_key:
            raise NotKnown(f"There is no published figure called “{key}”.", f"Choose one of {', '.join(sorted(self._by_key))}.")
        return self._by_key[key]

    def figure(self, key: str, on: date) -> Figure:
        """The figure called `key` on a day. Raises `NotKnown` where there is none, or none for that day."""
        return self[key].figure(on)

    def scale(self, name: str) -> PayScale:
        """The pay scale of this name. Raises `NotKnown` where there is none."""
        if name not in self.scales:
            known = f"The pay scales are {', '.join(sorted(self.scales))}." if self.scales else "Add it on the page Rates, or in a file of your own."
            raise NotKnown(f"There is no pay scale called “{name}”.", known)
        return self.scales[name]

    def pay_per_hour(self, scale: str, point: str, on: date) -> Figure:
        """The pay of an hour at a point of a pay scale. Raises `NotKnown` where there is none, or none for that day."""
        return self.scale(scale).pay_per_hour(point, on)


def _ended_before(first: date, value: DatedValue) -> DatedValue:
    """A value of the earlier figure, which may say that it ends on a day that is now somebody else's."""
    return replace(value, ends_on=None) if value.ends_on is not None and value.ends_on >= first else value
