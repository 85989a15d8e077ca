"""What does this support cost? A cost file, or the content of one, priced. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from basics.errors import InputError, NotKnown
from costing.explain import in_words
from costing.figure import Figure, Unit
from costing.package import Package
from costing.price import Price, price
from costing.staff_hour import StaffHour, staff_hours_cost
from costing.visit_table import VisitTable, visit_tables
from ringfence.actions.parameters import published
from ringfence.documents.cost_template import cost_template
from ringfence.documents.files import write_new_document
from ringfence.documents.price_workbook import price_workbook
from ringfence.importing.costing_package import package_of, read_package
from ringfence.importing.costing_text import cost_file_text
from ringfence.importing.costing_workbook import tables_of
from ringfence.importing.templates import template
from ringfence.importing.yaml_text import Place, yaml_text_of

EXAMPLE_NAME = "outreach.cost.yaml"
HOUSE_NAME = "shared-house.cost.yaml"


@dataclass(frozen=True)
class Published:
    """A published figure that a cost file can name. `figure` is None where it is not known on the day that was asked for."""

    key: str
    name: str
    figure: Figure | None

    @property
    def in_words(self) -> str:
        """“National Living Wage, £12.71 an hour”."""
        return f"{self.name}, {in_words(self.figure) if self.figure else 'not known for that day'}"


@dataclass(frozen=True)
class Costed:
    """A package that was read once, and what can be told of it; each is worked out only where it is asked for."""

    package: Package

    @cached_property
    def price(self) -> Price:
        """Its price, at the rates of its days."""
        return price(self.package)

    @cached_property
    def visits(self) -> tuple[VisitTable, ...]:
        """What a visit costs by its length; none where it has no visits with travel."""
        return visit_tables(self.package)

    @cached_property
    def staff_hours(self) -> tuple[StaffHour, ...]:
        """What an hour of staff costs, by grade and contract. Raises `NotKnown` where it has no contracts."""
        return staff_hours_cost(self.package)


def costed_file(path: Path, parameters_folder: Path | None = None) -> Costed:
    """The package of a cost file, at the rates of its days.

    `parameters_folder` holds published figures of the user's own, which continue those of Ringfence. Without it, and where the file
    names none, they are those of the provider's own folder (`ringfence.actions.parameters`).
    Raises `Refused` with every problem of the file, or `InputError`.
    """
    return Costed(read_package(path, parameters_folder, published))


def costed_content(content: bytes, name: str, called: Callable[[Place], str] | None = None) -> Costed:
    """The same for the content of a cost file that is not on this disk. `name` is what messages call it.

    `called` names each place for whoever filled it in elsewhere than in a file; without it places are lines.
    """
    return Costed(package_of(replace(yaml_text_of(content, name), called=called), published))


def price_of_file(path: Path, parameters_folder: Path | None = None) -> Price:
    """The price of the package in a cost file. Raises as `costed_file`, and `InputError` where there is nothing to price."""
    return costed_file(path, parameters_folder).price


def price_of_content(content: bytes, name: str, called: Callable[[Place], str] | None = None) -> Price:
    """The same for the content of a cost file that is not on this disk."""
    return costed_content(content, name, called).price


def content_of_file(content: bytes, name: str) -> Mapping[str, Any]:
    """What a cost file says, for a form. Raises `Refused` with everything that keeps it from a price: a form shows whole files only."""
    price_of_content(content, name)
    return yaml_text_of(content, name).data


def workbook_of(price: Price) -> bytes:
    """A price as an Excel workbook with live formulas (docs/workbook.md). The same price gives the same bytes."""
    return price_workbook(price)


def keep_workbook(content: bytes, path: Path) -> None:
    """Write a workbook whole, or not at all. Raises `InputError` where its name does not end as one does, or something stands there already:
    numbers that somebody has changed in it would be lost."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise InputError("The name of a workbook ends in .xlsx.", "Give a name that does.", str(path))
    write_new_document(path, content)


def as_cost_workbook(content: Mapping[str, Any]) -> bytes:
    """The same as a workbook that can be filled in, which `ringfence cost` prices the same (docs/workbook.md)."""
    return cost_template(tables_of(content))


def as_cost_file(content: Mapping[str, object]) -> bytes:
    """Keys and values as a cost file (docs/formats/cost.md), which `ringfence cost` prices the same."""
    return cost_file_text(content).encode()


def example_content() -> Mapping[str, Any]:
    """What the documented example says: the one that `ringfence template cost` prints."""
    return content_of_file(template("cost").encode(), EXAMPLE_NAME)


def shared_house_content() -> Mapping[str, Any]:
    """What the documented example of a place in a shared house says: the one that `ringfence template shared-house` prints."""
    return content_of_file(template("shared-house").encode(), HOUSE_NAME)


def published_figures(unit: Unit, on: date | None) -> tuple[Published, ...]:
    """The published figures that stand for an amount of this unit, each with its value on a day, where one is given; for pay an hour also
    the points of the provider's pay scales."""
    known = published()
    found = [Published(each.key, each.name, _figure(each.figure, on)) for each in known if each.unit is unit]
    if unit is Unit.POUNDS_PER_HOUR:
        found += [Published(pay_point_key(scale.name, point), f"{scale.name}, point {point}",
                            _figure(partial(scale.pay_per_hour, point), on))
                  for scale in known.scales.values() for point in scale.points]
    return tuple(found)


def pay_point_key(scale: str, point: str) -> str:
    """A point of a pay scale as one word of a list of figures. The name of a point has no stroke in it."""
    return f"{scale} / {point}"


def as_named(key: str) -> str | Mapping[str, str]:
    """What a cost file writes for a key of `published_figures`."""
    scale, is_a_point, point = key.rpartition(" / ")
    return {"scale": scale, "point": point} if is_a_point else key


def _figure(figure_on: Callable[[date], Figure], on: date | None) -> Figure | None:
    try:
        return None if on is None else figure_on(on)
    except NotKnown:
        return None
