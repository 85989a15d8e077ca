"""The splits of an apply file: a contract divided into ring-fenced funds, with its instalments, and nothing left over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Row

from basics.errors import RingfenceError
from basics.money import NIL, Money
from basics.people import FunderKind
from basics.periods import Period
from isf.accounts import FundKind, OriginKind, Unit
from isf.entries import Event, allocation, time_agreed
from isf.household import HouseBudget, with_household
from isf.schedule import divide_over_funds, schedule
from isf.split import Claim, TopSlice, split
from isf.split import Split as Divided
from ringfence.actions.laying import Laying
from ringfence.actions.payers_of_funds import may_promise
from ringfence.importing.apply_items import Contract as ContractItem
from ringfence.importing.apply_splits import Split, SplitPerson
from ringfence.store import billing, ledger, registry
from ringfence.store.rows import add, latest, one
from ringfence.store.schema import contract, fund, funder, funding, origin
from ringfence.store.split_versions import allocation_key

DAYS_OF_A_YEAR = (364, 365, 366)
"""A contract of a year: by the calendar, or thirteen times four weeks."""


@dataclass(frozen=True)
class Part:
    """What one fund is given, by whom: the council's part, and what the person pays towards it where payment is net."""

    fund: str
    funder: str
    pence: int


def lay_splits(laying: Laying) -> None:
    """The first version of each contract’s split; later ones change what stands (`laying_resplits`)."""
    for n, wanted in enumerate(laying.file.splits):
        if wanted.version != 1:
            continue
        agreed = one(laying.connection, contract, reference=wanted.contract)
        if agreed is None:
            laying.problem(("splits", n, "contract"), f"“{wanted.contract}” is not a contract here.", "Add it under “contracts”.")
        else:
            _lay(laying, n, wanted, agreed)


def _lay(laying: Laying, n: int, wanted: Split, agreed: Row[Any]) -> None:
    try:
        divided = divided_as(wanted, agreed.pence)
        parts = parts_of(laying, n, wanted, agreed, divided)
        if parts is None:
            return
        if one(laying.connection, origin, key=allocation_key(wanted.contract)) is None:
            refuse_yearly_minutes(laying, n, wanted, agreed)
            _write(laying, wanted, agreed, divided, parts)
        elif ledger.posted_from(laying.connection, allocation_key(wanted.contract)) != {
                _event_key(wanted, part): part.pence for part in parts if part.pence}:
            laying.problem(("splits", n), f"says something else than the split of {wanted.contract} that is approved.",
                           "A contract that is split changes by a later version, from a day: give its number and “from”, or take the split out.")
    except RingfenceError as error:
        for problem in error.problems:
            laying.problem(("splits", n), f"{problem.place} {problem.what}".strip(), problem.to_do)


def refuse_yearly_minutes(laying: Laying, n: int, wanted: Split, agreed: Row[Any]) -> None:
    """A year’s minutes are no agreement for a contract of other days: whether they are shared by days, weeks or otherwise is for the payer to say."""
    days = Period(date.fromisoformat(agreed.first_on), date.fromisoformat(agreed.last_on))
    for m, each in enumerate(wanted.people):
        if each.minutes_per_year is not None and days.days not in DAYS_OF_A_YEAR:
            laying.problem(("splits", n, "people", m, "minutes_per_year"), f"is for a year, and {wanted.contract} lasts {days.days} days.",
                           f"Give “minutes”: the minutes agreed for {days}.")


def divided_as(wanted: Split, contract_pence: int) -> Divided:
    """How a contract of this sum divides as the file says. Raises `Refused` with everything that is in the way."""
    return split(contract_pence, wanted.method, claims_of(wanted), top_slices_of(wanted))


def top_slices_of(wanted: Split) -> list[TopSlice]:
    return [TopSlice(each.name, each.percent, each.pounds.pence if each.pounds else None) for each in wanted.top_slices]


def claims_of(wanted: Split) -> list[Claim]:
    """What each person brings to the split; what a house shares is divided by its places, and an empty one is a claim of its own."""
    shared = {home.house: Fraction((home.shared_pounds_per_week or NIL).pence, home.places) for home in wanted.houses}
    claims = [_claim(each, shared) for each in sorted(wanted.people, key=lambda each: each.person)]
    listed = {claim.person for claim in claims}
    homes = homes_of(wanted)
    claims += [Claim(person=place, cost_pence=shared[home.name], empty_place=True) for home in homes for place in home.places if place not in listed]
    return with_household(claims, homes)


