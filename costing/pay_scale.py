"""A pay scale of one's own: what each of its points is paid, by date, as pounds an hour or as a salary for a full-time year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from basics.errors import InputError, NotKnown
from costing.figure import Figure, Unit
from costing.parameter import Parameter

PAY_UNITS = (Unit.POUNDS_PER_HOUR, Unit.POUNDS_PER_YEAR)


@dataclass(frozen=True)
class FullTime:
    """The hours and weeks that a salary pays for: 37 hours a week, 52.143 weeks a year."""

    hours_per_week: Figure
    weeks_per_year: Figure


@dataclass(frozen=True)
class PayScale:
    """The points of a scale, each through time, and the grades that hold them. `full_time` says how a salary becomes pay an hour."""

    name: str
    about: str
    set_by: str
    points: Mapping[str, Parameter]
    grades: Mapping[str, tuple[str, ...]]
    full_time: FullTime | None
    place: str

    def __post_init__(self) -> None:
        units = {point.unit for point in self.points.values()}
        if len(units) != 1 or not units <= set(PAY_UNITS):
            raise InputError("A pay scale is in pounds an hour or in pounds a year, the same for all its points.", "Give it in one of the two.",
                             self.place)
        if (Unit.POUNDS_PER_YEAR in units) != (self.full_time is not None):
            raise InputError("A salary for a year needs the hours and weeks that it pays for, and pay an hour needs none.",
                             "Give full_time with pounds a year, and only there.", self.place)

    @property
    def known_until(self) -> date:
        """The last day for which any of its points is known."""
        return max(point.known_until for point in self.points.values())

    def at(self, point: str) -> Parameter:
        """A point of the scale through time. Raises `NotKnown` for one that is not there."""
        if point not in self.points:
            raise NotKnown(f"The pay scale {self.name} has no point “{point}”.", f"Its points are {', '.join(self.points)}.")
        return self.points[point]

    def pay_per_hour(self, point: str, on: date) -> Figure:
        """What an hour at this point is paid on a day. Raises `NotKnown` for a point that is not there, or not on that day."""
        return self.an_hour(point, self.at(point).figure(on))

    def an_hour(self, point: str, pay: Figure) -> Figure:
        """The pay of a point as pay an hour: itself, or a salary over the hours that it pays for."""
        if self.full_time is None:
            return pay
        hours = (self.full_time.hours_per_week * self.full_time.weeks_per_year).called(f"{self.name}, paid hours of a year", Unit.HOURS)
        return (pay / hours).called(f"{self.name}, point {point}, an hour", Unit.POUNDS_PER_HOUR)

    def grade_of(self, point: str) -> str:
        """The grade or grades that hold a point; empty where none does."""
        return ", ".join(grade for grade, points in self.grades.items() if point in points)
