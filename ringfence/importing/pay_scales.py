"""A pay scale in: one YAML file, the points of a date beside one another as a circular prints them. Told in docs/formats/parameters.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from basics.errors import Problem, Refused
from basics.periods import ONE_DAY
from costing.figure import Figure, Typed, Unit, given
from costing.parameter import DatedValue, Parameter
from costing.pay_scale import FullTime, PayScale
from ringfence.importing.checked import FileModel, Label, checked, number
from ringfence.importing.yaml_text import Place, YamlText

IS_A_SCALE = "pay_scale"
"""The key by which a file says that it is a pay scale and not a figure."""

MOST_POINTS = 500


def _name_of_a_point(value: object) -> object:
    """A point is called by a number or a few letters."""
    if type(value) is int:
        return str(value)
    if isinstance(value, str) and "/" in value:
        raise PydanticCustomError("point", "“{value}” cannot be the name of a point.",
                                  {"value": value[:20], "to_do": "Write a number or a few letters, without a stroke (/)."})
    return value


PointName = Annotated[str, BeforeValidator(_name_of_a_point), Field(min_length=1, max_length=20)]
Pay = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=10**6)]


class PayTableModel(FileModel):
    """What every point is paid from one day on."""

    starts_on: date = Field(alias="from")
    reference: Annotated[str, Field(min_length=1, max_length=500)]
    from_memory: bool = False
    points: Annotated[dict[PointName, Pay], Field(min_length=1, max_length=MOST_POINTS)]


class FullTimeModel(FileModel):
    """What a salary for a year pays for."""

    hours_per_week: Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=168)]
    weeks_per_year: Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=53)]


class PayScaleModel(FileModel):
    """A pay scale through time."""

    pay_scale: Label
    about: Annotated[str, Field(min_length=1, max_length=1000)]
    unit: Literal["pounds an hour", "pounds a year"]
    full_time: FullTimeModel | None = None
    set_by: Label
    grades: dict[Label, Annotated[list[PointName], Field(min_length=1)]] = Field(default_factory=dict)
    values: Annotated[list[PayTableModel], Field(min_length=1)]
    known_until: date


def pay_scale_of(text: YamlText, place: str) -> PayScale:
    """The content of one file as a pay scale. Raises `Refused` with every problem of it."""
    read = checked(text, PayScaleModel)
    problems = [*_out_of_order(read, text), *_points_that_come_back(read, text), *_unknown_points(read, text), *_full_time_wrong(read, text)]
    if problems:
        raise Refused(f"{text.name} was not taken:", problems)
    points = {name: _point(name, read, place) for name in _names(read)}
    grades = {grade: tuple(held) for grade, held in read.grades.items()}
    return PayScale(read.pay_scale, read.about, read.set_by, points, grades, _full_time(read, text), place)


def _names(read: PayScaleModel) -> list[str]:
    """Every point that any date has, in the order of the file."""
    return list(dict.fromkeys(name for table in read.values for name in table.points))


def _point(name: str, read: PayScaleModel, place: str) -> Parameter:
    """One point through time. A point that a later table no longer has is known until the eve of that table."""
    held = [n for n, table in enumerate(read.values) if name in table.points]
    values = tuple(DatedValue(table.starts_on, table.points[name], table.reference, table.from_memory)
                   for table in (read.values[n] for n in held))
    last = held[-1] + 1
    until = read.values[last].starts_on - ONE_DAY if last < len(read.values) else read.known_until
    label = f"{read.pay_scale}, point {name}"
    return Parameter(label, label, Unit(read.unit), read.set_by, values, until, place, read.about)


def _full_time(read: PayScaleModel, text: YamlText) -> FullTime | None:
    if read.full_time is None:
        return None

    def typed(key: str, label: str, unit: Unit, value: Decimal) -> Figure:
        return given(value, f"{read.pay_scale}, {label}", unit, Typed(text.where(("full_time", key))))

    return FullTime(typed("hours_per_week", "full-time hours", Unit.HOURS_PER_WEEK, read.full_time.hours_per_week),
                    typed("weeks_per_year", "weeks that a salary pays", Unit.WEEKS_PER_YEAR, read.full_time.weeks_per_year))


def _out_of_order(read: PayScaleModel, text: YamlText) -> Iterator[Problem]:
    for n, (earlier, later) in enumerate(pairwise(read.values), start=1):
        if later.starts_on <= earlier.starts_on:
            yield Problem(text.where(("values", n, "from")), f"{later.starts_on} is not after {earlier.starts_on}, the day of the table before it.",
                          "Give each table a later day than the last.")
    if read.known_until < read.values[-1].starts_on:
        yield Problem(text.where(("known_until",)), "The last table starts after the day until which it is known.", "Correct known_until.")


def _points_that_come_back(read: PayScaleModel, text: YamlText) -> Iterator[Problem]:
    for name in _names(read):
        held = [n for n, table in enumerate(read.values) if name in table.points]
        for earlier, later in pairwise(held):
            if later > earlier + 1:
                yield Problem(text.where(("values", earlier + 1, "points")), f"Point “{name}” is missing here, and stands in a later table again.",
                              "Write its pay here too.")


def _unknown_points(read: PayScaleModel, text: YamlText) -> Iterator[Problem]:
    known = set(_names(read))
    for grade, held in read.grades.items():
        for n, name in enumerate(held):
            if name not in known:
                place: Place = ("grades", grade, n)
                yield Problem(text.where(place), f"No table has a point “{name}”.", "Write one of the points, or add its pay.")


def _full_time_wrong(read: PayScaleModel, text: YamlText) -> Iterator[Problem]:
    if (Unit(read.unit) is Unit.POUNDS_PER_YEAR) != (read.full_time is not None):
        yield Problem(text.where(("full_time",) if read.full_time else ("unit",)),
                      "full_time belongs to pounds a year, and only to that: it says which hours and weeks a salary pays for.",
                      "Add it with hours_per_week and weeks_per_year." if read.full_time is None else "Take it out.")
