"""The terms on which a funder lets a fund be kept: how it pays, how much may stay, for how long, whose it is, when it is reviewed.

Councils differ in every one of them, so each is a term and none is a default. None is “not known”: it is never guessed, and stops what
depends on it. Sources of the rules: the councils’ own pages, in `isf/presets`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from basics.money import Money
from isf.review_schedule import ReviewSchedule, schedule_of
from isf.schedule import Every, Paid


class PaidOn(StrEnum):
    """What a payment is worked out from: a sum agreed beforehand, or what each week turned out to be."""

    FIXED_SUM = "fixed sum"
    WEEKLY_ACTUALS = "weekly actuals"


class Payment(StrEnum):
    """Whether the funder pays the whole budget, or the budget less what the person pays towards it."""

    GROSS = "gross"
    NET = "net"


class Contribution(StrEnum):
    """Who asks the person for their contribution."""

    COUNCIL_INVOICES = "council invoices"
    """The council pays gross and collects the contribution itself: it never comes into the fund."""
    PROVIDER_COLLECTS = "provider collects"
    TAKEN_OFF = "taken off before payment"
    """The council takes it off what it pays, and the person pays it into the fund."""
    PROVIDER_COLLECTS_4_WEEKLY = "provider collects every 4 weeks"


class Spent(StrEnum):
    """Which money is spent first, and so whose the rest is."""

    CONTRIBUTION_FIRST = "contribution first"
    ALONGSIDE = "alongside by shares"
    APART = "kept apart"


class Base(StrEnum):
    """What a week of the cap is a week of: what the funder pays, or the whole budget with the contribution."""

    NET = "net weekly budget"
    GROSS = "gross weekly budget"


class Stays(StrEnum):
    """What may stay for the weeks that a surplus may stay."""

    ANY_SURPLUS = "any surplus"
    ABOVE_THE_CAP = "the part above the cap"


class Fee(StrEnum):
    """Where the provider’s fee for managing the fund is paid from."""

    INSIDE = "inside the budget"
    ON_TOP = "on top of the budget"
    CAPPED = "capped"
    """Inside, and no more than a percentage of the budget."""


class Leftovers(StrEnum):
    """What becomes of money left at the end of a year, or of the fund."""

    CARRIED_FORWARD = "carried forward"
    BACK_TO_FUNDER = "back to the funder"


@dataclass(frozen=True, kw_only=True)
class FundTerms:
    """The terms of one funder for one fund. `sources` says where each that is known is written, by its name.

    `retention`: how long each kind of record is kept, both in words. `reviews`: the schedule as `review_schedule.schedule_of` reads it.
    `small_change_pounds_per_week`: a change of the plan by no more than this goes ahead, and a bigger one is asked.
    """

    paid: Paid | None = None
    paid_every: str | None = None
    advance_weeks: int | None = None
    paid_on: PaidOn | None = None
    payment: Payment | None = None
    contribution: Contribution | None = None
    contribution_spent: Spent | None = None
    may_bank: bool | None = None
    surplus_weeks: int | None = None
    surplus_base: Base | None = None
    surplus_stays_weeks: int | None = None
    surplus_stays: Stays | None = None
    fee: Fee | None = None
    fee_percent: Decimal | None = None
    fee_words: str | None = None
    elsewhere_percent: Decimal | None = None
    statements_every: str | None = None
    reviews: tuple[str, ...] | None = None
    review_on_change: bool | None = None
    notice_weeks: int | None = None
    small_change_pounds_per_week: Money | None = None
    leftovers: Leftovers | None = None
    retention: tuple[tuple[str, str], ...] | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, object]:
        """Every term that is known, by its name."""
        return {name: value for name in TERMS if (value := getattr(self, name)) is not None}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of those that are not."""
        return tuple(name for name in TERMS if getattr(self, name) is None)

    @property
    def council_collects(self) -> bool:
        """Whether the funder asks the person itself: then the person is never asked by the provider, and the funder pays the whole."""
        return self.payment is Payment.GROSS or self.contribution is Contribution.COUNCIL_INVOICES

    @property
    def review_schedule(self) -> ReviewSchedule | None:
        return None if self.reviews is None else schedule_of(self.reviews, self.review_on_change)


TERMS: tuple[str, ...] = tuple(each.name for each in fields(FundTerms) if each.name != "sources")
"""The names of all terms, in their order."""

