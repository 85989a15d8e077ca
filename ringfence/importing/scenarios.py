"""A file of scenarios as a plan and its scenarios, with everything that is wrong in it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from basics.errors import InputError, Problem, Refused, RingfenceError
from basics.periods import day_in_words
from costing.assumptions import Assumption
from costing.explain import in_words
from costing.figure import Typed, Unit, given
from costing.package import Per, Section
from costing.parameter import Parameters
from costing.price import price
from costing.provided import Provided
from costing.replay import Change, How, Target
from costing.scenario import Scenario
from costing.scenario_inputs import Inputs, Kind, in_unit, target
from ringfence.importing.checked import checked
from ringfence.importing.costing_package import read_package
from ringfence.importing.figures import FiguresOf, Group
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.scenarios_assumed import LaterFigures
from ringfence.importing.scenarios_file import AboutModel, ProvidedModel, ScenarioModel, ScenariosFile
from ringfence.importing.yaml_text import Place, YamlText, read_yaml_text

_SECTIONS = {"company_costs": Section.COMPANY, "co_ordination": Section.COORDINATION}
_UNIT = {Per.HOUR: Unit.POUNDS_PER_HOUR, Per.WEEK: Unit.POUNDS_PER_WEEK}


@dataclass(frozen=True)
class ScenariosRead:
    """What a file asks for."""

    name: str
    provided: tuple[Provided, ...]
    scenarios: tuple[Scenario, ...]
    assumptions: tuple[Assumption, ...]
    break_even: tuple[Target, ...]


def read_scenarios(path: Path, otherwise: Callable[[], Parameters] = built_in_parameters) -> ScenariosRead:
    """The plan and the scenarios that a file describes; its cost files stand beside it. Published figures are those of `otherwise`.

    Raises `Refused` with every problem of the file and of its cost files, or `InputError` where it is not YAML at all.
    """
    return scenarios_of(read_yaml_text(path), path.parent, otherwise)


def scenarios_of(text: YamlText, folder: Path, otherwise: Callable[[], Parameters] = built_in_parameters) -> ScenariosRead:
    """The same of what was read, with its cost files in a folder."""
    file = checked(text, ScenariosFile)
    reading = _Reading(text, file, folder, otherwise)
    provided = tuple(reading.provided())
    reading.refuse_problems()
    scenarios = tuple(reading.scenarios(provided))
    assumptions = tuple(reading.assumptions(provided))
    break_even = tuple(reading.break_even(provided))
    reading.refuse_problems()
    return ScenariosRead(file.name, provided, scenarios, assumptions, break_even)


@dataclass
class _Reading:
    text: YamlText
    file: ScenariosFile
    folder: Path
    otherwise: Callable[[], Parameters]
    problems: list[Problem] = field(default_factory=list)

    def refuse_problems(self) -> None:
        if self.problems:
            raise Refused(f"{self.text.name} was not taken:", dict.fromkeys(self.problems))

    def provided(self) -> Iterator[Provided]:
        for n, model in enumerate(self.file.provided):
            place = ("provided", n)
            try:
                yield self._provided(model, place)
            except Refused as error:
                self.problems += (Problem(f"{self.text.where((*place, 'cost'))}: {each.place}", each.what, each.to_do) for each in error.problems)
            except RingfenceError as error:
                self._problem(place, error)

    def _provided(self, model: ProvidedModel, place: Place) -> Provided:
        package = read_package(self.folder / model.cost, None, self.otherwise)
        group = Group(FiguresOf(self.text, Parameters([]), package.on), model, place)
        weeks = group.maybe("weeks_per_year", f"{package.name}, weeks of a year", Unit.WEEKS_PER_YEAR) or package.support.weeks_per_year
        if weeks is None:
            raise InputError(f"{model.cost} does not say how many weeks of support a year has.", "Give weeks_per_year here, or there.")
        unit, label = _UNIT[package.quoted_per], f"{package.name}, price in force"
        quoted = given(price(package).quoted.value, label, unit, Typed(f"{model.cost}, as it is priced"))
        people = group("people", f"{package.name}, people", Unit.NUMBER)
        delivered = given(100, f"{package.name}, support that is given", Unit.PERCENT, Typed(self.text.where(place)))
        in_force = group.maybe("price_in_force", label, unit) or quoted
        overheads = frozenset(_SECTIONS[each] for each in self.file.overheads)
        return Provided(package, model.service, model.funder, people, weeks, in_force, delivered, overheads)

    def scenarios(self, provided: tuple[Provided, ...]) -> Iterator[Scenario]:
        later = LaterFigures(self.text, self.file.assumed, self.otherwise(), provided)
        self.problems += later.problems
        names = Counter(model.scenario for model in self.file.scenarios)
        for n, model in enumerate(self.file.scenarios):
            if names[model.scenario] > 1:
                self._problem(("scenarios", n, "scenario"), InputError("Two scenarios have this name.", "Give each a name of its own."))
            yield self._scenario(model, ("scenarios", n), provided, later)

    def _scenario(self, model: ScenarioModel, place: Place, provided: tuple[Provided, ...], later: LaterFigures) -> Scenario:
        changes, told, assumed = list[Change](), list[str](), list[str]()
        if model.on is not None:
            self.problems += self._other_rules(model.on, (*place, "on"), provided)
            dated = later.on(model.on, (*place, "on"))
            self.problems += dated.problems
            changes, told, assumed = list(dated.changes), list(dated.told), list(dated.assumed)
        for n, each in enumerate(model.changes):
            found = self._target(each, (*place, "changes", n), provided)
            if found is not None:
                how, value = each.way
                changes.append(Change(found, how, value))
                (assumed if each.parameter is not None else told).append(_in_words(each.inputs, found, how, value))
        return Scenario(model.scenario, tuple(changes), tuple(told), tuple(assumed))

    def _other_rules(self, day: date, place: Place, provided: tuple[Provided, ...]) -> Iterator[Problem]:
        """Packages that would be priced in another way on that day, and not only with other figures."""
        for package in {each.package.name: each.package for each in provided}.values():
            if package.until is not None:
                yield Problem(self.text.where(place), f"{package.name} is priced for all days until {day_in_words(package.until)}, and this asks for "
                              "one day.", "Take until out of its cost file, or compare without “on”.")
            for first, rule in package.rules:
                if (package.on < first) != (day < first):
                    yield Problem(self.text.where(place), f"The law changed on {day_in_words(first)} ({rule}), and {package.name} is priced on "
                                  f"{day_in_words(package.on)}.", "Give its cost file a day on the same side of that change.")

    def assumptions(self, provided: tuple[Provided, ...]) -> Iterator[Assumption]:
        for n, model in enumerate(self.file.assumptions):
            found = self._target(model, ("assumptions", n), provided)
            if found is not None:
                yield Assumption(model.assumption, found, model.how, model.low, model.high, model.shape, model.likely)

    def break_even(self, provided: tuple[Provided, ...]) -> Iterator[Target]:
        for n, model in enumerate(self.file.break_even):
            found = self._target(model, ("break_even", n), provided)
            if found is not None:
                yield found

    def _target(self, model: AboutModel, place: Place, provided: tuple[Provided, ...]) -> Target | None:
        try:
            return target(model.inputs, provided)
        except RingfenceError as error:
            self._problem(place, error)
            return None

    def _problem(self, place: Place, error: RingfenceError) -> None:
        self.problems += (Problem(each.place or self.text.where(place), each.what, each.to_do) for each in error.problems)


def _in_words(inputs: Inputs, found: Target, how: How, value: Decimal) -> str:
    """“wage, in Outreach: × 1.04”."""
    name = f"{found.name}, assumed" if inputs.kind is Kind.PARAMETER else found.name
    if how is How.TIMES:
        return f"{name}: × {value}"
    sign = {How.SET: "", How.PLUS: "+ " if value >= 0 else "- "}[how]
    return f"{name}: {sign}{in_words(in_unit(found, abs(value) if how is How.PLUS else value))}"
