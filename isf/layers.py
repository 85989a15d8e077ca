"""What each place of a shared house costs in a week: a part of what the house shares, and the person's own support on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from basics.errors import InputError, Problem, Refused
from basics.rounding import MINUTES_PER_HOUR, line
from basics.share import share


class LayerUnit(StrEnum):
    """What a layer is counted in. A night is a sleep-in: it has a price and no hours of support."""

    HOUR = "hour"
    NIGHT = "night"


@dataclass(frozen=True)
class Layer:
    """Support of one kind in a week: so many hours or nights, at a rate in pounds for each."""

    name: str
    unit: LayerUnit
    quantity_per_week: Decimal
    rate: Decimal

    def __post_init__(self) -> None:
        for what, value in (("quantity", self.quantity_per_week), ("rate", self.rate)):
            if not isinstance(value, Decimal):
                raise TypeError(f"The {what} of a layer is a Decimal, not {type(value).__name__}.")
            if not value.is_finite() or value < 0:
                raise InputError(f"The {what} of “{self.name}” is {value}.", "Give a number, nil or more.")
        if self.minutes_per_week != self._exact_minutes:
            raise InputError(f"“{self.name}” is {self.quantity_per_week} hours, which is not a whole number of minutes.",
                             "Give hours that come to whole minutes, like 7.5 or 0.25.")

    @property
    def pence_per_week(self) -> int:
        return line(self.rate, self.quantity_per_week).pence

    @property
    def exact_pence_per_week(self) -> Fraction:
        return Fraction(self.rate) * Fraction(self.quantity_per_week) * 100

    @property
    def minutes_per_week(self) -> int:
        """Staff minutes; none for a sleep-in."""
        return int(self._exact_minutes)

    @property
    def _exact_minutes(self) -> Decimal:
        return self.quantity_per_week * MINUTES_PER_HOUR if self.unit is LayerUnit.HOUR else Decimal(0)


@dataclass(frozen=True)
class House:
    """Places that share support. `places` names who lives in each, or the empty place itself: an empty place is still a place."""

    name: str
    places: tuple[str, ...]
    shared: tuple[Layer, ...]


@dataclass(frozen=True)
class PlaceCost:
    """What one place costs in a week, layer by layer, in pence; and its staff minutes, the shared ones divided too."""

    lines: tuple[tuple[str, int], ...]
    minutes_per_week: int
    exact_pence_per_week: Fraction
    """The same before the pennies: what a split by layers goes by, so that equal places weigh the same."""

    @property
    def pence_per_week(self) -> int:
        return sum(pence for _, pence in self.lines)


def layers_cost(houses: Sequence[House], own: Mapping[str, Sequence[Layer]]) -> dict[str, PlaceCost]:
    """The weekly cost of every person and every empty place.

    Each shared layer is costed once for the house and divided by its *places*, so a void never raises what the others bear; the
    places of a house add to the layer to the penny. Someone with layers of their own and no house is outreach.
    Raises `Refused` with every problem: a house without places, a person in two places.
    """
    _refuse_what_cannot_be(houses)
    places = [place for house in houses for place in house.places]
    lines: dict[str, list[tuple[str, int]]] = {person: [] for person in [*places, *own]}
    minutes, exact = dict.fromkeys(lines, 0), dict.fromkeys(lines, Fraction(0))
    for house in houses:
        one_each = dict.fromkeys(house.places, 1)
        for layer in house.shared:
            shared_minutes = share(layer.minutes_per_week, one_each)
            for place, pence in share(layer.pence_per_week, one_each).items():
                lines[place].append((layer.name, pence))
                exact[place] += layer.exact_pence_per_week / len(one_each)
                minutes[place] += shared_minutes[place]
    for person, layers in own.items():
        lines[person] += [(layer.name, layer.pence_per_week) for layer in layers]
        minutes[person] += sum(layer.minutes_per_week for layer in layers)
        exact[person] += sum(layer.exact_pence_per_week for layer in layers)
    return {person: PlaceCost(tuple(lines[person]), minutes[person], exact[person]) for person in lines}


def _refuse_what_cannot_be(houses: Iterable[House]) -> None:
    problems, seen = [], set[str]()
    for house in houses:
        if not house.places:
            problems.append(Problem(f"house {house.name}", "has no places to divide its shared support by.", "List its places."))
        for place in house.places:
            if place in seen:
                problems.append(Problem(f"house {house.name}", f"lists {place}, who already has a place.",
                                        "Give each person, and each empty place, one place."))
            seen.add(place)
    if problems:
        raise Refused("The shared support of the houses cannot be divided.", problems)
