"""People’s money reconciled three ways: what the funds say must be held, what the ledger holds, and what the bank says.

A fund whose support has cost more than it holds counts nil: its overspend is the provider’s until a funder approves it, and never lowers
what must be held for others. (As for client money held by solicitors, at least every five weeks.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

EVERY = timedelta(weeks=5)


class Kept(StrEnum):
    """Where people’s money lies: in an account of its own, or in the provider’s ordinary one."""

    APART = "apart"
    WITH_OURS = "with ours"


@dataclass(frozen=True)
class FundCash:
    """The money of one fund, in pence: `held` in the bank, `owed_provider` for support given and not yet drawn, `borne` of it beyond what was
    left, and `with_provider`, collected into the provider’s own account."""

    fund: str
    held: int
    owed_provider: int
    borne: int
    with_provider: int

    @property
    def earned(self) -> int:
        """What of the money held is the provider’s to draw: what is owed less the overspend that it carries, as far as money is there."""
        return max(0, min(self.held, self.owed_provider - self.borne))

    @property
    def must_be_held(self) -> int:
        """What is the person’s: never below nil, so that no fund’s overspend hides another’s money."""
        return self.held - self.earned


@dataclass(frozen=True)
class Item:
    """Something between the ledger and the bank, in pence, above nil where it makes the bank’s balance larger. `fund` where it is one’s."""

    words: str
    pence: int
    fund: str = ""


@dataclass(frozen=True)
class Reconciled:
    """One reconciliation. `nobodys` are bank lines that are not placed, or are explained as nobody’s; `on_the_way` what the ledger has and
    the bank has not yet; `explained` what the rest of the difference is."""

    on: date
    kept: Kept
    bank_pence: int
    funds: tuple[FundCash, ...]
    nobodys: tuple[Item, ...] = ()
    on_the_way: tuple[Item, ...] = ()
    explained: tuple[Item, ...] = ()

    @property
    def held_pence(self) -> int:
        """What the ledger holds for all funds."""
        return sum(each.held for each in self.funds)

    @property
    def must_be_held_pence(self) -> int:
        """What must be there for people: the positive balances only."""
        return sum(each.must_be_held for each in self.funds)

    @property
    def earned_pence(self) -> int:
        return sum(each.earned for each in self.funds)

    @property
    def with_provider_pence(self) -> int:
        """Collected into the provider’s own account and still to be paid over: it must be held too, and is not in this account."""
        return sum(each.with_provider for each in self.funds)

    @property
    def overspent(self) -> tuple[FundCash, ...]:
        """The funds whose overspend the provider carries, listed apart."""
        return tuple(each for each in self.funds if each.borne)

    @property
    def borne_pence(self) -> int:
        return sum(each.borne for each in self.overspent)

    @property
    def expected_pence(self) -> int:
        """What the bank should say: what is held, with what lies between the two."""
        return self.held_pence + sum(each.pence for each in (*self.nobodys, *self.on_the_way))

    @property
    def difference_pence(self) -> int:
        """What the bank says more than it should, below nil where it is less. Where the money lies with the provider’s own, only a lack of
        what must be held is one."""
        if self.kept is Kept.APART:
            return self.bank_pence - self.expected_pence
        return min(0, self.bank_pence - self.must_be_held_pence)

    @property
    def unexplained_pence(self) -> int:
        return self.difference_pence - sum(each.pence for each in self.explained)

    @property
    def agrees(self) -> bool:
        return not self.difference_pence


def is_overdue(last: date | None, today: date) -> bool:
    """Whether the next reconciliation is overdue: none was signed, or the last is more than five weeks old."""
    return last is None or today - last > EVERY


def in_order(funds: Sequence[FundCash]) -> tuple[FundCash, ...]:
    """The funds by their key; those in which there is nothing of all this are left out."""
    return tuple(sorted((each for each in funds if each.held or each.owed_provider or each.borne or each.with_provider), key=lambda each: each.fund))
