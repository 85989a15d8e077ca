"""What a person writes for a page that trustees read: short, of letters that can be seen, and naming nobody."""

from __future__ import annotations

import re
import unicodedata
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
        if _stands(name, text):
            yield Problem(box, f"“{name}” is somebody here, and no name stands on this page.", "Say it without the name.")


def _stands(name: str, text: str) -> bool:
    """Whether a name is written in a text. A reference, and a name of several words, is one in small letters too; “may” alone is not May."""
    is_any_case = any(not each.isalpha() for each in name)
    name, text = (_plain(each) for each in (name, text))
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE if is_any_case else 0))


def _plain(text: str) -> str:
    """The same however its accents, apostrophes and spaces were typed."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def _named(connection: Connection) -> Iterator[str]:
    """What people who are supported, and those who pay out of their own pocket, are called."""
    for person in registry.people(connection).values():
        yield from {person.reference, person.name, person.known_as} - {""}
    for funder in registry.funders(connection).values():
        if funder.kind.is_individual:
            yield from {funder.reference, funder.name} - {""}
