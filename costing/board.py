"""A board paper of scenarios as data: the finding, charts of bars with their figures, tables beside the base, and every assumption in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from basics.money import NIL, Money

WHOLE = 1000
"""The width of a chart, in parts."""


@dataclass(frozen=True)
class Bar:
    """One bar, from an amount to another (from nil, where it says how much there is). `is_base` is drawn lighter."""

    label: str
    end: Money
    start: Money = NIL
    is_base: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars that say one thing: the title is the finding, and the same figures stand beside each bar."""

    title: str
    about: str
    bars: tuple[Bar, ...]

    def placed(self) -> Sequence[tuple[Bar, int, int]]:
        """Each bar with where it begins and how long it is, in parts of the width."""
        least, span = self._scale
        return [(each, (min(each.start, each.end).pence - least) * WHOLE // span, max(2, abs(each.end.pence - each.start.pence) * WHOLE // span))
                for each in self.bars]

    @property
    def nil_at(self) -> int:
        """Where nil is, in parts of the width."""
        least, span = self._scale
        return -least * WHOLE // span

    @property
    def _scale(self) -> tuple[int, int]:
        """Where the width begins, and how much it holds, in pence; nil is always within it."""
        ends = [NIL, *(each.start for each in self.bars), *(each.end for each in self.bars)]
        return min(ends).pence, max(1, max(ends).pence - min(ends).pence)


@dataclass(frozen=True)
class BoardTable:
    """Amounts beside the base: the first column says what, the second is the base."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Money, ...]], ...]


@dataclass(frozen=True)
class BoardPaper:
    """The whole paper. `changes` are the scenarios in words; `assumptions` say what was assumed, from where to where, and where it is from."""

    name: str
    on: date
    finding: str
    charts: tuple[Chart, ...]
    tables: tuple[BoardTable, ...]
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    assumptions: tuple[str, ...]
