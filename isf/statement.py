"""A fund's statement as data: what the person and their family receive, before anybody prints it.

Two blocks are kept apart. *The money we hold* ties to the ledger: opening + in − out = closing. *The budget* says what may be
used, what was, and what is left. They are different questions, and with money that comes every four weeks they differ on most days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class MoneyLine:
    """One movement in words for the person; `pence` is positive for money in and for money put back, negative for money out."""

    words: str
    pence: int


@dataclass(frozen=True)
class MoneyHeld:
    """The money we hold for the person: opening + paid in + paid out + put right = closing, each signed.

    `opening_pence` and `closing_pence` may be below nil: then a page shows nil, and says who owes that sum for support already given.
    """

    opening_pence: int
    paid_in: tuple[MoneyLine, ...]
    paid_out: tuple[MoneyLine, ...]
    put_right: tuple[MoneyLine, ...]
    closing_pence: int
    who_owes_when_below_nil: str
    paid_ahead_pence: int = 0
    """Of the closing balance, what a funder has paid for days after the month; nil where nothing is paid ahead."""
    paid_ahead_words: str = ""
    """Those days: “1 to 15 November 2026”."""
    saved_pence: int | None = None
    """The closing balance less what is paid ahead. Below nil, that much of the money for days to come has been used, or is owed for
    support already given. None where support is paid for as it is given, so that nothing can be saved."""


@dataclass(frozen=True)
class BudgetLine:
    """A budget over some days: what there was, what was used, what is left. None is “Not known”, never a guess."""

    words: str
    budget_pence: int | None
    used_pence: int | None
    left_pence: int | None
    expected_pence: int | None = None
    """The part of the budget for the days up to the end of the month: what we expected to be used by now."""
    under_pence: int | None = None
    """What was expected less what was used; below nil, more was used than expected."""


def may_be_used(budgets: Iterable[BudgetLine], carried_pence: int, aside_pence: int) -> int | None:
    """What may be used now: what is left of every budget that has begun, less what is set aside. The one rule of it.

    What an earlier year left and nobody gave back is part of it, and so is what was converted or taken back from what was set aside. What the
    provider carries took nothing from anybody’s budget. None where something of it is not known; days of which only the money held was known have
    no budget of their own, for that money is promised from then on.
    """
    lefts = [each.left_pence for each in budgets if each.used_pence is not None]
    known = [left for left in lefts if left is not None]
    return sum(known) + carried_pence - aside_pence if lefts and len(known) == len(lefts) else None


@dataclass(frozen=True)
class GivenLine:
    """What was planned and given on one line of the plan: `measure` says of what (minutes, nights, visits, days or times)."""

    words: str
    price_words: str
    measure: str
    planned: int | None
    given: int
    pence: int


@dataclass(frozen=True)
class Shortfall:
    """Support that was planned and did not come, or came short, with the reason that was recorded."""

    day: str
    words: str
    minutes: int
    reason: str


@dataclass(frozen=True)
class OwnPart:
    """What the person, or their family, pays themselves of the support of the month. `name` is empty where it is the person; `week_pence` is
    the sum a week that is agreed, None where it changed within the month."""

    name: str
    pence: int
    week_pence: int | None


@dataclass(frozen=True)
class Correction:
    """Something in an earlier month that was put right now: what it was, what it is, and why."""

    month: str
    words: str
    before_pence: int
    after_pence: int
    why: str


@dataclass(frozen=True)
class KeptForLater:
    """What of what is left was set aside on purpose, in pence and minutes, and its last day (2027-03-31)."""

    pence: int
    minutes: int
    until: str


@dataclass(frozen=True)
class PartOf:
    """Whose a part of a sum is, by the name that the reader knows, and how much."""

    name: str
    pence: int


@dataclass(frozen=True)
class OverCap:
    """What of the money held is more than one funder lets stay, at the end of the month.

    `most_pence` is what may stay; None where any surplus may stay only so long, and this has stayed longer. `by` are the days by which it goes
    back (2027-01-23): none where the terms do not say, two where they can be read in two ways. Where they leave the sum itself open,
    `is_certain` is false and `pence` is the most that it can be. `going_back_pence` is set to go back already, and still held.
    """

    funder: str
    pence: int
    most_pence: int | None
    whose: tuple[PartOf, ...]
    by: tuple[str, ...]
    is_certain: bool
    going_back_pence: int


@dataclass(frozen=True)
class Forecast:
    """How the year of the budget will end, if it goes on as so far: its last day (2027-03-31), what will be used by then, and how much less that
    is than the budget (below nil it is more; None where the budget is not known). The minutes of support that will have been given stand beside
    those planned, where both are known for the whole year."""

    day: str
    pence: int
    less_pence: int | None
    minutes: int | None
    planned_minutes: int | None


@dataclass(frozen=True)
class Contact:
    """Whom to ask, in the order in which to ask them."""

    words: str
    name: str
    telephone: str


@dataclass(frozen=True)
class Statement:
    """Everything that one statement prints; every form of it prints this record and computes nothing."""

    fund_key: str
    fund_kind: str
    person_reference: str
    name: str
    known_as: str
    provider: str
    month: str
    period_words: str
    headline: str
    status: str
    """One of "on target", "over", "under", "not known"; with words and a shape beside any colour."""
    money: MoneyHeld
    budgets: tuple[BudgetLine, ...]
    given: tuple[GivenLine, ...]
    given_total_pence: int
    shortfalls: tuple[Shortfall, ...]
    corrections: tuple[Correction, ...]
    contacts: tuple[Contact, ...]
    seal: str
    draft: bool
    practice: bool
    """True for the sample and for practice databases: the page says so."""
    carried_pence: int = 0
    """Support beyond what was left, at the end of the month: the provider carries it until the funder agrees to more."""
    set_aside: tuple[KeptForLater, ...] = ()
    """What is set aside at the end of the month, what ends first standing first."""
    changes: tuple[str, ...] = ()
    """What changed of the budget in the month, in sentences: a contract that was divided anew."""
    bills_pence: int = 0
    """Bills of others that are agreed and not paid at the end of the month: their money is still held."""
    over_cap: tuple[OverCap, ...] = ()
    """What is more than may stay, funder by funder; nothing where nothing is, or where no terms say."""
    forecast: Forecast | None = None
    """How the year will end. None where it is over, where there is no plan for it, or where a price or a figure is missing."""
    own_parts: tuple[OwnPart, ...] = ()
    """What of the support given the person or their family pays themselves, where they pay a sum a week."""

    @property
    def may_use_pence(self) -> int | None:
        """What may be used now, of all budgets together (the month’s own, which stands first, is part of another)."""
        return may_be_used(self.budgets[1:], self.carried_pence, sum(each.pence for each in self.set_aside))
