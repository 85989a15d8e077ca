"""Dividing a whole among its parts so that the parts add to it exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, Self, TypeVar

from basics.errors import InputError
from basics.rounding import nearest


class _Sortable(Protocol):
    def __lt__(self, other: Self, /) -> bool: ...
    def __hash__(self) -> int: ...


Key = TypeVar("Key", bound=_Sortable)
Weight = Decimal | int | Fraction


def share(total: int, weights: Mapping[Key, Weight]) -> dict[Key, int]:
    """Divide `total` (pence, or minutes) in proportion to `weights`.

    Each part is rounded down, then one unit each goes to the largest remainders; a tie goes to the smaller key, so that the
    order of the rows never matters. A weight of nil gets nil. A negative total mirrors the positive one.
    Raises `InputError` where a weight is negative, or where there is something to divide and nobody to have it.
    """
    _only_whole(total)
    exact = {key: Fraction(_exact(key, weight)) for key, weight in weights.items()}
    whole = sum(exact.values(), Fraction(0))
    if not whole:
        if total:
            raise InputError("There is a sum to share and no weight to share it by.", "Give at least one weight above nil.")
        return dict.fromkeys(weights, 0)
    if total < 0:
        return {key: -part for key, part in share(-total, weights).items()}
    due = {key: total * weight / whole for key, weight in exact.items()}
    parts = {key: int(amount) for key, amount in due.items()}
    left = total - sum(parts.values())
    by_remainder = sorted((key for key in due if exact[key]), key=lambda key: (parts[key] - due[key], key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts


def cumulative_share(total: int, weights: list[Weight]) -> list[int]:
    """Divide `total` over a sequence in time: each part is the running total so far, rounded, less what went before.

    No part is ever more than a unit from exact, and every running total is within half a unit. Used for instalments and for a
    budget over the months of its year.
    """
    _only_whole(total)
    exact = [_exact(position, weight) for position, weight in enumerate(weights)]
    whole = sum(exact)
    if not whole:
        return list(share(total, dict(enumerate(weights))).values())
    parts, given = [], 0
    running: Fraction | int = 0
    for weight in exact:
        running += weight
        over = total * running
        so_far = nearest(over.numerator * whole.denominator, over.denominator * whole.numerator)
        parts.append(so_far - given)
        given = so_far
    return parts


def _only_whole(total: int) -> None:
    if type(total) is not int:
        raise TypeError(f"Only whole pence or minutes are shared, not {type(total).__name__}.")


def _exact(key: object, weight: Weight) -> Fraction | int:
    if isinstance(weight, (float, bool)):
        raise TypeError(f"A weight is a Decimal or an int, not {type(weight).__name__}.")
    if isinstance(weight, Decimal) and not weight.is_finite():
        raise InputError(f"The weight of {key} is {weight}, which is not a number to share by.", "Give a number, nil or more.")
    if weight < 0:
        raise InputError(f"The weight of {key} is below nil.", "Weights are nil or more.")
    return weight if isinstance(weight, int) else Fraction(weight)
