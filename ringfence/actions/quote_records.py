"""What a quote says, from the prices that were worked out: everything that its letter prints, so that nothing later can change it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError
from basics.money import NIL, Money
from basics.periods import day_in_words
from costing.explain import explain
from costing.price import Price, money
from costing.quote import Quote, QuoteLine, QuoteStep
from costing.uplift import Uplift
from ringfence.documents.records import record_json
from ringfence.store import registry

LONGEST_NAME = 100


@dataclass(frozen=True)
class Asking:
    """Whom to ask, and for what: `first` is from when the price counts (without it, its own day), `until` until when they can answer.

    `price` is what is asked where that is less than the price comes to, and `now` what is paid now, both for the quoted hour or week.
    """

    funder: str
    until: date
    first: date | None = None
    person: str = ""
    people: int = 1
    review: str = ""
    price: Money | None = None
    now: Money | None = None


@dataclass(frozen=True)
class Priced:
    """A price with the cost file that it is of; beside a price of before, where what is paid now is to go up."""

    price: Price
    file: str
    content: str
    beside: Uplift | None = None


def record_of(connection: Connection, priced: Priced, asking: Asking, today: date) -> Quote:
    """The record, as yet without a reference. Raises `InputError` for what cannot be asked."""
    price, body, provider = priced.price, _address_of(connection, asking.funder), registry.provider(connection)
    _refuse(connection, priced, asking, today)
    assert price.weeks_per_year is not None
    contact = provider.get("contact") or {}
    asked = asking.price or money(price.quoted)
    before = priced.beside.before if priced.beside else None
    now = asking.now or (money(before.quoted) if before else None)
    quote = Quote(
        reference="", provider=provider["name"], provider_address=tuple(provider.get("address", ())),
        provider_contact=", ".join(filter(None, (contact.get("name"), contact.get("telephone")))), practice=registry.is_practice(connection),
        funder=body[0], funder_address=body[1], person=asking.person, review=asking.review, package=price.name, people=asking.people,
        made_on=today.isoformat(), priced_on=price.on.isoformat(), first=(asking.first or price.on).isoformat(), until=asking.until.isoformat(),
        per=price.quoted_per.value, pence=asked.pence, now_pence=now.pence if now else None, hours_per_week=str(price.hours_per_week.exact),
        weeks_per_year=str(price.weeks_per_year.exact), full_cost_per_week=str(sum(price.full_cost.values())), lines=tuple(_lines(priced)),
        taken_off_pence=(asked - money(price.quoted)).pence, taken_off_before_pence=(now - money(before.quoted)).pence if now and before else 0,
        rounding_pence=price.rounding.pence, rounding_before_pence=before.rounding.pence if before else 0,
        changes=tuple(QuoteStep(each.label, each.after, each.before, each.source) for each in (priced.beside.changes if priced.beside else ())),
        steps=tuple(QuoteStep(each.label, each.amount, "", str(each.source or each.made_of)) for each in explain(*price.told)),
        notes=price.notes, file=priced.file, content=priced.content, digest="")
    return replace(quote, digest=digest_of(quote))


def digest_of(quote: Quote) -> str:
    """The same for what asks the same of the same, whenever it is made."""
    return hashlib.sha256(record_json(replace(quote, reference="", made_on="", digest="")).encode()).hexdigest()


def _lines(priced: Priced) -> Iterator[QuoteLine]:
    shares = {(line.section, line.label): line.share_tenths for line in priced.price.lines}
    if priced.beside is None:
        yield from (QuoteLine(line.section.value, line.label, line.shown.pence, None, line.share_tenths, ()) for line in priced.price.lines)
        return
    for line in priced.beside.lines:
        yield QuoteLine(line.section.value, line.label, (line.after or NIL).pence, (line.before or NIL).pence,
                        shares.get((line.section, line.label), 0), line.because)


def _refuse(connection: Connection, priced: Priced, asking: Asking, today: date) -> None:
    price = priced.price
    if not 0 < len(asking.funder.strip()) <= LONGEST_NAME or len(asking.review) > LONGEST_NAME:
        raise InputError("Nobody said whom to ask." if not asking.funder.strip() else f"A name is longer than {LONGEST_NAME} letters.",
                         "Give the funder’s name, and keep names short.")
    if asking.until < today:
        raise InputError(f"The price would stand until {day_in_words(asking.until)}, which is over.", "Give a day that is still to come.")
    if price.weeks_per_year is None:
        raise InputError("A quote says what a year costs, and the weeks of a year are not known.", "Add support.weeks_per_year.", priced.file)
    if asking.price is not None and not 0 < asking.price.pence <= money(price.quoted).pence:
        raise InputError(f"{asking.price} cannot be asked: the price is {money(price.quoted)}, of which every pound is on a line.",
                         "Ask for less; to ask for more, add a line to the cost file.")
    if asking.people < 1 or (asking.now is not None and asking.now.pence <= 0):
        raise InputError("A price is asked for at least one person, and what is paid now is above nil.", "Correct it.")
    if asking.person and asking.person not in registry.people(connection):
        raise InputError(f"There is nobody with the reference {asking.person}.", "Check it, or bring the person in first.")


def _address_of(connection: Connection, funder: str) -> tuple[str, tuple[str, ...]]:
    """The name and address of a funder who is known by that name or reference; for a new one the name as it was given."""
    name = funder.strip()
    for reference, known in registry.funders(connection).items():
        if name.casefold() in (reference.casefold(), known.name.casefold()):
            return known.name, tuple(registry.body_of_funder(connection).get(reference, {}).get("address", ()))
    return name, ()
