"""The bills of an apply file: each checked against the plan and the rules, and set apart from what the person may still use."""

from __future__ import annotations

from basics.money import Money
from basics.periods import day_in_words
from isf.accounts import OriginKind, Unit
from isf.entries import Event, entry
from isf.money_held import EventKind
from isf.spending import QUESTIONS, Answer, Checked, Kind, Verdict
from ringfence.actions.laying import Laying
from ringfence.actions.laying_facts import fund_of_fact
from ringfence.actions.spending_checked import Wanted, check_wanted, line_on
from ringfence.importing.fact_items_spending import Bill, PurchaseItem
from ringfence.store import agreed_splits, facts, ledger, spent
from ringfence.store.facts import Fact

Place = tuple[str | int, ...]
ANEW = "Put it back under “corrections” (it can be until it is paid), and enter what is right under a reference of its own."


def lay_bills(laying: Laying) -> None:
    """The facts themselves are kept already. A bill that was paid is no longer put back: its payment is, first."""
    for n, correction in enumerate(laying.file.corrections):
        _refuse_paid(laying, ("corrections", n, "entry"), correction.entry)
    for n, bill in enumerate(laying.file.bills):
        if key := fund_of_fact(laying, bill):
            _bill(laying, ("bills", n), key, bill)


def bill_key(reference: str) -> str:
    """What the books call the approval of a bill, and where its money comes from."""
    return f"bill {reference}"


def bill_words(supplier: str, on: str) -> str:
    """“A bill from Swift Gardens of 5 October 2026”, as a statement says it."""
    return f"A bill from {supplier} of {on}"


def _refuse_paid(laying: Laying, place: Place, event_key: str) -> None:
    back = {each.event_key for each in laying.put_back}
    paid = [each for each in spent.posted(laying.connection, EventKind.BILL_PAID, Bill.kind) if each.stands and each.key not in back]
    if event_key in {bill_key(each.about) for each in paid}:
        laying.problem(place, f"“{event_key}” is paid.", "Put back its payment first, or ask the supplier for the money and place it.")


def _bill(laying: Laying, place: Place, fund: str, bill: Bill) -> None:
    if ledger.is_event(laying.connection, bill_key(bill.bill)):
        if len(facts.every_version(laying.connection, Bill.kind, bill.bill)) > 1:
            laying.problem(place, f"says something else than the bill that is approved as {bill.bill}.", ANEW)
        return
    if known := _entered_before(laying, bill):
        laying.problem((*place, "number"), f"“{bill.number}” of {bill.supplier} is entered already, as {known}.", "Pay it once: take this one out.")
        return
    line = line_on(laying.connection, fund, bill.line, bill.on) if bill.line else None
    if bill.line and line is None:
        laying.problem((*place, "line"), f"“{bill.line}” is no line of the plan of {fund} on {day_in_words(bill.on)}.",
                       "Check the reference, or leave it out where the plan does not have this.")
        return
    checked = _checked(laying, place, fund, bill, line.id if line else None)
    if checked is None or not _is_enough(laying, place, fund, bill):
        return
    event = Event(bill_key(bill.bill), EventKind.BILL, fund, bill_words(bill.supplier, day_in_words(bill.on)), line.id if line else None)
    laying.origins.append(ledger.Origin(event.key, OriginKind.BILL, Unit.PENCE, bill.pounds.pence, bill.on, bill.words, ((fund, bill.pounds.pence),)))
    laying.post(entry(event, ("available", None), ("owed_supplier", None), bill.pounds.pence, bill.on, origin=event.key))
    laying.said.append(f"{bill.bill}: {checked.in_words}")


