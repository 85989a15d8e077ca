"""The published figures of a later day, for a scenario: those that are published for it, and where none is, those that the file assumes.

A quote may not be made with an assumed figure, and a scenario that has one says so wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from basics.errors import NotKnown, Problem
from basics.periods import day_in_words
from costing.explain import in_words
from costing.figure import Fixed, given
from costing.parameter import Parameter, Parameters
from costing.provided import Provided
from costing.replay import Change, How, Target
from costing.scenario_inputs import published_inputs
from ringfence.importing.scenarios_file import AssumedModel
from ringfence.importing.yaml_text import Place, YamlText


@dataclass
class OnADay:
    """What the published figures of a plan come to on a day, as changes; those that are assumed are told apart."""

    changes: list[Change] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class LaterFigures:
    """The published figures that a plan is made of, through time."""

    def __init__(self, text: YamlText, assumed: Sequence[AssumedModel], parameters: Parameters, plan: Sequence[Provided]) -> None:
        self._text, self._assumed = text, assumed
        points = (point for scale in parameters.scales.values() for point in scale.points.values())
        self._known: dict[str, Parameter] = {each.key: each for each in (*points, *parameters)}
        self._inputs = published_inputs(plan)
        self.problems = list(self._unknown())

    def on(self, day: date, place: Place) -> OnADay:
        """Every figure of the plan on this day. What is neither published nor assumed is a problem."""
        found = OnADay()
        for key, leaves in self._inputs.items():
            try:
                value, words = self._value(key, day)
            except NotKnown as error:
                found.problems.append(Problem(self._text.where(place), error.problem.what, f"Add it to assumed, with {key} as its parameter."))
                continue
            leaf = next(iter(leaves))
            told = f"{leaf.label}: {in_words(given(value, leaf.label, leaf.unit, Fixed()))}"
            if words:
                found.assumed.append(told + words)
            if any(each.exact != value for each in leaves):
                found.changes.append(Change(Target(key, leaves), How.SET, value))
                found.told += [] if words else [told]
        return found

    def _value(self, key: str, day: date) -> tuple[Decimal, str]:
        """The value, and where it is assumed, why."""
        known = self._known.get(key)
        published = known.in_force(day) if known else None
        if published is not None:
            return published.value, ""
        assumed = [each for each in self._assumed if each.parameter == key and each.starts_on <= day]
        if assumed:
            last = max(assumed, key=lambda each: each.starts_on)
            return last.value, f", assumed from {day_in_words(last.starts_on)}: {last.why}"
        name = known.name if known else f"“{key}”"
        raise NotKnown(f"{name} is not known on {day_in_words(day)}.")

    def _unknown(self) -> Iterator[Problem]:
        for n, each in enumerate(self._assumed):
            if each.parameter not in self._known and each.parameter not in self._inputs:
                yield Problem(self._text.where(("assumed", n, "parameter")), f"There is no published figure called “{each.parameter}”.",
                              "“ringfence parameters” lists them.")
