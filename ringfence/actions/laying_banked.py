"""What an apply file sets aside in a fund, takes back from there, and turns from hours into pounds."""

from __future__ import annotations

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from isf.accounts import Unit
from isf.entries import Event
from isf.fund_terms import PaidOn
from isf.set_aside import Kept, converted, left, set_aside, taken_back
from ringfence.actions.fund_ends import settled_for_good
from ringfence.actions.fund_terms_known import terms_in_force
from ringfence.actions.kept_aside import kept_of, used_of
from ringfence.actions.laying import Converted, Laying
from ringfence.actions.laying_facts import fund_of_fact
from ringfence.importing.fact_items_banked import Conversion, SetAside, TakenBack
from ringfence.store import agreed_splits, ledger

Item = SetAside | TakenBack | Conversion


def lay_banked(laying: Laying) -> None:
    """In the order in which it may happen in one file; the facts themselves are kept already."""
    for n, kept in enumerate(laying.file.set_aside):
        _set_aside(laying, n, kept)
    for n, back in enumerate(laying.file.taken_back):
        pence, minutes = back.amounts
        if event := _event(laying, ("taken_back", n), back, back.of, pence, minutes):
            laying.post(taken_back(event, pence, minutes, back.on))
    for n, each in enumerate(laying.file.conversions):
        if event := _event(laying, ("conversions", n), each, each.of, each.pence, each.minutes):
            laying.conversions.append(Converted(event, each.minutes, each.rate, each.pence, each.agreement))
            laying.post(converted(event, each.pence, each.minutes, each.on))


def _set_aside(laying: Laying, n: int, kept: SetAside) -> None:
    place, (pence, minutes) = ("set_aside", n), kept.amounts
    event = _event(laying, place, kept, "", pence, minutes)
    if event is None:
        return
    terms = [each.terms for each in terms_in_force(laying.connection, kept.on, event.fund)]
    if any(each.paid_on is PaidOn.WEEKLY_ACTUALS or each.may_bank is False for each in terms):
        laying.problem(place, f"cannot be: by the terms of {event.fund} nothing is set aside, because what is not used is not kept.",
                       "Ask the funder to pay a fixed sum, and record that under “fund_terms”.")
        return
    later = agreed_splits.still_to_come(laying.connection, kept.on)
    for unit, amount, words in ((Unit.PENCE, pence, str(Money(pence))), (Unit.MINUTES, minutes, minutes_in_words(minutes))):
        most = max(0, laying.balances[event.fund, unit, "available", None] - later.get((event.fund, unit), 0))
        if amount > most:
            may = Money(most) if unit is Unit.PENCE else minutes_in_words(most)
            laying.problem((*place, "pounds" if unit is Unit.PENCE else "minutes"), f"is {words}, and {may} may be used in {event.fund}.",
                           "Set aside no more than what may still be used.")
            return
    laying.post(set_aside(event, pence, minutes, kept.on))


def _event(laying: Laying, place: tuple[str | int, ...], item: Item, of: str, pence: int, minutes: int) -> Event | None:
    """What is to be posted for the item: nothing where it is posted already, and a problem where it cannot be."""
    fund = fund_of_fact(laying, item)
    if fund is None:
        return None
    event = Event(f"{item.kind} {item.reference}", item.kind, fund, item.words if not isinstance(item, Conversion) else item.agreement)
    posted = {row.unit: row.amount for row in ledger.of_event(laying.connection, event.key)}
    if posted:
        if posted != {unit: amount for unit, amount in ((Unit.PENCE, pence), (Unit.MINUTES, minutes)) if amount}:
            laying.problem(place, f"says another amount than what is posted as {item.reference}.",
                           "Give what comes on top, or is taken back, a reference of its own.")
        return None
    return event if not of or _is_left(laying, place, fund, of, item) else None


def _is_left(laying: Laying, place: tuple[str | int, ...], fund: str, of: str, item: Item) -> bool:
    """Whether what is used of something set aside, all of this file's uses counted, was set aside there; and becomes pounds in time."""
    kept: dict[str, Kept] = left(kept_of(laying.connection, fund), used_of(laying.connection, fund))
    if of not in kept:
        laying.problem((*place, "of"), f"“{of}” was not set aside in {fund}.", "Check the reference: what is set aside stands on the fund’s page.")
        return False
    over = kept[of]
    if settled_for_good(laying.connection, fund) and not laying.balances[fund, Unit.PENCE, "banked", None]:
        laying.problem((*place, "of"), f"“{of}” is gone: {fund} was settled.", "What was set aside was shared out with the rest.")
        return False
    if isinstance(item, Conversion) and item.on > over.until:
        laying.problem((*place, "on"), f"is after {day_in_words(over.until)}, the last day of {of}: its hours become no pounds any more.",
                       "Take it back under “taken_back”, or agree a later last day: the same item under “set_aside” with another “until”.")
        return False
    if over.pence >= 0 and over.minutes >= 0:
        return True
    too_much = " and ".join([*([str(Money(-over.pence))] if over.pence < 0 else []),
                             *([minutes_in_words(-over.minutes)] if over.minutes < 0 else [])])
    laying.problem(place, f"takes {too_much} more than is left of {of}.",
                   "Take no more than that. Hours become pounds only as far as pounds were set aside with them.")
    return False
