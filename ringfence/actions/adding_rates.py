"""A value or a pay scale of the provider's own, added in the app: written into the same files that a person writes by hand."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from basics.errors import InputError
from basics.periods import ONE_DAY, day_in_figures, day_in_words
from costing.figure import Unit
from costing.parameter import Parameter
from costing.pay_scale import PayScale
from ringfence.actions.acting import Acting
from ringfence.actions.parameters import own_folder, published
from ringfence.actions.rights import Right
from ringfence.documents.files import check_folder, write_document
from ringfence.importing.parameters import built_in_parameters, parameter_of
from ringfence.importing.pay_scales import IS_A_SCALE, pay_scale_of
from ringfence.importing.rate_text import Item, new_file, with_item
from ringfence.importing.yaml_text import yaml_text_of

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class NewValue:
    """A value of a figure: from its first day, known until a day, read at `reference`."""

    value: Decimal
    starts_on: date
    reference: str
    known_until: date


@dataclass(frozen=True)
class NewPayTable:
    """What the points of a scale are paid from a first day, known until a day, read at `reference`."""

    points: Mapping[str, Decimal]
    starts_on: date
    reference: str
    known_until: date


@dataclass(frozen=True)
class NewPayScale:
    """A pay scale and its first table. `full_time` is hours a week and weeks a year, for salaries."""

    name: str
    about: str
    unit: Unit
    set_by: str
    grades: Mapping[str, tuple[str, ...]]
    full_time: tuple[Decimal, Decimal] | None
    table: NewPayTable


def add_value(acting: Acting, key: str, new: NewValue) -> Parameter:
    """Add a value to a published figure, or put right the last one of the provider's own that starts on the same day.

    It must come after every value that Ringfence itself knows: an older one is changed in a file, by hand.
    Raises `NotAllowed` for a stranger, `Refused` or `InputError` for what cannot be added; then nothing is changed.
    """
    acting.refuse_without(Right.PREPARE)
    with _one_at_a_time:
        parameter = published()[key]
        path = _file_of(f"{key}.yaml") or own_folder() / f"{key}.yaml"
        _refuse_earlier(parameter, new, is_own=path.exists())
        item: Item = {"from": new.starts_on, "value": new.value, "reference": new.reference}
        said = f"{new.value:f} {parameter.unit} from {day_in_words(new.starts_on)}"
        if path.exists():
            text = with_item(_text(path), item, new.known_until, name=path.name, note=_note(acting, said))
        else:
            text = new_file({"name": parameter.name, "about": parameter.about, "unit": parameter.unit.value, "set_by": parameter.set_by,
                             "values": [item], "known_until": new.known_until}, _note(acting, said))
        read = parameter_of(yaml_text_of(text.encode(), path.name), f"{path.parent.name}/{path.name}")
        built_in = built_in_parameters()
        whole = built_in[key].continued_by(read) if key in built_in else read
        _write(path, text)
        return whole


def add_pay_scale(acting: Acting, new: NewPayScale) -> PayScale:
    """Add a pay scale with its first table. Raises as `add_value`."""
    acting.refuse_without(Right.PREPARE)
    with _one_at_a_time:
        if new.name.strip() in published().scales:
            raise InputError(f"There is a pay scale called “{new.name.strip()}” already.", "Choose another name, or add a table to that one.")
        path = own_folder() / f"pay_scale_{re.sub(r'[^a-z0-9]+', '_', new.name.casefold()).strip('_') or 'own'}.yaml"
        if path.exists():
            raise InputError(f"There is a file {path.name} already.", "Choose another name.")
        full_time = {"full_time": dict(zip(("hours_per_week", "weeks_per_year"), new.full_time, strict=True))} if new.full_time else {}
        grades = {"grades": {grade: list(points) for grade, points in new.grades.items()}} if new.grades else {}
        text = new_file({IS_A_SCALE: new.name.strip(), "about": new.about, "unit": new.unit.value, **full_time, "set_by": new.set_by, **grades,
                         "values": [_table(new.table)], "known_until": new.table.known_until},
                        _note(acting, f"the pay scale with its pay from {day_in_words(new.table.starts_on)}"))
        return _written_scale(path, text)


def add_pay_table(acting: Acting, name: str, new: NewPayTable) -> PayScale:
    """Add what a scale pays from a day on, or put right the table of that day. Raises as `add_value`."""
    acting.refuse_without(Right.PREPARE)
    with _one_at_a_time:
        scale = published().scale(name)
        _refuse_gap(name, scale.known_until, new.starts_on)
        path = _file_of(Path(scale.place).name) or own_folder() / Path(scale.place).name
        note = _note(acting, f"its pay from {day_in_words(new.starts_on)}")
        return _written_scale(path, with_item(_text(path), _table(new), new.known_until, name=path.name, note=note))


def _refuse_earlier(parameter: Parameter, new: NewValue, *, is_own: bool) -> None:
    last = parameter.values[-1].starts_on
    if new.starts_on < last or (new.starts_on == last and not is_own):
        raise InputError(f"{parameter.name} has a value from {day_in_words(last)}.",
                         "Give a later first day. An older value is changed in a file of your own (docs/formats/parameters.md).")
    _refuse_gap(parameter.name, parameter.known_until, new.starts_on)


def _refuse_gap(name: str, known_until: date, starts_on: date) -> None:
    """The last value must never be stretched over days for which nobody wrote one."""
    if starts_on > known_until + ONE_DAY:
        raise InputError(f"{name} is known until {day_in_words(known_until)}, and this starts on {day_in_words(starts_on)}.",
                         "Add the value for the days between first.")


def _written_scale(path: Path, text: str) -> PayScale:
    read = pay_scale_of(yaml_text_of(text.encode(), path.name), f"{path.parent.name}/{path.name}")
    _write(path, text)
    return read


def _table(new: NewPayTable) -> Item:
    return {"from": new.starts_on, "reference": new.reference, "points": dict(new.points)}


def _note(acting: Acting, what: str) -> str:
    return f"{day_in_figures(acting.today)}, {acting.user} wrote {what}."


def _file_of(name: str) -> Path | None:
    folder = own_folder()
    return next((path for path in sorted(folder.rglob("*.yaml")) if path.name == name), None) if folder.is_dir() else None


def _text(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


def _write(path: Path, text: str) -> None:
    """Whole or not at all, in the place that a link leads to."""
    place = path.resolve()
    check_folder(place.parent)
    write_document(place.parent, place.name, text.encode())
