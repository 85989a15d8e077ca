"""Making and opening a provider's books, and who may act on them."""

from __future__ import annotations

from datetime import datetime

from ringfence.actions.acting import Acting
from ringfence.store import batches
from ringfence.store.engine import Store, create_store, open_store


def make_books(url: str, *, provider: str, sample: bool, key: str | None, owner_url: str | None = None) -> Store:
    """Make a new database. Real books in a file need a key; the sample and practice books do not."""
    return create_store(url, provider=provider, sample=sample, key=key, owner_url=owner_url)


def open_books(url: str, *, key: str | None) -> Store:
    """Open a database that is there."""
    return open_store(url, key=key)


def add_user(store: Store, name: str, *, added_by: str, at: datetime) -> None:
    """Add somebody who may act. The first needs nobody to add them; everybody after is added by a user."""
    acting = Acting(store, added_by, at)
    with store.writing() as connection:
        if batches.users(connection):
            batches.user_id(connection, added_by)
        batches.add_user(connection, name, acting.recorded_at)


def users(store: Store) -> list[str]:
    with store.reading() as connection:
        return batches.users(connection)
