"""Making and opening a provider's books, and who may act on them."""

from __future__ import annotations

import re
from datetime import datetime

from basics.errors import InputError
from ringfence.actions.acting import Acting
from ringfence.store import batches, registry
from ringfence.store.engine import Store, create_store, open_store

LONGEST_NAME = 100
_NAME = re.compile(r"\w[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*")


def make_books(url: str, *, provider: str, sample: bool, key: str | None, owner_url: str | None = None) -> Store:
    """Make a new database. Real books in a file need a key; the sample and practice books do not."""
    _a_name(provider, "provider")
    return create_store(url, provider=provider, sample=sample, key=key, owner_url=owner_url)


def open_books(url: str, *, key: str | None) -> Store:
    """Open a database that is there."""
    return open_store(url, key=key)


def add_user(store: Store, name: str, *, added_by: str, at: datetime) -> None:
    """Add somebody who may act. The first needs nobody to add them; everybody after is added by a user."""
    _a_name(name, "user")
    acting = Acting(store, added_by, at)
    with store.writing() as connection:
        if batches.users(connection):
            batches.user_id(connection, added_by)
        batches.add_user(connection, name, acting.recorded_at)


def _a_name(text: str, whose: str) -> None:
    if not _NAME.fullmatch(text) or text != text.strip() or len(text) > LONGEST_NAME:
        raise InputError(f"“{text[:80]}” cannot be the name of a {whose}.",
                         f"Begin with a letter or a figure, and write at most {LONGEST_NAME} letters on one line.")


def users(store: Store) -> list[str]:
    with store.reading() as connection:
        return batches.users(connection)


def provider_of(store: Store) -> tuple[str, bool]:
    """The provider's name, and whether these are practice books, whose documents all say so."""
    with store.reading() as connection:
        return registry.setting_of(connection, "provider"), registry.is_practice(connection)
