"""The record of each invoice: what a draft asks for, with the words that go round it. A draft has no number and no date of issue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from basics.errors import RingfenceError
from basics.money import Money
from basics.people import Funder, FunderKind, Person
from basics.periods import Period, day_in_figures, day_in_words, minutes_in_words
from invoicing.delivery import Agreements, Charge, Funding, Terms, Vat
from invoicing.drafts import AnyDraft, Draft, DraftLine, InstalmentDraft, vat_of_draft
from invoicing.in_force import InForce
from invoicing.invoice import Invoice, InvoiceLine
from invoicing.payer_rules import PayerRules
from ringfence.actions.contributions import Contributions
from ringfence.store import registry

ALL, NOTHING = Decimal(100), Decimal(0)
EMPTY_PLACES, EMPTY_PLACE = "Empty places in shared houses", "An empty place"
VAT_WORDS = {"exempt": "Exempt from VAT", "outside the scope": "Outside the scope of VAT"}


@dataclass(frozen=True)
class _Known:
    """What an invoice says of the provider, the payers, the people and the plans."""

    provider: Mapping[str, Any]
    practice: bool
    funders: Mapping[str, Funder]
    bodies: Mapping[str, dict[str, Any]]
    people: Mapping[str, Person]
    person_of_fund: Mapping[str, str]
    words_of_line: Mapping[int, str]
    lines_of_one_payer: frozenset[int]
    pay_a_part: frozenset[tuple[str, str]]
    """(fund, funder) of those who may pay a share of a line that names no funder."""
    bear_a_contribution: Mapping[tuple[str, str], list[Period]]
    """(fund, funder) of those off whose part a sum a week comes, and for which days."""
    per_of_rate: Mapping[str, str]
    charges: Mapping[str, Charge]
    in_force: InForce
    rules: PayerRules


def invoice_records(connection: Connection, agreements: Agreements, drafts: Iterable[AnyDraft],
                    charges: Iterable[Charge]) -> tuple[Invoice, ...]:
    """The record of each draft, in the order given."""
    known = _Known(
        provider=registry.provider(connection), practice=registry.is_practice(connection), funders=registry.funders(connection),
        bodies=registry.body_of_funder(connection), people=registry.people(connection),
        person_of_fund={row.key: row.person or "" for row in registry.funds(connection)},
        words_of_line={line.id: line.words for line in agreements.plan},
        lines_of_one_payer=frozenset(line.id for line in agreements.plan if line.funder is not None),
        pay_a_part=frozenset((one.fund, one.funder) for one in agreements.fundings if one.share != ALL),
        bear_a_contribution=_bear(agreements.fundings, Contributions(connection)),
        per_of_rate={rate.code: rate.per for rate in agreements.rates},
        charges={charge.key: charge for charge in charges}, in_force=InForce(agreements),
        rules=PayerRules(agreements.orders, agreements.known_as))
    return tuple(_record(known, draft) for draft in drafts)


def issued(record: Invoice, *, number: int, on: date, due_on: date, seal: str) -> Invoice:
    """The record as it is issued: with its number, its dates and the seal of the books behind it."""
    return replace(record, number_words=f"{number:06d}", draft=False, issued_words=day_in_words(on), due_words=day_in_words(due_on),
                   seal=seal)


def due_on(draft: AnyDraft, in_force: InForce, on: date) -> date:
    """When it must be paid: an instalment brings its own day, and asked for late it has as long as was agreed; for deliveries the terms give
    the days."""
    if isinstance(draft, InstalmentDraft):
        return max(draft.due_on, on + (draft.due_on - draft.invoice_on))
    _, terms = _terms(in_force, draft)
    return on + timedelta(days=terms.days_to_pay or 0)


def _record(known: _Known, draft: AnyDraft) -> Invoice:
    funder, provider = known.funders[draft.funder], known.provider
    _, terms = _terms(known.in_force, draft)
    body = known.bodies.get(draft.funder, {})
    contact = provider.get("contact") or {}
    return Invoice(
        key=draft.key, number_words="", draft=True, practice=known.practice, provider=provider["name"],
        provider_address=tuple(provider.get("address", ())),
        provider_contact=", ".join(filter(None, (contact.get("name"), contact.get("telephone")))),
        pay_to=tuple(provider.get("pay_to", ())), bill_to=funder.name, bill_to_address=tuple(body.get("address", ())),
        person_words=_person_words(known, draft, funder), order_number=_order_number(known, draft), period_words=str(draft.period),
        issued_words="", due_words=_due_words(draft, terms), lines=tuple(_lines(known, draft)), total_pence=draft.pence,
        vat_words=_vat_words(vat_of_draft(draft, terms), terms), seal="")


def _terms(in_force: InForce, draft: AnyDraft) -> tuple[Funding | None, Terms]:
    """The funding and terms of the last day of the draft. Where one is missing the draft is still drawn up, and says what is not known;
    it cannot be issued until it is there (`invoicing.readiness`)."""
    try:
        funding = in_force.funding(draft.last_fund, draft.funder, draft.period.first, draft.period.last)
        return funding, in_force.terms(funding.terms, draft.period.last)
    except RingfenceError:
        return None, Terms("", draft.period.last)


def _order_number(known: _Known, draft: AnyDraft) -> str:
    """The payer’s order number where one holds for the whole invoice; else each line says its own."""
    if isinstance(draft, Draft) and not draft.fund:
        numbers = {_number(known, draft.funder, fund, Period(day, day)) for fund, day in {(line.fund, line.support_on) for line in draft.lines}}
    else:
        numbers = {_number(known, draft.funder, fund, draft.period) for fund in draft.funds}
    return numbers.pop() if len(numbers) == 1 else ""


def _number(known: _Known, funder: str, fund: str, days: Period) -> str:
    """The number of the order that covers the last of these days, or of the funding."""
    try:
        return known.rules.number(fund, funder, days.last) or known.in_force.funding(fund, funder, days.first, days.last).order_number
    except RingfenceError:
        return ""


def _person_words(known: _Known, draft: AnyDraft, funder: Funder) -> str:
    if isinstance(draft, InstalmentDraft) and funder.kind is not FunderKind.PERSON:
        return f"Contract {draft.contract}, instalment {draft.n}"
    if isinstance(draft, Draft) and not draft.fund:
        return f"{len({known.person_of_fund[fund] for fund in draft.funds})} people; each line says whose support it was"
    return _whose(known, draft.funds[0], funder)


def _whose(known: _Known, fund: str, funder: Funder) -> str:
    """The person as this payer knows them."""
    person = known.person_of_fund[fund]
    if not person:
        return EMPTY_PLACES
    if funder.kind.is_individual:
        return known.people[person].name
    theirs = known.rules.reference(fund, funder.reference)
    return f"Person {person}, your reference {theirs}" if theirs else f"Person {person}"


def _due_words(draft: AnyDraft, terms: Terms) -> str:
    if isinstance(draft, InstalmentDraft):
        return day_in_words(draft.due_on)
    return f"{terms.days_to_pay} days after it is issued" if terms.days_to_pay is not None else "Not known"


def _vat_words(vat: Vat | None, terms: Terms) -> str:
    how, why = (VAT_WORDS[vat.how], vat.words) if vat else ("How VAT stands is not known", terms.vat_words)
    return f"{how}: {why}" if why else f"{how}."


def _lines(known: _Known, draft: AnyDraft) -> Iterable[InvoiceLine]:
    if isinstance(draft, Draft):
        one_number = draft.fund or _order_number(known, draft)
        return (_visit_line(known, line) if draft.fund else _line_of_several(known, draft, line, not one_number) for line in draft.lines)
    return (InvoiceLine("", _fund_words(known, draft, line.fund), "1", "", line.pence) for line in draft.lines)


def _fund_words(known: _Known, draft: InstalmentDraft, fund: str) -> str:
    if known.funders[draft.funder].kind is FunderKind.PERSON:
        return "Your part of what your support costs"
    person, number = known.person_of_fund[fund], _number(known, draft.funder, fund, draft.period)
    ordered = f", order {number}" if number and not _order_number(known, draft) else ""
    theirs = known.rules.reference(fund, draft.funder)
    referred = f", your reference {theirs}" if theirs else ""
    return (f"Support for person {person}{referred}" if person else "Contract reserve") + ordered


def _line_of_several(known: _Known, draft: Draft, line: DraftLine, says_order: bool) -> InvoiceLine:
    """A line of an invoice for everybody whom a payer pays for: it says whose support it was, and its order where they differ."""
    number = _number(known, draft.funder, line.fund, Period(line.support_on, line.support_on)) if says_order else ""
    found = _visit_line(known, line)
    whose = _whose(known, line.fund, known.funders[draft.funder])
    return replace(found, words=f"{whose}{f', order {number}' if number else ''}: {found.words}")


def _visit_line(known: _Known, line: DraftLine) -> InvoiceLine:
    charge = known.charges[line.charge_key]
    if charge.plan_line_id is None:
        words, notes = EMPTY_PLACE, [f"its part of the support shared in {charge.shared_key}"]
    else:
        words, notes = known.words_of_line.get(charge.plan_line_id, "Support"), []
    if charge.shared_key and charge.plan_line_id is not None:
        notes.append("one person’s part of shared support")
    if charge.cancelled:
        notes.append("cancelled, and charged as agreed")
    if share := _share_words(known, charge):
        notes.append(share)
    per = known.per_of_rate[charge.rate_code]
    if line.minutes and per != "hour":
        notes.append("priced by its length")
    return InvoiceLine(_day(charge.support_on), f"{words} ({'; '.join(notes)})" if notes else words,
                       f"{line.times} {per}" if line.times else _minutes(line.minutes), price_words(charge.pounds, per), line.pence)


def _share_words(known: _Known, charge: Charge) -> str:
    """“45.5% of the whole”, “of a fixed sum a week”, “less a contribution”; nothing where this payer pays all of it."""
    payer = (charge.fund, charge.funder or "")
    less = any(charge.support_on in days for days in known.bear_a_contribution.get(payer, ()))
    return ", ".join(filter(None, (_part_words(known, charge), "less a contribution" if less else "")))


def _part_words(known: _Known, charge: Charge) -> str:
    if charge.funder is None or (charge.fund, charge.funder) not in known.pay_a_part:
        return ""
    promise = known.in_force.funding(charge.fund, charge.funder, charge.support_on, charge.support_on)
    if promise.weekly and (promise.bears_on or charge.plan_line_id not in known.lines_of_one_payer):
        return "of a fixed sum a week"
    shared = promise.share not in (ALL, NOTHING) and charge.plan_line_id not in known.lines_of_one_payer
    return f"{promise.share.normalize():f}% of the whole" if shared else ""


def _bear(fundings: Iterable[Funding], contributions: Contributions) -> dict[tuple[str, str], list[Period]]:
    found = defaultdict[tuple[str, str], list[Period]](list)
    for each in (one for one in fundings if one.bears_on):
        found[each.fund, each.bears_on] += contributions.asked(each)
    return dict(found)


@lru_cache(maxsize=10_000)
def _day(day: date) -> str:
    return day_in_figures(day)


@lru_cache(maxsize=10_000)
def _minutes(minutes: int) -> str:
    return minutes_in_words(minutes)


@lru_cache(maxsize=10_000)
def price_words(pounds: Decimal, per: str) -> str:
    """“£24.40 an hour”; parts of a penny stand as they were agreed."""
    pence = pounds * 100
    words = str(Money(int(pence))) if pence == int(pence) else f"£{pounds}"
    return f"{words} {'an' if per in ('hour', 'item') else 'a'} {per}"
