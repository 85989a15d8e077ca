"""Everything posted in a fund with the name of each event: what a correction names when it puts something back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from basics.errors import InputError
from isf.accounts import Unit
from ringfence.actions.acting import Acting
from ringfence.actions.entry_words import what_happened
from ringfence.store import fund_entries, registry
from ringfence.store.fund_entries import Days


@dataclass(frozen=True)
class Named:
    """One entry: its event’s name, the day of the books and the day it is about, what happened, and pence or minutes. `put_back_on` is the
    day on which it was put back, None while it stands."""

    name: str
    on: date
    happened_on: date
    what: str
    unit: Unit
    amount: int
    receives: str
    gives: str
    put_back_on: date | None


def entries_named(acting: Acting, fund: str, first: date = date.min, last: date = date.max) -> list[Named]:
    """The entries of a fund on these days of the books, in their order. Raises `InputError` where there is no such fund."""
    with acting.reading() as connection:
        if all(row.key != fund for row in registry.funds(connection)):
            raise InputError(f"There is no fund “{fund[:80]}” here.", "It is called like isf-P001: the kind of fund and the person.")
        rows = fund_entries.every_entry(connection, fund, Days(first, last))
    return [Named(row.event_key, date.fromisoformat(row.posted_on), date.fromisoformat(row.happened_on), what_happened(row), Unit(row.unit),
                  int(row.amount), row.debit_role, row.credit_role, date.fromisoformat(row.put_back_on) if row.put_back_on else None)
            for row in rows]
