"""A YAML file held against its model: everything that is wrong with it at once, each with its line and what to do."""

from __future__ import annotations

import difflib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from basics.errors import Problem, Refused
from ringfence.importing.yaml_text import YamlText, read_yaml_text

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
                              {"value": str(value)[:60], "to_do": "Write figures and a point only: no quotes, £, comma or %."})


Number = Annotated[Decimal, BeforeValidator(number), Field(ge=0, le=LARGEST)]
Label = Annotated[str, Field(min_length=1, max_length=100)]


def read_checked(path: Path, model: type[Model]) -> tuple[Model, YamlText]:
    """The file as its model. Raises `Refused` with every problem of it, or `InputError` where it is not YAML at all."""
    text = read_yaml_text(path)
    try:
        return model.model_validate(text.data), text
    except ValidationError as error:
        problems = (_problem(found, text, model) for found in error.errors())
        raise Refused(f"{path.name} was not taken:", sorted(set(problems))) from None


def _problem(found: ErrorDetails, text: YamlText, model: type[BaseModel]) -> Problem:
    place = tuple(part for part in found["loc"] if not (isinstance(part, str) and "[" in part))
    what, to_do = _in_words(found, model)
    return Problem(text.where(place), what, to_do)


def _in_words(found: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    kind, given = found["type"], str(found["input"])[:60]
    context: dict[str, Any] = found.get("ctx", {})
    last = found["loc"][-1] if found["loc"] else ""
    if kind == "missing":
        return f"“{last}” is missing.", "Add it."
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(last), _keys(model), 1)
        hint = f"Did you mean “{near[0]}”?" if near else "Take it out, or check its spelling."
        return f"“{last}” is not a key that belongs here.", hint
    if kind == "greater_than_equal":
        return f"{given} is too small.", f"Write {context['ge']} or more."
    if kind == "less_than_equal":
        return f"{given} is too large.", f"Write {context['le']} or less."
    if kind in ("enum", "literal_error"):
        return f"“{given}” is not one of the choices.", f"Choose {context['expected']}."
    if "to_do" in context:
        return found["msg"], str(context["to_do"])
    expected = {"date_type": "a day, like 2026-10-01,", "string_type": "text", "bool_type": "yes or no", "list_type": "a list",
                "tuple_type": "a list", "model_type": "a group of keys"}.get(kind)
    return (f"There is “{given}” where {expected} belongs." if expected else f"{found['msg']}."), "Correct it."


def _keys(model: type[BaseModel]) -> set[str]:
    """Every key of a model and of the models inside it, to guess which was meant."""
    found: set[str] = set()
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        found.update(part.get("properties", {}))
    return found
