"""One package on two days, or in two cost files: each line before and after, the difference, and which inputs it comes from.

A line's week and year are its shown hour (or week) times the hours and the weeks, as the price itself is charged, so every figure can be
checked by hand; what the lines then lack beside the price is a line of rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from basics.rounding import half_away_from_nil
from costing.explain import in_words
from costing.figure import Dated, Figure, Fixed, Unit, leaves_first
from costing.package import Per, Section
from costing.price import Price, PriceLine, money

SPANS = (Per.HOUR, Per.WEEK, Per.YEAR)
NONE = "not in it"
ITS_DAYS = "Days of the price"
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Change:
    """An input that is not the same in both: in words what it was and what it is, and where what counts now is from."""

    label: str
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before} before, {self.after} after" + (f"; {self.source}" if self.source else "")


@dataclass(frozen=True)
class UpliftLine:
    """A line for the hour or the week that is quoted; None where one of the two has no such line. `because` are the numbers, from 1, of
    the changes behind it; there may be none where it is made in another way of the same inputs."""

    section: Section
    label: str
    before: Money | None
    after: Money | None
    because: tuple[int, ...]

    @property
    def percent(self) -> Decimal | None:
        """By how much it went up, to a tenth of a per cent; None where it was nil or is in one of the two only."""
        return None if self.after is None else percent_more(self.before, self.after)


@dataclass(frozen=True)
class Uplift:
    """Two prices of one package, line by line."""

    before: Price
    after: Price
    lines: tuple[UpliftLine, ...]
    changes: tuple[Change, ...]

    def more(self, line: UpliftLine, span: Per) -> Money | None:
        """What a line comes to more for an hour, a week or a year; None for a year where the weeks of one are not known."""
        return _less(_of(line.after, self.after, span), _of(line.before, self.before, span))

    def why(self, line: UpliftLine) -> str:
        """Why a line comes to more or less for an hour, a week or a year; empty where it does not."""
        if not any(self.more(line, span) for span in SPANS):
            return ""
        if line.because:
            return ", ".join(map(str, line.because))
        return "new" if line.before is None else "no longer in it" if line.after is None else "worked out in another way"

    def price_more(self, span: Per) -> Money | None:
        """What the price is more for an hour, a week or a year."""
        return _less(_of(money(self.after.quoted), self.after, span), _of(money(self.before.quoted), self.before, span))

    def rounding(self, span: Per) -> Money | None:
        """What the lines lack beside that, or have too much: each price has its own rounding."""
        whole, parts = self.price_more(span), [self.more(line, span) for line in self.lines]
        return None if whole is None else whole - Money.total(part for part in parts if part is not None)

    @property
    def percent(self) -> Decimal | None:
        """By how much the quoted price goes up."""
        return percent_more(money(self.before.quoted), money(self.after.quoted))


def uplift(before: Price, after: Price) -> Uplift:
    """Hold two prices of a package side by side, the earlier one first. Raises `InputError` where it is not, and where one is quoted by the
    hour and the other by the week."""
    if before.quoted_per is not after.quoted_per:
        raise InputError(f"One price is for a {before.quoted_per}, the other for a {after.quoted_per}.",
                         "Quote both for the same: quote.per in the cost file.", after.name)
    if after.on < before.on:
        raise InputError(f"{day_in_words(after.on)} is before {day_in_words(before.on)}, the day of the price that it would be held beside.",
                         "The earlier day belongs in the cost file, and the later one beside it: turn the two around.", after.name)
    was, now = (_inputs(price.quoted, *_how_much(price)) for price in (before, after))
    changed = [key for key in (*now, *(key for key in was if key not in now)) if _values(was.get(key)) != _values(now.get(key))]
    whole = _inputs(*_how_much(before), *_how_much(after))
    changes = [_change(was.get(key), now.get(key)) for key in changed]
    over_time = len(changed) + 1 if before.stretches or after.stretches else None
    lines = tuple(UpliftLine(section, label, _shown(old), _shown(new), _because(changed, whole, over_time, old, new))
                  for (section, label), (old, new) in _paired(before, after).items())
    if any(over_time in line.because for line in lines):
        changes.append(Change(ITS_DAYS, before.days_in_words, after.days_in_words, ""))
    return Uplift(before, after, lines, tuple(changes))


def percent_more(before: Money | None, after: Money) -> Decimal | None:
    """The difference as a percentage of what was before, to a tenth; None of nothing."""
    if before is None or not before:
        return None
    return (Decimal(100 * (after.pence - before.pence)) / Decimal(before.pence)).quantize(_TENTH, ROUND_HALF_UP)


def charged(pence: int, quoted_per: Per, span: Per, hours_per_week: Fraction, weeks_per_year: Fraction | None) -> Money | None:
    """So many pence an hour or a week as they are charged for an hour, a week or a year: the exact product, to the penny."""
    if span is Per.YEAR and weeks_per_year is None:
        return None
    weeks = {Per.HOUR: 1 / hours_per_week, Per.WEEK: Fraction(1), Per.YEAR: weeks_per_year or Fraction(1)}[span]
    times = weeks * hours_per_week if quoted_per is Per.HOUR else weeks
    return Money(half_away_from_nil(pence * times))


Key = tuple[str, str]
Inputs = Mapping[Key, tuple[Figure, ...]]


def _inputs(*figures: Figure) -> Inputs:
    """The inputs behind some figures: published ones by their key, typed ones by what they are called. Each with its different values."""
    found: dict[Key, dict[Fraction, Figure]] = {}
    for leaf in leaves_first(*figures):
        if not leaf.parts and leaf.label and not isinstance(leaf.source, Fixed):
            name = leaf.source.parameter if isinstance(leaf.source, Dated) else leaf.label
            found.setdefault((name, leaf.unit), {}).setdefault(leaf.exact, leaf)
    return {key: tuple(values.values()) for key, values in found.items()}


def _values(figures: tuple[Figure, ...] | None) -> list[Fraction]:
    return [figure.exact for figure in figures or ()]


def _change(before: tuple[Figure, ...] | None, after: tuple[Figure, ...] | None) -> Change:
    told = after or before or ()
    sources = dict.fromkeys(str(figure.source) for figure in told)
    return Change(told[0].label, _words(before), _words(after), ", then ".join(sources))


def _words(figures: Iterable[Figure] | None) -> str:
    return ", then ".join(_with_unit(figure) for figure in figures or ()) or NONE


def _with_unit(figure: Figure) -> str:
    return in_words(figure) if figure.unit is not Unit.PENCE else f"{figure.value.normalize():f}p"


def _how_much(price: Price) -> tuple[Figure, ...]:
    """The hours of a week and the weeks of a year: every line of a week and a year is as much more as there are more of them."""
    return price.hours_per_week, *((price.weeks_per_year,) if price.weeks_per_year else ())


def _because(changed: list[Key], whole: Inputs, over_time: int | None, old: PriceLine | None, new: PriceLine | None) -> tuple[int, ...]:
    """The numbers of the changes behind a line. Where rates change within the time of a price, and nothing else has changed, it is how many
    days each rate has: `over_time` is the number of that."""
    behind = _inputs(*(line.figure for line in (old, new) if line is not None))
    found = tuple(n for n, key in enumerate(changed, start=1) if key in behind or key in whole)
    is_by_its_days = over_time is not None and old is not None and new is not None and _shown(old) != _shown(new)
    return found or ((over_time,) if is_by_its_days and over_time else ())


def _paired(before: Price, after: Price) -> dict[tuple[Section, str], tuple[PriceLine | None, PriceLine | None]]:
    """The lines of both by section and name, in the order of the later price; what it has no more stands last in its section."""
    old = {(line.section, line.label): line for line in before.lines}
    new = {(line.section, line.label): line for line in after.lines}
    keys = sorted({**new, **old}, key=lambda key: list(Section).index(key[0]))
    return {key: (old.get(key), new.get(key)) for key in keys}


def _shown(line: PriceLine | None) -> Money | None:
    return None if line is None else line.shown


def _of(shown: Money | None, price: Price, span: Per) -> Money | None:
    """What stands for the quoted hour or week, for another span; a line that is not there is nil."""
    weeks = None if price.weeks_per_year is None else price.weeks_per_year.exact
    return charged(0 if shown is None else shown.pence, price.quoted_per, span, price.hours_per_week.exact, weeks)


def _less(one: Money | None, other: Money | None) -> Money | None:
    return None if one is None or other is None else one - other
