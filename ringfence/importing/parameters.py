"""Published figures in: one YAML file a figure or a pay scale, from the folder that comes with Ringfence and from one of the user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field

import costing
from basics.errors import InputError, Problem, Refused, RingfenceError
from costing.figure import Unit
from costing.parameter import DatedValue, Parameter, Parameters
from costing.pay_scale import PayScale
from ringfence.importing.checked import FileModel, Label, Number, checked
from ringfence.importing.pay_scales import IS_A_SCALE, pay_scale_of
from ringfence.importing.yaml_text import YamlText, read_yaml_text

BUILT_IN = Path(costing.__file__).parent / "parameters"

About = Annotated[str, Field(min_length=1, max_length=1000)]
Reference = Annotated[str, Field(min_length=1, max_length=500)]


class ValueModel(FileModel):
    """One value: its legal first day and where it is written. `from_memory: yes` until somebody has checked it there; `until` where
    nobody knows what came after it."""

    starts_on: date = Field(alias="from")
    value: Number
    reference: Reference
    from_memory: bool = False
    until: date | None = None


class ParameterModel(FileModel):
    """A published figure through time."""

    name: Label
    about: About
    unit: Annotated[Unit, Field(strict=False)]
    set_by: Label
    values: Annotated[list[ValueModel], Field(min_length=1)]
    known_until: date
    starts_with_pay_period: bool = False


@cache
def built_in_parameters() -> Parameters:
    """The published figures that come with Ringfence."""
    return Parameters(*_read_folder(BUILT_IN))


def read_parameters(own_folder: Path | None = None, *, may_be_empty: bool = False) -> Parameters:
    """The figures that come with Ringfence, continued or added to by those of a folder of the user's own, and its pay scales.

    From the first day that a file of the user's gives, that file counts. Raises `Refused` with every problem of the folder.
    """
    if own_folder is None:
        return built_in_parameters()
    if not own_folder.is_dir():
        raise InputError("There is no such folder of published figures.", "Check its name.", str(own_folder))
    files = _files(own_folder)
    if not files and not may_be_empty:
        raise InputError("There is no .yaml file in this folder of published figures.", "Check its name.", str(own_folder))
    return _with_own(own_folder, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


def parameter_of(text: YamlText, place: str) -> Parameter:
    """The content of one file as a parameter. `place` is its folder and name; its key is the name alone."""
    read = checked(text, ParameterModel)
    problems = list(_out_of_order(read, text))
    if problems:
        raise Refused(f"{text.name} was not taken:", problems)
    values = tuple(DatedValue(each.starts_on, each.value, each.reference, each.from_memory, each.until) for each in read.values)
    return Parameter(Path(place).stem, read.name, read.unit, read.set_by, values, read.known_until, place, read.about,
                     read.starts_with_pay_period)


@lru_cache(maxsize=8)
def _with_own(folder: Path, _as_they_are: tuple[tuple[Path, int, int], ...]) -> Parameters:
    """Read once for as long as no file of the folder changes: a form asks with every change of a box."""
    own, scales = _read_folder(folder, _not_continued)
    return Parameters([*built_in_parameters(), *own], scales)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yaml") if not path.name.startswith("."))


def _read_folder(folder: Path, also: Callable[[list[Parameter]], Iterable[Problem]] = lambda _: ()) -> tuple[list[Parameter], list[PayScale]]:
    """Every file of a folder. Raises `Refused` with what is wrong in any of them, and what `also` finds of those that could be read."""
    read, scales, problems = [], [], list[Problem]()
    for path in _files(folder):
        place = f"{path.parent.name}/{path.name}"
        try:
            text = read_yaml_text(path)
            if IS_A_SCALE in text.data:
                scales.append(pay_scale_of(text, place))
            else:
                read.append(parameter_of(text, place))
        except RingfenceError as error:
            problems.extend(error.problems)
    problems.extend(_given_twice([(each.key, each.place) for each in read], "figure"))
    problems.extend(_given_twice([(each.name, each.place) for each in scales], "pay scale"))
    problems.extend(also(read))
    if problems:
        raise Refused(f"The published figures in {folder} were not taken:", problems)
    return read, scales


def _out_of_order(read: ParameterModel, text: YamlText) -> Iterator[Problem]:
    for n, (earlier, later) in enumerate(pairwise(read.values), start=1):
        if later.starts_on <= earlier.starts_on:
            yield Problem(text.where(("values", n, "from")), f"{later.starts_on} is not after {earlier.starts_on}, the day of the value before it.",
                          "Give each value a later day than the last.")
        elif earlier.until is not None and not earlier.starts_on <= earlier.until < later.starts_on:
            yield Problem(text.where(("values", n - 1, "until")), "This value does not end between its first day and that of the next.",
                          "Correct until, or take it out where the next value follows at once.")
    if read.values[-1].until is not None:
        yield Problem(text.where(("values", len(read.values) - 1, "until")), "The last value ends with known_until.", "Take until out.")
    if read.known_until < read.values[-1].starts_on:
        yield Problem(text.where(("known_until",)), "The last value starts after the day until which it is known.", "Correct known_until.")


def _not_continued(own: Iterable[Parameter]) -> Iterator[Problem]:
    built_in = built_in_parameters()
    for parameter in own:
        if parameter.key in built_in:
            try:
                built_in[parameter.key].continued_by(parameter)
            except InputError as error:
                yield error.problem


def _given_twice(read: Iterable[tuple[str, str]], what: str) -> Iterator[Problem]:
    places: dict[str, str] = {}
    for key, place in read:
        before = places.setdefault(key, place)
        if before != place:
            yield Problem(place, f"“{key}” is also in {before}.", f"Keep one file for each {what}.")
