"""What would happen if? A plan of packages under named sets of changes, beside a base that nobody touches.

For planning: it is reckoned by `costing.replay`, and nothing of it is stored, quoted or charged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from basics.money import NIL, Money
from costing.provided import Provided
from costing.replay import Change, Replay, Target


@dataclass(frozen=True)
class Scenario:
    """A named set of changes. `told` says each in words; `assumed`, of each figure that nobody has published, where it is from."""

    name: str
    changes: tuple[Change, ...]
    told: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


BASE = Scenario("Base", ())


@dataclass(frozen=True)
class Outcome:
    """A year of some support: what it brings in at the price in force, what it costs, the overheads in that, and what of those is earned."""

    income: Money = NIL
    cost: Money = NIL
    overheads: Money = NIL
    earned: Money = NIL

    @property
    def surplus(self) -> Money:
        """Below nil for a loss."""
        return self.income - self.cost

    @property
    def not_recovered(self) -> Money:
        """The overheads that the hours sold do not earn at the base price's rate."""
        return self.overheads - self.earned

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.income + other.income, self.cost + other.cost, self.overheads + other.overheads, self.earned + other.earned)


@dataclass(frozen=True)
class Prices:
    """What a package would have to be priced at, by the hour and by the week."""

    per_hour: Money
    per_week: Money


@dataclass(frozen=True)
class Result:
    """One scenario of a plan: a price and a year for each package, in the order of the plan."""

    scenario: Scenario
    prices: tuple[Prices, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def whole(self) -> Outcome:
        """The organisation: all packages together."""
        return together(self.outcomes)


class Plan:
    """Packages as they are provided, made ready for any number of scenarios that change these targets."""

    def __init__(self, provided: Sequence[Provided], targets: Iterable[Target]) -> None:
        self.provided = tuple(provided)
        volume = frozenset().union(*(each.volume for each in provided))
        # overheads do not follow the hours, so they are reckoned as though no change touched those
        self._held = {target: Target(target.name, target.leaves - volume) for target in dict.fromkeys(targets)}
        self._sold = Replay([each.figures for each in provided], list(self._held))
        self._overheads = Replay([[each.overheads_per_year] for each in provided], list(self._held.values()))

    def under(self, scenarios: Sequence[Scenario]) -> tuple[Result, ...]:
        """Each scenario’s result. Raises `InputError`, with the name of a scenario that cannot be: one that divides by nil, say."""
        sold = self._sold.pence(scenarios).tolist()
        held = [Scenario(each.name, tuple(change._replace(target=self._held[change.target]) for change in each.changes)) for each in scenarios]
        overheads = self._overheads.pence(held).tolist()
        return tuple(self._result(scenario, n, sold, overheads[0]) for n, scenario in enumerate(scenarios))

    def _result(self, scenario: Scenario, n: int, sold: Sequence[Sequence[Sequence[int]]], overheads: Sequence[Sequence[int]]) -> Result:
        prices, outcomes = [], []
        for at in range(len(self.provided)):
            per_hour, per_week, income, cost, earned = (Money(figure[at][n]) for figure in sold)
            fixed = Money(overheads[at][n])
            prices.append(Prices(per_hour, per_week))
            outcomes.append(Outcome(income, cost + fixed, fixed, earned))
        return Result(scenario, tuple(prices), tuple(outcomes))


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """The sum of some outcomes; nil for none."""
    return sum(outcomes, Outcome())


def by(names: Iterable[str], outcomes: Iterable[Outcome]) -> Mapping[str, Outcome]:
    """Outcomes added up by a name that each has: its service, its funder."""
    found: dict[str, Outcome] = {}
    for name, outcome in zip(names, outcomes, strict=True):
        found[name] = found.get(name, Outcome()) + outcome
    return found
