"""A package as it is provided: to how many people, in which service, paid by whom; and what it brings in and costs in a year.

The price in force is held, so what changes shows as a surplus or a loss. Overheads do not follow the hours: they are what they come to at
the base's hours and people, whoever earns them. All of it is figures, so a scenario changes their leaves and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from costing.additions import Built
from costing.changing import build
from costing.figure import Figure, Fixed, Unit, fixed, leaves_first, share, total
from costing.package import FULL_COST, Package, Per, Section
from costing.price import Price, price, to_the_penny

_OF_VOLUME = {Unit.HOURS_PER_WEEK, Unit.VISITS_PER_WEEK, Unit.NIGHTS_PER_WEEK, Unit.TIMES_PER_WEEK}


@dataclass(frozen=True, eq=False)
class Provided:
    """`in_force` is the price that is paid for an hour or a week, as the package is quoted, and `delivered` how much, in per cent, of the
    support that staff are paid for is given and paid for. `overheads` are the sections that do not follow the hours."""

    package: Package
    service: str
    funder: str
    people: Figure
    weeks_per_year: Figure
    in_force: Figure
    delivered: Figure
    overheads: frozenset[Section] = frozenset({Section.COMPANY})

    @cached_property
    def priced(self) -> Price:
        """The base price of the package."""
        return price(self.package)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The price of an hour and of a week; then for a year, for all its people: income, cost without overheads, overheads earned."""
        per_week = self._of(FULL_COST, without=self.overheads)
        sold = share(self.delivered, self._units_per_week * self._weeks)
        earned = Figure("Overheads in the price", self.in_force.unit, self._overheads_per_week.exact / self._units_per_week.exact, source=Fixed())
        return (self.priced.per_hour, self.priced.per_week, _year(self.in_force * sold, "Income"),
                _year(per_week * self._weeks, "Cost without overheads"), _year(earned * sold, "Overheads earned"))

    @cached_property
    def overheads_per_year(self) -> Figure:
        """What the overheads come to in a year."""
        return _year(self._overheads_per_week * self._weeks, "Overheads")

    @cached_property
    def volume(self) -> frozenset[Figure]:
        """The inputs that say how much support there is: people, delivery, and the hours, visits, nights and times of a week."""
        of_contracts = {leaf for each in self.package.all_staff
                        for leaf in leaves_of(each.pay_per_hour, *(contract.hours_per_week for contract in each.contracts))}
        found = (leaf for leaf in self.leaves if leaf.unit in _OF_VOLUME and leaf not in of_contracts)
        return frozenset({self.people, self.delivered, *found})

    @cached_property
    def leaves(self) -> tuple[Figure, ...]:
        """Every input behind its figures, each once; how a price is rounded is none."""
        return tuple(leaf for leaf in leaves_of(*self.figures, self.overheads_per_year) if leaf is not self.package.step_pence)

    @cached_property
    def _built(self) -> Built:
        return build(self.package)

    @property
    def _units_per_week(self) -> Figure:
        """The hours of a week, or one week: what the price is for."""
        return self.package.support.hours_per_week if self.package.quoted_per is Per.HOUR else fixed(1, "", Unit.WEEKS)

    @cached_property
    def _weeks(self) -> Figure:
        return (self.people * self.weeks_per_year).called("Weeks of support in a year, for all", Unit.WEEKS)

    @cached_property
    def _overheads_per_week(self) -> Figure:
        return self._of(tuple(self.overheads))

    def _of(self, sections: tuple[Section, ...], without: frozenset[Section] = frozenset()) -> Figure:
        return total(line for section, line in self._built.lines if section in sections and section not in without)


def leaves_of(*figures: Figure | None) -> Iterator[Figure]:
    """The inputs behind some figures, each once, leftmost first."""
    return (leaf for leaf in leaves_first(*(figure for figure in figures if figure is not None)) if not leaf.parts)


def _year(figure: Figure, label: str) -> Figure:
    return to_the_penny(figure).called(f"{label} of a year", Unit.POUNDS_PER_YEAR)
