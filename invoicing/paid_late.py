"""When each invoice was paid: what interest for late payment goes by where an invoice is settled, or settled in part.

Money that was said to be for one thing pays that one; the rest of what a payer paid into a fund pays the oldest first, in the order in which it came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from invoicing.still_open import Asked, Pair

Paid = Sequence[tuple[date, int]]
"""Pence by the day on which they came, the first first."""


@dataclass(frozen=True)
class Receipt:
    """Pence of a payer for a fund that came on a day. `name` is the thing that they were said to be for, empty where nothing was said."""

    name: str
    pair: Pair
    on: date
    pence: int


def paid_when(asked: Iterable[Asked], receipts: Iterable[Receipt]) -> Mapping[str, Paid]:
    """By the name of each thing that was asked, what came for it and when; never more than it asks. What was said to be for something that is not
    asked yet pays nothing else."""
    left: dict[Pair, dict[str, int]] = defaultdict(dict)
    for each in sorted(asked, key=lambda each: each.order):
        for pair, pence in each.parts:
            left[pair][each.name] = pence
    found, free = defaultdict[str, Counter[date]](Counter), list[Receipt]()
    for receipt in sorted(receipts, key=lambda each: each.on):
        theirs = left[receipt.pair].get(receipt.name, 0) if receipt.name else 0
        now = min(receipt.pence, theirs)
        if now:
            left[receipt.pair][receipt.name] -= now
            found[receipt.name][receipt.on] += now
        if now < receipt.pence and (not receipt.name or receipt.name in left[receipt.pair]):
            free.append(replace(receipt, pence=receipt.pence - now))
    for receipt in free:
        rest, of_pair = receipt.pence, left[receipt.pair]
        for name in of_pair:
            if not rest:
                break
            if now := min(rest, of_pair[name]):
                of_pair[name] -= now
                found[name][receipt.on] += now
                rest -= now
    return {name: tuple(sorted(days.items())) for name, days in found.items()}


def late_parts(due_on: date, paid: Paid, open_pence: int, on: date, claimed_on: date | None = None) -> tuple[tuple[int, int], ...]:
    """What was not paid on its day, as pence and the days that they are late: to the day on which they came, or to `on` where they are open. After a
    claim only the days since that claim count."""
    since = max(due_on, claimed_on) if claimed_on else due_on
    ends = [*((pence, day) for day, pence in paid if day <= on), (open_pence, on)]
    return tuple((pence, (day - since).days) for pence, day in ends if pence > 0 and day > since)
