"""A file that says how a contract would be divided: `ringfence split FILE`. Its format is in docs/formats/split.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from basics.errors import InputError, Problem, Refused, RingfenceError
from basics.people import reference
from basics.rounding import MINUTES_PER_HOUR
from costing.parameter import Parameters
from costing.price import money, price
from isf.household import HouseBudget
from isf.layers import House, Layer, LayerUnit
from isf.split import Claim, Method, TopSlice
from ringfence.importing.checked import FileModel, Label, Number, checked
from ringfence.importing.costing_package import read_package
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.yaml_text import YamlText, read_yaml_text

HoursAre = Literal["planned a year", "delivered a year"]


@dataclass(frozen=True)
class SplitRequest:
    """What the file asks for. `own` are each person's own layers; `hours_are` says what the hours of the claims are.

    `last_year` is what each person had before, in pence, and `kept_last_year` what each top-slice was, where the file says so.
    """

    contract: str
    contract_pence: int
    method: Method
    claims: tuple[Claim, ...]
    top_slices: tuple[TopSlice, ...]
    houses: tuple[House, ...]
    own: Mapping[str, tuple[Layer, ...]]
    hours_are: str | None
    last_year: Mapping[str, int] = field(default_factory=dict)
    kept_last_year: Mapping[str, int] = field(default_factory=dict)
    house_budgets: tuple[HouseBudget, ...] = ()
    most_lost_percent: Decimal | None = None


def read_split_file(path: Path, otherwise: Callable[[], Parameters] = built_in_parameters) -> SplitRequest:
    """Read and check the file, and price the cost files that it names beside itself, with the published figures of `otherwise`.

    Raises `Refused` with every problem and its line, or `InputError` where it is not YAML at all.
    """
    return split_of(read_yaml_text(path), path.parent, otherwise)


def split_of(text: YamlText, folder: Path | None = None, otherwise: Callable[[], Parameters] = built_in_parameters) -> SplitRequest:
    """The same for what is read already; without a folder one that names cost files is refused."""
    asked = checked(text, _SplitFile)
    packages, problems = _priced(asked, text, folder, otherwise)
    if problems := [*problems, *_place_problems(asked, text), *_hours_problems(asked, text)]:
        raise Refused(f"{text.name} was not taken:", problems)
    return SplitRequest(
        asked.contract, int(asked.sum * 100), Method(asked.method), tuple(person.claim(packages.get(n)) for n, person in enumerate(asked.people)),
        tuple(top_slice.declared for top_slice in asked.top_slices), tuple(house.shared_by for house in asked.houses if house.shared),
        {person.person: tuple(layer.layer for layer in person.own) for person in asked.people if person.own}, asked.hours_are,
        {person.person: int(person.last_year * 100) for person in asked.people if person.last_year is not None},
        {top_slice.name: int(top_slice.last_year * 100) for top_slice in asked.top_slices if top_slice.last_year is not None},
        tuple(HouseBudget(house.house, int(house.budget * 100), tuple(house.places)) for house in asked.houses if house.budget is not None),
        asked.damping.most_lost_percent if asked.damping else None)


def _priced(asked: _SplitFile, text: YamlText, folder: Path | None,
            otherwise: Callable[[], Parameters]) -> tuple[dict[int, int], list[Problem]]:
    """A week of each person's costed package, in pence, by the number of the person; and what keeps one from being priced."""
    found, problems, known = dict[int, int](), list[Problem](), dict[str, int]()
    for n, person in enumerate(asked.people):
        place = text.where(("people", n, "cost"))
        if person.cost_per_week is not None:
            found[n] = int(person.cost_per_week * 100)
        if person.cost is None:
            continue
        if folder is None:
            problems.append(Problem(place, "A cost file beside the file cannot be opened from here.",
                                    "Look at this split with “ringfence split FILE”, or write cost_per_week."))
            continue
        try:
            if person.cost not in known:
                known[person.cost] = money(price(read_package(folder / person.cost, None, otherwise)).per_week).pence
            found[n] = known[person.cost]
        except RingfenceError as error:
            problems += (Problem(f"{place}: {each.place}", each.what, each.to_do) for each in error.problems)
    return found, problems


def _whole_pence(amount: Decimal) -> Decimal:
    if amount * 100 % 1:
        raise PydanticCustomError("pence", "{amount} is not whole pence.",
                                  {"amount": str(amount), "to_do": "Write pounds with two decimals at most."})
    return amount


