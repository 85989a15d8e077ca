"""What a filled form comes to: its price, by the same action as `ringfence cost`, or all that stands in the way of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from basics.errors import Problem, RingfenceError
from costing.price import Price
from costing.visit_table import VisitTable
from ringfence.actions.costing import as_cost_file, costed_content
from ringfence.importing.yaml_text import Place
from ringfence.screens.cost_content import FORM, Filled
from ringfence.screens.cost_fields import in_plain_words
from ringfence.screens.cost_form import Form
from ringfence.screens.cost_written import label


@dataclass(frozen=True)
class Outcome:
    """The price of a form, its visits by their length, and the cost file that gives the same price; without one, what is wrong, and which
    boxes wait.

    `wrong` is by the name of the box; what belongs to no box stands under names of its own.
    """

    price: Price | None
    file: bytes
    wrong: Mapping[str, Problem]
    missing: tuple[str, ...]
    visits: tuple[VisitTable, ...] = ()


def outcome(form: Form, on: date | None = None) -> Outcome:
    """Price what is filled in, at the rates of its own days, or of the one day that is given. A box that cannot be read is never passed over: then
    there is no price."""
    filled = Filled(form)
    file = as_cost_file(filled.content if on is None else {key: said for key, said in filled.content.items() if key != "until"} | {"on": on})
    told: dict[str, Place] = {}

    def called(place: Place) -> str:
        words = filled.called(place)
        told.setdefault(words, place)
        return words

    wrong = {name: Problem(label(form, name), problem.what, problem.to_do) for name, problem in filled.unread.items()}
    try:
        costed = costed_content(file, FORM, called)
        price = costed.price
    except RingfenceError as error:
        wrong.update(_told_of_boxes(error, told, filled))
        return Outcome(None, file, wrong, tuple(filled.missing))
    if wrong or filled.missing:
        return Outcome(None, file, wrong, tuple(filled.missing))
    return Outcome(price, file, wrong, (), costed.visits)


def _told_of_boxes(error: RingfenceError, told: Mapping[str, Place], filled: Filled) -> Iterator[tuple[str, Problem]]:
    """What the action found, each at its box; what it says of boxes that are unread or wait is said already."""
    waiting = [place for place, name in filled.names.items() if name in filled.unread or name in filled.missing]
    for n, problem in enumerate(error.problems):
        place = told.get(problem.place)
        if place is not None and any(each[:len(place)] == place for each in waiting):
            continue
        name = filled.names.get(place, "") if place else ""
        where = label(filled.form, name) if name else ""
        yield name or f"form {n}", Problem(where, in_plain_words(problem.what), in_plain_words(problem.to_do))
