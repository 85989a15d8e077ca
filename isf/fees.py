"""What a fee was, what was asked of an organisation that pays it, what it offered, and what was agreed from which day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_figures
from basics.rounding import line, tenth

LONGEST_SERVICE = 60
"""Characters: the trustees' page stays one side of A4."""
_PERCENT = re.compile(r"(?P<sign>[+-]?)(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,3})?) ?%")


class Per(StrEnum):
    """What a fee is for."""

    HOUR = "hour"
    WEEK = "week"


@dataclass(frozen=True)
class Fee:
    """A fee for one of a payer's services or contracts. `people` is how many people are supported for it, and `a_year` how many hours (or
    weeks) of it are paid in a year, where that is known. What was asked on another day is another fee."""

    payer: str
    payer_name: str
    service: str
    per: Per
    before: Money | None
    asked: Money
    asked_on: date
    offered: Money | None
    agreed: Money | None
    agreed_from: date | None
    people: int
    a_year: int | None
    by: str

    @property
    def named(self) -> str:
        return f"{self.payer_name}: {self.service}"

    @property
    def stands(self) -> Money | None:
        """What was agreed; until then what is offered; None before any offer."""
        return self.offered if self.agreed is None else self.agreed

    @property
    def short_a_year(self) -> Money | None:
        """What lies in a year between what was asked and what stands, below nil where more was agreed; None where nothing was offered, or
        nobody said how much of it there is in a year."""
        if self.stands is None or self.a_year is None:
            return None
        return line((self.asked - self.stands).pounds, self.a_year)

    def over_before(self, fee: Money | None) -> Decimal | None:
        """By how many per cent a fee is more than the one before, to a tenth; None where one of them is not known."""
        if fee is None or not self.before:
            return None
        return tenth(Fraction((fee - self.before).pence * 100, self.before.pence))

    @property
    def told(self) -> str:
        """All of it but the pounds, in a sentence or two."""
        asked = f"asked on {day_in_figures(self.asked_on)}{_more(self.over_before(self.asked))}"
        offered = f", offered{_more(self.over_before(self.offered))}" if self.offered is not None and self.before else ""
        agreed = f", agreed{_more(self.over_before(self.agreed))} from {day_in_figures(self.agreed_from)}" if self.agreed_from else ", not agreed yet"
        return f"For {'an hour' if self.per is Per.HOUR else 'a week'}: {asked}{offered}{agreed}."


def _more(percent: Decimal | None) -> str:
    return "" if percent is None else f" ({percent:+}%)"


def fee_said(text: str, before: Money | None) -> Money:
    """What a person wrote: pounds like 24.10, or like 4.5% over the fee before, to the penny. Raises `InputError`."""
    found = _PERCENT.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if found is None:
        money = Money.parse(text)
    elif before is None:
        raise InputError(f"“{text}” is so much over the fee before, and nobody said what that was.", "Give the fee before, or pounds.")
    else:
        money = line(before.pounds, 1 + Decimal(found["sign"] + found["percent"]) / 100)
    if money.pence <= 0:
        raise InputError(f"A fee of {money} is none.", "Write an amount above nil.")
    return money


def standing(fees: Iterable[Fee], on: date) -> Sequence[Fee]:
    """Of each payer's services the fee that was asked last by a day: first those on which nothing is agreed, then the furthest from what was
    asked."""
    last = dict[tuple[str, str], Fee]()
    for fee in fees:
        key = fee.payer, fee.service
        if fee.asked_on <= on and (key not in last or fee.asked_on >= last[key].asked_on):
            last[key] = fee
    return sorted(last.values(), key=_by_weight)


def _by_weight(fee: Fee) -> tuple[bool, int, str]:
    return fee.agreed is not None, -(fee.short_a_year.pence if fee.short_a_year else 0), fee.named
