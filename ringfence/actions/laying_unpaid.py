"""What an apply file says of money that will not come: overspend that the provider gives up, and promises that were never paid."""

from __future__ import annotations

from basics.money import Money
from isf.accounts import OriginKind, Unit
from isf.entries import Event, entry
from isf.money_held import EventKind
from ringfence.actions.laying import Laying
from ringfence.actions.laying_facts import fund_of_fact
from ringfence.actions.payers_of_funds import may_promise
from ringfence.importing.fact_items_corrections import GivenUp, NeverPaid
from ringfence.store import ledger
from ringfence.store.schema import funder

COVERED = "A payment that did not come, which we covered"


def lay_unpaid(laying: Laying) -> None:
    for n, unpaid in enumerate(laying.file.never_paid):
        _never_paid(laying, ("never_paid", n), unpaid)
    for n, each in enumerate(laying.file.given_up):
        _given_up(laying, ("given_up", n), each)


def _given_up(laying: Laying, place: tuple[str | int, ...], each: GivenUp) -> None:
    key, pence = f"given up {each.given_up}", each.pounds.pence
    fund = fund_of_fact(laying, each)
    if fund is None or ledger.is_event(laying.connection, key):
        return
    if pence > (most := laying.balances[fund, Unit.PENCE, "borne", None]):
        laying.problem((*place, "pounds"), f"is {each.pounds}, and the provider carries {Money(most)} in {fund}.", "Give up no more than that.")
        return
    if pence > (owed := laying.balances[fund, Unit.PENCE, "owed_provider", None]):
        laying.problem((*place, "pounds"), f"is {each.pounds}, and {Money(max(0, owed))} of support is charged and not drawn in {fund}.",
                       "Give up no more than that now, and the rest once support is charged: the provider stops asking for support.")
        return
    laying.origins.append(ledger.Origin(key, OriginKind.GIVEN_UP, Unit.PENCE, pence, each.on, each.words, ((fund, pence),)))
    laying.post(entry(Event(key, EventKind.GIVEN_UP, fund, each.words), ("owed_provider", None), ("borne", None), pence, each.on, origin=key))


def _never_paid(laying: Laying, place: tuple[str | int, ...], each: NeverPaid) -> None:
    """The person may use what they could use before, whoever takes it on."""
    key, pence = f"never paid {each.never_paid}", each.pounds.pence
    fund = fund_of_fact(laying, each)
    payers = [(name, payer) for name, payer in (("funder", each.funder), ("taken_on_by", each.taken_on_by)) if payer]
    found = [laying.find(funder, payer, (*place, name), "a funder", "Add it under “funders”.") for name, payer in payers]
    if fund is None or None in found or ledger.is_event(laying.connection, key):
        return
    if each.taken_on_by is not None and not may_promise(laying, fund, each.taken_on_by, (*place, "taken_on_by")):
        return
    if pence > (most := laying.balances[fund, Unit.PENCE, "due", each.funder]):
        laying.problem((*place, "pounds"), f"is {each.pounds}, and {Money(max(0, most))} is due from {each.funder} in {fund}.",
                       "Take on no more than is due.")
        return
    event = Event(key, EventKind.NEVER_PAID, fund, COVERED)
    if each.taken_on_by is None:
        laying.post(entry(event, ("borne", None), ("due", each.funder), pence, each.on))
        return
    laying.origins.append(ledger.Origin(key, OriginKind.EXTRA, Unit.PENCE, pence, each.on, each.words, ((fund, pence),)))
    laying.post(entry(event._replace(words=each.words), ("due", each.taken_on_by), ("due", each.funder), pence, each.on, origin=key))
