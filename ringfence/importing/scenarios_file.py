"""A file of scenarios in YAML, as a person writes it. Every key is told in docs/formats/scenarios.md."""

from __future__ import annotations

import difflib
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from costing.assumptions import Shape
from costing.replay import How
from costing.scenario_inputs import DRIVERS, Inputs, Kind
from ringfence.importing.checked import LARGEST, FileModel, Label, Number, number
from ringfence.importing.costing_words import CHOICE, AboveNil, Weeks, says

Signed = Annotated[Decimal, BeforeValidator(number), Field(ge=-LARGEST, le=LARGEST)]
Path = Annotated[str, Field(min_length=1, max_length=500)]


def _a_driver(text: str) -> str:
    if text not in DRIVERS:
        near = difflib.get_close_matches(text, DRIVERS, 1)
        raise says(f"“{text[:60]}” is not a driver.", f"Did you mean “{near[0]}”?" if near else f"The drivers are {', '.join(DRIVERS)}.")
    return text


Driver = Annotated[str, AfterValidator(_a_driver)]
Overheads = Literal["company_costs", "co_ordination"]


class AboutModel(FileModel):
    """Which inputs: a driver, a published figure or an input, in all packages or in those of a service, a funder or a name."""

    driver: Driver | None = None
    parameter: Label | None = None
    input: Label | None = None
    service: Label | None = None
    funder: Label | None = None
    package: Label | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(each is not None for each in (self.driver, self.parameter, self.input)) != 1:
            raise says("This says not, or says twice, what it is about.", "Give one of driver, parameter and input.")
        return self

    @property
    def inputs(self) -> Inputs:
        named = ((Kind.DRIVER, self.driver), (Kind.PARAMETER, self.parameter), (Kind.INPUT, self.input))
        kind, name = next((kind, name) for kind, name in named if name is not None)
        return Inputs(kind, name, self.service, self.funder, self.package)


class ChangeModel(AboutModel):
    """One change: to a value, by a factor, or by so much more."""

    set: Number | None = None
    times: Number | None = None
    plus: Signed | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(each is not None for each in (self.set, self.times, self.plus)) != 1:
            raise says("A change sets a value, multiplies by one or adds one.", "Give one of set, times and plus.")
        return self

    @property
    def way(self) -> tuple[How, Decimal]:
        return next((how, value) for how, value in ((How.SET, self.set), (How.TIMES, self.times), (How.PLUS, self.plus)) if value is not None)


class ScenarioModel(FileModel):
    """A named set of changes, a later day for the published figures, or both."""

    scenario: Label
    on: date | None = None
    changes: list[ChangeModel] = Field(default_factory=list)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.on is None and not self.changes:
            raise says("This scenario changes nothing.", "Give it changes, or a day: on.")
        return self


class AssumedModel(FileModel):
    """A published figure of later days that nobody has published yet."""

    parameter: Label
    starts_on: date = Field(alias="from")
    value: Number
    why: Label


class AssumptionModel(AboutModel):
    """An input that nobody is sure of, with its range."""

    assumption: Label
    how: Annotated[How, CHOICE]
    low: Signed
    high: Signed
    likely: Signed | None = None
    shape: Annotated[Shape, CHOICE] = Shape.UNIFORM

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low >= self.high:
            raise says("The low end of the range is not below the high end.", "Give low below high.")
        if self.likely is not None and not self.low <= self.likely <= self.high:
            raise says("The likely value lies outside the range.", "Give it between low and high.")
        if (self.likely is not None) != (self.shape is Shape.TRIANGULAR):
            raise says("A triangular range has a likely value, and no other has.", "Give shape: triangular and likely together, or neither.")
        if self.how is not How.PLUS and self.low < 0:
            raise says("An input cannot be set to less than nil, or multiplied by it.", "Give low as nil or more, or how: plus.")
        return self


class ProvidedModel(FileModel):
    """A package as it is provided."""

    cost: Path
    service: Label
    funder: Label
    people: AboveNil
    weeks_per_year: Weeks | None = None
    price_in_force: AboveNil | None = None


class ScenariosFile(FileModel):
    """Packages as they are provided, and what might happen."""

    name: Label
    provided: Annotated[list[ProvidedModel], Field(min_length=1)]
    overheads: tuple[Overheads, ...] = Field(default=("company_costs",), strict=False)
    assumed: list[AssumedModel] = Field(default_factory=list)
    scenarios: list[ScenarioModel] = Field(default_factory=list)
    assumptions: list[AssumptionModel] = Field(default_factory=list)
    break_even: list[AboutModel] = Field(default_factory=list)
