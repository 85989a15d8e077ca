"""Support is taken back that an extra had paid for, as overspend: the extra’s money is the person’s to use again.

Its payments for overspend are put back, the latest first, as far as is needed; what is left of the last of them pays for the overspend that
remains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row

from basics.money import Money
from isf.accounts import Unit
from isf.entries import Entry, Event, entry
from isf.money_held import EventKind
from ringfence.actions.laying import Laying, PutBack
from ringfence.store import ledger, overspend

Balances = Mapping[tuple[str, str, str, str | None], int]
WORDS = "Extra money pays for earlier support"


def to_free(connection: Connection, fund: str, pence: int, carried: int, freed: Sequence[Row[Any]] = ()) -> list[Row[Any]]:
    """The payments for overspend that are put back before so much of it is, where the provider carries no more than `carried`."""
    found, known = list[Row[Any]](), {row.id for row in freed}
    for row in overspend.paid_by_extras(connection, fund) if pence > carried else ():
        if row.id not in known and pence > carried + sum(each.amount for each in found):
            found.append(row)
    return found


def paid_again(connection: Connection, freed: Sequence[Row[Any]], balances: Balances) -> list[Entry]:
    """What remains of overspend, paid by the extras that were freed; `balances` are those after everything is put back."""
    found = list[Entry]()
    for fund in sorted({row.fund for row in freed}):
        rows = [row for row in freed if row.fund == fund]
        left, carried = (balances.get((fund, Unit.PENCE, role, None), 0) for role in overspend.PAID)
        event = Event(_name(connection, rows[-1].event_key), EventKind.EXTRA, fund, WORDS)
        found += entry(event, ("available", None), ("borne", None), max(0, min(left, carried, sum(row.amount for row in rows))),
                       date.fromisoformat(rows[-1].happened_on))
    return found


def free_overspend(laying: Laying, rows: Sequence[Row[Any]], why: str) -> None:
    """Before these entries of one charge are put back by a file."""
    fund, pence = rows[0].fund, sum(row.amount for row in rows if row.debit_role == "borne")
    for row in to_free(laying.connection, fund, pence, laying.balances[fund, Unit.PENCE, "borne", None], freed_by(laying)):
        laying.put_back_event(PutBack(row.event_key, [row], why))
        laying.said.append(f"New: {Money(row.amount)} of {extra_of(row.event_key)}, which paid for overspend of {fund}, may be used again")


def pay_again(laying: Laying) -> None:
    """After everything that a file puts back of support."""
    again = paid_again(laying.connection, freed_by(laying), laying.balances)
    laying.post(again)
    laying.said += [f"New: {Money(each.amount)} of {extra_of(each.event.key)} pays for what is left of the overspend of {each.event.fund}"
                    for each in again]


def freed_by(laying: Laying) -> list[Row[Any]]:
    """The payments for overspend that a file has put back so far, in their order."""
    return [row for back in laying.put_back for row in back.rows if back.event_key.endswith(overspend.OVERSPEND)]


def extra_of(name: str) -> str:
    """The name of the extra behind a payment for overspend."""
    return name.partition(overspend.OVERSPEND)[0]


def _name(connection: Connection, before: str) -> str:
    """The next name of a payment of the same extra."""
    return next(key for n in count(2) if not ledger.is_event(connection, key := f"{extra_of(before)}{overspend.OVERSPEND} {n}"))
