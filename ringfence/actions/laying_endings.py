"""The endings of an apply file: each fund settled step by step, and the instalments that nobody will ask for any more taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import Month, day_in_words
from isf.accounts import OriginKind, Unit
from isf.ending import Payer, Said, Settlement, Standing, Why, settle, settlement_entries, time_key
from isf.entries import Event
from isf.fund_terms import Leftovers
from isf.money_held import EventKind
from ringfence.actions.fund_ends import settled_for_good
from ringfence.actions.fund_terms_known import terms_in_force
from ringfence.actions.laying import Laying
from ringfence.actions.laying_facts import fund_of_fact
from ringfence.importing.fact_items_endings import ContractEnding, Ending
from ringfence.store import agreed_splits, closings, facts, ledger, registry
from ringfence.store.rows import one
from ringfence.store.schema import contract, fund, funder

Place = tuple[str | int, ...]
PAID = ("held", "with_provider", "owed_provider")
GIVEN_BACK = ("owed_funder", "owed_person")
REPRESENTATIVE = "whoever represents the person by law"


def lay_endings(laying: Laying) -> None:
    for n, ending in enumerate(laying.file.endings):
        if key := fund_of_fact(laying, ending):
            _settle(laying, ("endings", n), key, ending)
    for n, ended in enumerate(laying.file.contract_endings):
        _settle_contract(laying, ("contract_endings", n), ended)


def _settle(laying: Laying, place: Place, key: str, ending: Ending) -> None:
    event = Event(f"ending {ending.ending}", EventKind.ENDING, key, ending.words)
    if ledger.is_event(laying.connection, event.key):
        return
    if to_do := _in_the_way(laying, key, ending):
        laying.problem(place, *to_do)
        return
    standing = _standing(laying, key, ending.on, of_a_year=ending.why is Why.YEAR_ENDED)
    the_person = REPRESENTATIVE if ending.why is Why.DIED else "the person"
    said = replace(ending.said, stays=_carry_forward(laying, key, ending.on)) if ending.why is Why.YEAR_ENDED else ending.said
    _post(laying, place, standing, said, event, ending.on, ending.notice_words or "", the_person)


def _waits_for(laying: Laying, person: str, ended_on: date) -> tuple[str, str] | None:
    """Support that comes first: what was given until the end is charged before anything else."""
    closed = laying.closed_through
    waiting = closings.waiting_visit(laying.connection, person, closed.last if closed else date.min, ended_on)
    if waiting is None:
        return None
    return (f"cannot be settled yet: support of {person} on {day_in_words(waiting)} is not charged.",
            f"Run the month end of {Month.of(waiting).in_words} first.")


def _in_the_way(laying: Laying, key: str, ending: Ending) -> tuple[str, str] | None:
    """What must be done, or said, before this fund can be settled."""
    if waits := _waits_for(laying, ending.person, ending.ended_on):
        return waits
    if ending.why is Why.YEAR_ENDED and (stays := _stays(laying, key, ending)):
        return stays
    if ending.parts is None and _stayed_in_part(laying, key):
        return ("is not settled: of an earlier year some payers’ part stayed and others’ went back, so how they share what was used since "
                "is not known.", "Say under “parts” what becomes of each payer.")
    terms = [each.terms for each in terms_in_force(laying.connection, ending.on, key)]
    weeks = max((each.notice_weeks or 0 for each in terms), default=0)
    if weeks and ending.notice_pounds is None and ending.why not in (Why.YEAR_ENDED, Why.CONTRACT_ENDED):
        return (f"says nothing of notice, and the terms give {weeks} weeks of it.", "Give “notice_pounds”; 0 where none is to be paid.")
    return None


def _stays(laying: Laying, key: str, ending: Ending) -> tuple[str, str] | None:
    """What is left of a year stays, or goes back, as the terms of its funders say. What they do not say somebody has to say."""
    leftovers = {each.funder: each.terms.leftovers for each in terms_in_force(laying.connection, ending.on, key)}
    payers = [each.reference for each in _payers(laying, key, {}) if not each.is_person]
    if payers and all(leftovers.get(payer) is Leftovers.CARRIED_FORWARD for payer in payers):
        return ("is not settled: by its terms, what is left of a year stays in the fund.", "Take the item out; nothing is to be posted.")
    silent = [payer for payer in payers if leftovers.get(payer) is None]
    if silent and ending.parts is None:
        return (f"is not settled: the terms of {', '.join(silent)} do not say whether what is left of a year stays or goes back.",
                "Ask, and record “leftovers” under “fund_terms”; or say under “parts” what becomes of each payer.")
    return None


def _carry_forward(laying: Laying, key: str, on: date) -> frozenset[str]:
    """The payers by whose terms what is left of their part of a year stays in the fund."""
    return frozenset(each.funder for each in terms_in_force(laying.connection, on, key, named=False)
                     if each.terms.leftovers is Leftovers.CARRIED_FORWARD)


def _stayed_in_part(laying: Laying, key: str) -> bool:
    """Whether of a year that was settled before somebody’s part stayed."""
    return any(each.said["why"] == Why.YEAR_ENDED and ledger.is_event(laying.connection, f"ending {each.reference}")
               and _carry_forward(laying, key, each.from_on) for each in facts.facts(laying.connection, Ending.kind, key))


def _settle_contract(laying: Laying, place: Place, ended: ContractEnding) -> None:
    """Every fund that only this contract pays, each as an ending of its own."""
    if laying.find(contract, ended.contract, (*place, "contract"), "a contract", "Check the reference.") is None:
        return
    people = {row.key: row.person for row in registry.funds(laying.connection)}
    own = settled_for_good(laying.connection)
    for key in closings.funds_of_contract(laying.connection, ended.contract):
        event = Event(f"ending {ended.contract_ending} {key}", EventKind.ENDING, key, ended.words)
        others = [row.reference for row in closings.contracts_of_fund(laying.connection, key)
                  if row.reference != ended.contract and row.last_on >= ended.on.isoformat()]
        if key in own or ledger.is_event(laying.connection, event.key):
            continue
        if waits := _waits_for(laying, people[key] or "", ended.on):
            laying.problem(place, *waits)
            continue
        if others and _year_is_done(laying, key, ended):
            laying.said.append(f"{key} goes on under {', '.join(others)}, and is not settled with {ended.contract}")
            continue
        if others:
            laying.problem(place, f"{key} goes on under {', '.join(others)}.", "Settle its year alone, under “endings”, why “year ended”.")
            continue
        facts.record(laying.connection, "ending", f"{ended.contract_ending} {key}", laying.batch_id, fund_id=laying.ids(fund, "key")[key],
                     from_on=ended.on, said={"why": str(Why.CONTRACT_ENDED), "ended_on": ended.on.isoformat(), "words": ended.words})
        _post(laying, place, _standing(laying, key, ended.on), Said(), event, ended.on)


def _year_is_done(laying: Laying, key: str, ended: ContractEnding) -> bool:
    """Whether nothing is to be settled of a fund that goes on: by the terms of the contract’s funder what is left stays, or the year was settled
    alone."""
    known, on = one(laying.connection, contract, reference=ended.contract), ended.on
    payers = {known_id: reference for reference, known_id in laying.ids(funder).items()}
    return ((known is not None and payers[known.funder_id] in _carry_forward(laying, key, on))
            or any(each.said["why"] == Why.YEAR_ENDED and date.fromisoformat(each.said["ended_on"]) >= on
                   for each in facts.facts(laying.connection, "ending", key)))


def _post(laying: Laying, place: Place, standing: Standing, said: Said, event: Event, on: date, notice_words: str = "",
          the_person: str = "the person") -> None:
    if standing.available_pence < 0:
        laying.problem(place, f"{event.fund} has used {Money(-standing.available_pence)} more than was promised.",
                       "Ask the funder for an extra, and record it under “extras”. What it will not pay of that goes under “never_paid” as well: "
                       "the provider carries it, and may give it up.")
        return
    try:
        settled = settle(standing, said)
    except RingfenceError as error:
        laying.problem(place, f"{event.fund}: {error.problem.what}", error.problem.to_do)
        return
    if standing.minutes < 0:
        laying.origins.append(ledger.Origin(time_key(event), OriginKind.EXTRA, Unit.MINUTES, -standing.minutes, on, event.words,
                                            ((event.fund, -standing.minutes),)))
    laying.post(settlement_entries(settled, event, Event(f"{event.key} notice", EventKind.NOTICE, event.fund, notice_words), on))
    laying.said += [f"{event.fund}, step {n}: {words}" for n, words in enumerate(settled.steps(the_person), start=1)]
    laying.said += _take_out_instalments(laying, settled, event.fund, on)


def _standing(laying: Laying, key: str, on: date, *, of_a_year: bool = False) -> Standing:
    """The fund as everything of the file before this leaves it; where only a year is settled, without what is promised for the next."""
    balance = {(unit, role): laying.balances[key, unit, role, None] for unit in Unit for role in ("available", "banked", "owed_provider", "borne",
                                                                                               "owed_supplier")}
    later = agreed_splits.still_to_come(laying.connection, on) if of_a_year else {}
    time = balance[Unit.MINUTES, "available"] - later.get((key, Unit.MINUTES), 0)
    return Standing(
        available_pence=balance[Unit.PENCE, "available"] - later.get((key, Unit.PENCE), 0),
        banked_pence=0 if of_a_year else balance[Unit.PENCE, "banked"],
        available_minutes=max(0, time) if of_a_year else time,
        banked_minutes=0 if of_a_year else balance[Unit.MINUTES, "banked"],
        owed_provider_pence=balance[Unit.PENCE, "owed_provider"] - balance[Unit.PENCE, "borne"],
        owed_supplier_pence=balance[Unit.PENCE, "owed_supplier"],
        payers=tuple(_payers(laying, key, closings.later_promises(laying.connection, key, on) if of_a_year else {})))


def _payers(laying: Laying, key: str, later: Mapping[str, int]) -> Iterator[Payer]:
    """Everybody who promised or paid something in the fund; what was given back to them is not counted as paid."""
    paid: dict[str, int] = {}
    person = key.partition("-")[2]
    as_payer = min((payer for payer, who in laying.person_of_payer.items() if who == person), default="")
    for debit, credit, credit_funder, pence in _flows(laying, key):
        if credit == "due" and debit in PAID:
            paid[credit_funder or ""] = paid.get(credit_funder or "", 0) + pence
        elif debit == "available" and credit in GIVEN_BACK:
            payer = credit_funder or as_payer
            paid[payer] = paid.get(payer, 0) - pence
    due = {payer: pence for (of, unit, role, payer), pence in laying.balances.items() if (of, unit, role) == (key, Unit.PENCE, "due") and payer}
    for payer in sorted(filter(None, due.keys() | paid.keys())):
        yield Payer(payer, laying.payers[payer].kind, due.get(payer, 0) - later.get(payer, 0), paid.get(payer, 0))


def _flows(laying: Laying, key: str) -> Iterator[tuple[str, str, str | None, int]]:
    """Pence between two accounts of the fund, those of this file among them."""
    for row in closings.flows_by_payer(laying.connection, key):
        yield row.debit_role, row.credit_role, row.credit_funder, int(row.pence)
    for each in laying.entries:
        if each.event.fund == key and each.unit is Unit.PENCE:
            yield each.debit[0], *each.credit, each.amount
    for back in laying.put_back:
        for row in back.rows:
            if row.fund == key and row.unit == Unit.PENCE:
                yield row.debit_role, row.credit_role, row.credit_funder, -row.amount


def _take_out_instalments(laying: Laying, settled: Settlement, key: str, on: date) -> Iterator[str]:
    """Nobody is asked for a promise that is released: the last instalments go first. What was asked for already is told."""
    for each in settled.payers:
        rest, taken = each.not_paid_pence, 0
        for row in closings.not_invoiced(laying.connection, key, each.payer.reference, on) if rest else ():
            now = min(rest - taken, row.pence)
            if now:
                closings.change_part(laying.connection, row, row.pence - now, laying.batch_id)
                taken += now
        if taken:
            yield f"{key}: {Money(taken)} less is asked of {each.payer.reference} in the instalments to come"
        if rest > taken:
            yield f"{key}: {Money(rest - taken)} was asked of {each.payer.reference} already, and is not to be paid: tell them"
