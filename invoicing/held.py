"""Invoices that are held: a rule of their payer is not met. They are drafted and not issued, and everything else is.

What a held invoice asks for stays charged, and comes again with each later month until nothing holds it any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from basics.errors import RingfenceError
from basics.money import Money
from basics.people import FunderKind
from basics.periods import Period, day_in_words
from invoicing.delivery import Agreements, Funding, Terms
from invoicing.drafts import AnyDraft, Draft
from invoicing.in_force import InForce
from invoicing.payer_rules import Order, PayerRules

INDIVIDUALS = (FunderKind.PERSON, FunderKind.FAMILY)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an invoice is held: `who` is the payer that must act, by its reference, and `to_do` what to ask and where to enter the answer."""

    what: str
    who: str
    to_do: str


@dataclass(frozen=True)
class Held:
    """A draft that is not issued, and every reason why."""

    draft: AnyDraft
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One fund of a draft, with what is agreed and ruled for its payer."""

    draft: AnyDraft
    fund: str
    funding: Funding
    terms: Terms
    rules: PayerRules
    is_a_persons: bool
    before: Mapping[Order, int]

    @property
    def is_an_organisation(self) -> bool:
        """Terms of a contract may be those of a contribution to it too, and nobody has an order number for what they pay themselves."""
        return self.funding.kind not in INDIVIDUALS

    @property
    def days(self) -> tuple[date, ...]:
        """The days of support that it asks for; of an instalment every day of it."""
        if isinstance(self.draft, Draft):
            return tuple(dict.fromkeys(line.support_on for line in self.draft.lines if line.fund == self.fund))
        return tuple(self.draft.period)

    @property
    def pence(self) -> int:
        return sum(line.pence for line in self.draft.lines if line.fund == self.fund)

    @property
    def orders(self) -> list[Order]:
        return self.rules.orders(self.fund, self.draft.funder)

    @property
    def order(self) -> Order | None:
        """The order that covers the last day."""
        return self.rules.order(self.fund, self.draft.funder, self.draft.period.last)

    @property
    def number(self) -> str:
        return self.rules.number(self.fund, self.draft.funder, self.draft.period.last) or self.funding.order_number


def apart(drafts: Iterable[AnyDraft], agreements: Agreements, before: Mapping[Order, int]) -> tuple[list[AnyDraft], list[Held]]:
    """Those that may be issued, and those that are held. `before` says what was invoiced under an order, for orders that have a sum; the drafts of
    one order are weighed against it together.

    Where it is not agreed what a draft goes by, it is not held for that: nothing of the month may be issued (`invoicing.readiness`).
    """
    in_force, rules = InForce(agreements), PayerRules(agreements.orders, agreements.known_as)
    persons = {line.fund for line in agreements.plan}
    ready, held = list[AnyDraft](), list[Held]()
    spent = Counter(before)
    for draft in drafts:
        asked = [one for fund in draft.funds if (one := _asked(draft, fund, in_force, rules, fund in persons, spent))]
        if found := tuple(dict.fromkeys(reason for one in asked for rule in RULES for reason in rule(one))):
            held.append(Held(draft, found))
        else:
            ready.append(draft)
            spent.update({one.order: one.pence for one in asked if one.order is not None})
    return ready, held


def an_order_number_is_there(one: _Asked) -> Iterator[Reason]:
    """A payer who needs an order number for each person is sent no invoice without it."""
    if one.terms.order_number_needed and not one.number and not one.orders and one.is_an_organisation:
        yield Reason(f"{one.draft.funder} needs an order number for the fund {one.fund}, and none is given.", one.draft.funder,
                     "Ask for it, and give it with the funding, or as an order, in an apply file.")


def the_order_covers_the_days(one: _Asked) -> Iterator[Reason]:
    """An order covers support from its first day to its last, and no other."""
    if one.funding.order_number or not one.orders:
        return
    outside = [day for day in one.days if one.rules.order(one.fund, one.draft.funder, day) is None]
    if outside:
        last = max(one.orders, key=lambda each: each.period.last)
        yield Reason(f"No order of {one.draft.funder} covers support for the fund {one.fund} on {Period(min(outside), max(outside))}: order "
                     f"{last.number} ends on {day_in_words(last.period.last)}.", one.draft.funder,
                     "Ask for an order for these days, and bring it in with an apply file.")


def the_order_has_enough(one: _Asked) -> Iterator[Reason]:
    """Nothing is asked for beyond the sum of an order."""
    order = one.order
    if order is None or order.pence is None:
        return
    before = one.before.get(order, 0)
    if before + one.pence > order.pence:
        yield Reason(f"Order {order.number} of {one.draft.funder} for the fund {one.fund} is for {Money(order.pence)}. {Money(before)} is invoiced, "
                     f"and this asks for {Money(one.pence)} more.", one.draft.funder,
                     "Ask for a larger order or another, and bring it in with an apply file.")


def the_person_is_known(one: _Asked) -> Iterator[Reason]:
    """A payer who knows the person by a reference of its own is sent no invoice without it."""
    if one.terms.person_reference_needed and one.is_a_persons and one.is_an_organisation and not one.rules.reference(one.fund, one.draft.funder):
        yield Reason(f"{one.draft.funder} needs its own reference for the person of the fund {one.fund}, and it is not known.", one.draft.funder,
                     "Ask for it, and bring it in with an apply file.")


RULES: tuple[Callable[[_Asked], Iterator[Reason]], ...] = (
    an_order_number_is_there, the_order_covers_the_days, the_order_has_enough, the_person_is_known)
"""Each gives why one fund of a draft is held."""


def _asked(draft: AnyDraft, fund: str, in_force: InForce, rules: PayerRules, is_a_persons: bool, before: Mapping[Order, int]) -> _Asked | None:
    try:
        funding = in_force.funding(fund, draft.funder, draft.period.first, draft.period.last)
        return _Asked(draft, fund, funding, in_force.terms(funding.terms, draft.period.last), rules, is_a_persons, before)
    except RingfenceError:
        return None
