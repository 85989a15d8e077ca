"""An overheads file: what the accounts cost in a year, as pools and the services that share them (docs/formats/overheads.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from basics.errors import Refused
from basics.periods import Period
from costing.figure import Figure, Unit
from costing.overheads import Divided, divided
from costing.package import Section
from costing.parameter import Parameters
from costing.pools import Cost, Driver, Overheads, Pool, Service
from ringfence.importing.checked import FileModel, Label, Number, checked
from ringfence.importing.costing_words import CHOICE, Percent, says
from ringfence.importing.figures import FiguresOf, Group
from ringfence.importing.yaml_text import YamlText, read_yaml_text, yaml_text_of

DAYS_OF_A_YEAR = range(364, 373)
_SECTIONS = {"co_ordination": Section.COORDINATION, "company_costs": Section.COMPANY}


def _whole_pence(pounds: Decimal) -> Decimal:
    if pounds * 100 % 1:
        raise says(f"{pounds} is not whole pence.", "Write pounds and pence, as the accounts have them.")
    return pounds


Pounds = Annotated[Number, AfterValidator(_whole_pence)]


class MeasuresModel(FileModel):
    """How much somebody has of each driver."""

    support_hours: Number | None = None
    direct_spend: Pounds | None = None
    staff_time: Number | None = None
    fte: Number | None = None
    headcount: Number | None = None
    floor_area: Number | None = None
    users: Number | None = None


class ServiceModel(MeasuresModel):
    """A service that bears its part of every pool."""

    service: Label


class PoolModel(MeasuresModel):
    """Costs that services share, and the later pools that share them too."""

    pool: Label
    section: Literal["co_ordination", "company_costs"]
    driver: Annotated[Driver, CHOICE] | None = None
    gives_to: list[Label] = Field(default_factory=list)


class DirectModel(FileModel):
    """So many per cent of a cost that are a service's own."""

    service: Label
    percent: Annotated[Percent, Field(le=100)]


class CostModel(FileModel):
    """A line of the accounts: to a pool, or direct to services."""

    line: Label
    amount: Pounds
    pool: Label | None = None
    direct: list[DirectModel] = Field(default_factory=list)


class YearModel(FileModel):
    """The first and the last day that the costs are of."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise says("The year ends before it starts.", "Check first and last.")
        days = (self.last - self.first).days + 1
        if days not in DAYS_OF_A_YEAR:
            raise says(f"The costs are of {days} days, and count as those of a year.",
                       "Give the accounts of one year: twelve months, or 52 or 53 weeks.")
        return self


class OverheadsFile(FileModel):
    """What the accounts cost in a year beyond the support itself, and what divides it."""

    name: Label
    year: YearModel
    accounts_total: Pounds
    services: Annotated[list[ServiceModel], Field(min_length=1)]
    pools: Annotated[list[PoolModel], Field(min_length=1)]
    costs: Annotated[list[CostModel], Field(min_length=1)]


def read_overheads(path: Path) -> Divided:
    """The overheads of a file, divided. Raises `Refused` with every problem of it, or `InputError` where it is not YAML at all."""
    return _read(read_yaml_text(path))


def overheads_of(content: bytes, name: str) -> Divided:
    """The same for a file that was sent."""
    return _read(yaml_text_of(content, name))


def _read(text: YamlText) -> Divided:
    file = checked(text, OverheadsFile)
    figures = FiguresOf(text, Parameters(()), file.year.first)
    overheads = _overheads(Group(figures, file), file, text.name)
    try:
        return divided(overheads)
    except Refused as refused:
        raise Refused(f"{text.name} was not taken:", refused.problems) from None


def _overheads(group: Group, file: OverheadsFile, place: str) -> Overheads:
    return Overheads(
        file.name, Period(file.year.first, file.year.last),
        group("accounts_total", "Total of the accounts", Unit.POUNDS_PER_YEAR),
        tuple(Service(model.service, _measures(each, model.service), _where(each)) for each, model in group.each("services", file.services)),
        tuple(Pool(model.pool, _SECTIONS[model.section], model.driver, tuple(model.gives_to), _measures(each, model.pool), _where(each))
              for each, model in group.each("pools", file.pools)),
        tuple(_cost(each, model) for each, model in group.each("costs", file.costs)), place)


def _cost(group: Group, model: CostModel) -> Cost:
    direct = tuple((part.service, each("percent", f"{model.line}, per cent direct to {part.service}", Unit.PERCENT))
                   for each, part in group.each("direct", model.direct))
    return Cost(model.line, group("amount", model.line, Unit.POUNDS_PER_YEAR), model.pool, direct, _where(group))


def _measures(group: Group, name: str) -> Mapping[Driver, Figure]:
    found = ((driver, group.maybe(driver, f"{name}, {driver.in_words}", driver.unit)) for driver in Driver)
    return {driver: figure for driver, figure in found if figure is not None}


def _where(group: Group) -> str:
    return group.of.text.where(group.place)
