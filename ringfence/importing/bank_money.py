"""Amounts as banks write them, in whole pence: with a sign before or after, CR or DR, brackets, a spreadsheet's apostrophe.

An amount with two signs, or with one that its column does not bear, is refused: the wrong reading would be somebody's money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from basics.errors import InputError
from basics.money import LARGEST_PENCE, Money

_MARK = re.compile(r"\s*(CR|DR|OD)\.?", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{0,6})?")


@dataclass(frozen=True)
class Written:
    """How much, and which way its own signs say that it went: 1 in, -1 out, 0 where it has none. `in_letters` where they are CR or DR."""

    pence: int
    sign: int
    in_letters: bool = False

    @property
    def signed(self) -> int:
        """In pence, below nil where it went out; without a sign it came in."""
        return -self.pence if self.sign < 0 else self.pence


def read_amount(text: str) -> Written:
    """`1,234.50`, `-12.00`, `12.00-`, `(12.00)`, `12.00 DR`, `£12.00CR`, `'12.00`. Raises `InputError` for anything else."""
    in_letters = False
    rest, signs = text.strip().lstrip("'’").strip().replace("\N{MINUS SIGN}", "-"), list[int]()
    if rest.startswith("(") and rest.endswith(")"):
        rest, signs = rest[1:-1].strip(), [-1]
    if len(rest) > 2 and (mark := _MARK.fullmatch(rest, len(rest) - 2) or _MARK.fullmatch(rest, len(rest) - 3)):
        rest = rest[:mark.start()].strip()
        signs.append(1 if mark[1].upper() == "CR" else -1)
        in_letters = True
    if rest[:1] in ("+", "-") or rest[-1:] in ("+", "-"):
        signs.append(-1 if "-" in (rest[:1], rest[-1:]) else 1)
        rest = (rest[1:] if rest[:1] in ("+", "-") else rest[:-1]).strip()
    if len(signs) > 1:
        raise InputError(f"“{text}” has two signs.", "Write it with one: a minus for money that went out.")
    try:
        money = Money.parse(rest)
    except InputError:
        raise InputError(f"“{text[:60]}” is not an amount of money.", "Write pounds and pence, like 1,234.50 or -12.00.") from None
    if money.pence < 0:
        raise InputError(f"“{text}” has two signs.", "Write it with one: a minus for money that went out.")
    return Written(money.pence, signs[0] if signs else 0, in_letters)


def pence_of(text: str) -> int:
    """A plain number of pounds as bank formats write it, `-12.5` or `-12,50`, in pence. Raises `InputError` where pence are broken."""
    if not _PLAIN.fullmatch(text.strip()):
        raise InputError(f"“{text[:60]}” is not an amount of money.", "Ask the bank for the file again; a figure in it is damaged.")
    return whole_pence(Decimal(text.strip().replace(",", ".")))


def whole_pence(pounds: Decimal) -> int:
    """Pounds in pence. Raises `InputError` where they are not whole, or more than is kept here."""
    try:
        pence = pounds.scaleb(2)
        if pence != pence.to_integral_value() or abs(pence) > LARGEST_PENCE:
            raise InputError(f"{pounds:f} is not whole pence, or is larger than any amount kept here.", "Check the file.")
    except InvalidOperation:
        raise InputError("An amount is no number.", "Check the file.") from None
    return int(pence)
