"""What a reader sees of the people whom they read for: what was published, and the price that was agreed. Nothing else, and never of anybody else.

Every function here is given the reader as they stand today (`readers.reading_as`), and asks their grants before it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from basics.errors import InputError, RingfenceError
from basics.periods import day_of
from costing.paid_for import PaidFor, paid_for
from costing.price import money, price
from costing.quote import Followed
from isf.statement import Contact, Statement
from isf.statement_forms import Form
from ringfence.actions.desk import books
from ringfence.actions.documents import Document, printed
from ringfence.actions.parameters import published as figures
from ringfence.actions.published import Publication, standing
from ringfence.actions.quotes import agreed_for
from ringfence.actions.readers import Grant, Reader
from ringfence.documents.records import statement_from_json
from ringfence.documents.statement_files import ENDINGS
from ringfence.importing.costing_on import source_of
from ringfence.store import documents_issued, registry


class NotHere(InputError):
    """There is nothing at an address for this reader: it may be somebody else’s, or nobody’s, and which of the two is not told."""


@dataclass(frozen=True)
class Known:
    """Somebody whom a reader reads for: what they are called, and as what the reader reads."""

    reference: str
    name: str
    known_as: str
    grant: Grant


@dataclass(frozen=True)
class Shown:
    """A published statement, and what it says."""

    publication: Publication
    statement: Statement


@dataclass(frozen=True)
class House:
    """Who keeps the books: the name, whom to ask there and last of all, and whether all of this is practice."""

    name: str
    contacts: tuple[Contact, ...]
    practice: bool


def house() -> House:
    """The provider, for pages that name no person."""
    with books().reading() as connection:
        said = registry.provider(connection)
        practice = registry.is_practice(connection)
    contacts = (("First, ring us", said.get("contact")), ("If we cannot agree", said.get("ombudsman")))
    return House(said["name"], tuple(Contact(words, one["name"], one["telephone"]) for words, one in contacts if one), practice)


def people_of(reader: Reader) -> tuple[Known, ...]:
    """Everybody whom a reader reads for today, by the name that they are known by."""
    with books().reading() as connection:
        people = registry.people(connection)
    found = (Known(each.person, people[each.person].name, people[each.person].known_as, each) for each in reader.grants)
    return tuple(sorted(found, key=lambda each: (each.known_as.casefold(), each.reference)))


def person_of(reader: Reader, reference: str) -> Known:
    """One of them. Raises `NotHere` for anybody else."""
    for each in people_of(reader):
        if each.reference == reference:
            return each
    raise _nothing_here()


def statements_of(reader: Reader, person: str) -> tuple[Shown, ...]:
    """What stands published for a person, the latest month first. Raises `NotHere` for somebody whom they do not read for."""
    with books().reading() as connection:
        found = _published(connection, reader, person)
        records = documents_issued.records(connection, [each.document_id for each in found])
    return tuple(Shown(each, statement_from_json(records[each.document_id])) for each in found)


def document_of(reader: Reader, person: str, document_id: int, form: str) -> Document:
    """A published statement as a file, in any of its forms: all of them print the same record. Raises `NotHere` for any other document."""
    if form not in ENDINGS.values():
        raise _nothing_here()
    with books().reading() as connection:
        if not any(each.document_id == document_id for each in _published(connection, reader, person)):
            raise _nothing_here()
        row = documents_issued.document_with_history(connection, document_id)
    assert row is not None  # what is published was issued
    return printed(row, form)


def forms_of(publication: Publication) -> tuple[Form, ...]:
    """The forms that a reader may choose from: first the one that was asked for, and of large print only one beside it."""
    others = (Form.STANDARD, Form.WEB_PAGE, Form.LARGE_18, Form.EASY_READ, Form.PLAIN_TEXT)
    return tuple(dict.fromkeys((publication.form, *others)))


def price_of(reader: Reader, person: str, now: datetime) -> PaidFor | None:
    """What a person’s price is made of, by the quote that was agreed and counts today. None where there is none, and where the file behind it no
    longer comes to the price that was agreed: then somebody must be asked. Raises `NotHere` for somebody whom they do not read for."""
    _refuse_others(reader, person)
    with books().reading() as connection:
        found = agreed_for(connection, person, day_of(now))
    return _as_agreed(found) if found else None


def _as_agreed(followed: Followed) -> PaidFor | None:
    quote, agreed = followed.quote, followed.agreed
    try:
        worked_out = price(source_of(quote.content.encode(), quote.file, figures).counting_from(quote.first_day))
    except RingfenceError:
        return None
    asked = quote.whole.pence if quote.whole else quote.pence
    stands = agreed is not None and agreed.pence == quote.pence and money(worked_out.quoted).pence == asked
    return paid_for(worked_out) if stands else None


def _published(connection: Connection, reader: Reader, person: str) -> list[Publication]:
    _refuse_others(reader, person)
    return standing(connection, [person])


def _refuse_others(reader: Reader, person: str) -> None:
    if not any(each.person == person for each in reader.grants):
        raise _nothing_here()


def _nothing_here() -> NotHere:
    return NotHere("There is nothing here for you to read.", "The address may be cut short.")
