"""What would happen if? A file of scenarios, compared with its base. For planning: nothing is stored, and no real price changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from basics.errors import InputError
from basics.money import Money
from costing.assumptions import BreakEven, Effect, Range, break_even, range_of, ranges, tornado
from costing.provided import Provided
from costing.replay import Target
from costing.scenario import BASE, Outcome, Plan, Result, by
from ringfence.actions.parameters import published
from ringfence.importing.scenarios import ScenariosRead, read_scenarios

THE_ORGANISATION = "The organisation"
MOST_SAMPLES = 100_000


@dataclass(frozen=True)
class Sampling:
    """How many draws, and the seed that makes them the same each time."""

    seed: int
    samples: int


@dataclass(frozen=True)
class Compared:
    """A plan under each scenario; and, where they were asked for, what moves its surplus and where that may lie."""

    name: str
    provided: tuple[Provided, ...]
    base: Result
    results: tuple[Result, ...]
    break_evens: tuple[BreakEven, ...] = ()
    effects: tuple[Effect, ...] = ()
    ranges: tuple[tuple[str, Range], ...] = ()

    @property
    def all(self) -> tuple[Result, ...]:
        """The base, then each scenario."""
        return self.base, *self.results

    def by_service(self, result: Result) -> Mapping[str, Outcome]:
        return by((each.service for each in self.provided), result.outcomes)

    def by_funder(self, result: Result) -> Mapping[str, Outcome]:
        return by((each.funder for each in self.provided), result.outcomes)


def compare_scenarios(path: Path, *, with_tornado: bool = False, sampling: Sampling | None = None) -> Compared:
    """Everything that a file of scenarios asks for. Raises `Refused` with every problem of the file, or `InputError`."""
    return compared(read_scenarios(path, published), path.name, with_tornado=with_tornado, sampling=sampling)


def compared(read: ScenariosRead, name: str, *, with_tornado: bool = False, sampling: Sampling | None = None) -> Compared:
    """The same of what was read; `name` is what messages call it."""
    if (with_tornado or sampling is not None) and not read.assumptions:
        raise InputError("The file has no assumptions, so there is nothing to vary.", "Add assumptions, each with its low and high.", name)
    plan = Plan(read.provided, _targets(read))
    base, *results = plan.under([BASE, *read.scenarios])
    return Compared(
        read.name, read.provided, base, tuple(results),
        tuple(break_even(plan, each, _whole) for each in read.break_even),
        tornado(plan, read.assumptions) if with_tornado else (),
        tuple(_ranges(ranges(plan, read.assumptions, sampling.seed, sampling.samples), read.provided)) if sampling is not None else ())


def _whole(result: Result) -> Outcome:
    return result.whole


def _targets(read: ScenariosRead) -> Iterator[Target]:
    yield from (change.target for scenario in read.scenarios for change in scenario.changes)
    yield from (assumption.target for assumption in read.assumptions)
    yield from read.break_even


def _ranges(draws: Iterable[Result], provided: Iterable[Provided]) -> Iterator[tuple[str, Range]]:
    services = [each.service for each in provided]
    surpluses: dict[str, list[Money]] = {name: [] for name in (THE_ORGANISATION, *services)}
    for draw in draws:
        surpluses[THE_ORGANISATION].append(draw.whole.surplus)
        for service, outcome in by(services, draw.outcomes).items():
            surpluses[service].append(outcome.surplus)
    yield from ((name, range_of(found)) for name, found in surpluses.items())
