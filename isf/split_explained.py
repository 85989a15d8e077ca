"""How one person's part of a split was worked out: their weight, the exact share of it, and the odd penny."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from basics.errors import InputError
from isf.split import Claim, Split, weight_of


@dataclass(frozen=True)
class WorkedOut:
    """One person's share, step by step. `weight` of `weights` together, in the unit that the method goes by; what is left after the
    top-slices, in pence; the exact part of it, before the penny; and whether one of the odd pennies went to this person."""

    person: str
    weight: Fraction
    weights: Fraction
    left_pence: int
    exact_pence: Fraction
    pence: int
    odd_pennies: int

    @property
    def rounded_down_pence(self) -> int:
        return int(self.exact_pence)

    @property
    def has_odd_penny(self) -> bool:
        return self.pence > self.rounded_down_pence

    @property
    def remainder_pence(self) -> Fraction:
        """The part of a penny by which the odd pennies were given out, the largest first."""
        return self.exact_pence - self.rounded_down_pence


def worked_out(divided: Split, claims: Sequence[Claim], person: str) -> WorkedOut:
    """The steps that lead to one allocation of a split. `claims` are those that it was made from.

    Raises `InputError` for somebody who has no part in it.
    """
    weights = {claim.person: Fraction(weight_of(divided.method, claim) or 0) for claim in claims}
    found = next((part for part in divided.allocations if part.person == person), None)
    if found is None or person not in weights:
        raise InputError(f"{person} has no part in this split.", "Choose one of its people.")
    left, whole = divided.allocated_pence, sum(weights.values(), Fraction(0))
    exact = {one: left * weight / whole if whole else Fraction(0) for one, weight in weights.items()}
    return WorkedOut(person, weights[person], whole, left, exact[person], found.pence, left - sum(map(int, exact.values())))
