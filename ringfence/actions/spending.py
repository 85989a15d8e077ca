"""What is known of a fund’s spending besides its bills: purchases with what the rules say of them, misspent money, and worries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from basics.money import Money
from isf.money_held import EventKind
from isf.spending import Checked
from ringfence.actions.acting import Acting
from ringfence.actions.spending_checked import Wanted, check_wanted
from ringfence.importing.fact_items_spending import Bill, Misspent, PurchaseItem, Worry
from ringfence.store import facts, spent
from ringfence.store.facts import Fact


@dataclass(frozen=True)
class OnePurchase:
    """Something that somebody wanted to buy, and what the rules say of it now; `checked` does not count the bills that pay it."""

    fact: Fact
    item: PurchaseItem
    checked: Checked


@dataclass(frozen=True)
class OneMisspent:
    """A misspent sum, and what of it was put back, in pence."""

    fund: str
    item: Misspent
    put_back: int

    @property
    def left(self) -> int:
        return self.item.pounds.pence - self.put_back


@dataclass(frozen=True)
class OneWorry:
    """A worry as it was last recorded, and by whom."""

    fund: str
    item: Worry
    recorded_by: str

    @property
    def is_open(self) -> bool:
        return self.item.outcome is None


@dataclass(frozen=True)
class Spending:
    """Everything of this kind, of one fund or of all: purchases and misspent sums by their day, open worries first."""

    purchases: tuple[OnePurchase, ...]
    misspent: tuple[OneMisspent, ...]
    worries: tuple[OneWorry, ...]


def spending(acting: Acting, fund_key: str = "") -> Spending:
    """What is recorded of it (of one fund, where it is named)."""
    with acting.reading() as connection:
        return Spending(tuple(_purchases(connection, fund_key)), tuple(misspent_in(connection, fund_key)),
                        tuple(sorted(worries_in(connection, fund_key), key=lambda each: (not each.is_open, each.item.on))))


def misspent_in(connection: Connection, fund_key: str = "") -> Iterator[OneMisspent]:
    """Every misspent sum, with what was put back and stands."""
    back: dict[str, int] = {}
    for each in spent.posted(connection, EventKind.MISSPENT_BACK, Misspent.kind, fund_key):
        back[each.about] = back.get(each.about, 0) + (each.pence if each.stands else 0)
    for fact in facts.facts(connection, Misspent.kind, fund_key):
        yield OneMisspent(fact.fund, Misspent.model_validate(fact.said), back.get(fact.reference, 0))


def worries_in(connection: Connection, fund_key: str = "") -> Iterator[OneWorry]:
    """Every worry, as it was last recorded."""
    for fact in facts.facts(connection, Worry.kind, fund_key):
        yield OneWorry(fact.fund, Worry.model_validate(fact.said), fact.recorded_by)


def _purchases(connection: Connection, fund_key: str) -> Iterator[OnePurchase]:
    """Each purchase checked against the plan as it stands; bills that pay it do not count against it."""
    bills = facts.facts(connection, Bill.kind, fund_key)
    for fact in facts.facts(connection, PurchaseItem.kind, fund_key):
        item = PurchaseItem.model_validate(fact.said)
        own = [f"bill {each.reference}" for each in bills if each.said.get("purchase") == fact.reference]
        yield OnePurchase(fact, item, check_wanted(connection, wanted_of(fact, item), apart=own))


def wanted_of(fact: Fact, item: PurchaseItem) -> Wanted:
    return Wanted(fund=fact.fund, kind=item.bought, pence=item.pounds.pence, on=item.on, line=item.line or "", answers=item.answers)


def to_put_back(misspent: OneMisspent, on: date) -> str:
    """“£40.00 of £60.00 is still to be put back, by 1 December”, or that all of it was."""
    if misspent.left <= 0:
        return "All of it is put back."
    late = " and is late" if on > misspent.item.by else ""
    return f"{Money(misspent.left)} of {misspent.item.pounds} is still to be put back{late}."
