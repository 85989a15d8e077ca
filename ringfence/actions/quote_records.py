"""What a quote says, from the prices that were worked out: everything that its letter prints, so that nothing later can change it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from costing.explain import explain
from costing.price import Price, money, price
from costing.quote import Quote, QuoteStep, QuoteStretch
from costing.uplift import Uplift
from ringfence.actions.costing import as_cost_file
from ringfence.actions.quote_lines import quote_lines
from ringfence.actions.quote_parts import Asked, address_of, what_is_asked
from ringfence.documents.records import record_json
from ringfence.importing.costing_on import CostSource
from ringfence.store import registry

LONGEST_NAME = 100


@dataclass(frozen=True)
class Asking:
    """Whom to ask, and for what: `first` is from when the price counts (without it, its own day), `until` until when they can answer.

    `price` is what is asked where that is less than the price comes to, and `now` what is paid now, both for the quoted hour or week; of a
    funder who pays a part, for the week.
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
    source: CostSource
    beside: Uplift | None = None

    def counting_from(self, first: date | None) -> Priced:
        """The same, with its price as it is from a day. What stands beside a price of before was worked out for its day already. Raises as
        `CostSource.counting_from`."""
        if first is None or self.beside is not None:
            return self
        return replace(self, price=price(self.source.counting_from(first)))


def record_of(connection: Connection, priced: Priced, asking: Asking, today: date) -> Quote:
    """The record, as yet without a reference. Raises `InputError` for what cannot be asked, or not from that day."""
    _refuse(connection, priced, asking, today)
    priced = priced.counting_from(asking.first)
    price, body, provider = priced.price, address_of(connection, asking.funder), registry.provider(connection)
    assert price.weeks_per_year is not None  # or it was refused
    before = priced.beside.before if priced.beside else None
    asked = what_is_asked(connection, body[0], price, before, asking.now)
    pence = _price_asked(asked, asking.price)
    contact = provider.get("contact") or {}
    taken_off, whole_at = pence - asked.most.pence, money(price.quoted).pence
    quote = Quote(
        reference="", provider=provider["name"], provider_address=tuple(provider.get("address", ())),
        provider_contact=", ".join(filter(None, (contact.get("name"), contact.get("telephone")))), practice=registry.is_practice(connection),
        funder=body[0], funder_address=body[1], person=asking.person, review=asking.review, package=price.name, people=asking.people,
        made_on=today.isoformat(), priced_on=price.on.isoformat(), first=(asking.first or price.on).isoformat(), until=asking.until.isoformat(),
        per=asked.per.value, pence=pence, now_pence=asked.now.pence if asked.now else None, hours_per_week=str(price.hours_per_week.exact),
        weeks_per_year=str(price.weeks_per_year.exact), full_cost_per_week=str(sum(price.full_cost.values())),
        lines=quote_lines(price, priced.beside, whole_at if asked.whole else pence),
        taken_off_pence=taken_off, taken_off_before_pence=asked.taken_off_before,
        rounding_pence=price.rounding.pence, rounding_before_pence=before.rounding.pence if before else 0,
        changes=tuple(QuoteStep(each.label, each.after, each.before, each.source) for each in (priced.beside.changes if priced.beside else ())),
        steps=tuple(QuoteStep(each.label, each.amount, "", str(each.source or each.made_of)) for each in explain(*price.told)),
        notes=price.notes, file=priced.source.name, content=as_cost_file(priced.source.content).decode(), digest="", whole=asked.whole,
        priced_until=price.until.isoformat() if price.until else "",
        stretches=tuple(QuoteStretch(days.first.isoformat(), days.last.isoformat(), money(own.per_hour).pence, money(own.per_week).pence)
                        for days, own in price.stretches))
    return replace(quote, digest=digest_of(quote))


def digest_of(quote: Quote) -> str:
    """The same for what asks the same of the same, whenever it is made."""
    return hashlib.sha256(record_json(replace(quote, reference="", made_on="", digest="")).encode()).hexdigest()


def _price_asked(asked: Asked, price: Money | None) -> int:
    """The price that is asked in pence: what it comes to, or less."""
    if price is not None and not 0 < price.pence <= asked.most.pence:
        raise InputError(f"{price} cannot be asked: the price is {asked.most} for each {asked.per}, of which every pound is on a line.",
                         "Ask for less; to ask for more, add a line to the cost file.")
    return (asked.most if price is None else price).pence


def _refuse(connection: Connection, priced: Priced, asking: Asking, today: date) -> None:
    if not 0 < len(asking.funder.strip()) <= LONGEST_NAME or len(asking.review) > LONGEST_NAME:
        raise InputError("Nobody said whom to ask." if not asking.funder.strip() else f"A name is longer than {LONGEST_NAME} letters.",
                         "Give the funder’s name, and keep names short.")
    if asking.until < today:
        raise InputError(f"The price would stand until {day_in_words(asking.until)}, which is over.", "Give a day that is still to come.")
    if priced.price.weeks_per_year is None:
        raise InputError("A quote says what a year costs, and the weeks of a year are not known.", "Add support.weeks_per_year.", priced.source.name)
    if asking.people < 1 or (asking.now is not None and asking.now.pence <= 0):
        raise InputError("A price is asked for at least one person, and what is paid now is above nil.", "Correct it.")
    if asking.person and asking.person not in registry.people(connection):
        raise InputError(f"There is nobody with the reference {asking.person}.", "Check it, or bring the person in first.")
