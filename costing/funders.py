"""Who pays how much of a package’s week: percentages of the price, fixed sums, and one who pays the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from basics.errors import InputError
from basics.money import Money
from basics.rounding import half_away_from_nil
from basics.share import share
from costing.figure import Figure

WHOLE_PERCENT = 100


@dataclass(frozen=True)
class Payer:
    """One funder of a package: a percentage of its price, a sum a week, or neither, for the one who pays the rest.

    Who takes no contingency (as a lottery bid must not hold any) pays the same share of the price without it.
    """

    name: str
    percent: Figure | None = None
    pounds_per_week: Figure | None = None
    takes_contingency: bool = True

    @property
    def pays_the_rest(self) -> bool:
        return self.percent is None and self.pounds_per_week is None


@dataclass(frozen=True)
class Shares:
    """What each pays of a week, in the order in which they were named, and what is left that nobody pays. They add to the price."""

    by_payer: tuple[tuple[Payer, Money], ...]
    not_paid: Money


def shares_of(per_week: Money, contingency: Fraction, payers: Sequence[Payer]) -> Shares:
    """Divide the price of a week among its funders. `contingency` is the part of the price that is contingency, of one.

    Raises `InputError` where the shares are more or less than the whole, and where two pay the rest or have one name.
    """
    _refuse_unclear(payers)
    fixed = {payer.name: _pence(payer.pounds_per_week) for payer in payers if payer.pounds_per_week is not None}
    left = per_week.pence - sum(fixed.values())
    weights = {payer.name: payer.percent.exact * per_week.pence / WHOLE_PERCENT for payer in payers if payer.percent is not None}
    rest = left - sum(weights.values(), Fraction(0))
    last = next((payer for payer in payers if payer.pays_the_rest), None)
    if rest < 0 or (rest and last is None):
        raise _not_the_whole(payers, rest)
    if last is not None:
        weights[last.name] = Fraction(rest)
    paid = {**fixed, **(share(left, weights) if weights else {})}
    kept = {payer.name: 0 if payer.takes_contingency else half_away_from_nil(paid[payer.name] * contingency) for payer in payers}
    return Shares(tuple((payer, Money(paid[payer.name] - kept[payer.name])) for payer in payers), Money(sum(kept.values())))


def _refuse_unclear(payers: Sequence[Payer]) -> None:
    if sum(payer.pays_the_rest for payer in payers) > 1:
        raise InputError("Two funders pay the rest.", "Give all but one a percentage or a sum a week.")
    for name, times in Counter(payer.name for payer in payers).items():
        if times > 1:
            raise InputError(f"{times} funders are called “{name}”.", "Give each a name of its own.")


def _not_the_whole(payers: Sequence[Payer], rest: Fraction) -> InputError:
    named, pence = ", ".join(payer.name for payer in payers), Money(half_away_from_nil(abs(rest)))
    if rest < 0:
        return InputError(f"{named} would pay {pence} a week more than the price.", "Lower a share or a sum.")
    return InputError(f"{named} leave {pence} of the week that nobody pays.", "Raise a share, or name one who pays the rest.")


def _pence(pounds: Figure) -> int:
    pence = pounds.exact * 100
    if pence.denominator != 1:
        raise InputError(f"“{pounds.label}” is not whole pence.", "Give pounds and pence.")
    return int(pence)
