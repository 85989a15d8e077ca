"""The numbers of a file as figures: each says on which line it was typed, or who published it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from basics.errors import Problem, RingfenceError
from costing.figure import Figure, Typed, Unit, fixed, given
from costing.parameter import Parameters
from ringfence.importing.checked import FileModel
from ringfence.importing.yaml_text import Place, YamlText

Model = TypeVar("Model", bound=FileModel)


@dataclass
class FiguresOf:
    """What turns one file's numbers into figures at the rates of one day. What is wrong is gathered in `problems`."""

    text: YamlText
    parameters: Parameters
    on: date
    problems: list[Problem] = field(default_factory=list)

    def problem(self, place: Place, what: str, to_do: str) -> None:
        self.problems.append(Problem(self.text.where(place), what, to_do))

    def published(self, key: str, unit: Unit, place: Place) -> Figure:
        """The published figure, or one in its place while the other problems are looked for."""
        try:
            figure = self.parameters.figure(key, self.on)
        except RingfenceError as error:
            self.problem(place, error.problem.what, error.problem.to_do)
            return fixed(1, key, unit)
        if figure.unit is not unit:
            self.problem(place, f"“{key}” is in {figure.unit}, and {unit} belong here.", "Name another figure, or write a number.")
        return figure

    def published_since(self, key: str, unit: Unit, place: Place) -> Figure | None:
        """The same for what the law brought in on a day: None before it."""
        return None if self.on < self.parameters[key].values[0].starts_on else self.published(key, unit, place)

    def pay_point(self, scale: str, point: str, place: Place) -> Figure:
        """The pay of an hour at a point of a pay scale, or a figure in its place while the other problems are looked for."""
        try:
            return self.parameters.pay_per_hour(scale, point, self.on)
        except RingfenceError as error:
            self.problem(place, error.problem.what, error.problem.to_do)
            return fixed(1, f"{scale}, point {point}", Unit.POUNDS_PER_HOUR)


@dataclass(frozen=True)
class Group:
    """A group of keys of the file and where it stands."""

    of: FiguresOf
    model: FileModel
    place: Place = ()

    def __call__(self, key: str, label: str, unit: Unit) -> Figure:
        """The number under a key as a figure; where the key names a published figure, that one."""
        value: Decimal | str = getattr(self.model, key)
        if isinstance(value, str):
            return self.of.published(value, unit, (*self.place, key))
        return given(Decimal(value), label, unit, Typed(self.of.text.where((*self.place, key))))

    def maybe(self, key: str, label: str, unit: Unit) -> Figure | None:
        """The same for a key that may be left out."""
        return None if getattr(self.model, key) is None else self(key, label, unit)

    def inside(self, key: str, model: FileModel) -> Group:
        return Group(self.of, model, (*self.place, key))

    def each(self, key: str, models: Sequence[Model]) -> Iterator[tuple[Group, Model]]:
        return ((Group(self.of, model, (*self.place, key, n)), model) for n, model in enumerate(models))
