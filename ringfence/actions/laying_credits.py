"""What an apply file credits of instalments that were invoiced: the debt falls, and the promise to the fund with it by the same pence.

A credit never takes what the fund has used, and never more than is left of the line. What is asked instead, a later instalment or a new version of
the split says; a credited instalment is not asked for again by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from basics.money import Money
from basics.people import FunderKind
from basics.periods import Period, day_in_words, day_of
from isf.accounts import OriginKind, Unit
from isf.entries import Event, entry
from isf.money_held import EventKind
from ringfence.actions.fund_ends import settled_for_good
from ringfence.actions.laying import Laying
from ringfence.importing.fact_items_credits import InstalmentCredited
from ringfence.store import agreed_splits, closings, debts, ledger
from ringfence.store.credited import instalment_lines, moved_beside
from ringfence.store.credits import LineCredited

Place = tuple[str | int, ...]
KEY = "credit of an instalment "
"""What the key of such an origin and its event begins with; the reference follows."""


def lay_credits(laying: Laying) -> None:
    seen: dict[tuple[int, int], str] = {}
    for n, item in enumerate(laying.file.instalments_credited):
        place = ("instalments_credited", n)
        if ledger.is_event(laying.connection, KEY + item.credit):
            continue
        if (item.invoice, item.line) in seen:
            laying.problem(place, f"Line {item.line} of invoice {item.invoice} is credited twice in this file.", "Put the two sums together.")
            continue
        seen[item.invoice, item.line] = item.credit
        _credit(laying, place, item)


def _credit(laying: Laying, place: Place, item: InstalmentCredited) -> None:
    lines = instalment_lines(laying.connection, item.invoice)
    line = next((each for each in lines if each.n == item.line), None)
    if line is None:
        laying.problem((*place, "line"), f"Line {item.line} of invoice {item.invoice} asks for no instalment.",
                       "Check the two numbers; a line for support is credited by putting its visit right, under “visits_corrected”.")
        return
    left = left_of(laying, item.invoice, lines, line)
    pence = item.pounds.pence if item.pounds is not None else left
    found = _refusal(laying, item, line, pence, left)
    if found:
        laying.problem((*place, found[0]), *found[1:])
    else:
        _write(laying, item, line, pence)


def left_of(laying: Laying, invoice: int, lines: Sequence[Row[Any]], line: Row[Any]) -> int:
    """What of a line may still be credited: what is neither credited nor written off, in pence."""
    pair = (line.fund, line.funder)
    gone = sum(each.pence for each in debts.covered(laying.connection, date.max) if each.number == invoice and each.pair == pair)
    others = sum(each.pence - each.credited for each in lines if (each.fund, each.funder) == pair and each.n != line.n)
    return max(0, int(line.pence - line.credited) - max(0, gone - int(others)))


def _refusal(laying: Laying, item: InstalmentCredited, line: Row[Any], pence: int, left: int) -> tuple[str, str, str] | None:
    """Why it cannot be credited: the key of the item, what is wrong and what to do."""
    if not left:
        return "line", "Nothing is left of it: it is credited or written off already.", "Leave it out."
    if pence > left:
        return "pounds", f"is {Money(pence)}, and {Money(left)} of the line is neither credited nor written off.", f"Credit at most {Money(left)}."
    if item.on < date.fromisoformat(line.issued_on) or item.on > day_of(datetime.fromisoformat(laying.recorded_at)):
        return ("on", f"is {day_in_words(item.on)}; the invoice was issued on {day_in_words(date.fromisoformat(line.issued_on))}.",
                "Give a day from then to today.")
    if line.fund in settled_for_good(laying.connection) | set(closings.closed_funds(laying.connection)):
        return ("line", f"{line.fund} was settled, and what was not used of its promises was released with that: nothing of it is due any more.",
                "Tell the payer so. Before a settlement a line can be credited, and what is left is settled then.")
    if moved_beside(laying.connection, line):
        return ("line", f"It was paid before a later version of the split of {line.contract} moved what it is for; what {line.fund} had too much"
                " went back by a line of the bank.", "Make another version of the split, from an instalment to come.")
    return _beyond_what_is_left(laying, line, pence)


def _beyond_what_is_left(laying: Laying, line: Row[Any], pence: int) -> tuple[str, str, str] | None:
    """A promise never falls below what the fund has used; what other contracts promise for days to come is not there to make up for it."""
    later = agreed_splits.still_to_come(laying.connection, date.fromisoformat(line.from_on), but=line.contract)
    usable = max(0, laying.balances[line.fund, Unit.PENCE, "available", None] - later.get((line.fund, Unit.PENCE), 0))
    if pence <= usable:
        return None
    return ("pounds", f"takes {Money(pence)} off {line.fund}, and {Money(usable)} of it is not used: a promise never goes below what was used.",
            f"Credit at most {Money(usable)}." if usable else "Nothing of it can be credited. Put right first what was charged wrongly.")


def _write(laying: Laying, item: InstalmentCredited, line: Row[Any], pence: int) -> None:
    """One origin with its one part, its one entry, and the line of the credit note. It counts in the year that the instalment was for."""
    key, first, last = KEY + item.credit, date.fromisoformat(line.first_on), date.fromisoformat(line.last_on)
    on = min(max(item.on, first), last)
    before = int(line.pence - line.credited)
    days = Period(date.fromisoformat(line.from_on), date.fromisoformat(line.to_on))
    payer = laying.payers[line.funder]
    who = "you were asked for" if payer.kind is FunderKind.PERSON else f"{payer.name} was asked for"
    event = Event(key, EventKind.CREDITED, line.fund,
                  f"For {days}, {who} {Money(before)} for this fund, and it is {Money(before - pence)} now, because: {item.words}")
    laying.origins.append(ledger.Origin(key, OriginKind.CREDIT, Unit.PENCE, pence, on, item.words, ((line.fund, pence),)))
    laying.post(entry(event, ("available", None), ("due", line.funder), pence, on, origin=key))
    laying.instalments.lines.setdefault(line.invoice_id, []).append((LineCredited(line.n, pence, key), item.words))
    what = f"{Money(pence)} that {line.funder} was asked for {line.fund} on line {line.n} of invoice {item.invoice:06d}, for {days}"
    laying.said.append(f"New: {what}, is credited: {Money(before)} becomes {Money(before - pence)}, and {line.fund} has {Money(pence)} less to use")
