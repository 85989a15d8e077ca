"""A number that knows how it was made: its label, its unit, where it is from, and the operation and figures behind it.

    pay = given(Decimal("12.71"), "Pay an hour", Unit.POUNDS_PER_HOUR, Typed("outreach.cost.yaml, pay.rate_per_hour"))
    week = (pay * given(20, "Hours of support a week", Unit.HOURS_PER_WEEK, ...)).called("Pay a week", Unit.POUNDS_PER_WEEK)

The operation is data, not code, so that one tree serves every reader: the price, the explanation, a workbook with live formulas,
a replay over many scenarios. Values are exact fractions: dividing a week by 46.4 and multiplying it back loses nothing, and the
only rounding is the one that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_05UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction

from basics.errors import InputError
from basics.periods import day_in_words
from basics.rounding import quote

# Rounding “05 up” keeps on which side of a half-penny a fraction lies, so that rounding again later cannot go the wrong way. Four
# digits short of Python's 28, so that pounds become pence and quarters without losing any.
_DECIMAL = Context(prec=24, rounding=ROUND_05UP)


class Unit(StrEnum):
    """What a figure counts, in the words in which it is read out."""

    POUNDS = "pounds"
    POUNDS_PER_HOUR = "pounds an hour"
    POUNDS_PER_HOUR_OF_SUPPORT = "pounds an hour of support"
    POUNDS_PER_VISIT = "pounds a visit"
    POUNDS_PER_NIGHT = "pounds a night"
    POUNDS_PER_TIME = "pounds a time"
    POUNDS_PER_MILE = "pounds a mile"
    POUNDS_PER_WEEK = "pounds a week"
    POUNDS_PER_MONTH = "pounds a month"
    POUNDS_PER_YEAR = "pounds a year"
    POUNDS_PER_PERSON_PER_YEAR = "pounds a person a year"
    PENCE = "pence"
    PERCENT = "per cent"
    DAYS = "days"
    DAYS_PER_WEEK = "days a week"
    DAYS_PER_YEAR = "days a year"
    TIMES_PER_YEAR = "times a year"
    HOURS = "hours"
    HOURS_PER_WEEK = "hours a week"
    HOURS_PER_YEAR = "hours a year"
    HOURS_PER_NIGHT = "hours a night"
    VISITS_PER_WEEK = "visits a week"
    NIGHTS_PER_WEEK = "nights a week"
    TIMES_PER_WEEK = "times a week"
    MINUTES_PER_HOUR = "minutes an hour"
    MINUTES_PER_VISIT = "minutes a visit"
    MILES_PER_HOUR = "miles an hour of support"
    MILES_PER_VISIT = "miles a visit"
    MILES_PER_WEEK = "miles a week"
    WEEKS = "weeks"
    WEEKS_PER_YEAR = "weeks a year"
    WORKERS = "workers"
    NUMBER = ""

    @property
    def is_money(self) -> bool:
        """Whether it counts pounds, for whatever they are given."""
        return self.value.startswith("pounds")


class Operation(StrEnum):
    """How a figure is made of others. Each has one meaning, in `_COMPUTE`, whoever reads the tree."""

    GIVEN = "given"
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    SUM = "sum"
    SHARE = "share"
    WHOLE_OF = "whole of"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    WHERE_ABOVE = "where above"
    ROUNDED = "rounded"


@dataclass(frozen=True)
class Typed:
    """Someone typed it: in which file or form, and where there."""

    place: str

    def __str__(self) -> str:
        return f"typed in {self.place}"


@dataclass(frozen=True)
class Dated:
    """A published figure: which, from which legal day, by what authority. `from_memory` says that nobody has checked it yet."""

    parameter: str
    set_by: str
    starts_on: date
    reference: str
    from_memory: bool = False

    def __str__(self) -> str:
        warning = "; written from memory: check it before you rely on it" if self.from_memory else ""
        return f"set by {self.set_by}, from {day_in_words(self.starts_on)} ({self.reference}){warning}"


@dataclass(frozen=True)
class Fixed:
    """A fact of the calendar or of arithmetic: sixty minutes in an hour."""

    def __str__(self) -> str:
        return "a fixed number"


Source = Typed | Dated | Fixed
Number = Decimal | int


@dataclass(frozen=True, eq=False, slots=True)
class Figure:
    """A number and its making. `exact` is its value; `parts` are in the order that the operation reads them.

    Two figures are the same only if they are the same object: one figure that is used twice is one step of the explanation.
    """

    label: str
    unit: Unit
    exact: Fraction
    operation: Operation = Operation.GIVEN
    parts: tuple[Figure, ...] = ()
    source: Source | None = None

    @property
    def value(self) -> Decimal:
        """The value as a decimal of at most 24 digits, never rounded across a half-penny."""
        return _DECIMAL.divide(Decimal(self.exact.numerator), Decimal(self.exact.denominator))

    def called(self, label: str, unit: Unit) -> Figure:
        """The same figure under a name: it becomes a step of the explanation."""
        return Figure(label, unit, self.exact, self.operation, self.parts, self.source)

    def __add__(self, other: Figure | Number) -> Figure:
        return _made(Operation.ADD, self, _figure(other))

    def __sub__(self, other: Figure | Number) -> Figure:
        return _made(Operation.SUBTRACT, self, _figure(other))

    def __mul__(self, other: Figure | Number) -> Figure:
        return _made(Operation.MULTIPLY, self, _figure(other))

    def __truediv__(self, other: Figure | Number) -> Figure:
        by = _figure(other)
        if not by.exact:
            raise InputError(f"“{self.label}” cannot be divided by “{by.label}”, which is nil.", "Give it above nil.")
        return _made(Operation.DIVIDE, self, by)


def given(value: Number, label: str, unit: Unit, source: Source) -> Figure:
    """A figure that is made of no other: typed, published or fixed. A float or a bool is a `TypeError`."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise TypeError(f"A figure is a Decimal or an int, not {type(value).__name__}: {value!r}.")
    return Figure(label, unit, Fraction(value), source=source)


