"""What you pay for: a week of a price under a few purposes that the person can read, each in pounds and in per cent.

It is the same price that the other readers have. A line of direct support finds its purpose by how it is made, as in the order of a
cost-of-care return (`costing.direct_lines`), so that the pay for support is the same figure in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from basics.money import NIL, Money
from basics.rounding import half_away_from_nil
from basics.share import share
from costing.direct_lines import DirectLines, Kind, week_of
from costing.figure import Figure
from costing.package import Per, Section
from costing.price import Price, PriceLine, money

WHOLE_PERCENT = 100


class Purpose(StrEnum):
    """What a part of the price is for, in the order in which a person asks."""

    SUPPORT = "support"
    TRAVEL = "travel"
    PAID_TIME = "paid time"
    EMPLOYMENT = "employment"
    BOUGHT = "bought"
    EMPTY_PLACES = "empty places"
    MANAGING = "managing"
    RUNNING = "running"
    RESERVE = "reserve"
    SURPLUS = "surplus"


_OF_SECTION = {Section.COORDINATION: Purpose.MANAGING, Section.COMPANY: Purpose.RUNNING, Section.CONTINGENCY: Purpose.RESERVE,
               Section.SURPLUS: Purpose.SURPLUS}
_OF_DIRECT_SUPPORT = {
    Kind.WORK: Purpose.SUPPORT, Kind.TRAVEL_TIME: Purpose.TRAVEL, Kind.MILEAGE: Purpose.TRAVEL, Kind.PAID_TIME: Purpose.PAID_TIME,
    Kind.HOLIDAY: Purpose.PAID_TIME, Kind.NATIONAL_INSURANCE: Purpose.EMPLOYMENT, Kind.PENSION: Purpose.EMPLOYMENT,
    Kind.OTHER_EMPLOYMENT: Purpose.EMPLOYMENT, Kind.EMPTY_PLACES: Purpose.EMPTY_PLACES, Kind.BOUGHT: Purpose.BOUGHT}


@dataclass(frozen=True)
class PaidPart:
    """One purpose: what it comes to in a week, to the nearest penny, its share of the price in whole per cent, and its lines by name."""

    purpose: Purpose
    per_week: Money
    percent: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PaidFor:
    """A week of support by what is paid for. The per cents add to 100; the amounts and the rounding add to the price of the week.

    `days_in_words` says whose rates it has, `per_hour` is None where a week is quoted. `payers` are who pays how much of the week, where the
    price names them.
    """

    name: str
    on: date
    days_in_words: str
    per_week: Money
    per_hour: Money | None
    hours_per_week: Figure
    parts: tuple[PaidPart, ...]
    payers: tuple[tuple[str, Money], ...] = ()
    not_paid: Money = NIL

    @property
    def rounding(self) -> Money:
        """What the parts lack, or have too much, beside the price of the week: each is rounded alone, and the price where it is quoted."""
        return self.per_week - Money.total(part.per_week for part in self.parts)


def paid_for(price: Price) -> PaidFor:
    """A price as the person may read it."""
    weeks: dict[Purpose, Fraction] = {}
    names: dict[Purpose, list[str]] = {}
    for purpose, line, week in _by_purpose(price):
        weeks[purpose] = weeks.get(purpose, Fraction(0)) + week
        names.setdefault(purpose, []).append(line.label)
    held = {purpose: weeks[purpose] for purpose in Purpose if weeks.get(purpose)}
    percents = share(WHOLE_PERCENT, held)
    parts = tuple(PaidPart(purpose, Money(half_away_from_nil(week * 100)), percents[purpose], tuple(names[purpose]))
                  for purpose, week in held.items())
    payers = tuple((payer.name, each) for payer, each in price.shares.by_payer) if price.shares else ()
    return PaidFor(price.name, price.on, price.days_in_words, money(price.per_week), money(price.per_hour) if price.quoted_per is Per.HOUR else None,
                   price.hours_per_week, parts, payers, price.shares.not_paid if price.shares else NIL)


def _by_purpose(price: Price) -> Iterator[tuple[Purpose, PriceLine, Fraction]]:
    """Each line with what it is for, and what it comes to in a week, exactly."""
    direct = DirectLines(price)
    for line in price.lines:
        week = week_of(line, price)
        yield _OF_SECTION.get(line.section) or _OF_DIRECT_SUPPORT[direct.kind(week)], line, week.exact
