"""Money: whole pence, and the one door through which typed amounts enter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from basics.errors import InputError

LARGEST_PENCE = 10**13  # a hundred billion pounds: anything above is a slip of the keyboard

_POUNDS = re.compile(r"(?P<minus>-)?(?:£[ \N{NO-BREAK SPACE}]*)?(?P<minus_after>-)?"
                     r"(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]{1,2}))?")


@dataclass(frozen=True, order=True)
class Money:
    """An amount of sterling in whole pence; negative where money is owed or taken back.

    Only whole pence go in: a float or a bool is a `TypeError`, so no amount is ever nearly right.
    """

    pence: int

    def __post_init__(self) -> None:
        if type(self.pence) is not int:
            raise TypeError(f"Money is whole pence (int), not {type(self.pence).__name__}.")

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read what a person typed: `1234.5`, `£1,234.50`, `£ 1,234.50`, `-12`, `-£12.00`; spaces may stand round it.

        Raises `InputError` for anything else: thousandths of a pound, or a space within the figures, where two amounts may have met.
        """
        found = _POUNDS.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
        if found is None or (found["minus"] and found["minus_after"]):
            raise InputError(f"“{text}” is not an amount of money.", "Write pounds and pence, like 1,234.50.")
        pence = int(found["pounds"].replace(",", "")) * 100 + int((found["pence"] or "0").ljust(2, "0"))
        if pence > LARGEST_PENCE:
            raise InputError(f"“{text}” is larger than any amount kept here.", "Check the number of digits.")
        return cls(-pence if found["minus"] or found["minus_after"] else pence)

    @classmethod
    def total(cls, parts: Iterable[Money]) -> Money:
        """The sum of the parts; nil for none."""
        return cls(sum(part.pence for part in parts))

    @property
    def pounds(self) -> Decimal:
        """The same amount in pounds, exactly."""
        return Decimal(self.pence).scaleb(-2)

    @property
    def plain(self) -> str:
        """Two decimals and no sign of the currency, for files: `-1234.50`."""
        return f"{self.pounds:.2f}"

    def __str__(self) -> str:
        return f"{'-' if self.pence < 0 else ''}£{abs(self.pounds):,.2f}"

    def __bool__(self) -> bool:
        return self.pence != 0

    def __neg__(self) -> Money:
        return Money(-self.pence)

    def __add__(self, other: Money) -> Money:
        return Money(self.pence + other.pence)

    def __sub__(self, other: Money) -> Money:
        return Money(self.pence - other.pence)


NIL = Money(0)
