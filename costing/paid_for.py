"""What you pay for: a week of a price under a few purposes that the person can read, each in pounds and in per cent.

It is the same price that the other readers have. A line of direct support finds its purpose by how it is made, never by its name alone;
whatever is made of no pay is something bought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from basics.money import NIL, Money
from basics.rounding import half_away_from_nil
from basics.share import share
from costing.cost_of_care import PayLines, is_of_a_grade, week_of
from costing.direct import EMPTY_PLACES
from costing.figure import Figure, leaves_first
from costing.package import Per, Section
from costing.price import Price, PriceLine, money

WHOLE_PERCENT = 100
_HOURS_OF_WORK = "Paid hours of work"
_PAY = ("Pay for work", "All pay")


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
    pay = PayLines(price)
    for line in price.lines:
        week = week_of(line, price)
        yield _OF_SECTION.get(line.section) or _of_direct_support(week, pay), line, week.exact


def _of_direct_support(week: Figure, pay: PayLines) -> Purpose:
    """By how it is made: pay for work, paid time, what follows from pay, an agency’s hours; all else is bought."""
    made_of = leaves_first(week)
    itself = {week, *(figure for figure in made_of if is_of_a_grade(figure.label, week.label))}
    if week.label == EMPTY_PLACES:
        return Purpose.EMPTY_PLACES
    if re.match(r"(Travel time|Mileage)(, |$)", week.label):
        return Purpose.TRAVEL
    if itself & pay.work:
        return Purpose.SUPPORT
    if itself & pay.other:
        return Purpose.PAID_TIME
    if any(is_of_a_grade(figure.label, label) for figure in made_of for label in _PAY):
        return Purpose.EMPLOYMENT
    return Purpose.SUPPORT if any(is_of_a_grade(figure.label, _HOURS_OF_WORK) for figure in made_of) else Purpose.BOUGHT
