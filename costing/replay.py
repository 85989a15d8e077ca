"""Many packages priced under many scenarios at once: the trees of their prices, run again over arrays.

For planning only. It reckons in float64, which holds about sixteen figures, and gives whole pence back: nothing else leaves this module,
and nothing of it is ever posted. Under no change at all it gives the base price of every package.

    pence = Replay([(price.per_hour, price.per_week) for price in prices], targets).pence(scenarios)

Packages whose touched parts have one shape are stacked, and each step is done for all of them together, a block of packages at a time, so
that the memory in use does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from basics.errors import InputError
from costing.figure import Figure, Operation
from costing.replay_shape import Node, Reading, Shape
from costing.replay_steps import DO, PENCE_IN_A_POUND, WHOLE_PERCENT, Numbers, rounded

Pence = NDArray[np.int64]
Factors = tuple[Numbers, Numbers]
"""By what each scenario multiplies a leaf, and what it then adds."""

NUMBERS_IN_A_BLOCK = 2**15  # a quarter of a megabyte: what is worked on stays in the processor's cache


class How(StrEnum):
    """What a change does to an input: gives it a value, multiplies it, or adds to it."""

    SET = "set"
    TIMES = "times"
    PLUS = "plus"


@dataclass(frozen=True, eq=False)
class Target:
    """Inputs that change together: the leaves themselves, and what they are called between them."""

    name: str
    leaves: frozenset[Figure]


class Change(NamedTuple):
    """One change to the inputs of a target."""

    target: Target
    how: How
    value: Decimal


class Changes(Protocol):
    """A scenario, as far as a replay knows it: its changes are made in their order."""

    @property
    def name(self) -> str: ...
    @property
    def changes(self) -> Sequence[Change]: ...


@dataclass
class _Stack:
    """Packages of one shape."""

    labels: Sequence[str]
    packages: list[int] = field(default_factory=list)
    constants: list[list[Numbers]] = field(default_factory=list)


class Replay:
    """Packages made ready for any number of scenarios that change these targets and no other.

    Each package is the figures that are wanted of it, the same number for each, and each of them rounded to whole pence. A leaf may belong
    to several targets.
    """

    def __init__(self, packages: Sequence[Sequence[Figure]], targets: Sequence[Target]) -> None:
        self._targets = {target: n for n, target in enumerate(targets)}
        touching: dict[Figure, tuple[int, ...]] = {}
        for n, target in enumerate(targets):
            touching.update((leaf, (*touching.get(leaf, ()), n)) for leaf in target.leaves)
        self._wanted, self._count = len(packages[0]) if packages else 0, len(packages)
        stacks: dict[Shape, _Stack] = {}
        for n, figures in enumerate(packages):
            reading = Reading(figures, touching)
            stack = stacks.setdefault(reading.shape, _Stack(reading.labels))
            stack.packages.append(n)
            stack.constants.append([np.float64(each.numerator / each.denominator) for each in reading.constants])  # type: ignore[misc]
        self._stacks = [(shape, stack, np.array(stack.constants, dtype=np.float64).T) for shape, stack in stacks.items()]

    @property
    def shapes(self) -> int:
        """How many different trees there are, once what no target touches is a constant."""
        return len(self._stacks)

    def pence(self, scenarios: Sequence[Changes]) -> Pence:
        """What each figure comes to, by figure, package and scenario, in whole pence.

        Raises `InputError` where a scenario takes an input below nil, divides by nil, or takes the whole of a price.
        """
        found = np.empty((self._wanted, self._count, len(scenarios)), dtype=np.int64)
        names = [each.name for each in scenarios]
        factors: dict[tuple[int, ...], Factors] = {}
        for shape, stack, constants in self._stacks:
            for targets in {node.targets for node in shape.nodes if node.targets} - factors.keys():
                factors[targets] = self._factors(targets, scenarios)
            run = _Run(shape, stack.labels, names)
            run.into(found, np.array(stack.packages), constants, factors)
        return found

    def _factors(self, targets: tuple[int, ...], scenarios: Sequence[Changes]) -> Factors:
        times, plus = np.ones((1, len(scenarios))), np.zeros((1, len(scenarios)))
        for n, scenario in enumerate(scenarios):
            factor, more = Decimal(1), Decimal(0)
            for change in scenario.changes:
                if self._targets[change.target] in targets:
                    factor, more = _then(factor, more, change)
            times[0, n], plus[0, n] = factor, more
        return times, plus


def replay(packages: Sequence[Sequence[Figure]], scenarios: Sequence[Changes]) -> Pence:
    """The figures of each package under each scenario, by figure, package and scenario, in whole pence."""
    targets = dict.fromkeys(change.target for scenario in scenarios for change in scenario.changes)
    return Replay(packages, list(targets)).pence(scenarios)


def _then(factor: Decimal, more: Decimal, change: Change) -> tuple[Decimal, Decimal]:
    """A change after others, which between them multiply a value by `factor` and add `more`."""
    if change.how is How.SET:
        return Decimal(0), change.value
    if change.how is How.TIMES:
        return factor * change.value, more * change.value
    return factor, more + change.value


class _Run:
    """The steps of one shape, run over arrays of packages down and scenarios across.

    A step that is the same for every package, or under every scenario, is an array of one row, or of one column, and is reckoned once.
    Arrays of a whole block are used again as soon as no later step reads them.
    """

    def __init__(self, shape: Shape, labels: Sequence[str], scenarios: Sequence[str]) -> None:
        self._nodes, self._roots, self._labels, self._scenarios = shape.nodes, shape.roots, labels, scenarios
        self._last_read = {part: n for n, node in enumerate(shape.nodes) if node.operation for part in node.parts}
        self._spare: list[Numbers] = []

    def into(self, found: Pence, packages: NDArray[np.int64], constants: Numbers, factors: Mapping[tuple[int, ...], Factors]) -> None:
        """The figures asked for of these packages, block by block."""
        each = max(1, NUMBERS_IN_A_BLOCK // max(1, len(self._scenarios)))
        columns = [row[:1, None] if (row == row[0]).all() else row[:, None] for row in constants]
        once: dict[int, Numbers] = {}
        for n, node in enumerate(self._nodes):
            if node.operation is None and len(columns[node.parts[0]]) == 1:
                once[n] = self._leaf(n, columns[node.parts[0]], factors.get(node.targets))
            elif node.operation is not None and all(part in once for part in node.parts):
                once[n] = self._step(n, node, [once[part] for part in node.parts], None)
        for start in range(0, len(packages), each):
            rows = slice(start, start + each)
            self._block(found, packages[rows], [column if len(column) == 1 else column[rows] for column in columns], once, factors)

    def _block(self, found: Pence, packages: NDArray[np.int64], columns: Sequence[Numbers], once: Mapping[int, Numbers],
               factors: Mapping[tuple[int, ...], Factors]) -> None:
        values, own = dict(once), dict[int, Numbers]()
        size = (len(packages), len(self._scenarios))
        self._spare = [spare for spare in self._spare if spare.shape == size]
        for n, node in enumerate(self._nodes):
            if n in once:
                continue
            if node.operation is None:
                values[n] = self._leaf(n, columns[node.parts[0]], factors.get(node.targets))
                continue
            parts, out = [values[part] for part in node.parts], None
            if max(map(len, parts)) == size[0] and max(part.shape[1] for part in parts) == size[1]:
                out = own[n] = self._room(size)
            values[n] = self._step(n, node, parts, out)
            self._spare += (own.pop(part) for part in set(node.parts) if self._last_read[part] == n and part in own and part not in self._roots)
        room = self._room(size)
        for at, root in enumerate(self._roots):
            found[at, packages] = np.rint(np.multiply(values[root], PENCE_IN_A_POUND, out=room), out=room)
        self._spare += (room, *own.values())

    def _room(self, size: tuple[int, int]) -> Numbers:
        return self._spare.pop() if self._spare else np.empty(size)

    def _leaf(self, n: int, column: Numbers, factors: Factors | None) -> Numbers:
        """A constant, or an input under each scenario; where none changes it, it stays one column."""
        if factors is None:
            return column
        times, plus = factors
        changed = column if (times == 1).all() else column * times
        if not plus.any():
            return changed
        changed = changed + plus
        if changed.min() < 0:
            self._refuse(n, changed < 0, "would be below nil", "Take less away from it.")
        return changed

    def _step(self, n: int, node: Node, parts: Sequence[Numbers], out: Numbers | None) -> Numbers:
        """One operation, as `costing.figure` means it."""
        if node.operation is Operation.DIVIDE and not parts[1].all():
            self._refuse(n, parts[1] == 0, "would be divided by nil", "Keep what it is divided by above nil.")
        if node.operation is Operation.WHOLE_OF and parts[1].max() >= WHOLE_PERCENT:
            self._refuse(n, parts[1] >= WHOLE_PERCENT, "would lose all of itself to what is taken of it", "Take less than 100% of a price.")
        if node.operation is Operation.ROUNDED:
            return rounded(parts[0], node.step_pence, out)
        assert node.operation is not None
        return DO[node.operation](parts, out)

    def _refuse(self, n: int, where: NDArray[np.bool_], what: str, to_do: str) -> None:
        scenario = self._scenarios[int(np.argwhere(where)[0, 1])]
        label = next((label for label in self._labels[n:] if label), "The price")
        raise InputError(f"“{label}” {what}.", to_do, scenario)
