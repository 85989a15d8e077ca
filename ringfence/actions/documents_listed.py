"""The documents of an issued month: whose each is, in which form it is made, and to whom it is posted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from basics.people import Funder, Person
from basics.periods import Month
from isf.statement_forms import Form
from ringfence.actions.statement_forms import KnownForm, forms_known
from ringfence.documents.edition import edition
from ringfence.documents.files import document_name
from ringfence.documents.statement_files import ENDINGS, invoice_ending
from ringfence.importing.fact_items_debts import PayerContact
from ringfence.store import credits, documents_issued, facts, registry

To = tuple[str, ...]
"""Whom a paper is posted to: a name, and below it the lines of an address, where one is known."""


@dataclass(frozen=True)
class Outgoing:
    """One document of the month: whose folder it goes into, and the forms in which it is made; the first of them is the one that is posted.

    `form` is what its person needs, and None where it is to an organisation. `to` is empty where it does not go by post.
    """

    document_id: int
    kind: str
    name: str
    folder: str
    sha256: str
    whose: str
    form: Form | None
    endings: tuple[str, ...]
    to: To = ()

    def path(self, ending: str) -> str:
        return f"{self.folder}/{document_name(self.name, form=ending)}"

    def made_from(self, ending: str) -> str:
        return hashlib.sha256(f"{edition()} {ending} {self.sha256}".encode()).hexdigest()


@dataclass(frozen=True)
class Readers:
    """Who reads what: the people and the payers, in which form, and where they live. A letter about money goes to whoever is recorded for it."""

    people: Mapping[str, Person]
    payers: Mapping[str, Funder]
    person_of: Mapping[str, str]
    bodies: Mapping[str, dict[str, Any]]
    contacts: Mapping[str, To]
    forms: Mapping[str, KnownForm]

    @classmethod
    def of(cls, connection: Connection, on: date) -> Readers:
        return cls(registry.people(connection), registry.funders(connection), registry.person_of_funder(connection),
                   registry.body_of_funder(connection), _contacts(connection, on), forms_known(connection))

    def form_of(self, person: str) -> Form:
        known = self.forms.get(person)
        return known.form if known else Form.STANDARD

    def form_of_payer(self, payer: str) -> Form | None:
        """The form of a person who pays for themselves, the standard one of a family, and None of an organisation."""
        if not self.payers[payer].kind.is_individual:
            return None
        return self.form_of(self.person_of[payer]) if payer in self.person_of else Form.STANDARD

    def at_home(self, person: str) -> To:
        """A person by name, with the address that they have as somebody who pays."""
        own = (payer for payer, whose in self.person_of.items() if whose == person)
        return (self.people[person].name, *next((address for payer in own if (address := self._address(payer))), ()))

    def bill_to(self, payer: str) -> To:
        """Where an invoice to an individual goes."""
        return self.contacts.get(payer) or (self.payers[payer].name, *self._address(payer))

    def _address(self, payer: str) -> To:
        return tuple(self.bodies.get(payer, {}).get("address", ()))


def outgoing_of(connection: Connection, month: Month, batch_id: int, on: date) -> list[Outgoing]:
    """Invoices, those too that were held and issued on the days of the month, and the month’s credit notes by payer, then statements by the name
    that each person is known by."""
    readers = Readers.of(connection, on)
    rows = [*documents_issued.invoices_of_batch(connection, batch_id), *documents_issued.invoices_that_were_held(connection, month.first, month.last)]
    bills = [*_invoices(rows, readers), *_credit_notes(connection, month, readers)]
    statements = _statements(connection, batch_id, readers)
    return [*sorted(bills, key=lambda each: (each.folder, each.name)), *sorted(statements, key=lambda each: (each.whose.casefold(), each.name))]


def invoices_of(connection: Connection, batch_id: int, on: date) -> list[Outgoing]:
    """The invoices that one batch issued."""
    return list(_invoices(documents_issued.invoices_of_batch(connection, batch_id), Readers.of(connection, on)))


def _statements(connection: Connection, batch_id: int, readers: Readers) -> Iterator[Outgoing]:
    for row in documents_issued.statements(connection, batch_id):
        person, form = readers.people[row.person], readers.form_of(row.person)
        yield Outgoing(row.id, "statement", row.name, f"people/{row.person}", row.sha256, f"{person.name}, known as {person.known_as}", form,
                       tuple(dict.fromkeys((ENDINGS[form], ENDINGS[Form.WEB_PAGE]))), readers.at_home(row.person) if form.is_on_paper else ())


def _invoices(rows: Iterable[Row[Any]], readers: Readers) -> Iterator[Outgoing]:
    for row in rows:
        yield _bill("invoice", row.document_id, row.name, row.sha256, row.funder, readers)


def _credit_notes(connection: Connection, month: Month, readers: Readers) -> Iterator[Outgoing]:
    """Those that were issued on the days of the month: each is in the folder of one month."""
    for row in credits.notes(connection):
        if date.fromisoformat(row.issued_on) in month.period:
            sha256 = hashlib.sha256(row.record.encode()).hexdigest()
            yield _bill("credit_note", row.document_id, row.name, sha256, row.funder, readers)


def _bill(kind: str, document_id: int, name: str, sha256: str, payer: str, readers: Readers) -> Outgoing:
    form = readers.form_of_payer(payer)
    to = readers.bill_to(payer) if form is not None and form.is_on_paper else ()
    return Outgoing(document_id, kind, name, f"payers/{payer}", sha256, readers.payers[payer].name, form,
                    (invoice_ending(form or Form.STANDARD),), to)


def _contacts(connection: Connection, on: date) -> dict[str, To]:
    found = {}
    for fact in facts.facts(connection, PayerContact.kind):
        if fact.from_on <= on:
            contact = PayerContact.model_validate(fact.said)
            found[contact.funder] = (contact.name, *contact.address)
    return found
