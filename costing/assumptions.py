"""How sure is it? Each assumption has a range: which of them moves the result most, where it comes out over many draws, and where it is nil.

Draws come from a seed, so that the same file and seed give the same answer anywhere. They are decimals of six places: what was drawn can be
priced again, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from functools import partial
from itertools import pairwise
from random import Random
from statistics import NormalDist

from basics.errors import InputError
from basics.money import Money
from costing.figure import Figure, Fixed, given
from costing.replay import Change, How, Target
from costing.scenario import Outcome, Plan, Result, Scenario

PLACES = Decimal("0.000001")
DRAWN_FROM = 10**12
TENTH, MIDDLE, NINE_TENTHS = 10, 50, 90
_STEPS = 1000
_BATCH = 500
_REACHES = (Decimal("0.1"), Decimal("0.5"), Decimal("0.98"), Decimal(4))


class Shape(StrEnum):
    """How values lie in a range: any as likely as another; most near the likely one, none outside; or a bell, of which the range holds
    eight in ten (its 10th to its 90th percentile)."""

    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    NORMAL = "normal"


@dataclass(frozen=True)
class Assumption:
    """An input that nobody is sure of: the change from its lowest to its highest value."""

    name: str
    target: Target
    how: How
    low: Decimal
    high: Decimal
    shape: Shape = Shape.UNIFORM
    likely: Decimal | None = None

    def at(self, value: Decimal) -> Change:
        """The change that gives the input this value."""
        return Change(self.target, self.how, value)


@dataclass(frozen=True)
class Effect:
    """What one assumption alone does to the surplus, at the two ends of its range."""

    assumption: Assumption
    low: Money
    high: Money

    @property
    def spread(self) -> Money:
        """Between the two ends, whichever is the better."""
        return max(self.low - self.high, self.high - self.low)


@dataclass(frozen=True)
class Range:
    """Where a sum lies over many draws: in one of ten it is `p10` or less, in half `p50` or less, in nine of ten `p90` or less."""

    p10: Money
    p50: Money
    p90: Money
    losses: int
    draws: int


@dataclass(frozen=True)
class BreakEven:
    """By what an input must be multiplied for the surplus to be nil, all else as it is; None where no such value was found. `value` is what it
    then is, where all its inputs are the same."""

    target: Target
    times: Decimal | None
    value: Figure | None


def tornado(plan: Plan, assumptions: Sequence[Assumption]) -> tuple[Effect, ...]:
    """Each assumption alone at both ends of its range, the largest effect first."""
    results = plan.under([Scenario(f"{each.name} at {value}", (each.at(value),)) for each in assumptions for value in (each.low, each.high)])
    ends = [result.whole.surplus for result in results]
    effects = (Effect(each, *ends[2 * n:2 * n + 2]) for n, each in enumerate(assumptions))
    return tuple(sorted(effects, key=lambda effect: effect.spread, reverse=True))


def ranges(plan: Plan, assumptions: Sequence[Assumption], seed: int, samples: int) -> Iterator[Result]:
    """The plan under so many draws of all assumptions at once, each drawn apart from the others; a batch at a time, to be added up and let go."""
    random = Random(seed)
    for first in range(1, samples + 1, _BATCH):
        numbers = range(first, min(first + _BATCH, samples + 1))
        yield from plan.under([Scenario(f"Draw {n}", tuple(each.at(draw(each, random)) for each in assumptions)) for n in numbers])


def range_of(surpluses: Iterable[Money]) -> Range:
    """Where so many sums lie."""
    found = sorted(surpluses)
    p10, p50, p90 = (found[max(0, -(-len(found) * percent // 100) - 1)] for percent in (TENTH, MIDDLE, NINE_TENTHS))
    return Range(p10, p50, p90, sum(each.pence < 0 for each in found), len(found))


def draw(assumption: Assumption, random: Random) -> Decimal:
    """One value of an assumption, to six places. A bell has no ends, so a value that would take an input below nil takes it to nil."""
    part = Decimal(2 * random.randrange(DRAWN_FROM) + 1) / (2 * DRAWN_FROM)
    least = -min(leaf.value for leaf in assumption.target.leaves) if assumption.how is How.PLUS else Decimal(0)
    return max(_VALUE[assumption.shape](assumption, part).quantize(PLACES), least.quantize(PLACES, ROUND_CEILING))


def break_even(plan: Plan, target: Target, outcome: Callable[[Result], Outcome]) -> BreakEven:
    """At which value of an input the surplus of `outcome` is nil: the nearest to what it is now, up to five times of it."""
    leaves = list({(leaf.exact, leaf.unit): leaf for leaf in target.leaves}.values())
    times = _crossing(partial(_surpluses, plan, target, outcome))
    if times is None or len(leaves) > 1:
        return BreakEven(target, times, None)
    return BreakEven(target, times, given((leaves[0].value * times).quantize(PLACES), leaves[0].label, leaves[0].unit, Fixed()))


def _crossing(surpluses: Callable[[Sequence[Decimal]], list[int]]) -> Decimal | None:
    """Looked for further and further from what it is now, then between the two nearest values that were tried."""
    for reach in _REACHES:
        least, most = 1 - min(reach, _REACHES[-2]), 1 + reach
        try:
            found = _nearest(_between(least, most), surpluses)
        except InputError:  # so far from what it is now nothing can be priced
            return None
        if found is not None:
            for _ in range(2):
                found = _nearest(_between(*found), surpluses) or found
            return ((found[0] + found[1]) / 2).quantize(PLACES)
    return None


def _nearest(tried: Sequence[Decimal], surpluses: Callable[[Sequence[Decimal]], list[int]]) -> tuple[Decimal, Decimal] | None:
    signs = [surplus >= 0 for surplus in surpluses(tried)]
    crossings = [each for n, each in enumerate(pairwise(tried)) if signs[n] != signs[n + 1]]
    return min(crossings, key=lambda each: abs(each[0] - 1), default=None)


def _between(least: Decimal, most: Decimal) -> list[Decimal]:
    return [least + (most - least) * n / _STEPS for n in range(_STEPS + 1)]


def _surpluses(plan: Plan, target: Target, outcome: Callable[[Result], Outcome], factors: Sequence[Decimal]) -> list[int]:
    scenarios = [Scenario(f"{target.name} × {factor}", (Change(target, How.TIMES, factor),)) for factor in factors]
    return [outcome(result).surplus.pence for result in plan.under(scenarios)]


def _triangular(assumption: Assumption, part: Decimal) -> Decimal:
    low, high = assumption.low, assumption.high
    likely = assumption.likely if assumption.likely is not None else (low + high) / 2
    if part * (high - low) <= likely - low:
        return low + (part * (high - low) * (likely - low)).sqrt()
    return high - ((1 - part) * (high - low) * (high - likely)).sqrt()


def _normal(assumption: Assumption, part: Decimal) -> Decimal:
    middle, half = (assumption.low + assumption.high) / 2, (assumption.high - assumption.low) / 2
    return middle + half * _deviations(part) / _deviations(Decimal(NINE_TENTHS) / 100)


def _deviations(part: Decimal) -> Decimal:
    """How far from the middle of a bell so much of it lies to the left, in standard deviations."""
    numerator, denominator = part.as_integer_ratio()
    return Decimal(str(NormalDist().inv_cdf(numerator / denominator)))


_VALUE: Mapping[Shape, Callable[[Assumption, Decimal], Decimal]] = {
    Shape.UNIFORM: lambda assumption, part: assumption.low + (assumption.high - assumption.low) * part,
    Shape.TRIANGULAR: _triangular,
    Shape.NORMAL: _normal,
}
