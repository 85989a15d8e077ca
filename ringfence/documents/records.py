"""The frozen copy of a statement, invoice or quote: its record as one canonical text, and back.

The same record always gives the same text (sorted keys, no spaces), so a copy can be sealed, compared and printed again years later.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from basics.errors import InputError
from costing.quote import Quote
from invoicing.invoice import Invoice
from isf.statement import Statement

Record = TypeVar("Record", Statement, Invoice, Quote)

PLAIN = (str, int, bool)
SINCE = frozenset({"set_aside", "changes", "bills_pence", "whole", "priced_until", "stretches", "credits", "why", "over_cap",
                   "forecast", "own_parts"})
"""Fields that records have since a later version. Empty, they are left out: what was frozen before stays the same text, and can be read."""


def _said(record: object) -> dict[str, object]:
    """The fields of a record, where it stands: to copy all of them first would take four times as long."""
    kind: Any = type(record)
    said, since = vars(record), _since(kind)
    return said if all(map(said.get, since)) else {name: value for name, value in said.items() if value or name not in since}


@cache
def _since(kind: Any) -> frozenset[str]:
    """The fields of one kind of record that it has since a later version: a field of the same name in another kind may have been there always."""
    return frozenset(field.name for field in fields(kind) if field.name in SINCE and field.default is not MISSING)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False, default=_said)


def record_json(record: Statement | Invoice | Quote) -> str:
    """The record as canonical JSON: every field, keys sorted, no spaces, letters as they are."""
    return _ENCODER.encode(record)


def statement_from_json(text: str) -> Statement:
    """The statement that `record_json` wrote. Raises `InputError` where a field is missing, unknown or of another kind."""
    return _read(text, Statement)


def invoice_from_json(text: str) -> Invoice:
    """The invoice that `record_json` wrote. Raises `InputError` where a field is missing, unknown or of another kind."""
    return _read(text, Invoice)


def quote_from_json(text: str) -> Quote:
    """The quote that `record_json` wrote. Raises `InputError` where a field is missing, unknown or of another kind."""
    return _read(text, Quote)


def _read(text: str, kind: type[Record]) -> Record:
    try:
        data = json.loads(text)
    except ValueError as fault:
        raise InputError(f"The frozen copy of this {kind.__name__.lower()} is not readable: {fault}.",
                         "Restore the database from a backup, and run “ringfence verify”.") from fault
    found = _value(data, kind, kind.__name__.lower())
    assert isinstance(found, kind)
    return found


def _value(data: object, kind: Any, place: str) -> object:
    """`data` as the type that the record's field declares: whole, no silent conversion, a bool is not a number."""
    if kind in PLAIN:
        return _of(data, kind, place)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return tuple(_value(item, inner, f"{place}, item {n}") for n, item in enumerate(_of(data, list, place), 1))
    if isinstance(kind, UnionType):
        return None if data is None else _value(data, get_args(kind)[0], place)
    if is_dataclass(kind):
        return _record(_of(data, dict, place), kind, place)
    raise TypeError(f"A record has no field of the kind {kind}.")


def _record(data: dict[str, object], kind: Any, place: str) -> object:
    names = {field.name for field in fields(kind)}
    if names - SINCE != set(data) - SINCE:
        differ = ", ".join(sorted((names ^ set(data)) - SINCE))
        raise InputError(f"The frozen copy has other fields than it should: {differ}.",
                         "It was made by another version; open it with that version.", place)
    hints = _hints(kind)
    return kind(**{name: _value(value, hints[name], f"{place}, {name}") for name, value in data.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _of(data: object, kind: Any, place: str) -> Any:
    if type(data) is not kind:
        raise InputError(f"The frozen copy holds {type(data).__name__} where {kind.__name__} belongs.",
                         "Restore the database from a backup, and run “ringfence verify”.", place)
    return data
