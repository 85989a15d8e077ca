"""The numbers of a file as figures: each says on which line it was typed, or who published it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from basics.errors import Problem, RingfenceError
from basics.periods import ONE_DAY, Period, day_in_words
from costing.figure import Figure, Typed, Unit, fixed, given
from costing.parameter import Parameter, Parameters
from costing.pay_period import PayPeriods
from ringfence.importing.checked import FileModel
from ringfence.importing.yaml_text import Place, YamlText

Model = TypeVar("Model", bound=FileModel)


@dataclass
class FiguresOf:
    """What turns one file's numbers into figures at the rates of one day. What is wrong is gathered in `problems`.

    Where more than one day is priced, `days` are all of them; `pay_periods` say from when its workers have a new minimum wage.
    """

    text: YamlText
    parameters: Parameters
    on: date
    days: Period | None = None
    pay_periods: PayPeriods | None = None
    problems: list[Problem] = field(default_factory=list)
    changes_on: set[date] = field(default_factory=set)
    rules: set[tuple[date, str]] = field(default_factory=set)
    """What the law brought in on a day, and from which: before it a price is made in another way, not only with another figure."""

    @property
    def next_change(self) -> date | None:
        """The first of the days after `on` on which a published figure that was asked for is another, or is not known."""
        return min((day for day in self.changes_on if self.days and day in self.days and day > self.on), default=None)

    def problem(self, place: Place, what: str, to_do: str) -> None:
        self.problems.append(Problem(self.text.where(place), what, to_do))

    def published(self, key: str, unit: Unit, place: Place) -> Figure:
        """The published figure, or one in its place while the other problems are looked for."""
        try:
            figure = self._in_force(self.parameters[key])
        except RingfenceError as error:
            self.problem(place, error.problem.what, error.problem.to_do)
            return fixed(1, key, unit)
        if figure.unit is not unit:
            self.problem(place, f"“{key}” is in {figure.unit}, and {unit} belong here.", "Name another figure, or write a number.")
        return figure

    def _in_force(self, parameter: Parameter) -> Figure:
        """The figure of the day. Where it is not the same on all of the days, its name says from which this is it."""
        by_pay_period = self.pay_periods if parameter.starts_with_pay_period else None
        legal_day = by_pay_period.first_day_of(self.on) if by_pay_period else self.on
        figure, unchanged = parameter.figure(legal_day), parameter.unchanged(legal_day)
        assert unchanged is not None  # it is in force, or `figure` has raised
        first, ends_before = unchanged.first, unchanged.last + ONE_DAY
        if by_pay_period:
            first, ends_before = by_pay_period.first_from(first), by_pay_period.first_from(ends_before)
        self.changes_on.add(ends_before)
        if self.days is None or (first <= self.days.first and ends_before > self.days.last):
            return figure
        return figure.called(f"{figure.label}, from {day_in_words(max(first, self.days.first))}", figure.unit)

    def published_since(self, key: str, unit: Unit, place: Place) -> Figure | None:
        """The same for what the law brought in on a day: None before it."""
        first = self.parameters[key].values[0].starts_on
        self.rules.add((first, self.parameters[key].name))
        if self.on < first:
            self.changes_on.add(first)
            return None
        return self.published(key, unit, place)

    def pay_point(self, scale: str, point: str, place: Place) -> Figure:
        """The pay of an hour at a point of a pay scale, or a figure in its place while the other problems are looked for."""
        try:
            of = self.parameters.scale(scale)
            return of.an_hour(point, self._in_force(of.at(point)))
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
