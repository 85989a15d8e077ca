"""One price for a time in which rates change: each stretch of days is built at its own rates, and weighs as much as it has days.

Tax changes on 6 April, the minimum wage with a pay period, a council’s rates on the council’s day. What is the same on all of the days is
one figure and is told once; a step that differs carries the day from which it is so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from basics.periods import Period, day_in_words
from costing.additions import Built, build_day
from costing.figure import Dated, Figure, Source, Unit, fixed, leaves_first, total
from costing.package import Package, Section

Name = tuple[Section, str, int]


def build(package: Package) -> Built:
    """Every line of the package in pounds a week, before any rounding: at the rates of its day or, where rates change until its last day,
    as the average over the days. Raises `InputError` where the lines “of price” leave nothing for the rest."""
    if not package.later:
        return build_day(package)
    days, builts = [period for period, _ in package.stretches], [build_day(each) for each in package.through]
    return _levelled(days, [_names(built) for built in builts], _one_tree(days, builts))


def _names(built: Built) -> list[Name]:
    """What each line is called; should several of a section be called the same, which of them it is."""
    called = [(section, line.label) for section, line in built.lines]
    return [(*name, called[:n].count(name)) for n, name in enumerate(called)]


def _levelled(days: Sequence[Period], called: Sequence[Sequence[Name]], builts: Sequence[Built]) -> Built:
    held = [dict(zip(names, (line for _, line in built.lines), strict=True)) for names, built in zip(called, builts, strict=True)]
    of_each = [fixed(period.days, f"Days, {period}", Unit.DAYS) for period in days]
    every = total(of_each).called("Days of the whole time", Unit.DAYS)
    names = sorted(dict.fromkeys(chain.from_iterable(held)), key=lambda name: list(Section).index(name[0]))
    lines = tuple((section, _average([lines.get((section, label, nth)) for lines in held], of_each, every, label)) for section, label, nth in names)
    return Built(_average([built.price for built in builts], of_each, every, "Price of a week before rounding"), lines)


def _average(figures: Sequence[Figure | None], of_each: Sequence[Figure], every: Figure, label: str) -> Figure:
    """A week of the whole time: each figure for as many days as it holds; a line that there is not is nil."""
    if figures[0] is not None and all(figure is figures[0] for figure in figures):
        return figures[0]
    weighed = total(figure * days for figure, days in zip(figures, of_each, strict=True) if figure is not None)
    return (weighed / every).called(label, Unit.POUNDS_PER_WEEK)


def _one_tree(days: Sequence[Period], builts: Sequence[Built]) -> list[Built]:
    """The same prices, with what they share as one figure, and each step that they do not share called by its day."""
    merged = _Merged()
    roots = [[merged.figure(figure, n) for figure in (built.price, *(line for _, line in built.lines))] for n, built in enumerate(builts)]
    named = _Named(days, merged)
    return [Built(named.figure(price), tuple((section, named.figure(line)) for (section, _), line in zip(built.lines, lines, strict=True)))
            for built, (price, *lines) in zip(builts, roots, strict=True)]


@dataclass
class _Merged:
    """Figures of several trees, of which those that say the same are one. The first tree stays as it is."""

    known: dict[Hashable, Figure] = field(default_factory=dict)
    held_in: dict[Figure, set[int]] = field(default_factory=lambda: defaultdict(set))
    same: dict[Figure, Figure] = field(default_factory=dict)

    def figure(self, root: Figure, tree: int) -> Figure:
        for figure in leaves_first(root):
            if figure not in self.same:
                parts = tuple(self.same[part] for part in figure.parts)
                self.same[figure] = self._one(Figure(figure.label, figure.unit, figure.exact, figure.operation, parts, figure.source), figure)
            self.held_in[self.same[figure]].add(tree)
        return self.same[root]

    def _one(self, rebuilt: Figure, figure: Figure) -> Figure:
        key = (rebuilt.label, rebuilt.unit, rebuilt.exact, rebuilt.operation, rebuilt.parts, _said_by(rebuilt.source))
        return self.known.setdefault(key, figure if rebuilt.parts == figure.parts else rebuilt)


@dataclass
class _Named:
    """Figures with the day from which they hold in the names of those that do not hold throughout."""

    days: Sequence[Period]
    merged: _Merged
    done: dict[Figure, Figure] = field(default_factory=dict)

    def figure(self, root: Figure) -> Figure:
        for figure in leaves_first(root):
            if figure not in self.done:
                self.done[figure] = self._named(figure) if figure.parts else figure
        return self.done[root]

    def _named(self, figure: Figure) -> Figure:
        trees, parts = self.merged.held_in[figure], tuple(self.done[part] for part in figure.parts)
        if len(trees) == len(self.days):
            return figure
        label = figure.label and figure.label + _since(self.days[min(trees)])
        return Figure(label, figure.unit, figure.exact, figure.operation, parts, figure.source)


def _since(period: Period) -> str:
    return f", from {day_in_words(period.first)}"


def _said_by(source: Source | None) -> Hashable:
    """A published figure that says the same again in another year is the same figure."""
    return source.parameter if isinstance(source, Dated) else source