def _entered_before(laying: Laying, bill: Bill) -> str:
    """The reference under which this supplier’s bill of this number stands already, in the books or earlier in the file."""
    back = {each.event_key for each in laying.put_back}
    gone = {each.key for each in spent.posted(laying.connection, EventKind.BILL, Bill.kind) if not each.stands} | back
    wanted = _same(bill.supplier), _same(bill.number)
    others = (fact for fact in facts.facts(laying.connection, Bill.kind) if fact.reference != bill.bill and bill_key(fact.reference) not in gone)
    return next((fact.reference for fact in others if (_same(fact.said["supplier"]), _same(fact.said["number"])) == wanted), "")


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _checked(laying: Laying, place: Place, fund: str, bill: Bill, line_id: int | None) -> Checked | None:
    """What the rules say, where they let it be; else a problem."""
    asked = _purchase(laying, place, fund, bill)
    if bill.purchase and asked is None:
        return None
    back = [each.event_key for each in laying.put_back]
    besides = sum(each.amount for each in laying.entries if each.event.kind == EventKind.BILL and each.event.fund == fund
                  and line_id is not None and each.event.plan_line_id == line_id)
    checked = check_wanted(laying.connection, Wanted(fund=fund, kind=bill.bought, pence=bill.pounds.pence, on=bill.on, line=bill.line or "",
                                                     answers=answers_of(asked) if asked else ()), apart=back, besides=besides)
    if checked.verdict is Verdict.NEVER:
        laying.problem(place, f"{bill.bill} is not for this fund to pay. {checked.in_words}", "Take it out, and tell whoever asked why.")
    elif checked.verdict is Verdict.ASK:
        laying.problem((*place, "purchase"), f"{bill.bill} must be asked about. {checked.in_words}",
                       f"Record a purchase with the answers: {' '.join(QUESTIONS[each] for each in checked.to_answer)} Then name it here.")
    return checked if checked.verdict is Verdict.ALLOWED else None


def _purchase(laying: Laying, place: Place, fund: str, bill: Bill) -> Fact | None:
    """The purchase that a bill names: of the same fund and kind, and with room for all of its bills."""
    if bill.purchase is None:
        return None
    asked = next((fact for fact in facts.facts(laying.connection, PurchaseItem.kind, fund) if fact.reference == bill.purchase), None)
    if asked is None or Kind(asked.said["kind"]) is not bill.bought:
        laying.problem((*place, "purchase"), f"“{bill.purchase}” is not a purchase of this kind in {fund}.",
                       "Record it first: ringfence record FILE.")
        return None
    billed = _billed(laying, fund, bill) + bill.pounds.pence
    most = Money.parse(asked.said["pounds"])
    if billed > most.pence:
        laying.problem((*place, "pounds"), f"makes {Money(billed)} of bills for {bill.purchase}, which was asked about as {most}.",
                       "Ask again, for what it costs now.")
        return None
    return asked


def _billed(laying: Laying, fund: str, bill: Bill) -> int:
    """What other bills of the same purchase come to, in the books and in this file."""
    same = {bill_key(fact.reference) for fact in facts.facts(laying.connection, Bill.kind, fund) if fact.said.get("purchase") == bill.purchase}
    back = {each.event_key for each in laying.put_back}
    stands = sum(each.pence for each in spent.posted(laying.connection, EventKind.BILL, Bill.kind, fund)
                 if each.stands and each.key in same - back)
    return stands + sum(each.amount for each in laying.entries if each.event.key in same)


def answers_of(asked: Fact) -> tuple[tuple[str, Answer], ...]:
    """What was answered to the questions about a purchase."""
    return PurchaseItem.model_validate(asked.said).answers


def _is_enough(laying: Laying, place: Place, fund: str, bill: Bill) -> bool:
    later = agreed_splits.still_to_come(laying.connection, bill.on).get((fund, Unit.PENCE), 0)
    most = max(0, laying.balances[fund, Unit.PENCE, "available", None] - later)
    if bill.pounds.pence > most:
        laying.problem((*place, "pounds"), f"is {bill.pounds}, and {Money(most)} may be used in {fund}.",
                       "Ask the funder for an extra first, or have it paid by somebody else.")
    return bill.pounds.pence <= most