def fixed(value: Number, label: str, unit: Unit) -> Figure:
    """A fact of the calendar or of arithmetic."""
    return given(value, label, unit, Fixed())


def a_week(figure: Figure, label: str) -> Figure:
    """A line of a week: what everything in a price is given as, before it is quoted."""
    return figure.called(label, Unit.POUNDS_PER_WEEK)


def total(parts: Iterable[Figure]) -> Figure:
    """The sum of the parts; nil for none."""
    return _made(Operation.SUM, *parts)


def share(percent: Figure, whole: Figure) -> Figure:
    """So many per cent of a whole."""
    return _made(Operation.SHARE, percent, whole)


def whole_of(rest: Figure, percent: Figure) -> Figure:
    """The whole of which `rest` is what is left when `percent` has been taken: a price, from its cost and its “of price” lines."""
    if percent.exact >= 100:
        raise InputError(f"{percent.value.normalize():f}% is taken of the whole, so nothing is left.", "Take less than 100%.")
    return _made(Operation.WHOLE_OF, rest, percent)


def at_least(figure: Figure, floor: Figure | Number) -> Figure:
    """The figure, or the floor where that is more."""
    return _made(Operation.AT_LEAST, figure, _figure(floor))


def at_most(figure: Figure, ceiling: Figure | Number) -> Figure:
    """The figure, or the ceiling where that is less."""
    return _made(Operation.AT_MOST, figure, _figure(ceiling))


def where_above(amount: Figure, tested: Figure, threshold: Figure) -> Figure:
    """The amount where `tested` is more than the threshold; nil where it is not."""
    return _made(Operation.WHERE_ABOVE, amount, tested, threshold)


def rounded(pounds: Figure, step_pence: Figure) -> Figure:
    """Pounds as quoted: to the nearest penny, or up to the next 4 or 7 pence (`basics.rounding.quote`)."""
    return _made(Operation.ROUNDED, pounds, step_pence)


def leaves_first(*roots: Figure) -> tuple[Figure, ...]:
    """Every figure behind the roots, each once, and none before those it is made of."""
    found: dict[Figure, None] = {}

    def visit(figure: Figure) -> None:
        if figure not in found:
            for part in figure.parts:
                visit(part)
            found[figure] = None

    for root in roots:
        visit(root)
    return tuple(found)


def _rounded(pounds: Fraction, step_pence: Fraction) -> Fraction:
    return Fraction(quote(Figure("", Unit.POUNDS, pounds).value, int(step_pence)).pounds)


_COMPUTE: Mapping[Operation, Callable[..., Fraction]] = {
    Operation.ADD: lambda one, other: one + other,
    Operation.SUBTRACT: lambda one, other: one - other,
    Operation.MULTIPLY: lambda one, other: one * other,
    Operation.DIVIDE: lambda one, other: one / other,
    Operation.SUM: lambda *parts: sum(parts, Fraction(0)),
    Operation.SHARE: lambda percent, whole: percent * whole / 100,
    Operation.WHOLE_OF: lambda rest, percent: rest * 100 / (100 - percent),
    Operation.AT_LEAST: max,
    Operation.AT_MOST: min,
    Operation.WHERE_ABOVE: lambda amount, tested, threshold: amount if tested > threshold else Fraction(0),
    Operation.ROUNDED: _rounded,
}


def _made(operation: Operation, *parts: Figure) -> Figure:
    return Figure("", Unit.NUMBER, _COMPUTE[operation](*(part.exact for part in parts)), operation, parts)


def _figure(number: Figure | Number) -> Figure:
    return number if isinstance(number, Figure) else fixed(number, "", Unit.NUMBER)
