"""The closings of an apply file: a fund closes when nothing is left in it, and takes no more entries until two people open it again."""

from __future__ import annotations

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from isf.accounts import Unit
from ringfence.actions.laying import Closing, Laying
from ringfence.actions.laying_money import fund_of
from ringfence.importing.fact_items_endings import Closing as ClosingItem
from ringfence.store import closings
from ringfence.store.schema import contract

HOURS = ("available", "banked")


def lay_closings(laying: Laying) -> None:
    """Last of all: a fund is closed as everything else of the file leaves it."""
    closed = closings.closed_funds(laying.connection)
    for n, wanted in enumerate(laying.file.closings):
        for key in _funds(laying, n, wanted):
            if (key in closed) == wanted.open_again:
                _lay(laying, ("closings", n), key, wanted)
    opened = {each.fund for each in laying.closings if each.step == closings.OPENED}
    posted = {each.event.fund for each in laying.entries} | {row.fund for back in laying.put_back for row in back.rows}
    for key in sorted(posted & closed.keys() - opened):
        laying.problem((), f"something is to be posted in {key}, which was closed on {day_in_words(closed[key])}.",
                       "Open the fund again first, under “closings”, or take that out.")


def _funds(laying: Laying, n: int, wanted: ClosingItem) -> list[str]:
    if wanted.contract is not None:
        found = laying.find(contract, wanted.contract, ("closings", n, "contract"), "a contract", "Check the reference.")
        return closings.funds_of_contract(laying.connection, wanted.contract) if found else []
    key = fund_of(laying, wanted.person or "", wanted.fund or "", ("closings", n))
    return [key] if key else []


def _lay(laying: Laying, place: tuple[str | int, ...], key: str, wanted: ClosingItem) -> None:
    left = [] if wanted.open_again else _left(laying, key)
    if left:
        laying.problem(place, f"{key} is not at nil: {', '.join(left)}.",
                       "Settle it under “endings”, place what comes in and goes out, and then close it.")
        return
    step = closings.OPENED if wanted.open_again else closings.CLOSED
    laying.closings.append(Closing(key, step, wanted.on))
    laying.said.append(f"New: {key} is {'opened again' if wanted.open_again else 'closed'} on {day_in_words(wanted.on)}")


def _left(laying: Laying, key: str) -> list[str]:
    """Every account that stands in the way, in words."""
    found = []
    for (fund, unit, role, payer), amount in sorted(laying.balances.items(), key=str):
        if fund == key and amount and (unit == Unit.PENCE or role in HOURS):
            found.append(f"{role}{f' {payer}' if payer else ''} {Money(amount) if unit == Unit.PENCE else minutes_in_words(amount)}")
    return found
