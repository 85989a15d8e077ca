"""Which published figures are known, on which day, and until when? Those of Ringfence and the provider's own, in one folder of files."""

from __future__ import annotations

import calendar
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from basics.errors import InputError
from basics.periods import ONE_DAY
from costing.explain import in_words
from costing.figure import given
from costing.parameter import DatedValue, Parameter, Parameters
from costing.pay_scale import PayScale
from ringfence.actions.desk import beside_the_books
from ringfence.importing.parameters import read_parameters

PARAMETERS_VARIABLE = "RINGFENCE_PARAMETERS"
FOLDER = "rates"
ENDS_SOON_MONTHS = 6


class Standing(StrEnum):
    """Whether a figure can be asked for on a day, and for how long still."""

    KNOWN = "Known"
    ENDS_SOON = "Ends soon"
    NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Stretch:
    """A value for as long as it stays the same, however many years say it again: from its first day to its last."""

    value: DatedValue
    first: date
    last: date
    from_memory: bool


@dataclass(frozen=True)
class ListedFigure:
    """A published figure as it stands on a day: what counts, what did before, what will after. Each may be missing."""

    parameter: Parameter
    now: Stretch | None
    before: Stretch | None
    later: Stretch | None
    standing: Standing

    def in_words(self, stretch: Stretch) -> str:
        """“£12.71 an hour”."""
        return value_in_words(self.parameter, stretch.value)


def own_folder() -> Path:
    """Where the provider's own figures are: the folder that RINGFENCE_PARAMETERS names, or `rates` beside the books."""
    return beside_the_books(FOLDER, PARAMETERS_VARIABLE)


def published() -> Parameters:
    """Every figure and pay scale: those of Ringfence, continued by the provider's own. Raises `Refused` with all that is wrong with those."""
    folder = own_folder()
    if folder.is_dir():
        return read_parameters(folder, may_be_empty=True)
    if os.environ.get(PARAMETERS_VARIABLE):
        raise InputError(f"There is no folder {folder}, where your own published figures should be.",
                         f"Make it, or correct {PARAMETERS_VARIABLE}.")
    return read_parameters()


def listed_figures(on: date, parameters: Parameters | None = None) -> tuple[ListedFigure, ...]:
    """Every published figure as it stands on a day, by who sets it and by name."""
    known = published() if parameters is None else parameters
    return tuple(sorted((listed(each, on) for each in known), key=lambda each: (each.parameter.set_by.casefold(), each.parameter.name)))


def listed_scales(parameters: Parameters | None = None) -> tuple[PayScale, ...]:
    """The provider's pay scales, by name."""
    known = published() if parameters is None else parameters
    return tuple(known.scales[name] for name in sorted(known.scales, key=str.casefold))


def listed(parameter: Parameter, on: date) -> ListedFigure:
    """One figure as it stands on a day."""
    stretches = list(stretches_of(parameter))
    now = next((each for each in stretches if each.first <= on <= each.last), None)
    before = next((each for each in reversed(stretches) if each.last < (now.first if now else on)), None)
    later = next((each for each in stretches if each.first > on), None)
    return ListedFigure(parameter, now, before, later, _standing(now is not None, parameter.known_until, on))


def standing_of_scale(scale: PayScale, on: date) -> Standing:
    """Whether a pay scale counts on a day, and for how long still."""
    return _standing(any(point.in_force(on) for point in scale.points.values()), scale.known_until, on)


def stretches_of(parameter: Parameter) -> Iterator[Stretch]:
    """The values of a figure, those that follow one another and are the same as one."""
    held: Stretch | None = None
    for value, last in parameter.periods:
        if held and held.value.value == value.value and held.last == value.starts_on - ONE_DAY:
            held = Stretch(value, held.first, last, held.from_memory or value.from_memory)
        else:
            if held:
                yield held
            held = Stretch(value, value.starts_on, last, value.from_memory)
    if held:
        yield held


def value_in_words(parameter: Parameter, value: DatedValue) -> str:
    """One value of a figure with its unit: “£12.71 an hour”, “15%”."""
    return in_words(given(value.value, parameter.name, parameter.unit, parameter.source(value)))


def _standing(is_known: bool, until: date, on: date) -> Standing:
    if not is_known:
        return Standing.NOT_KNOWN
    return Standing.ENDS_SOON if until < _months_after(on, ENDS_SOON_MONTHS) else Standing.KNOWN


def _months_after(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
