"""Why an hour cost more or less than it was priced: named variances in whole pence, which add to the difference exactly.

The cost as priced becomes the cost as it was in steps, one thing changed in each: how much paid time an hour took, which grades it was
paid to, what a paid hour cost, what nights and calls cost, and what an agency gave. Each step is rounded once, and a variance is what lies
between two steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from basics.errors import InputError
from basics.money import Money
from basics.rounding import MINUTES_PER_HOUR, half_away_from_nil

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Paid:
    """Time that own staff of one grade were paid for by the hour, in minutes, and all that it cost, in pence."""

    minutes: Fraction
    pence: Fraction

    @property
    def per_hour(self) -> Fraction | None:
        """Pence for a paid hour; None where nobody was paid by the hour."""
        return self.pence * MINUTES_PER_HOUR / self.minutes if self.minutes else None


@dataclass(frozen=True)
class Staffing:
    """Who was paid for some support, and how much of it they gave: own staff by grade, and agencies. Minutes and pence.

    `nights_pence` is what own staff are paid by the night or the call, and not by the hour: sleep-ins and times on call.
    As priced it is a week of the package; as it was, any length of time: only what an hour takes is compared.
    """

    own: Mapping[str, Paid]
    own_delivered: Fraction
    agency_pence: Fraction = NOTHING
    agency_delivered: Fraction = NOTHING
    nights_pence: Fraction = NOTHING

    @property
    def delivered(self) -> Fraction:
        return self.own_delivered + self.agency_delivered

    @property
    def hourly_pence(self) -> Fraction:
        """What own staff cost by the hour."""
        return sum((paid.pence for paid in self.own.values()), NOTHING)

    @property
    def pence(self) -> Fraction:
        return self.hourly_pence + self.nights_pence + self.agency_pence

    @property
    def own_minutes(self) -> Fraction:
        return sum((paid.minutes for paid in self.own.values()), NOTHING)

    @property
    def per_hour(self) -> Money:
        """What an hour of support cost, to the nearest penny. Raises `InputError` where none was delivered."""
        if not self.delivered:
            raise InputError("Nothing was delivered, so there is no cost of an hour.", "Give the hours that were delivered.")
        return Money(half_away_from_nil(self.pence * MINUTES_PER_HOUR / self.delivered))

    @property
    def paid_for_an_hour(self) -> Fraction | None:
        """Paid hours of own staff for each hour that they deliver; None where they deliver none."""
        return self.own_minutes / self.own_delivered if self.own_delivered else None


@dataclass(frozen=True)
class Step:
    """The cost of the same delivered hours with one thing more as it was; `variance` is what that thing made of it."""

    name: str
    cost: Money
    variance: Money


VARIANCES = ("Unproductive time", "Mix", "Rate", "Nights and calls", "Agency")


@dataclass(frozen=True)
class Explained:
    """Hours that were delivered: what they were priced to cost, what they cost, and the steps from one to the other."""

    priced: Money
    steps: tuple[Step, ...]

    @property
    def actual(self) -> Money:
        return self.steps[-1].cost

    @property
    def difference(self) -> Money:
        """What they cost beyond the price: below nil where they cost less. The variances add to it."""
        return self.actual - self.priced

    def variance(self, name: str) -> Money:
        return next(step.variance for step in self.steps if step.name == name)


def as_priced(priced: Staffing, minutes: int) -> Money:
    """What so many delivered minutes were priced to cost. Raises `InputError` where the price has no hours."""
    if not priced.delivered:
        raise InputError("There are no hours of support in the price.", "Price some.")
    return Money(half_away_from_nil(minutes * priced.pence / priced.delivered))


def explained(priced: Staffing, actual: Staffing, start: Money | None = None) -> Explained:
    """The difference between what the delivered hours were priced to cost and what they cost, as variances.

    `start` is what they were priced to cost, where that is a share of what more hours were. Each grade that was paid by the hour must be
    priced by the hour. Raises `InputError` where one is not, and where own staff are priced to deliver nothing, or nothing was delivered.
    """
    if not priced.own_delivered or not priced.own_minutes or not actual.delivered:
        raise InputError("There are no hours of own staff to compare.", "Price the hours of own staff, and give the hours that were delivered.")
    costs = [half_away_from_nil(pence) for pence in _costs(priced, actual)]
    if start is not None:
        costs[0] = start.pence
    steps = (Step(name, Money(cost), Money(cost - before)) for name, before, cost in zip(VARIANCES, costs, costs[1:], strict=False))
    return Explained(Money(costs[0]), tuple(steps))


def _costs(priced: Staffing, actual: Staffing) -> tuple[Fraction, ...]:
    """The delivered hours in pence: as priced, then as each of the variances in turn makes them."""
    delivered, as_priced = actual.delivered, actual.delivered * priced.pence / priced.delivered
    if not actual.own_delivered:  # whoever of our own was paid all the same gave nothing for it
        idle = as_priced + actual.hourly_pence
        return as_priced, idle, idle, idle, idle + actual.nights_pence, actual.pence
    hourly, nights = priced.hourly_pence / priced.own_delivered, priced.nights_pence / priced.own_delivered
    premium = priced.pence / priced.delivered - hourly - nights  # what the agency hours of the price add to an hour of own staff

    def at(hourly: Fraction, nights: Fraction) -> Fraction:
        return delivered * (hourly + nights + premium)
    needed, mixed = _needed_and_mixed(priced, actual) or (hourly, hourly)
    paid = actual.hourly_pence / actual.own_delivered
    return (as_priced, at(needed, nights), at(mixed, nights), at(paid, nights), at(paid, actual.nights_pence / actual.own_delivered),
            actual.pence)


def _needed_and_mixed(priced: Staffing, actual: Staffing) -> tuple[Fraction, Fraction] | None:
    """Pence for a minute of support by own staff, with the paid time that it in fact took: by the grades of the price, and by those that
    were paid. None where nobody was paid by the hour."""
    if not actual.own_minutes:
        return None
    rates = {grade: paid.pence / paid.minutes for grade, paid in priced.own.items() if paid.minutes}
    took = actual.own_minutes / actual.own_delivered
    return took * _average(rates, priced.own), took * _average(rates, actual.own)


def _average(rates: Mapping[str, Fraction], own: Mapping[str, Paid]) -> Fraction:
    """Pence for a paid minute at the priced rates, by the time that each grade was paid for."""
    by_the_hour = {grade: paid.minutes for grade, paid in own.items() if paid.minutes}
    unpriced = sorted(by_the_hour.keys() - rates.keys())
    if unpriced:
        raise InputError(f"The price has no paid hour of {in_words(unpriced)}.", "Name a grade that is priced by the hour.")
    return sum((minutes * rates[grade] for grade, minutes in by_the_hour.items()), NOTHING) / sum(by_the_hour.values(), NOTHING)


def in_words(grades: Iterable[str]) -> str:
    """Grades by name; the staff of a package that have none are its staff."""
    return ", ".join(f"“{grade}”" if grade else "its staff" for grade in grades)
