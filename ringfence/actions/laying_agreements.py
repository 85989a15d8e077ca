"""The sections of an apply file that say what was agreed: payers, contracts, houses, terms, rates, fundings and plans."""

from __future__ import annotations

from decimal import Decimal

from basics.errors import RingfenceError
from basics.money import Money
from basics.people import FunderKind
from isf.accounts import FundKind
from isf.schedule import schedule
from ringfence.actions.laying import Laying
from ringfence.actions.laying_houses import lay_house
from ringfence.actions.payers_of_funds import may_promise
from ringfence.importing.apply_file import as_written
from ringfence.importing.apply_items import Contract, Funder, Funding, PlanLine
from ringfence.store import billing, registry
from ringfence.store.funding_share import weekly_text
from ringfence.store.rows import add, latest, one
from ringfence.store.schema import (
    contract,
    fund,
    funder,
    funder_detail,
    funding,
    person,
    plan_line,
    provider_detail,
    rate,
    setting,
    terms,
)

ADD_PERSON = "Import the person first: ringfence import people FILE"


def lay_agreements(laying: Laying) -> None:
    """Everything that was agreed, in an order in which each thing finds what it refers to."""
    _provider(laying)
    for n, payer in enumerate(laying.file.funders):
        _funder(laying, n, payer)
    for agreed in laying.file.terms:
        body = registry.canonical({key: said for key, said in as_written(agreed).items() if key not in ("name", "from")})
        laying.version(terms, {"name": agreed.name, "from_on": agreed.from_on.isoformat()},
                       f"terms “{agreed.name}” from {agreed.from_on}", body=body)
    for price in laying.file.rates:
        laying.version(rate, {"code": price.rate, "from_on": price.from_on.isoformat()},
                       f"rate {price.rate}: £{_pounds(price.pounds)} for each {price.per}, {price.period}",
                       to_on=price.to_on.isoformat(), per=price.per, pounds=_figure(price.pounds))
    _prices_are_rates(laying)
    for n, sum_agreed in enumerate(laying.file.contracts):
        _contract(laying, n, sum_agreed)
    for n, home in enumerate(laying.file.houses):
        lay_house(laying, n, home)
    for n, promise in enumerate(laying.file.fundings):
        _funding(laying, n, promise)
    for n, planned in enumerate(laying.file.plan):
        _plan_line(laying, n, planned)


def _prices_are_rates(laying: Laying) -> None:
    """Every price that terms list is a rate that is here."""
    known = laying.ids(rate, "code")
    for n, agreed in enumerate(laying.file.terms):
        for m, listed in enumerate(agreed.prices):
            for code in dict.fromkeys(code for code in listed.codes if code not in known):
                laying.problem(("terms", n, "prices", m), f"“{code}” is not a rate here.", "Add it under “rates”.")


def _provider(laying: Laying) -> None:
    said = laying.file.provider
    if said is None:
        return
    content = registry.canonical({key: value for key, value in as_written(said).items() if key != "first_invoice_number"})
    if registry.provider_body(laying.connection) != content:
        count = len(latest(laying.connection, provider_detail, ["version"]))
        add(laying.connection, provider_detail, version=count + 1, body=content, batch_id=laying.batch_id)
        laying.say("changed" if count else "new", f"how the provider {said.name} is printed")
    first = said.first_invoice_number
    if first is not None and (known := registry.setting_of(laying.connection, "first_invoice_number")) != str(first):
        if known:
            laying.problem(("provider", "first_invoice_number"), f"is {first}, and {known} was chosen before.",
                           "It is chosen once: take it out.")
        else:
            add(laying.connection, setting, name="first_invoice_number", value=str(first))
            laying.say("new", f"the first invoice has number {first}")


