"""A funder's rate beside what the support costs: direct cost, full cost, the price asked, and the sector's minimum price.

Selling below full cost is sometimes right, and never by oversight: the shortfall stands for an hour, a week and a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from basics.errors import InputError
from basics.money import Money
from basics.rounding import half_away_from_nil
from costing.figure import Figure
from costing.package import Package, Per, Section
from costing.price import Price, price

PENCE = 100


class Level(StrEnum):
    """What an offer is held against."""

    DIRECT = "Direct support"
    FULL_COST = "Full cost"
    PRICE = "The price asked"
    MINIMUM = "The sector’s minimum price"


@dataclass(frozen=True)
class LevelBeside:
    """One level beside the offer, for an hour, a week and, where the weeks of a year are known, a year; and by how much the offer falls
    short of it, nil where it does not."""

    level: Level
    per_hour: Money
    per_week: Money
    per_year: Money | None
    short_per_hour: Money
    short_per_week: Money
    short_per_year: Money | None


@dataclass(frozen=True)
class Checked:
    """An offer for a package on a day, or on all days until another, beside each level. `notes` are those of its price.

    `rates_until` is the last day through which every published figure of it is the same; None where it has none.
    """

    name: str
    on: date
    until: date | None
    days_in_words: str
    hours_per_week: Figure
    offered_per_hour: Money
    offered_per_week: Money
    offered_per_year: Money | None
    beside: tuple[LevelBeside, ...]
    notes: tuple[str, ...] = ()
    rates_until: date | None = None

    def at(self, level: Level) -> LevelBeside | None:
        """The offer beside one level; None where that level is not known."""
        return next((each for each in self.beside if each.level is level), None)

    @property
    def is_below_full_cost(self) -> bool:
        full = self.at(Level.FULL_COST)
        return full is not None and full.short_per_week.pence > 0


def check_offer(package: Package, offered: Money, per: Per, minimum: Figure | None = None, rates_until: date | None = None) -> Checked:
    """What a funder offers for each hour or week of a package, beside its costs. `minimum` is the sector's minimum price of an hour on the
    same days.

    A week of the offer is the hours at the offered rate, to the penny, as it would be paid. Raises `InputError` for an offer that is not
    above nil, or is for anything else than an hour or a week.
    """
    if per not in (Per.HOUR, Per.WEEK):
        raise InputError(f"An offer is for an hour or a week, not for a {per}.", "Say what it comes to for an hour or a week.")
    if offered.pence <= 0:
        raise InputError(f"An offer of {offered} is none.", "Write what the funder offers, above nil.")
    hours, weeks = package.support.hours_per_week.exact, _weeks(package)
    week = _pence(offered.pence * hours) if per is Per.HOUR else offered
    hour = offered if per is Per.HOUR else _pence(offered.pence / hours)
    exact_week = Fraction(week.pence, PENCE)
    priced = price(package)
    levels = tuple(_beside(level, pounds, exact_week, hours, weeks) for level, pounds in _levels(priced, minimum))
    return Checked(package.name, package.on, package.until, priced.days_in_words, package.support.hours_per_week, hour, week,
                   _year(exact_week, weeks), levels, priced.notes, rates_until)


def _levels(priced: Price, minimum: Figure | None) -> Iterator[tuple[Level, Fraction]]:
    """Each level in pounds a week."""
    yield Level.DIRECT, priced.full_cost[Section.DIRECT]
    yield Level.FULL_COST, sum(priced.full_cost.values(), Fraction(0))
    yield Level.PRICE, priced.per_week.exact
    if minimum is not None:
        yield Level.MINIMUM, minimum.exact * priced.hours_per_week.exact


def _beside(level: Level, week: Fraction, offered: Fraction, hours: Fraction, weeks: Fraction | None) -> LevelBeside:
    short = max(week - offered, Fraction(0))
    return LevelBeside(level, _pence(week * PENCE / hours), _pence(week * PENCE), _year(week, weeks),
                  _pence(short * PENCE / hours), _pence(short * PENCE), _year(short, weeks))


def _year(week: Fraction, weeks: Fraction | None) -> Money | None:
    return None if weeks is None else _pence(week * weeks * PENCE)


def _weeks(package: Package) -> Fraction | None:
    return None if package.support.weeks_per_year is None else package.support.weeks_per_year.exact


def _pence(pence: Fraction) -> Money:
    return Money(half_away_from_nil(pence))
