"""The part of a price's tree that changes can reach, as plain steps: packages whose steps are the same can be replayed together.

What no change reaches is a constant, with the exact value that the tree has for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from costing.figure import Figure, Operation, leaves_first

Touching = Mapping[Figure, tuple[int, ...]]
"""Which targets, by number, a leaf belongs to."""


class Node(NamedTuple):
    """A step: a constant of each package, a leaf that targets touch (no operation, its first part the number of its constant), or an
    operation on steps before it."""

    operation: Operation | None
    parts: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    step_pence: int = 0


class Shape(NamedTuple):
    """The steps, and which of them are the figures that were asked for."""

    nodes: tuple[Node, ...]
    roots: tuple[int, ...]


class Reading:
    """One package's figures as steps: their shape, the constants of this package, and what each step is called."""

    def __init__(self, roots: Sequence[Figure], touching: Touching) -> None:
        self.constants: list[Fraction] = []
        self.labels: list[str] = []
        self._nodes: list[Node] = []
        self._touching = touching
        self._changed: dict[Figure, int] = {}
        self._same: dict[Figure, int] = {}
        for figure in leaves_first(*roots):
            if figure in touching or any(part in self._changed for part in figure.parts):
                self._changed[figure] = self._read(figure)
        at = tuple(self._root(root) for root in roots)
        self.shape = Shape(tuple(self._nodes), at)

    def _read(self, figure: Figure) -> int:
        if not figure.parts:
            return self._constant(figure.exact, figure.label, self._touching[figure])
        if figure.operation is Operation.ROUNDED:
            pounds, step = figure.parts
            return self._add(Node(figure.operation, (self._of(pounds),), step_pence=int(step.exact)), figure.label)
        parts = self._summed(figure) if figure.operation is Operation.SUM else (self._of(part) for part in figure.parts)
        return self._add(Node(figure.operation, tuple(parts)), figure.label)

    def _summed(self, figure: Figure) -> Iterator[int]:
        """The parts that a change reaches, after all the others in one."""
        same = [part.exact for part in figure.parts if part not in self._changed]
        if same:
            yield self._constant(sum(same, Fraction(0)), figure.label)
        yield from (self._changed[part] for part in figure.parts if part in self._changed)

    def _of(self, figure: Figure) -> int:
        if figure in self._changed:
            return self._changed[figure]
        if figure not in self._same:
            self._same[figure] = self._constant(figure.exact, figure.label)
        return self._same[figure]

    def _root(self, root: Figure) -> int:
        if root.operation is not Operation.ROUNDED:
            raise TypeError(f"“{root.label}” is not rounded to whole pence.")
        return self._of(root)

    def _constant(self, value: Fraction, label: str, targets: tuple[int, ...] = ()) -> int:
        self.constants.append(value)
        return self._add(Node(None, (len(self.constants) - 1,), targets), label)

    def _add(self, node: Node, label: str) -> int:
        self._nodes.append(node)
        self.labels.append(label)
        return len(self._nodes) - 1
