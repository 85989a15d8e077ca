"""What happened in a fund, as a bank statement shows it: each entry in plain words with the balance after it, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from isf.accounts import INSIDE_MONEY_HELD, Unit
from ringfence.actions.acting import Acting
from ringfence.actions.entry_words import for_whom, what_happened
from ringfence.actions.people_and_funds import payer_name
from ringfence.store import fund_entries, listing
from ringfence.store.fund_entries import Days, Measured


class Balance(StrEnum):
    """The balances that a fund's entries can be read by."""

    MONEY_HELD = "Money we hold"
    """What the statement calls the money we hold: support is taken off when it is charged, before it is drawn."""
    IN_THE_BANK = "In the bank"
    """What was received and not yet paid out, contributions that the provider collected included."""
    BUDGET_LEFT = "Budget left"
    """What was promised less the support charged, what the provider carries included."""
    HOURS_LEFT = "Hours left"
    HOURS_GIVEN = "Hours given"
    EMPTY_PLACES = "Empty places"
    """What empty places in shared houses cost the provider."""


MEASURED: Mapping[Balance, Measured] = {
    Balance.MONEY_HELD: Measured(Unit.PENCE, INSIDE_MONEY_HELD),
    Balance.IN_THE_BANK: Measured(Unit.PENCE, ("held", "with_provider")),
    Balance.BUDGET_LEFT: Measured(Unit.PENCE, ("available", "borne"), credit=True),
    Balance.HOURS_LEFT: Measured(Unit.MINUTES, ("available",), credit=True, past_agreed=True),
    Balance.HOURS_GIVEN: Measured(Unit.MINUTES, ("delivered",), credit=True),
    Balance.EMPTY_PLACES: Measured(Unit.PENCE, ("void_cost",)),
}
SHOWN_WITH: Mapping[Balance, tuple[str, str]] = {
    Balance.IN_THE_BANK: (Unit.PENCE, "held"), Balance.BUDGET_LEFT: (Unit.PENCE, "available"),
    Balance.HOURS_LEFT: (Unit.MINUTES, "available"), Balance.HOURS_GIVEN: (Unit.MINUTES, "delivered"),
    Balance.EMPTY_PLACES: (Unit.PENCE, "void_cost"),
}
"""The account without which a fund has no such balance."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `number` counts the entries of this balance from the first; `effect` is in pence or minutes, and `balance` stands after
    it. `on` is the day of the books, `happened_on` the day it is about. A correction says which entry it puts back, and the entry that
    was put back says when."""

    number: int
    on: date
    happened_on: date
    what: str
    who: str
    effect: int
    balance: int
    puts_back: tuple[date, int] | None
    put_back_on: date | None


@dataclass(frozen=True)
class Lines:
    """A page of entries. `opening` and `closing` are the balances before the first and after the last entry of all the pages."""

    lines: tuple[Line, ...]
    opening: int
    closing: int


def balances_of(acting: Acting, fund: str) -> list[Balance]:
    """The balances that a fund has; the provider's own fund holds nobody's money, and only what empty places cost."""
    with acting.reading() as connection:
        accounts = fund_entries.accounts_of(connection, fund)
    found = [each for each in Balance if each not in SHOWN_WITH or SHOWN_WITH[each] in accounts]
    if Balance.EMPTY_PLACES in found:
        return [Balance.EMPTY_PLACES]
    return [each for each in found if each is not Balance.HOURS_GIVEN or Balance.HOURS_LEFT not in found]


def count_lines(acting: Acting, fund: str, balance: Balance, first: date, last: date) -> int:
    """How many entries of these days of the books change the balance."""
    with acting.reading() as connection:
        return fund_entries.totals(connection, fund, MEASURED[balance], Days(first, last)).count


def lines_of(acting: Acting, fund: str, balance: Balance, first: date, last: date, *, size: int, skip: int = 0) -> Lines:
    """Entries of these days of the books in their order: `size` of them, after the first `skip`."""
    with acting.reading() as connection:
        days, measured = Days(first, last), MEASURED[balance]
        totals = fund_entries.totals(connection, fund, measured, days)
        rows = fund_entries.a_page(connection, fund, measured, days, size=size, skip=skip)
        payers = {each.payer_id: payer_name(each) for each in listing.every_promise(connection, fund)}
    return Lines(tuple(_line(row, payers, balance) for row in rows), totals.opening, totals.closing)


def _line(row: Row[Any], payers: Mapping[int, str], balance: Balance) -> Line:
    return Line(
        number=int(row.n), on=date.fromisoformat(row.posted_on), happened_on=date.fromisoformat(row.happened_on),
        what=what_happened(row, hours_agreed=balance is not Balance.HOURS_GIVEN),
        who=for_whom(row, payers.get(row.payer_id, "")), effect=int(row.effect), balance=int(row.balance),
        puts_back=(date.fromisoformat(row.puts_back), int(row.puts_back_n)) if row.puts_back_n else None,
        put_back_on=date.fromisoformat(row.put_back_on) if row.put_back_on else None)
