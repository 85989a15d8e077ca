"""Who owes us on a day, by how long it is overdue: what is open of every invoice, what was paid ahead, and what is due and not invoiced yet.

Every penny that the ledger says is due from a payer to a fund is open on an invoice, or is promised and not on one yet; where more was paid
than is due, the payer is ahead. So open + not invoiced − paid ahead = due, to the penny.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from invoicing.still_open import Asked, Pair, still_open


class Bucket(StrEnum):
    """How long after its day to be paid by something is still open. The day itself is not late."""

    NOT_YET_DUE = "not yet due"
    UP_TO_30 = "1 to 30 days"
    UP_TO_60 = "31 to 60 days"
    UP_TO_90 = "61 to 90 days"
    OVER_90 = "over 90 days"


BOUNDS: Sequence[tuple[int, Bucket]] = ((0, Bucket.NOT_YET_DUE), (30, Bucket.UP_TO_30), (60, Bucket.UP_TO_60), (90, Bucket.UP_TO_90))
"""The last day after the due day that is in each bucket; all later ones are in the last."""


def days_late(due_on: date, on: date) -> int:
    """Days since the day to be paid by; nil on that day and before."""
    return max(0, (on - due_on).days)


def bucket(due_on: date, on: date) -> Bucket:
    """Where something open stands on a day."""
    late = days_late(due_on, on)
    return next((each for last, each in BOUNDS if late <= last), Bucket.OVER_90)


@dataclass(frozen=True)
class Debt:
    """What one payer owes to one fund on a day, in pence: open by bucket, due and on no invoice yet, and paid beyond all that is due."""

    pair: Pair
    by_bucket: Mapping[Bucket, int]
    not_invoiced: int
    paid_ahead: int

    @property
    def open_pence(self) -> int:
        return sum(self.by_bucket.values())

    @property
    def overdue_pence(self) -> int:
        return self.open_pence - self.by_bucket.get(Bucket.NOT_YET_DUE, 0)

    @property
    def due_pence(self) -> int:
        """What the ledger says is due."""
        return self.open_pence + self.not_invoiced - self.paid_ahead


@dataclass(frozen=True)
class AgedDebt:
    """Everything on a day: `open` is what is left of each invoice, the oldest first; `debts` has every pair of which anything stands."""

    on: date
    open: tuple[Asked, ...]
    debts: tuple[Debt, ...]


def aged_debt(on: date, asked: Iterable[Asked], paid: Mapping[Pair, int], named: Mapping[tuple[str, Pair], int],
              due: Mapping[Pair, int]) -> AgedDebt:
    """Age what is open. All of it is of that day: invoices issued and credited by then, receipts up to it, and what the ledger then says is due.

    `paid` is all that a payer paid into a fund, or that was written off there; `named` the part of it that was said to be for one thing. What was
    said to be for something that is not invoiced yet clears nothing else.
    """
    invoices = tuple(asked)
    names = {each.name for each in invoices}
    clearing = defaultdict(int, paid)
    for (name, pair), pence in named.items():
        if name not in names:
            clearing[pair] -= pence
    open_now = tuple(still_open(invoices, clearing, named, due))
    buckets: dict[Pair, dict[Bucket, int]] = defaultdict(lambda: defaultdict(int))
    for each in open_now:
        for pair, pence in each.parts:
            buckets[pair][bucket(each.due_on, on)] += pence
    pairs = sorted(buckets.keys() | {pair for pair, pence in due.items() if pence})
    return AgedDebt(on, open_now, tuple(_debt(pair, dict(buckets.get(pair, {})), due.get(pair, 0)) for pair in pairs))


def _debt(pair: Pair, by_bucket: Mapping[Bucket, int], due: int) -> Debt:
    """What is due and open on no invoice is not invoiced yet; where more is paid than is due, the payer is ahead."""
    is_open = sum(by_bucket.values())
    return Debt(pair, by_bucket, max(0, due - is_open), max(0, is_open - due))
