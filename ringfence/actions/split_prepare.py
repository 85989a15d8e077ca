"""From a split that was looked at to one that counts: prepared by one person, approved by another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from basics.errors import Problem, Refused, RingfenceError
from basics.money import Money
from isf.split import Method
from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, apply_content, what_it_would_do
from ringfence.actions.prepared import split_in_words, sum_of_contract
from ringfence.actions.rights import Right
from ringfence.actions.split_agreements import agreements_of
from ringfence.actions.split_content import split_content
from ringfence.actions.split_in_books import splits_of
from ringfence.importing.split_file import SplitRequest
from ringfence.store import agreed_splits


@dataclass(frozen=True)
class SplitWaiting:
    """A split that somebody prepared and nobody approved yet. `says` is what approving it would do, `stale` why that is not possible."""

    digest: str
    contract: str
    people: int
    pence: int
    prepared_by: str
    prepared_at: datetime
    says: tuple[str, ...]
    stale: str
    version: int = 1
    missing: tuple[str, ...] = ()
    """What is not agreed yet: until it is, nobody can approve it."""

    @property
    def in_words(self) -> str:
        """“the split of SG-2026: 12 people, £480,000.00”."""
        return ("" if self.version == 1 else f"version {self.version} of ") + split_in_words(self.contract, self.people, self.pence)


def prepare_split(acting: Acting, asked: SplitRequest, method: Method, follows: str = "", again_from: date | None = None) -> Applied:
    """Prepare the split for approval by another person; where it `follows` a contract of the books by a year, with the new contract; with
    `again_from` as the next version of a contract that is split, from that day.

    Raises `Refused` with everything that the contract or its people are not ready for.
    """
    acting.refuse_without(Right.PREPARE)
    if not follows:
        _refuse_another_sum(acting, asked)
    return apply_content(acting, split_content(acting, asked, method, follows, again_from), f"the split of {asked.contract}")


def splits_waiting(acting: Acting) -> tuple[SplitWaiting, ...]:
    """Splits that were prepared and wait for another person, the last first; what has been done in another way since waits no more."""
    with acting.reading() as connection:
        known = {row.reference: int(row.pence) for row in agreed_splits.every_contract(connection)}
        rows = [row for row in agreed_splits.prepared_with_splits(connection) if not row.approved_by]
    return tuple(each for each in _waiting(acting, rows, known) if each.says or each.stale)


def _refuse_another_sum(acting: Acting, asked: SplitRequest) -> None:
    with acting.reading() as connection:
        known = {row.reference: int(row.pence) for row in agreed_splits.every_contract(connection)}
    if asked.contract not in known:
        raise Refused("The split cannot be prepared yet.", [Problem(
            asked.contract, "is not a contract of the books.", "Bring in an apply file with the contract first, or choose one of the books.")])
    if known[asked.contract] != asked.contract_pence:
        raise Refused("The split cannot be prepared yet.", [Problem(
            asked.contract, f"is {Money(known[asked.contract])} in the books, and this split is of {Money(asked.contract_pence)}.",
            "Split the contract’s own sum.")])


def _waiting(acting: Acting, rows: Iterable[Row[Any]], known: dict[str, int]) -> Iterable[SplitWaiting]:
    for row, split in splits_of(rows):
        says: tuple[str, ...] = ()
        stale = ""
        try:
            says = what_it_would_do(acting, row.digest).said
        except RingfenceError as error:
            stale = " ".join(str(problem) for problem in error.problems[:3])
        pence = sum_of_contract(json.loads(row.body), split.contract, known)
        yield SplitWaiting(row.digest, split.contract, len(split.people), pence, row.prepared_by,
                           datetime.fromisoformat(row.prepared_at), says, stale, split.version,
                           () if stale else tuple(str(each.missing) for each in agreements_of(acting, row.digest) if not each.is_there))
