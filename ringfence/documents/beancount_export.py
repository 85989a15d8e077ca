"""A month of the ledger as beancount text, and beancount's own word on it: a referee that shares no code with the books.

Every account starts the month with its opening balance, every entry is a transaction of two postings, and on the first day of
the next month every account must hold, to the penny and the minute, what the store has kept for it. (A balance assertion of
beancount holds at the start of its day.) Names stay out: accounts carry references and numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import ONE_DAY, Month
from isf.accounts import ROLES, Unit

_CURRENCY = {Unit.PENCE: "GBP", Unit.MINUTES: "MINUTES"}
_ROOT = {(role.name, role.unit): "Assets" if role.side == "debit" else "Liabilities" for role in ROLES}
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class AccountInBooks:
    """An account of a fund as the store has it. `number` tells apart accounts of the same fund, role and unit."""

    number: int
    fund: str
    role: str
    unit: Unit

    @property
    def name(self) -> str:
        """`Liabilities:Fund-p-001:Available-17`: its side, its fund, its role and its number."""
        return f"{_ROOT[self.role, self.unit]}:{self._fund_part}:{_part(self.role.capitalize())}-{self.number}"

    @property
    def opening_name(self) -> str:
        """What the openings of this fund are written against. It comes to nil, or value has entered or left the fund unseen."""
        return f"Equity:Opening:{self._fund_part}"

    @property
    def _fund_part(self) -> str:
        return f"Fund-{_part(self.fund)}"


@dataclass(frozen=True, slots=True)
class EntryInBooks:
    """One entry: `debit` receives and `credit` gives `amount`, whole pence or minutes, on the day of the books."""

    key: str
    posted_on: date
    debit: int
    credit: int
    amount: int


@dataclass(frozen=True)
class MonthOfBooks:
    """What the referee is shown of one month. Balances are debits less credits, by account number; one left out is nil.

    `opening` is what the accounts held at the start of the month's first day, `closing` what the store keeps for its end.
    `entries` may be a generator: it is read once, and only one month is in memory.
    """

    month: Month
    accounts: Sequence[AccountInBooks]
    entries: Iterable[EntryInBooks]
    opening: Mapping[int, int]
    closing: Mapping[int, int]


def beancount_lines(books: MonthOfBooks) -> Iterator[str]:
    """The month as lines of beancount text: accounts, openings, entries, and what each account must hold at the end."""
    day_before, day_after = books.month.first - ONE_DAY, books.month.next.first
    accounts = {account.number: account for account in books.accounts}
    openings = sorted({(account.opening_name, account.unit) for account in books.accounts})
    yield f'option "title" "Ringfence {books.month}"'
    for name in sorted({name for name, _ in openings}):
        yield f"{day_before} open {name}"
    for account in books.accounts:
        yield f"{day_before} open {account.name} {_CURRENCY[account.unit]}"
    for account in books.accounts:
        held = books.opening.get(account.number, 0)
        yield from _transaction(day_before, "opening", account.name, account.opening_name, held, account.unit)
    for entry in books.entries:
        debit, credit = accounts[entry.debit], accounts[entry.credit]
        yield from _transaction(entry.posted_on, entry.key, debit.name, credit.name, entry.amount, debit.unit)
    for account in books.accounts:
        yield _assertion(day_after, account.name, books.closing.get(account.number, 0), account.unit)
    for name, unit in openings:
        yield _assertion(day_after, name, 0, unit)


def check_with_beancount(text: str) -> list[str]:
    """Everything that beancount finds wrong with a month, each in words with its account; empty where the books agree.

    Raises `RingfenceError` where beancount is not installed.
    """
    try:
        from beancount import loader
    except ImportError as missing:
        raise RingfenceError("The referee, beancount, is not installed.",
                             "Install it with: .venv/bin/python -m pip install -c constraints.txt -e '.[verify]'. "
                             "Or verify without --referee.") from missing
    directives, errors, _options = loader.load_string(text)
    differences = [_difference(each) for each in directives if getattr(each, "diff_amount", None) is not None]
    others = [_in_words(error) for error in errors if not error.message.startswith("Balance failed")]
    return differences + others


def _transaction(day: date, words: str, debit: str, credit: str, amount: int, unit: Unit) -> Iterator[str]:
    if amount:
        quoted = words.replace("\\", "\\\\").replace('"', '\\"')
        yield f'{day} * "{quoted}"'
        yield f"  {debit}  {_number(amount, unit)}"
        yield f"  {credit}  {_number(-amount, unit)}"


def _assertion(day: date, name: str, amount: int, unit: Unit) -> str:
    """A balance with its tolerance said: left to itself beancount lets a balance be a penny out."""
    figure, currency = _number(amount, unit).split()
    return f"{day} balance {name}  {figure} ~ 0 {currency}"


def _number(amount: int, unit: Unit) -> str:
    figure = Money(amount).plain if unit is Unit.PENCE else str(amount)
    return f"{figure} {_CURRENCY[unit]}"


def _part(text: str) -> str:
    """Letters, digits and dashes: all that a part of an account's name may hold."""
    return _NOT_IN_A_NAME.sub("-", text).strip("-")


def _difference(failed: Any) -> str:
    expected, more = failed.amount, failed.diff_amount
    if failed.account.startswith("Equity:"):
        return f"{failed.account}: the opening balances of this fund come to {-more.number} {more.currency} and must come to nil."
    return f"{failed.account}: {expected} is kept, and its entries add to {expected.number + more.number} {expected.currency}."


def _in_words(error: Any) -> str:
    accounts = ", ".join(posting.account for posting in getattr(error.entry, "postings", None) or ())
    return f"{accounts or getattr(error.entry, 'account', None) or 'The text'}: beancount says: {error.message}"