def homes_of(wanted: Split) -> list[HouseBudget]:
    """The houses by who has a place in each; an empty place has a name of its own."""
    homes = []
    for home in wanted.houses:
        living = sorted(each.person for each in wanted.people if each.house == home.house)
        empty = [f"{home.house}, place {n}" for n in range(len(living) + 1, home.places + 1)]
        homes.append(HouseBudget(home.house, (home.budget_pounds or NIL).pence, (*living, *empty)))
    return homes


def _claim(each: SplitPerson, shared: Mapping[str, Fraction]) -> Claim:
    own = each.own_pounds_per_week
    return Claim(person=each.person, points=each.points, minutes=each.minutes_agreed, separable=each.separable,
                 cost_pence=None if own is None else own.pence + (shared[each.house] if each.house else 0),
                 package_pence=_pence(each.cost_pounds_per_week), budget_pence=_pence(each.budget_pounds), amount_pence=_pence(each.pounds))


def _pence(money: Money | None) -> int | None:
    return None if money is None else money.pence


def parts_of(laying: Laying, n: int, wanted: Split, agreed: Row[Any], divided: Divided) -> list[Part] | None:
    """Each fund's part by its payer. Top-slices and empty places go to the contract's own reserve, never to another person."""
    payers = {row.id: row.reference for row in laying.connection.execute(funder.select())}
    council = payers[agreed.funder_id]
    paid_by_person = {who: payer for payer, who in registry.person_of_funder(laying.connection).items()}
    funds = laying.ids(fund, "key")
    parts, fine = [], True
    contributions = {each.person: each.contribution_pounds.pence for each in wanted.people}
    listed = [each.person for each in wanted.people]
    for each in divided.allocations:
        if each.empty_place:
            continue
        key, contribution = registry.fund_key(each.person, FundKind.ISF), contributions[each.person]
        place = ("splits", n, "people", listed.index(each.person))
        if key not in funds:
            laying.problem((*place, "person"), f"{each.person} has no ISF by schedule.", f"Add one for {wanted.contract} under “fundings”.")
        elif contribution and each.person not in paid_by_person:
            laying.problem((*place, "contribution_pounds"), f"{each.person} pays a contribution and is not a funder.",
                           "Add them under “funders”, with kind “person”.")
        elif contribution and laying.payers[council].kind is FunderKind.ICB:
            laying.problem((*place, "contribution_pounds"), f"is {Money(contribution)}, and {wanted.contract} is the NHS’s, whose care is free.",
                           "Leave it out: a contribution bears on the council’s part only.")
        elif not may_promise(laying, key, council, (*place, "person")):
            pass
        elif contribution > each.pence:
            laying.problem((*place, "contribution_pounds"), f"is {Money(contribution)}, more than the allocation of {Money(each.pence)}.",
                           "A contribution never exceeds the council’s share.")
        else:
            parts += [Part(key, council, each.pence - contribution)]
            parts += [Part(key, paid_by_person[each.person], contribution)] if contribution else []
            continue
        fine = False
    reserve = divided.top_sliced_pence + sum(each.pence for each in divided.allocations if each.empty_place)
    return [*parts, *([Part(registry.reserve_key(wanted.contract), council, reserve)] if reserve else [])] if fine else None


def _write(laying: Laying, wanted: Split, agreed: Row[Any], divided: Divided, parts: list[Part]) -> None:
    reserve = registry.reserve_key(wanted.contract)
    if any(part.fund == reserve for part in parts):
        ensure_reserve(laying, reserve, agreed)
    ensure_contributions(laying, agreed, parts)
    item = ContractItem.model_validate(json.loads(agreed.body))
    first = date.fromisoformat(agreed.first_on)
    by_fund: dict[str, int] = {}
    for part in (part for part in parts if part.pence):
        by_fund[part.fund] = by_fund.get(part.fund, 0) + part.pence
        event = Event(_event_key(wanted, part), "allocation", part.fund)
        laying.post(allocation(event, part.funder, part.pence, first, allocation_key(wanted.contract)))
        laying.said.append(f"New: allocation of {Money(part.pence)} from {part.funder} to {part.fund}")
    laying.origins.append(ledger.Origin(allocation_key(wanted.contract), OriginKind.ALLOCATION, Unit.PENCE, agreed.pence, first,
                                        f"Split of {wanted.contract}, version {wanted.version}", tuple(sorted(by_fund.items()))))
    _write_time(laying, wanted, divided, first)
    _write_schedule(laying, agreed, item, parts)
    laying.said += [f"New: top-slice of {wanted.contract}, {name}: {Money(pence)}" for name, pence in divided.top_slices]
    laying.said += [f"New: {each.person} of {wanted.contract} is empty: {Money(each.pence)} is kept for it"
                    for each in divided.allocations if each.empty_place]


