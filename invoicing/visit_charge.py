"""The charge of a visit: its key, and each payer’s part of a cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from basics.share import share
from invoicing.delivery import Funding

VOID = "void"

Part = tuple[Funding | None, int, int]
"""What one payer has of something: the payer (None: nobody’s funding), pence and minutes."""


def charge_key(delivery_key: str, name: str, funder: str | None, day: str) -> str:
    """What a charge is known by: the visit as it came in, whose part of it, who pays, and the day (in figures, year first)."""
    return f"{delivery_key}|{name}|{funder or VOID}|{day}"


def by_payer(payers: tuple[Funding, ...], pence: int, minutes: int) -> Sequence[Part]:
    """What of a cost each payer has; the parts add to it."""
    if len(payers) < 2:
        return ((payers[0] if payers else None, pence, minutes),)
    weights = weights_of(payers)
    pence_of, minutes_of = _by_weight(pence, weights), _by_weight(minutes, weights)
    return [(payer, pence_of[payer.funder], minutes_of[payer.funder]) for payer in payers if payer.share]


def weights_of(payers: Sequence[Funding]) -> tuple[tuple[str, Decimal], ...]:
    """Who pays which share."""
    return tuple((payer.funder, payer.share) for payer in payers)


@lru_cache(maxsize=100_000)
def _by_weight(total: int, weights: tuple[tuple[str, Decimal], ...]) -> dict[str, int]:
    return share(total, dict(weights))
