"""What is wrong with a file, said so that someone who has never seen the code can put it right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from ringfence.importing.yaml_text import Place

_LABELS = ("bill", "purchase", "misspent", "worry", "credit", "line", "opening", "extra", "set_aside", "taken_back", "conversion", "correction",
           "given_up", "never_paid", "ending", "contract_ending", "going_live", "reference", "rate", "name", "person", "contract", "house")
_EXPECTED = {
    "model_type": "a group of keys", "dict_type": "a group of keys", "tuple_type": "a list", "list_type": "a list",
    "bool_type": "yes or no", "string_type": "text", "int_type": "a whole number",
}


class Finding(NamedTuple):
    """One thing that is wrong, at a place inside what was read: ("fundings", 2, "share")."""

    place: Place
    what: str
    to_do: str


def wrong(what: str, to_do: str) -> PydanticCustomError:
    """The error that a validator raises, in words for a person."""
    return PydanticCustomError("wrong", "{what}", {"what": what, "to_do": to_do})


def findings(error: ValidationError, model: type[BaseModel], at: Place) -> Iterator[Finding]:
    """What pydantic found, in words. `at` is the place of what was checked."""
    for found in error.errors(include_url=False):
        inside = tuple(part for part in found["loc"] if not str(part).startswith("#"))
        what, to_do = _in_words(found, inside, model)
        place = inside[:-1] if found["type"] == "extra_forbidden" else inside
        yield Finding((*at, *place), what, to_do)


def _in_words(found: ErrorDetails, inside: Place, model: type[BaseModel]) -> tuple[str, str]:
    kind, key = found["type"], str(inside[-1]) if inside else ""
    context: dict[str, Any] = found.get("ctx", {})
    if kind == "wrong":
        return str(context["what"]), str(context["to_do"])
    if kind == "missing":
        return "is missing.", "Add it."
    if kind == "extra_forbidden":
        return unknown_key(key, _keys_at(model, inside[:-1]))
    if found["input"] is None:
        return "is blank.", "Fill it in, or take the key out where it is optional."
    if kind == "too_short":
        return "is an empty list.", "Give at least one."
    given = str(found["input"])[:60]
    return f"There is “{given}” where {_EXPECTED.get(kind, 'something else')} belongs.", "Correct it."


def unknown_key(key: str, known: Iterable[str]) -> tuple[str, str]:
    """What to say of a key that is not known, with the one that may have been meant."""
    names = sorted(known)
    near = difflib.get_close_matches(key, names, 1)
    return f"“{key[:60]}” is not a key that belongs here.", f"Did you mean “{near[0]}”?" if near else f"The keys are: {', '.join(names)}."


def _keys_at(model: type[BaseModel], place: Place) -> set[str]:
    for part in place:
        if isinstance(part, str):
            field = next((field for name, field in model.model_fields.items() if part in (name, field.alias)), None)
            model = _model_in(field.annotation if field else None) or model
    return {field.alias or name for name, field in model.model_fields.items()}


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that a field holds, one or a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def in_words(place: Place, data: object) -> str:
    """“fundings, item 3 (P007), share”: the keys, and each item by its number from the top and what it is known by."""
    words, here = list[str](), data
    for part in place:
        here = _inside(here, part)
        if isinstance(part, int):
            words.append(f"item {part + 1}{_label(here)}")
        else:
            words.append(part)
    return ", ".join(words)


def _inside(data: object, part: str | int) -> object:
    if isinstance(data, Mapping):
        return data.get(part)
    return data[part] if isinstance(data, (list, tuple)) and isinstance(part, int) and part < len(data) else None


def _label(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    known_by = next((item[key] for key in _LABELS if isinstance(item.get(key), (str, int))), None)
    return "" if known_by is None else f" ({str(known_by)[:60]})"