def _funder(laying: Laying, n: int, payer: Funder) -> None:
    person_id = laying.ids(person).get(payer.person or "")
    if payer.kind is FunderKind.PERSON and person_id is None:
        laying.problem(("funders", n, "person"), f"“{payer.person}” is not a person here.", ADD_PERSON)
        return
    known = one(laying.connection, funder, reference=payer.reference)
    if known is None:
        funder_id = add(laying.connection, funder, reference=payer.reference, kind=payer.kind.value, person_id=person_id)
        laying.changed(funder)
    elif (known.kind, known.person_id) != (payer.kind.value, person_id):
        laying.problem(("funders", n, "kind"), f"is {payer.kind}, and {payer.reference} is known as something else.",
                       "Give the other payer another reference.")
        return
    else:
        funder_id = known.id
    body = registry.canonical({"address": payer.address, "contact": payer.contact and as_written(payer.contact)} | _of_payer(payer))
    laying.version(funder_detail, {"funder_id": funder_id}, f"{payer.kind} {payer.reference}", name=payer.name or "", body=body)


def _of_payer(payer: Funder) -> dict[str, object]:
    """What electronic invoices and the accounts need to know, where it is said."""
    return {key: value for key, value in as_written(payer).items() if key in ("einvoice", "accounts_reference")}


def _contract(laying: Laying, n: int, agreed: Contract) -> None:
    funder_id = laying.find(funder, agreed.funder, ("contracts", n, "funder"), "a funder", "Add it under “funders”.")
    if funder_id is None:
        return
    try:
        pence = schedule(agreed.whole_sum.pence, agreed.period, agreed.schedule.terms).allocated_pence
    except RingfenceError as error:
        laying.problem(("contracts", n, "schedule"), error.problem.what, error.problem.to_do)
        return
    body = registry.canonical(as_written(agreed))
    known = one(laying.connection, contract, reference=agreed.reference)
    if known is None:
        add(laying.connection, contract, reference=agreed.reference, funder_id=funder_id, first_on=agreed.from_on.isoformat(),
            last_on=agreed.to_on.isoformat(), pence=pence, live_from=agreed.live_on.isoformat(), body=body, batch_id=laying.batch_id)
        laying.changed(contract)
        laying.say("new", f"contract {agreed.reference} with {agreed.funder}: {Money(pence)}, {agreed.period}")
    elif known.body != body:
        laying.problem(("contracts", n), "says something else than the contract that is kept.",
                       "A contract is not rewritten: give a new one its own reference, from the day on which it changes.")


def _funding(laying: Laying, n: int, promise: Funding) -> None:
    place = ("fundings", n)
    person_id = laying.find(person, promise.person, (*place, "person"), "a person", ADD_PERSON)
    funder_id = laying.find(funder, promise.funder, (*place, "funder"), "a funder", "Add it under “funders”.")
    contract_id = laying.find(contract, promise.contract, (*place, "contract"), "a contract",
                              "Add it under “contracts”.") if promise.contract else None
    if one_of_terms(laying, promise.terms) is None:
        laying.problem((*place, "terms"), f"“{promise.terms}” are not terms here.", "Add them under “terms”.")
        return
    if person_id is None or funder_id is None or (promise.contract and contract_id is None):
        return
    if (promise.how, promise.fund) == ("schedule", "spot"):
        laying.problem((*place, "how"), "is by schedule, and a spot fund is paid as support is given.",
                       "Make it an “isf” fund, or pay by delivery.")
        return
    key = registry.fund_key(promise.person, promise.fund)
    if not may_promise(laying, key, promise.funder, (*place, "funder")):
        return
    if promise.how == "delivery" and _has_instalments(laying, key, promise):
        laying.problem((*place, "how"), f"is by delivery, and {promise.funder} pays this fund by the instalments of a contract for these days.",
                       "The same support is never asked for twice: keep it by schedule, or choose other days.")
        return
    if not _may_bear(laying, place, promise):
        return
    kept = weekly_text(promise.weekly) if promise.weekly else _figure(promise.share)
    fund_id = registry.ensure_fund(laying.connection, key, promise.fund, laying.batch_id, person_id=person_id)
    laying.changed(fund)
    laying.version(funding, {"fund_id": fund_id, "funder_id": funder_id, "from_on": promise.from_on.isoformat()},
                   f"{promise.funder} pays for {promise.person} by {promise.how}, {promise.period}, share {kept}",
                   how=promise.how, share=kept, terms_name=promise.terms, to_on=promise.to_on.isoformat(),
                   contract_id=contract_id, order_number=promise.order_number or "")