def _write_time(laying: Laying, wanted: Split, divided: Divided, first: date) -> None:
    minutes = {registry.fund_key(each.person, FundKind.ISF): each.minutes for each in divided.allocations if each.minutes}
    if not minutes:
        return
    key = f"{allocation_key(wanted.contract)} minutes"
    laying.origins.append(ledger.Origin(key, OriginKind.ALLOCATION, Unit.MINUTES, sum(minutes.values()), first,
                                        f"Time agreed for {wanted.contract}", tuple(sorted(minutes.items()))))
    for fund_key, amount in sorted(minutes.items()):
        laying.post(time_agreed(Event(f"{key}|{fund_key}", "allocation", fund_key), amount, first, key))


def _write_schedule(laying: Laying, agreed: Row[Any], item: ContractItem, parts: list[Part]) -> None:
    rows = schedule(item.whole_sum.pence, item.period, item.schedule.terms).instalments
    divided = divide_over_funds(rows, {(part.fund, part.funder): part.pence for part in parts})
    funds: Mapping[str, int] = laying.ids(fund, "key")
    payers = laying.ids(funder)
    billing.add_schedule(laying.connection, agreed.id, (
        (row.n, row.period.first, row.period.last, row.invoice_on, row.due_on,
         {(funds[key], payers[payer]): pence for (key, payer), pence in of_row.items()})
        for row, of_row in zip(rows, divided, strict=True)), laying.batch_id)
    laying.said.append(f"New: {len(rows)} instalments of {agreed.reference}, {Money(sum(row.pence for row in rows))} in all")


def ensure_reserve(laying: Laying, key: str, agreed: Row[Any]) -> None:
    """The contract's reserve fund, paid for by the council under the terms of the contract's other funds."""
    fund_id = registry.ensure_fund(laying.connection, key, FundKind.CONTRACT_RESERVE, laying.batch_id, contract_id=agreed.id)
    laying.changed(fund)
    others = laying.connection.execute(funding.select().where(funding.c.contract_id == agreed.id).order_by(funding.c.id)).first()
    add(laying.connection, funding, fund_id=fund_id, funder_id=agreed.funder_id, version=1, how="schedule", share="100",
        terms_name=others.terms_name if others else "", from_on=agreed.first_on, to_on=agreed.last_on, contract_id=agreed.id,
        order_number=others.order_number if others else "", batch_id=laying.batch_id)


def ensure_contributions(laying: Laying, agreed: Row[Any], parts: list[Part]) -> None:
    """Where payment is net, the person pays their contribution by the same schedule as the council: under the terms of a funding of
    their own where the file has one for those days, else under the council’s. One of an earlier contract is none for these days."""
    funds, payers, key = laying.ids(fund, "key"), laying.ids(funder), ("fund_id", "funder_id", "from_on")
    for part in parts:
        own = latest(laying.connection, funding, key, fund_id=funds[part.fund], funder_id=payers[part.funder])
        for council in latest(laying.connection, funding, key, fund_id=funds[part.fund], contract_id=agreed.id, funder_id=agreed.funder_id):
            if not any(each.from_on <= council.to_on and each.to_on >= council.from_on for each in own):
                add(laying.connection, funding, fund_id=council.fund_id, funder_id=payers[part.funder], version=1, how="schedule", share="100",
                    terms_name=council.terms_name, from_on=council.from_on, to_on=council.to_on, contract_id=agreed.id, order_number="",
                    batch_id=laying.batch_id)


def _event_key(wanted: Split, part: Part) -> str:
    return f"{allocation_key(wanted.contract)}|{part.fund}|{part.funder}"
