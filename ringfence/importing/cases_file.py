"""The published cases of the folder `cases`: figures that others worked out, beside which ours are run (docs/cases.md)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from basics.errors import NotKnown
from ringfence.importing.checked import FileModel, Label, number, read_checked
from ringfence.importing.costing_words import says

FOLDER = Path(__file__).parents[2] / "cases"
ENDING = ".case.yaml"

Kind = Literal[
    "price", "peer_house", "overheads", "employer_costs", "holiday", "sleep_in", "sick_pay", "regulator_fee", "uplift",
    "visit_bands", "charged_time", "public_holidays", "split", "layers", "ratio", "shares", "weekly_sums", "part_month", "surplus", "contribution",
    "late_payment", "whole_books"]
Basis = Literal["printed", "inferred", "worked out by their formula", "worked out by hand"]
"""How their figure is known: printed in the source; fitted to what is printed there; or worked out, by a formula that was read there or by hand."""

Unit = Literal["pounds", "dollars", "percent", "hours", "minutes", "people", "carers", "rows"]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Address = Annotated[str, Field(pattern="^https?://")]
Signed = Annotated[Decimal, BeforeValidator(number)]


class FigureModel(FileModel):
    """One figure of theirs. `ours` names what it stands beside, where ours has another name, or several that add to it.

    `differs` is how much ours is above theirs where the two mean different things, and `because` says why.
    """

    figure: Label
    theirs: Signed
    ours: Label | list[Label] | None = None
    unit: Unit | None = None
    basis: Basis | None = None
    differs: Signed = Decimal(0)
    because: Words | None = None

    @model_validator(mode="after")
    def _reason(self) -> Self:
        if bool(self.differs) != (self.because is not None):
            raise says("A difference without a reason, or a reason without a difference.", "Give differs and because together, or neither.")
        return self

    @property
    def beside(self) -> tuple[str, ...]:
        """The names of what it stands beside."""
        return tuple(self.ours) if isinstance(self.ours, list) else (self.ours or self.figure,)


class CaseFile(FileModel):
    """One case. The first figure stands for it in the list. `kind` says which rules of ours give ours; `inputs` and `files` are what they are
    given, which `given` tells in words; `inferred` tells what of it the source does not say."""

    name: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    case: Label
    kind: Kind
    year: Label
    source: Words
    addresses: list[Address] = Field(default_factory=list)
    given: Words
    inferred: Words | None = None
    shows: Words
    inputs: dict[str, Any] = Field(default_factory=dict)
    files: list[Label] = Field(default_factory=list)
    unit: Unit = "pounds"
    basis: Basis = "printed"
    figures: Annotated[list[FigureModel], Field(min_length=1)]

    @property
    def theirs(self) -> dict[str, Decimal]:
        """Their figures by name."""
        return {each.figure: each.theirs for each in self.figures}


def read_case(name: str) -> CaseFile:
    """One case by its name. Raises `NotKnown`, with the names there are, or `Refused` with every problem of its file."""
    known = case_names()
    if name not in known:
        raise NotKnown(f"There is no case “{name[:60]}”.", f"The cases are {', '.join(known)}.")
    case, _ = read_checked(FOLDER / f"{name}{ENDING}", CaseFile)
    return case


def case_names() -> tuple[str, ...]:
    """The names of all cases, in the order of the alphabet."""
    return tuple(sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}")))