def _whole_minutes(hours: Decimal) -> Decimal:
    if hours * MINUTES_PER_HOUR % 1:
        raise PydanticCustomError("minutes", "{hours} hours is not a whole number of minutes.",
                                  {"hours": str(hours), "to_do": "Write hours that come to whole minutes, like 7.5 or 0.25."})
    return hours


def _a_reference(text: str) -> str:
    try:
        return reference(text)
    except InputError as error:
        raise PydanticCustomError("reference", "{what}", {"what": error.problem.what, "to_do": error.problem.to_do}) from None


Pounds = Annotated[Number, AfterValidator(_whole_pence)]
Hours = Annotated[Number, AfterValidator(_whole_minutes)]
Reference = Annotated[str, AfterValidator(_a_reference)]


class _TopSlice(FileModel):
    name: Label
    percent: Number | None = None
    sum: Pounds | None = None
    last_year: Pounds | None = None

    @property
    def declared(self) -> TopSlice:
        return TopSlice(self.name, self.percent, None if self.sum is None else int(self.sum * 100))


class _Layer(FileModel):
    name: Label
    hours_per_week: Hours | None = None
    rate_per_hour: Number | None = None
    nights_per_week: Number | None = None
    rate_per_night: Number | None = None

    @model_validator(mode="after")
    def _one_pair(self) -> Self:
        hours, nights = (self.hours_per_week, self.rate_per_hour), (self.nights_per_week, self.rate_per_night)
        if sorted(pair.count(None) for pair in (hours, nights)) != [0, 2]:
            raise PydanticCustomError("pair", "“{name}” is neither hours at a rate nor nights at a rate.", {
                "name": self.name, "to_do": "Give hours_per_week and rate_per_hour, or nights_per_week and rate_per_night."})
        return self

    @property
    def layer(self) -> Layer:
        if self.hours_per_week is not None and self.rate_per_hour is not None:
            return Layer(self.name, LayerUnit.HOUR, self.hours_per_week, self.rate_per_hour)
        return Layer(self.name, LayerUnit.NIGHT, self.nights_per_week or Decimal(0), self.rate_per_night or Decimal(0))


class _House(FileModel):
    house: Reference
    places: Annotated[list[Reference], Field(min_length=1)]
    shared: list[_Layer] = Field(default_factory=list)
    budget: Pounds | None = None

    @property
    def shared_by(self) -> House:
        return House(self.house, tuple(self.places), tuple(layer.layer for layer in self.shared))


class _Person(FileModel):
    person: Reference
    empty: bool = False
    points: Number | None = None
    hours: Hours | None = None
    cost: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    cost_per_week: Pounds | None = None
    budget: Pounds | None = None
    amount: Pounds | None = None
    last_year: Pounds | None = None
    separable: bool | None = None
    own: list[_Layer] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_cost(self) -> Self:
        if self.cost is not None and self.cost_per_week is not None:
            raise PydanticCustomError("pair", "A package is costed in its file, or by the week.", {"to_do": "Give cost or cost_per_week."})
        return self

    def claim(self, package_pence: int | None) -> Claim:
        return Claim(person=self.person, points=self.points, empty_place=self.empty, separable=self.separable, package_pence=package_pence,
                     minutes=None if self.hours is None else int(self.hours * MINUTES_PER_HOUR), budget_pence=_pence(self.budget),
                     amount_pence=_pence(self.amount))


def _pence(pounds: Decimal | None) -> int | None:
    return None if pounds is None else int(pounds * 100)


class _Damping(FileModel):
    most_lost_percent: Annotated[Number, Field(le=100)]


class _SplitFile(FileModel):
    contract: Reference
    sum: Pounds
    method: Literal["equal", "points", "hours", "cost", "layers", "budgets", "household", "amounts"]
    hours_are: HoursAre | None = None
    top_slices: list[_TopSlice] = Field(default_factory=list)
    houses: list[_House] = Field(default_factory=list)
    people: list[_Person]
    damping: _Damping | None = None


def _place_problems(asked: _SplitFile, text: YamlText) -> list[Problem]:
    listed = {person.person for person in asked.people}
    return [Problem(text.where(("houses", n, "places", m)), f"{place} has a place here and does not stand under people.",
                    "Add a line for it under people; an empty place has “empty: yes”.")
            for n, house in enumerate(asked.houses) for m, place in enumerate(house.places) if place not in listed]


def _hours_problems(asked: _SplitFile, text: YamlText) -> list[Problem]:
    if asked.hours_are is not None or all(person.hours is None for person in asked.people):
        return []
    return [Problem(text.where(("hours_are",)), "There are hours, and nothing says what they are.",
                    "Add “hours_are: planned a year” or “hours_are: delivered a year”.")]
