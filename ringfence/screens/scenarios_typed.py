"""A scenario as boxes: what is typed becomes changes of a file of scenarios, and the changes of one become boxes again.

A file may hold more than there are boxes for. That stays with its scenario as it came, and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from basics.errors import InputError, Problem, Refused, RingfenceError
from ringfence.actions.what_if import Question
from ringfence.screens.components.amounts import number

ALL_SERVICES = "All services"
WHOLE = Decimal(100)
Content = dict[str, Any]


@dataclass(frozen=True)
class Box:
    """What can be typed about a driver, and how that becomes a change of it."""

    driver: str
    label: str
    how: str
    help: str
    into: Callable[[Decimal], Decimal] = lambda typed: typed
    back: Callable[[Decimal], Decimal] = lambda value: value


def _more(typed: Decimal) -> Decimal:
    return (WHOLE + typed) / WHOLE


def _less(typed: Decimal) -> Decimal:
    return (WHOLE - typed) / WHOLE


BOXES = (
    Box("wage", "Pay goes up by, %", "times", "Basic pay of every grade. Below nil for a cut.", _more, lambda value: value * WHOLE - WHOLE),
    Box("price", "Prices go up by, %", "times", "The prices in force. Empty: they are held.", _more, lambda value: value * WHOLE - WHOLE),
    Box("people", "People who leave, %", "times", "Of those who have the packages. Below nil where more come.", _less,
        lambda value: WHOLE - value * WHOLE),
    Box("sickness", "More sickness, points", "plus", "1.5 makes 2.4% into 3.9%."),
    Box("voids", "Empty places, %", "set", "How much of the time a shared place stands empty."),
    Box("utilisation", "Support that is given, %", "set", "Of the support that staff are paid for. In the base it is 100."),
)


@dataclass(frozen=True)
class Typed:
    """A scenario in boxes: its name, the day whose published figures it takes, the service it is of, the text of each box by its driver, and
    the changes that have no box."""

    name: str = ""
    on: date | None = None
    service: str = ALL_SERVICES
    texts: Mapping[str, str] = field(default_factory=dict)
    kept: Sequence[Mapping[str, Any]] = ()


def boxes_of(scenario: Mapping[str, Any]) -> Typed:
    """The boxes of a scenario that a file holds."""
    changes, texts, kept = scenario.get("changes") or [], dict[str, str](), list[Mapping[str, Any]]()
    fitting = [(each, box) for each in changes for box in BOXES if _fits(each, box)]
    service = fitting[0][0].get("service") if fitting else None
    boxed = {box.driver: (each, box) for each, box in fitting if each.get("service") == service}
    texts = {driver: _plain(box.back(Decimal(each[box.how]))) for driver, (each, box) in boxed.items()}
    kept = [each for each in changes if not any(each is held for held, _ in boxed.values())]
    return Typed(scenario["scenario"], scenario.get("on"), service or ALL_SERVICES, texts, kept)


def scenario_of(typed: Typed) -> Content:
    """What a file holds for the boxes. Raises `Refused` with every box that cannot be read, or where nothing is changed."""
    changes, problems = list[Mapping[str, Any]](typed.kept), list[Problem]()
    where = {} if typed.service == ALL_SERVICES else {"service": typed.service}
    for box in BOXES:
        text = typed.texts.get(box.driver, "").strip()
        if text:
            try:
                changes.append({"driver": box.driver, box.how: _value(box, text), **where})
            except RingfenceError as error:
                problems.append(Problem(box.label, error.problem.what, error.problem.to_do))
    if not typed.name.strip():
        problems.append(Problem("What it is called", "Nothing is written here.", "Give the scenario a name."))
    if not changes and typed.on is None and not problems:
        problems.append(Problem("What if …", "Nothing changes here.", "Fill in a box, or a day."))
    if problems:
        raise Refused("The scenario was not taken.", problems)
    dated = {} if typed.on is None else {"on": typed.on}
    return {"scenario": typed.name.strip(), **dated, **({"changes": changes} if changes else {})}


def with_scenario(question: Question, scenario: Content, *, instead_of: str | None = None) -> Question:
    """The question with one scenario more, or with it in the place of another. Raises `InputError` for a name that another has."""
    held = list(question.content.get("scenarios") or [])
    names = [each["scenario"] for each in held]
    if scenario["scenario"] in names and scenario["scenario"] != instead_of:
        raise InputError("Another scenario has this name.", "Give it a name of its own.", "What it is called")
    if instead_of in names:
        held[names.index(instead_of)] = scenario
    else:
        held.append(scenario)
    return changed(question, "scenarios", held)


def without_scenario(question: Question, name: str) -> Question:
    return changed(question, "scenarios", [each for each in question.content.get("scenarios") or [] if each["scenario"] != name])


def changed(question: Question, key: str, value: Any) -> Question:
    """The question with another value under one of its keys; a list that is empty is left out."""
    content = {**question.content, key: value}
    return Question({name: each for name, each in content.items() if each or each == 0}, question.costs)


def _value(box: Box, text: str) -> Decimal:
    value = box.into(number(text, "%"))
    if value < 0 and box.how != "plus":
        raise InputError(f"With {text} less than nothing would be left.", "Check it.")
    return value


def _fits(change: Mapping[str, Any], box: Box) -> bool:
    return set(change) - {"service"} == {"driver", box.how} and change["driver"] == box.driver


def _plain(value: Decimal) -> str:
    """4, 1.5, -0.5: no noughts that nobody typed."""
    return f"{value.normalize():f}"