IN_WORDS: Mapping[str, str] = {
    "paid": "whether it pays in advance or in arrears",
    "paid_every": "how often it pays",
    "advance_weeks": "how many weeks it pays in advance",
    "paid_on": "whether it pays a fixed sum or what each week turned out to be",
    "payment": "whether it pays gross or net of the contribution",
    "contribution": "who collects the contribution",
    "contribution_spent": "whether the contribution is spent first",
    "may_bank": "whether money or time may be set aside for later",
    "surplus_weeks": "how many weeks’ money may stay in the fund",
    "surplus_base": "whether those weeks are of the net or the gross budget",
    "surplus_stays_weeks": "how many weeks a surplus may stay",
    "surplus_stays": "whether that is for any surplus, or for the part above the cap",
    "fee": "whether the management fee is inside the budget, on top of it or capped",
    "fee_percent": "what percentage the management fee is",
    "fee_words": "what the management fee covers",
    "elsewhere_percent": "how much is to be bought from others",
    "statements_every": "how often it wants a statement",
    "reviews": "when it reviews the support",
    "review_on_change": "whether a change of the plan is reviewed",
    "notice_weeks": "how many weeks’ notice is given",
    "small_change_pounds_per_week": "how big a change of the plan may go ahead without asking",
    "leftovers": "what becomes of money that is left at the end",
    "retention": "how long each kind of record is kept",
}
"""What the funder would say, for each term that it has not said."""


def in_words(value: object) -> str:
    """A term’s value for a person to read."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", then ".join(": ".join(each) if isinstance(each, tuple) else str(each) for each in value)
        case _:
            return str(value)


def not_to_be_asked(terms: FundTerms, every: Every, *, as_given: bool) -> str:
    """Why a person may not be asked for their contribution so often, by the instalments of a contract or as support is given (`as_given`); empty
    where the terms let them be, or do not say. As support is given, nobody is asked for what the funder collects, so that is no mistake."""
    if terms.council_collects and not as_given:
        return "it pays gross and collects the contribution itself, so the person is never asked for it"
    if terms.contribution is Contribution.PROVIDER_COLLECTS_4_WEEKLY and every is not Every.FOUR_WEEKS:
        how = "month by month, as support is given" if as_given else f"by instalments every {every}"
        return f"the contribution is collected every 4 weeks, and it would be asked for {how}"
    return ""


class Mix(NamedTuple):
    """Terms that cannot stand together: the one to look at, and why."""

    term: str
    why: str


def impossible_mixes(terms: FundTerms) -> list[Mix]:
    """Everything in these terms that cannot be true at once. What is not known rules nothing out."""
    return [mix for check in CHECKS for mix in check(terms)]


def _actuals(terms: FundTerms) -> Iterator[Mix]:
    """A funder that pays for what each week turned out to be pays nothing for an unused hour: nothing is left to keep."""
    if terms.paid_on is not PaidOn.WEEKLY_ACTUALS:
        return
    nothing = "and a funder that pays weekly actuals pays nothing for what was not used, so nothing is left"
    if terms.paid is Paid.IN_ADVANCE:
        yield Mix("paid", "is “in advance”, and what a week turned out to be is known only after it.")
    if terms.may_bank:
        yield Mix("may_bank", f"allows setting aside, {nothing} to set aside. It needs a fixed sum.")
    for name in ("surplus_weeks", "surplus_stays_weeks"):
        if getattr(terms, name):
            yield Mix(name, f"lets money stay, {nothing} that could stay. It needs a fixed sum.")
    if terms.leftovers is Leftovers.CARRIED_FORWARD:
        yield Mix("leftovers", f"are carried forward, {nothing} over. It needs a fixed sum.")


def _gross_or_net(terms: FundTerms) -> Iterator[Mix]:
    collects = terms.contribution
    if terms.payment is Payment.GROSS and collects not in (None, Contribution.COUNCIL_INVOICES):
        yield Mix("contribution", f"is “{collects}”, and a funder that pays gross has paid that part already: it would be paid twice.")
    if terms.payment is Payment.NET and collects is Contribution.COUNCIL_INVOICES:
        yield Mix("contribution", f"is “{collects}”, and a funder that pays net has not paid that part: the fund would never have it.")
    if collects is Contribution.COUNCIL_INVOICES and terms.contribution_spent is not None:
        yield Mix("contribution_spent", f"is “{terms.contribution_spent}”, and the contribution goes to the council: it never comes into the fund.")


def _advance(terms: FundTerms) -> Iterator[Mix]:
    if terms.paid is Paid.IN_ARREARS and terms.advance_weeks:
        yield Mix("advance_weeks", f"is {terms.advance_weeks}, and the funder pays in arrears.")


def _fee(terms: FundTerms) -> Iterator[Mix]:
    if terms.fee is Fee.CAPPED and (terms.fee_percent is None or terms.fee_words is None):
        yield Mix("fee", "is capped, and a cap has a percentage (“fee_percent”) and names what it covers (“fee_words”).")


CHECKS: tuple[Callable[[FundTerms], Iterator[Mix]], ...] = (_actuals, _gross_or_net, _advance, _fee)
