"""Who else may read: budget holders and their representatives, whose statements, until when, and the links by which they come in.

A reader is no user: they never act on the books. They read through a door of their own what was issued for the people of their grants.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from basics.errors import InputError
from basics.periods import day_in_words
from ringfence.actions.acting import Acting
from ringfence.actions.books import a_name
from ringfence.actions.desk import books
from ringfence.actions.rights import Right
from ringfence.actions.signing_in import ADDRESS_VARIABLE, READER, begin, link_counts, make_link, session, state, use_link
from ringfence.store import batches, users
from ringfence.store.engine import next_id
from ringfence.store.rows import latest
from ringfence.store.schema import person, reader, reader_grant

LINK_LASTS = timedelta(minutes=15)
RELATIONSHIPS = ("the budget holder", "representative", "attorney", "deputy", "nominated person")
"""As what somebody reads: for themselves, or with which right for another."""


@dataclass(frozen=True)
class Grant:
    """Whose statements a reader may read, as what, and on which days; None is until further notice."""

    person: str
    relationship: str
    first: date
    last: date | None

    def stands(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True)
class Reader:
    """Somebody who may read statements."""

    id: int
    name: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class View:
    """What a reader opened, and when."""

    reader: str
    what: str
    at: datetime


def add_reader(acting: Acting, name: str) -> int:
    """Add a reader, who may read nothing yet; their number."""
    a_name(name, "reader")
    with acting.writing() as connection:
        made = next_id(connection, reader)
        connection.execute(insert(reader).values(id=made, name=name, given_by=batches.user_id(connection, acting.user),
                                                 recorded_at=acting.recorded_at))
    return made


def grant(acting: Acting, reader_id: int, person_reference: str, relationship: str, *, first: date, last: date | None = None) -> None:
    """Let a reader read one person's statements, from a day until a day; a later grant for the same person takes the place of the one before.

    To end one, grant it until yesterday.
    """
    if relationship not in RELATIONSHIPS:
        raise InputError(f"“{relationship}” is no relationship that lets somebody read.", f"Say one of: {', '.join(RELATIONSHIPS)}.")
    refuse_no_days(first, last)
    with acting.writing() as connection:
        found = connection.execute(select(person.c.id).where(person.c.reference == person_reference)).scalar_one_or_none()
        if found is None or not _some(connection, reader_id):
            raise InputError(f"The person {person_reference} or the reader {reader_id} is not known here.", "Look at the lists of both.")
        users.add_version(connection, reader_grant, {"reader_id": reader_id, "person_id": found}, relationship=relationship,
                          from_on=first.isoformat(), to_on=last.isoformat() if last else "",
                          given_by=batches.user_id(connection, acting.user), recorded_at=acting.recorded_at)


def refuse_no_days(first: date, last: date | None) -> None:
    """Raises `InputError` where the last day is before the first."""
    if last is not None and last < first:
        raise InputError(f"From {day_in_words(first)} until {day_in_words(last)} is no day.", "Give a last day that is not before the first.")


def list_readers(acting: Acting) -> tuple[Reader, ...]:
    """Everybody who may read statements, or could."""
    with acting.reading() as connection:
        return _some(connection)


def views(acting: Acting) -> Sequence[View]:
    """What readers have opened, the latest first."""
    names = {each.id: each.name for each in list_readers(acting)}
    return [View(names.get(who, "somebody"), what, datetime.fromtimestamp(at, UTC)) for who, what, at in state().views()]


def last_opened(acting: Acting) -> dict[int, datetime]:
    """When each reader last opened something, by their number; nothing for whoever never has."""
    with acting.reading():
        pass  # who asks is checked as for everything else
    return {who: datetime.fromtimestamp(at, UTC) for who, _, at in reversed(state().views())}


def reader_link(acting: Acting, reader_id: int) -> str:
    """The token of a link by which a reader comes in: once, within fifteen minutes."""
    with acting.reading(Right.PREPARE) as connection:
        if not _some(connection, reader_id):
            raise InputError(f"There is no reader {reader_id}.", "Look at the list of readers.")
    return make_link(READER, reader_id, 0, acting.at, LINK_LASTS)


def address_of_link(token: str, otherwise: str) -> str:
    """The whole address of a link: at the one that RINGFENCE_ADDRESS names, or else at another."""
    return f"{os.environ.get(ADDRESS_VARIABLE, otherwise).rstrip('/')}/reader/open?token={token}"


def link_stands(token: str, now: datetime) -> bool:
    """Whether a reader’s link would still count. Looking does not use it up, so a preview in a mail program does not."""
    return link_counts(READER, token, now)


def open_link(token: str, now: datetime) -> str:
    """Use a reader's link up, and begin their session; its token, or empty for a link that does not count."""
    found = use_link(READER, token, now)
    return begin(READER, found.who, 0, now) if found else ""


def reading_as(token: str, now: datetime) -> Reader | None:
    """The reader whose session this is, with the grants that stand today: asked for on every request. None for no session."""
    found = session(READER, token, now)
    if found is None:
        return None
    with books().reading() as connection:
        known = next(iter(_some(connection, found.who)), None)
    on = Acting(books(), "", now).today
    return Reader(known.id, known.name, tuple(each for each in known.grants if each.stands(on))) if known else None


def note_view(reader_id: int, what: str, now: datetime) -> None:
    """Note that a reader opened something, by its reference and never by a name."""
    state().note_view(reader_id, what, int(now.timestamp()))


def _some(connection: Connection, reader_id: int | None = None) -> tuple[Reader, ...]:
    """Every reader, or the one of that number, with what they were granted."""
    whose = [] if reader_id is None else [reader_grant.c.reader_id == reader_id]
    granted = select(person.c.id, person.c.reference).where(person.c.id.in_(select(reader_grant.c.person_id).where(*whose)))
    references, grants = {row.id: row.reference for row in connection.execute(granted)}, defaultdict[int, list[Grant]](list)
    for each in latest(connection, reader_grant, ["reader_id", "person_id"], *whose):
        grants[each.reader_id].append(Grant(references[each.person_id], each.relationship, date.fromisoformat(each.from_on),
                                            date.fromisoformat(each.to_on) if each.to_on else None))
    found = select(reader).where(*([] if reader_id is None else [reader.c.id == reader_id])).order_by(reader.c.id)
    return tuple(Reader(row.id, row.name, tuple(grants[row.id])) for row in connection.execute(found))
