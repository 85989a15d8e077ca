"""Whose a bank line is, typed in one box: “isf-P001 southgate 900.00; isf-P002 southgate 800.00”, or “explained: The bank’s charge”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from ringfence.importing.apply_fields import PartAs

EXPLAINED = "explained:"
_PART = re.compile(r"(?P<fund>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\s+(?P<funder>[A-Za-z0-9][A-Za-z0-9._-]*))??\s+(?P<pounds>-?£?[0-9][0-9,]*(?:\.[0-9]+)?)"
                   r"(?:\s+invoice\s+(?P<invoice>[0-9]{1,12})|\s+brought over\s+(?P<before>[A-Za-z0-9][A-Za-z0-9._-]*))?(?:\s+as\s+(?P<as>[a-z ]+))?")
_TO_DO = "Write fund, payer and pounds, like “isf-P001 southgate 900.00”, with a semicolon between two."


@dataclass(frozen=True)
class TypedPart:
    """A part as it was typed; `what_for` is empty where that follows from the fund and the payer."""

    fund: str
    funder: str
    money: Money
    what_for: str
    invoice: int | None
    brought_over: str = ""


@dataclass(frozen=True)
class Typed:
    """What was typed of one line: its parts, or why it is nobody's."""

    parts: tuple[TypedPart, ...]
    explained: str


def read_typed(text: str, place: str) -> Typed:
    """Raises `Refused` with everything that cannot be read."""
    said = text.strip()
    if said.casefold().startswith(EXPLAINED):
        return Typed((), said[len(EXPLAINED):].strip())
    problems, parts = list[Problem](), list[TypedPart]()
    for each in filter(None, (one.strip() for one in said.split(";"))):
        try:
            parts.append(_part(each))
        except InputError as error:
            problems.append(Problem(place, error.problem.what, error.problem.to_do))
    if problems or not parts:
        raise Refused("What was typed cannot be read:", problems or [Problem(place, "says nothing.", _TO_DO)])
    return Typed(tuple(parts), "")


def _part(text: str) -> TypedPart:
    found = _PART.fullmatch(text)
    if found is None:
        raise InputError(f"“{text[:80]}” is not a part of a line.", _TO_DO)
    what_for = (found["as"] or "").strip()
    if what_for and what_for not in get_args(PartAs):
        raise InputError(f"“{what_for[:40]}” is not what a part can be.", f"Write one of {', '.join(get_args(PartAs))}.")
    return TypedPart(found["fund"], found["funder"] or "", Money.parse(found["pounds"]), what_for,
                     int(found["invoice"]) if found["invoice"] else None, found["before"] or "")
