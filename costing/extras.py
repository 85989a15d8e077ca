"""Contingency and surplus, each told both ways: as a percentage on cost and of the price, whichever way it was given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from basics.rounding import tenth
from costing.additions import Built
from costing.figure import Figure
from costing.package import FULL_COST, Section

WHOLE_PERCENT = 100


@dataclass(frozen=True)
class Extra:
    """Contingency or surplus in pounds a week, and what that is of full cost (direct support, co-ordination and company costs) and of
    the price, each exactly."""

    section: Section
    per_week: Figure
    on_cost: Fraction
    of_price: Fraction

    @property
    def in_words(self) -> str:
        """“3.1% on cost, 3.0% of the price”."""
        return f"{percent(self.on_cost)}% on cost, {percent(self.of_price)}% of the price"


def extras(built: Built) -> tuple[Extra, ...]:
    """What a price holds beyond its full cost. A line on a cost of nil is none."""
    cost = built.of(*FULL_COST)
    beyond = [(section, line) for section, line in built.lines if section not in FULL_COST]
    return tuple(Extra(section, line, line.exact / cost, line.exact / built.price.exact) for section, line in beyond if cost)


def percent(part: Fraction) -> Decimal:
    """A part of one as a percentage, to a tenth."""
    return tenth(part * WHOLE_PERCENT)