def _may_bear(laying: Laying, place: tuple[str | int, ...], promise: Funding) -> bool:
    """A sum a week comes off the part of a payer who is there, and never off the NHS’s."""
    if promise.bears_on is None:
        return True
    if laying.find(funder, promise.bears_on, (*place, "bears_on"), "a funder", "Add it under “funders”.") is None:
        return False
    if laying.payers[promise.bears_on].kind is FunderKind.ICB:
        laying.problem((*place, "bears_on"), f"is {promise.bears_on}, and NHS care is free: nothing comes off the NHS’s part.", "Name the council.")
        return False
    return True


def one_of_terms(laying: Laying, name: str) -> str | None:
    return name if name in laying.ids(terms, "name") else None


def _has_instalments(laying: Laying, fund_key: str, promise: Funding) -> bool:
    return any(row.fund == fund_key and row.funder == promise.funder and row.from_on <= promise.to_on.isoformat()
               and row.to_on >= promise.from_on.isoformat() for row in billing.all_schedule_parts(laying.connection))


def _plan_line(laying: Laying, n: int, planned: PlanLine) -> None:
    place = ("plan", n)
    fund_id = _fund_of_plan(laying, n, planned)
    funder_id = laying.find(funder, planned.funder, (*place, "funder"), "a funder", "Add it under “funders”.") if planned.funder else None
    if planned.rate not in laying.ids(rate, "code"):
        laying.problem((*place, "rate"), f"“{planned.rate}” is not a rate here.", "Add it under “rates”.")
        return
    if fund_id is None or (planned.funder and funder_id is None):
        return
    laying.version(plan_line, {"reference": planned.line, "from_on": planned.from_on.isoformat()},
                   f"plan line {planned.line}: {planned.words}, {planned.period}", fund_id=fund_id, support_type=planned.support,
                   words=planned.words, funder_id=funder_id, rate_code=planned.rate, minutes_per_week=planned.minutes_per_week,
                   count_per_week=None if planned.times_per_week is None else _figure(planned.times_per_week),
                   shared_by=planned.shared_by, to_on=planned.to_on.isoformat())


def _figure(value: Decimal) -> str:
    """One text for one figure: a rate of 24.40 is the rate of 24.4, and not a change."""
    return f"{value.normalize():f}"


def _pounds(rate_pounds: Decimal) -> str:
    """The same with two decimals at least, as a person reads it."""
    return f"{rate_pounds:.2f}" if rate_pounds == round(rate_pounds, 2) else _figure(rate_pounds)


def _fund_of_plan(laying: Laying, n: int, planned: PlanLine) -> int | None:
    """The fund that the line is paid from: the one named, or the only one that the person has; None where its funder may not pay there."""
    if laying.find(person, planned.person, ("plan", n, "person"), "a person", ADD_PERSON) is None:
        return None
    funds = laying.ids(fund, "key")
    keys = [key for kind in ([planned.fund] if planned.fund else [FundKind.ISF, FundKind.SPOT])
            if (key := registry.fund_key(planned.person, kind)) in funds]
    if len(keys) == 1:
        may = planned.funder not in laying.payers or may_promise(laying, keys[0], planned.funder, ("plan", n, "funder"))
        return funds[keys[0]] if may else None
    if keys:
        laying.problem(("plan", n, "fund"), f"is missing, and {planned.person} has two funds.", "Say “isf” or “spot”.")
    else:
        laying.problem(("plan", n, "person"), f"{planned.person} has no such fund yet.", "Add one under “fundings”.")
    return None
