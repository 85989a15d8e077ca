"""How the books stood at the end of a day, and how they were known to stand on another: a late correction changes the one and not the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from basics.errors import InputError
from basics.periods import LONDON, ONE_DAY
from ringfence.actions.acting import Acting
from ringfence.store import as_known


@dataclass(frozen=True)
class AccountAt:
    """One account that is not at nil: its fund, its role, its payer where it has one, and what it comes to in pence or minutes, above nil on
    the side where the role normally stands."""

    fund: str
    role: str
    payer: str
    unit: str
    amount: int


@dataclass(frozen=True)
class AsAt:
    """The accounts at the end of `on`, by what was recorded until the end of `known_on`."""

    on: date
    known_on: date
    accounts: tuple[AccountAt, ...]


def as_at(acting: Acting, on: date, known_on: date | None = None, fund: str = "") -> AsAt:
    """Every account (of one fund, where it is named) by what had happened at the end of a day, as it was known at the end of another, or now.

    Raises `InputError` for a fund that is not there.
    """
    known = known_on or acting.today
    with acting.reading() as connection:
        if fund and fund not in as_known.funds(connection):
            raise InputError(f"There is no fund {fund}.", "Check its key: it is like isf-P001.")
        rows = as_known.balances(connection, on, _end_of(known), fund)
    return AsAt(on, known, tuple(AccountAt(*row) for row in rows))


def _end_of(day: date) -> datetime:
    """The instant at which a day is over in the United Kingdom."""
    return datetime.combine(day + ONE_DAY, time(), LONDON) - timedelta(microseconds=1)
