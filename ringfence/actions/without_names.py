"""What a person writes for a page that trustees read: short, of letters that can be seen, and naming nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from basics.errors import InputError, Problem
from ringfence.documents.pages import refuse_unseen
from ringfence.store import registry


def faults(connection: Connection, box: str, text: str, longest: int) -> Iterator[Problem]:
    """Everything that keeps a text of a box from such a page."""
    if len(text) > longest:
        yield Problem(box, f"This is {len(text)} characters long, and the page is one side of A4.", f"Shorten it to {longest}.")
    try:
        refuse_unseen({"text": text}, box)
    except InputError as error:
        yield error.problem
    for name in sorted(_named(connection)):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Problem(box, f"“{name}” is somebody here, and no name stands on this page.", "Say it without the name.")


def _named(connection: Connection) -> Iterator[str]:
    """What people who are supported, and those who pay out of their own pocket, are called."""
    for person in registry.people(connection).values():
        yield from {person.reference, person.name, person.known_as} - {""}
    for funder in registry.funders(connection).values():
        if funder.kind.is_individual:
            yield from {funder.reference, funder.name} - {""}
