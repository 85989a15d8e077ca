"""A council’s points table: what a need of so many points comes to as an indicative budget, and how the final budget differs from it.

The table is data with a source: so many pounds a point, or bands of points, with a least and a most where the table says so. No figure
of any council stands here. The budget is indicative until the plan is agreed, and then final (Care Act 2014, sections 26 and 27).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from basics.errors import NotKnown
from basics.money import Money
from basics.rounding import line


class Per(StrEnum):
    """What a sum is for."""

    YEAR = "year"
    WEEK = "week"


class Band(NamedTuple):
    """Points from and to, both included, and what a need of so many comes to."""

    from_points: Decimal
    to_points: Decimal
    pounds: Money


@dataclass(frozen=True)
class PointsTable:
    """One council’s table: `pounds_per_point`, or `bands` in their order; `at_least` and `at_most` where it has them."""

    name: str
    per: Per
    source: str
    pounds_per_point: Decimal | None = None
    bands: tuple[Band, ...] = ()
    at_least: Money | None = None
    at_most: Money | None = None


class Budget(NamedTuple):
    """A sum for a year or a week, and how it was worked out, a sentence for each step."""

    pounds: Money
    per: Per
    steps: tuple[str, ...]


def indicative(table: PointsTable, points: Decimal) -> Budget:
    """What a need of so many points comes to by the table, rounded once, to the penny.

    Raises `NotKnown` where no band of the table has these points.
    """
    found, first = _by_points(table, points) if table.pounds_per_point is not None else _by_band(table, points)
    steps = [f"{first}, by {table.name} ({table.source})."]
    if table.at_least is not None and found < table.at_least:
        found = table.at_least
        steps.append(f"The table gives {found} a {table.per} at least, so it is {found}.")
    if table.at_most is not None and found > table.at_most:
        found = table.at_most
        steps.append(f"The table gives {found} a {table.per} at most, so it is {found}.")
    return Budget(found, table.per, tuple(steps))


def more(indicative_pounds: Money, indicative_per: Per, final_pounds: Money, final_per: Per) -> Money | None:
    """How much more the final budget is than the indicative one; below nil where it is less. None where the one is a year’s and the other a
    week’s: how many weeks are a year is for the funder to say."""
    return final_pounds - indicative_pounds if indicative_per is final_per else None


def _by_points(table: PointsTable, points: Decimal) -> tuple[Money, str]:
    rate = table.pounds_per_point or Decimal(0)
    found = line(rate, points)
    return found, f"{_plain(points)} points at {in_pounds(rate)} a point are {found} a {table.per}"


def _by_band(table: PointsTable, points: Decimal) -> tuple[Money, str]:
    for band in table.bands:
        if band.from_points <= points <= band.to_points:
            within = f"{_plain(band.from_points)} to {_plain(band.to_points)} points are {band.pounds} a {table.per}"
            return band.pounds, f"{within}, and {_plain(points)} are among them"
    raise NotKnown(f"No band of {table.name} has {_plain(points)} points.", "Check the points, or give the whole table under “points_tables”.")


def in_pounds(rate: Decimal) -> str:
    """A rate in pounds, with pence in full and more decimals only where it has them, however it was written."""
    return f"£{rate:.2f}" if rate == round(rate, 2) else f"£{_plain(rate)}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
