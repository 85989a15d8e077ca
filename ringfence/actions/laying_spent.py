"""The parts of a bank line that pay a bill, or put back what was misspent: each is about one thing, and never more than that thing."""

from __future__ import annotations

from dataclasses import dataclass

from basics.money import Money
from basics.periods import day_in_words
from isf.money_held import EventKind
from ringfence.actions.bank_room import Part
from ringfence.actions.laying import Laying
from ringfence.actions.laying_bills import bill_key, bill_words
from ringfence.importing.apply_money import BankLine
from ringfence.importing.fact_items_spending import Bill, Misspent
from ringfence.store import facts, spent
from ringfence.store.facts import Fact

BILL, PUT_BACK = "bill", "put back"


@dataclass(frozen=True)
class OfOne(Part):
    """A part with what it is about: the reference of a bill, or of a misspent sum; empty for any other."""

    about: str = ""

    @property
    def name(self) -> str:
        return f"{super().name} {self.about}".strip()


def is_right(laying: Laying, part: Part) -> bool:
    """Whether a part that is about one thing fits it; a problem where it does not."""
    if part.what_for == BILL:
        return _pays(laying, part, about_of(part))
    return part.what_for != PUT_BACK or _puts_back(laying, part, about_of(part))


def words_of(laying: Laying, line: BankLine, part: Part) -> str:
    """“A bill from Swift Gardens of 5 October 2026, paid on 20 October” or “Put back by Ali Khan, on 5 November”; nothing for another part."""
    day = f"{line.on.day} {line.on:%B}"
    if part.what_for == BILL and (bill := _fact(laying, Bill.kind, part.fund, about_of(part))):
        return f"{bill_words(bill.said['supplier'], day_in_words(bill.from_on))}, paid on {day}"
    if part.what_for == PUT_BACK and (misspent := _fact(laying, Misspent.kind, part.fund, about_of(part))):
        return f"Put back by {misspent.said['who']}, on {day}"
    return ""


def about_of(part: Part) -> str:
    """The reference of the bill, or of the misspent sum, that a part is about; empty for any other."""
    return part.about if isinstance(part, OfOne) else ""


def _pays(laying: Laying, part: Part, bill: str) -> bool:
    back = {each.event_key for each in laying.put_back}
    approved = {each.key: each.pence for each in spent.posted(laying.connection, EventKind.BILL, Bill.kind, part.fund) if each.stands}
    approved |= {each.event.key: each.amount for each in laying.entries if each.event.kind == EventKind.BILL and each.event.fund == part.fund}
    pence = approved.get(bill_key(bill)) if bill_key(bill) not in back else None
    if pence is None:
        laying.problem((*part.place, "bill"), f"“{bill}” is no approved bill of {part.fund}.", "Enter it under “bills”, and have it approved first.")
    elif bill in _done(laying, EventKind.BILL_PAID, Bill.kind, part.fund):
        laying.problem((*part.place, "bill"), f"“{bill}” is paid already.", "Pay each bill once: ringfence bills lists what is not paid.")
    elif part.pence != pence:
        laying.problem((*part.place, "pounds"), f"is {Money(part.pence)}, and {bill} is {Money(pence)}.", "A bill is paid whole.")
    else:
        return True
    return False


def _puts_back(laying: Laying, part: Part, reference: str) -> bool:
    misspent = _fact(laying, Misspent.kind, part.fund, reference)
    if misspent is None:
        laying.problem((*part.place, "misspent"), f"“{reference}” is no misspent sum of {part.fund}.", "Record it under “misspent” first.")
        return False
    left = Money.parse(misspent.said["pounds"]).pence - _done(laying, EventKind.MISSPENT_BACK, Misspent.kind, part.fund).get(reference, 0)
    if part.pence > left:
        laying.problem((*part.place, "pounds"), f"is {Money(part.pence)}, and {Money(max(0, left))} of {reference} is still to be put back.",
                       "Place no more than that; the rest of the line stays unallocated until it is known what it is.")
    return part.pence <= left


def _done(laying: Laying, kind: EventKind, fact_kind: str, fund: str) -> dict[str, int]:
    """What is paid or put back of each and stands, in the books and in this file, in pence by its reference."""
    back, found = {each.event_key for each in laying.put_back}, dict[str, int]()
    for each in spent.posted(laying.connection, kind, fact_kind, fund):
        if each.stands and each.key not in back:
            found[each.about] = found.get(each.about, 0) + each.pence
    for entry in laying.entries:
        if entry.event.kind == kind and entry.event.fund == fund:
            about = entry.event.key.rsplit(" ", 1)[-1]
            found[about] = found.get(about, 0) + entry.amount
    return found


def _fact(laying: Laying, kind: str, fund: str, reference: str) -> Fact | None:
    return next((fact for fact in facts.facts(laying.connection, kind, fund) if fact.reference == reference), None)
