"""A YAML file held against its model: everything that is wrong with it at once, each with its line and what to do."""

from __future__ import annotations

import difflib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from basics.errors import Problem, Refused
from ringfence.importing.yaml_text import Place, YamlText, read_yaml_text

LARGEST = 10**9

Model = TypeVar("Model", bound=BaseModel)


class FileModel(BaseModel):
    """The parent of every model of a file: a key that is not known is refused, and nothing is turned into something else."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


def number(value: object) -> object:
    """A number as the YAML reader gives it, as a `Decimal`; anything else is refused with words for the person who typed it."""
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    raise PydanticCustomError("number", "There is “{value}” where a number belongs.",
                              {"value": _given(value), "to_do": "Write figures and a point only: no quotes, £, comma or %."})


Number = Annotated[Decimal, BeforeValidator(number), Field(ge=0, le=LARGEST)]
Label = Annotated[str, Field(min_length=1, max_length=100)]


def read_checked(path: Path, model: type[Model]) -> tuple[Model, YamlText]:
    """The file as its model. Raises `Refused` with every problem of it, or `InputError` where it is not YAML at all."""
    text = read_yaml_text(path)
    return checked(text, model), text


def checked(text: YamlText, model: type[Model]) -> Model:
    """What was read, as its model. Raises `Refused` with every problem of it."""
    try:
        return model.model_validate(text.data)
    except ValidationError as error:
        found = sorted(error.errors(), key=lambda each: text.line(_place(each, text)))
        problems = (Problem(text.where(_place(each, text)), *_in_words(each, model)) for each in found)
        raise Refused(f"{text.name} was not taken:", dict.fromkeys(problems)) from None


def _place(found: ErrorDetails, text: YamlText) -> Place:
    """The keys that lead to the fault. Pydantic also names the models it tried on the way; those are not in the file."""
    place: Place = ()
    for part in found["loc"]:
        if (*place, part) in text.lines or (part == found["loc"][-1] and found["type"] == "missing"):
            place = (*place, part)
    return place


_SENTENCES = {
    "missing": ("“{key}” is missing.", "Add it."),
    "greater_than_equal": ("{given} is too small.", "Write {ge} or more."),
    "greater_than": ("{given} is too small.", "Write more than {gt}."),
    "less_than": ("{given} is too large.", "Write less than {lt}."),
    "less_than_equal": ("{given} is too large.", "Write {le} or less."),
    "enum": ("“{given}” is not one of the choices.", "Choose {expected}."),
    "literal_error": ("“{given}” is not one of the choices.", "Choose {expected}."),
    "string_too_short": ("There is nothing where text belongs.", "Write it, or take the key out."),
    "string_too_long": ("This text is too long.", "Use at most {max_length} characters."),
    "too_short": ("This list is too short.", "Give at least {min_length}."),
    "too_long": ("This list is too long.", "Give at most {max_length}."),
}
_BELONGS = {
    "date_type": "a day, like 2026-10-01,", "string_type": "text", "bool_type": "yes or no", "list_type": "a list",
    "tuple_type": "a list", "dict_type": "a group of keys", "model_type": "a group of keys", "int_type": "a whole number",
}


def _in_words(found: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """What was found and what to do about it."""
    kind, key, given = found["type"], str(found["loc"][-1]) if found["loc"] else "", _given(found["input"])
    context: dict[str, Any] = {name: f"{value:,}" if isinstance(value, int | Decimal) else str(value).replace("'", "")
                               for name, value in found.get("ctx", {}).items()}
    if "to_do" in context:
        return found["msg"], context["to_do"]
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _keys(model), 1)
        return f"“{key}” is not a key that belongs here.", f"Did you mean “{near[0]}”?" if near else "Take it out."
    if kind in _SENTENCES:
        what, to_do = _SENTENCES[kind]
        return what.format(key=key, given=given, **context), to_do.format(**context)
    if kind in _BELONGS:
        return f"There is “{given}” where {_BELONGS[kind]} belongs.", "Correct it."
    return f"{found['msg']}.", "Correct it."


def _given(value: object) -> str:
    words = {dict: "a group of keys", list: "a list", type(None): "nothing"}.get(type(value))
    return words or ({True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)[:60])


def _keys(model: type[BaseModel]) -> set[str]:
    """Every key of a model and of the models inside it, to guess which was meant."""
    found: set[str] = set()
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        found.update(part.get("properties", {}))
    return found
