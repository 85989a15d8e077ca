"""Statutory interest for late payment: 8 points above the Bank of England’s rate, and a fixed sum, from councils, the NHS and businesses only.

Late Payment of Commercial Debts (Interest) Act 1998; the rate by the Order of 2002 (SI 2002/1675): it is that of 31 December for what falls
late in the first half of a year, of 30 June for the second, and stays the same for that debt. The fixed sums are those of section 5A. A person
or a family owes none: their support is not bought in the course of a business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from basics.errors import InputError
from basics.people import FunderKind
from basics.periods import ONE_DAY
from basics.rounding import half_away_from_nil

POINTS_ABOVE = Decimal(8)
OWED_BY = (FunderKind.COUNCIL, FunderKind.ICB, FunderKind.BUSINESS)
"""Whom the Act bears on here: those who buy support as public authorities or in the course of a business. A grant is no price for a supply."""
FIXED_SUMS_PENCE = ((1_000_00, 40_00), (10_000_00, 70_00))
"""Below how much a debt has which fixed sum; any larger one has the last."""
LARGEST_FIXED_SUM_PENCE = 100_00
DAYS_PER_YEAR = 365


@dataclass(frozen=True)
class LatePayment:
    """What may be asked for on top of one invoice that is or was paid late, in pence, and how it comes about: of how much, and the most days that any
    of it is late."""

    pence: int
    days: int
    percent: Decimal
    interest_pence: int
    fixed_pence: int

    @property
    def total_pence(self) -> int:
        return self.interest_pence + self.fixed_pence


def rate_counts_on(due_on: date) -> date:
    """The first day of the half-year in which a debt falls late, the day after it was due: the rate of the day before that counts."""
    late_from = due_on + ONE_DAY
    return date(late_from.year, 7 if late_from.month > 6 else 1, 1)


def fixed_sum(pence: int) -> int:
    """The fixed sum for a debt of that size: £40, £70 or £100."""
    return next((fixed for below, fixed in FIXED_SUMS_PENCE if pence < below), LARGEST_FIXED_SUM_PENCE)


def late_payment(kind: FunderKind, parts: Sequence[tuple[int, int]], base_percent: Decimal, *, is_claimed: bool = False) -> LatePayment | None:
    """Interest, by the day and without interest on interest, and the fixed sum, for a debt whose parts (pence, days) are or were so many days late;
    None where nothing is. The fixed sum is one for the whole debt that fell late, and none where it was claimed already.

    Raises `InputError` for a payer from whom none may be asked.
    """
    if kind not in OWED_BY:
        raise InputError(f"No interest for late payment may be asked from a payer that is a {kind}.",
                         "It is for councils, the NHS and businesses only.")
    late = [(pence, days) for pence, days in parts if pence > 0 and days > 0]
    if not late:
        return None
    percent, debt = base_percent + POINTS_ABOVE, sum(pence for pence, _ in late)
    interest = half_away_from_nil(Fraction(percent) / 100 * sum(pence * days for pence, days in late) / DAYS_PER_YEAR)
    return LatePayment(debt, max(days for _, days in late), percent, interest, 0 if is_claimed else fixed_sum(debt))
