"""Published figures in: one YAML file a figure, from the folder that comes with Ringfence and from folders of the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

import costing
from basics.errors import InputError, Problem, Refused, RingfenceError
from costing.figure import Unit
from costing.parameter import DatedValue, Parameter, Parameters
from ringfence.importing.checked import FileModel, Label, Number, read_checked

BUILT_IN = Path(costing.__file__).parent / "parameters"

Reference = Annotated[str, Field(min_length=1, max_length=500)]


class ValueModel(FileModel):
    """One value: its legal first day and where it is written. `from_memory: yes` until somebody has checked it there."""

    starts_on: date = Field(alias="from")
    value: Number
    reference: Reference
    from_memory: bool = False


class ParameterModel(FileModel):
    """A published figure through time."""

    name: Label
    about: Annotated[str, Field(min_length=1, max_length=1000)]
    unit: Annotated[Unit, Field(strict=False)]
    set_by: Label
    values: Annotated[list[ValueModel], Field(min_length=1)]
    known_until: date


@cache
def built_in_parameters() -> Parameters:
    """The published figures that come with Ringfence."""
    return Parameters(_read_folder(BUILT_IN))


def read_parameters(own_folder: Path | None = None) -> Parameters:
    """The figures that come with Ringfence, continued or added to by those of a folder of the user's own.

    From the first day that a file of the user's gives, that file counts. Raises `Refused` with every problem of the folder.
    """
    if own_folder is None:
        return built_in_parameters()
    if not own_folder.is_dir():
        raise InputError("There is no such folder of published figures.", "Check its name.", str(own_folder))
    own = _read_folder(own_folder)
    if not own:
        raise InputError("There is no .yaml file in this folder of published figures.", "Check its name.", str(own_folder))
    return Parameters([*built_in_parameters(), *own])


def read_parameter(path: Path) -> Parameter:
    """One file as a parameter. Its key is the file's name."""
    read, _ = read_checked(path, ParameterModel)
    values = tuple(DatedValue(each.starts_on, each.value, each.reference, each.from_memory) for each in read.values)
    return Parameter(path.stem, read.name, read.unit, read.set_by, values, read.known_until, f"{path.parent.name}/{path.name}")


def _read_folder(folder: Path) -> list[Parameter]:
    read, problems = [], list[Problem]()
    for path in sorted(folder.rglob("*.yaml")):
        try:
            read.append(read_parameter(path))
        except RingfenceError as error:
            problems.extend(error.problems)
    problems.extend(_given_twice(read))
    if problems:
        raise Refused(f"The published figures in {folder} were not taken:", problems)
    return read


def _given_twice(read: Iterable[Parameter]) -> Iterable[Problem]:
    places: dict[str, str] = {}
    for parameter in read:
        before = places.setdefault(parameter.key, parameter.place)
        if before != parameter.place:
            yield Problem(parameter.place, f"“{parameter.key}” is also in {before}.", "Keep one file for each figure.")
