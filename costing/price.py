"""The price of a package: rounded once, where it is quoted, with every line and its share of the price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from basics.errors import InputError
from basics.money import Money
from basics.periods import Period, day_in_words
from basics.share import share as divide
from costing.additions import Built
from costing.capped import capped_week
from costing.changing import build
from costing.extras import Extra, extras
from costing.figure import Figure, Unit, fixed, rounded
from costing.funders import Shares, shares_of
from costing.notes import notes
from costing.package import FULL_COST, Basis, Cap, Package, Per, Section, Support

TENTHS_IN_THE_WHOLE = 1000
WHOLE_PERCENT = 100
LARGEST_POUNDS = 10**9  # a week or an hour: anything above is a slip of the keyboard


@dataclass(frozen=True)
class PriceLine:
    """A line of the price as it is shown: for the hour or the week that is quoted, to the nearest penny."""

    section: Section
    label: str
    figure: Figure
    share_tenths: int

    @property
    def shown(self) -> Money:
        return money(self.figure)

    @property
    def share_percent(self) -> Decimal:
        """The part of the price, to a tenth of a per cent; over all lines these add to 100.0."""
        return Decimal(self.share_tenths).scaleb(-1)


@dataclass(frozen=True)
class PricePart:
    """One section of the price: what its shown lines add to."""

    section: Section
    lines: tuple[PriceLine, ...]

    @property
    def is_one_line(self) -> bool:
        """Whether its only line is called as the section is, so that showing both would say one thing twice."""
        return [line.label for line in self.lines] == [self.section.value]

    @property
    def shown(self) -> Money:
        return Money.total(line.shown for line in self.lines)

    @property
    def share_percent(self) -> Decimal:
        return sum((line.share_percent for line in self.lines), Decimal("0.0"))


@dataclass(frozen=True)
class Capped:
    """A price beside its cap: what it would be, and what is then not paid for. `covered_percent` is what the lines
    under it come to, of what the cap is of."""

    cap: Cap
    covered: Figure
    covered_percent: Fraction
    per_hour: Figure
    per_week: Figure
    short_per_hour: Money
    short_per_week: Money
    is_exceeded: bool


@dataclass(frozen=True)
class Price:
    """What a package costs. `per_year` is None where nobody said how many weeks a year holds. `full_cost` is each part of a
    week of it, exactly, contingency and surplus left out. `stretches` are the days of a time in which rates change, each with the price
    that it would have alone; empty where none do."""

    name: str
    on: date
    until: date | None
    quoted_per: Per
    hours_per_week: Figure
    per_hour: Figure
    per_week: Figure
    per_year: Figure | None
    weeks_per_year: Figure | None
    lines: tuple[PriceLine, ...]
    notes: tuple[str, ...]
    full_cost: Mapping[Section, Fraction]
    extras: tuple[Extra, ...] = ()
    shares: Shares | None = None
    capped: Capped | None = None
    stretches: tuple[tuple[Period, Price], ...] = ()

    @property
    def days_in_words(self) -> str:
        """“on 1 October 2026”, or “from 1 October 2025 to 30 September 2026”."""
        on = day_in_words(self.on)
        return f"on {on}" if self.until is None else f"from {on} to {day_in_words(self.until)}"

    @property
    def quoted(self) -> Figure:
        return self.per_hour if self.quoted_per is Per.HOUR else self.per_week

    @property
    def parts(self) -> tuple[PricePart, ...]:
        """The lines by section, in the order of the price; a section without lines is left out."""
        by_section = ((section, tuple(line for line in self.lines if line.section is section)) for section in Section)
        return tuple(PricePart(section, lines) for section, lines in by_section if lines)

    @property
    def told(self) -> tuple[Figure, ...]:
        """The figures to explain: the price of an hour, of a week and, where it is known, of a year; each line as it is shown; the price under
        a cap."""
        prices = (figure for figure in (self.per_hour, self.per_week, self.per_year) if figure is not None)
        capped = (self.capped.covered, self.capped.per_hour, self.capped.per_week) if self.capped else ()
        return *prices, *(line.figure for line in self.lines), *capped

    @property
    def rounding(self) -> Money:
        """What the shown lines lack, or have too much, beside the price: each is rounded alone, the price once."""
        return money(self.quoted) - Money.total(line.shown for line in self.lines)


def price(package: Package) -> Price:
    """Price a package at the rates of its day, or as one price for all of its days where rates change in between.

    The quoted price is rounded by its step; the others follow from it, as they will be charged: a week is the quoted hour times
    the hours, a year the quoted hour or week times the weeks. A week that is quoted gives its hour to the nearest penny.
    Raises `InputError` where there is nothing to price, a price beyond all sense, or nothing left beside the lines “of price”.
    """
    built = build(package)
    _refuse_nonsense(built, package)
    per_hour, per_week = _hour_and_week(built, package)
    weeks = package.support.weeks_per_year
    beyond = extras(built)
    contingency = sum((each.of_price for each in beyond if each.section is Section.CONTINGENCY), Fraction(0))
    shares = shares_of(money(per_week), contingency, package.payers) if package.payers else None
    return Price(
        name=package.name, on=package.on, until=package.until, quoted_per=package.quoted_per, hours_per_week=package.support.hours_per_week,
        per_hour=per_hour, per_week=per_week,
        per_year=None if weeks is None else _per_year(package.quoted_per, per_hour, per_week, package.support), weeks_per_year=weeks,
        lines=_shown(built, package), notes=notes(package, built.price),
        full_cost={section: built.of(section) for section in FULL_COST},
        extras=beyond, shares=shares, capped=_capped(built, package, per_hour, per_week),
        stretches=tuple((days, price(replace(each, later=(), until=None))) for days, each in package.stretches) if package.later else ())


def _capped(built: Built, package: Package, per_hour: Figure, per_week: Figure) -> Capped | None:
    """The price under the package’s cap, rounded as the price is."""
    if package.cap is None:
        return None
    covered, week = capped_week(built, package.cap)
    base = built.price.exact if package.cap.basis is Basis.OF_PRICE else built.of(Section.DIRECT)
    capped_hour, capped_per_week = _hour_and_week(replace(built, price=week), package, " under the cap")
    return Capped(package.cap, covered, covered.exact * WHOLE_PERCENT / base, capped_hour, capped_per_week,
                  money(per_hour) - money(capped_hour), money(per_week) - money(capped_per_week), week.exact < built.price.exact)


def _refuse_nonsense(built: Built, package: Package) -> None:
    if built.price.exact <= 0:
        raise InputError("There is nothing to price.", "Give at least one cost above nil.", package.name)
    if max(built.price.exact, built.price.exact / package.support.hours_per_week.exact) > LARGEST_POUNDS:
        raise InputError(f"The price is more than £{LARGEST_POUNDS:,}.", "Check the number of digits, and the hours a week.", package.name)


def money(figure: Figure) -> Money:
    """A rounded figure as money. Raises `InputError` for one that is not whole pence."""
    pence = figure.exact * 100
    if pence.denominator != 1:
        raise InputError(f"“{figure.label}” is not whole pence.", "Round it where it is quoted.")
    return Money(int(pence))


def _hour_and_week(built: Built, package: Package, under: str = "") -> tuple[Figure, Figure]:
    hours, step = package.support.hours_per_week, package.step_pence
    if package.quoted_per is Per.HOUR:
        exact = (built.price / hours).called(f"Price of an hour{under} before rounding", Unit.POUNDS_PER_HOUR)
        per_hour = rounded(exact, step).called(f"Price per hour{under}", Unit.POUNDS_PER_HOUR)
        return per_hour, to_the_penny(per_hour * hours).called(f"Price per week{under}", Unit.POUNDS_PER_WEEK)
    per_week = rounded(built.price, step).called(f"Price per week{under}", Unit.POUNDS_PER_WEEK)
    return to_the_penny(per_week / hours).called(f"Price per hour{under}", Unit.POUNDS_PER_HOUR), per_week


def _per_year(quoted_per: Per, per_hour: Figure, per_week: Figure, support: Support) -> Figure:
    assert support.weeks_per_year is not None
    week = per_hour * support.hours_per_week if quoted_per is Per.HOUR else per_week
    return to_the_penny(week * support.weeks_per_year).called("Price per year", Unit.POUNDS_PER_YEAR)


def _shown(built: Built, package: Package) -> tuple[PriceLine, ...]:
    weights: dict[tuple[str, str, int], Fraction] = {}
    for n, (section, line) in enumerate(built.lines):
        weights[section, line.label, n] = line.exact
    tenths = divide(TENTHS_IN_THE_WHOLE, weights)
    return tuple(
        PriceLine(Section(section), label, _as_quoted(built.lines[n][1], package), tenths[section, label, n])
        for section, label, n in weights
    )


def _as_quoted(line: Figure, package: Package) -> Figure:
    label = f"{line.label}, in the price per {package.quoted_per}"
    if package.quoted_per is Per.WEEK:
        return to_the_penny(line).called(label, Unit.POUNDS_PER_WEEK)
    return to_the_penny(line / package.support.hours_per_week).called(label, Unit.POUNDS_PER_HOUR)


def to_the_penny(pounds: Figure) -> Figure:
    """Pounds to the nearest penny, half a penny up."""
    return rounded(pounds, fixed(1, "", Unit.PENCE))
