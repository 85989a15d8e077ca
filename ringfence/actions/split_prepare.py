"""From a split that was looked at to one that counts: the apply file that says the same, prepared by one person, approved by another.

What is prepared gives every person exactly what was shown. Where an apply file cannot say the method in the same way, it says the sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from basics.errors import InputError, Problem, Refused, RingfenceError
from basics.money import Money
from isf.layers import House, Layer
from isf.split import Claim, Method, TopSlice
from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, apply_content, what_it_would_do
from ringfence.actions.laying_splits import divided_as
from ringfence.actions.split_in_books import SplitInBooks, next_period, next_reference, split_in_books, splits_of
from ringfence.actions.splitting import SplitShown, shown_by
from ringfence.importing.apply_file import parse_apply
from ringfence.importing.costing_text import cost_file_text
from ringfence.importing.split_file import SplitRequest
from ringfence.store import agreed_splits, registry

Content = Mapping[str, object]
Item = dict[str, object]


@dataclass(frozen=True)
class SplitWaiting:
    """A split that somebody prepared and nobody approved yet. `stale` says why it can no longer be approved."""

    digest: str
    contract: str
    people: int
    pence: int
    prepared_by: str
    prepared_at: datetime
    says: tuple[str, ...]
    stale: str

    @property
    def in_words(self) -> str:
        """“the split of SG-2026: 12 people, £480,000.00”."""
        return f"the split of {self.contract}: {self.people:,} {'person' if self.people == 1 else 'people'}, {Money(self.pence)}"


def split_content(acting: Acting, asked: SplitRequest, method: Method, follows: str = "") -> Content:
    """What an apply file says to make this split: the split itself, and, where it `follows` a contract of the books by a year, the new
    contract and who pays for whom. Raises `Refused` with everything that is in the way."""
    shown = shown_by(asked, method)
    before = split_in_books(acting, follows) if follows else None
    item = _split_item(asked, shown, before) | {"on": acting.today}
    if before is None:
        return {"splits": [item]}
    return {"contracts": [_next_contract(before, asked)], "fundings": _next_fundings(acting, before), "splits": [item]}


def as_apply_file(content: Content) -> bytes:
    """The content as a file that `ringfence apply` takes."""
    return cost_file_text(content).encode()


def prepare_split(acting: Acting, asked: SplitRequest, method: Method, follows: str = "") -> Applied:
    """Prepare the split for approval by another person. Raises `Refused` where the contract or its people are not ready for it."""
    if not follows:
        _refuse_another_sum(acting, asked)
    return apply_content(acting, split_content(acting, asked, method, follows), f"the split of {asked.contract}")


def splits_waiting(acting: Acting) -> tuple[SplitWaiting, ...]:
    """Splits that were prepared and wait for another person, the last first."""
    with acting.reading() as connection:
        known = {row.reference: int(row.pence) for row in agreed_splits.every_contract(connection)}
        found = [(row, split, known.get(split.contract) or _sum_in(row.body, split.contract))
                 for row, split in splits_of(row for row in agreed_splits.prepared_with_splits(connection) if not row.approved_by)]
    return tuple(_waiting(acting, row, split.contract, len(split.people), pence) for row, split, pence in found)


def _waiting(acting: Acting, row: object, contract: str, people: int, pence: int) -> SplitWaiting:
    digest, by, at = row.digest, row.prepared_by, datetime.fromisoformat(row.prepared_at)  # type: ignore[attr-defined]
    try:
        says, stale = what_it_would_do(acting, digest).said, ""
    except RingfenceError as error:
        says, stale = (), " ".join(str(problem) for problem in error.problems[:3])
    return SplitWaiting(digest, contract, people, pence, by, at, says, stale)
