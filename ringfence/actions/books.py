"""Making and opening a provider's books, and the users who may act on them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from basics.errors import InputError
from ringfence.actions.acting import Acting
from ringfence.actions.rights import EVERYTHING, Right, Role
from ringfence.store import batches, registry
from ringfence.store import users as kept
from ringfence.store.engine import ASKS_PASSPHRASE, Store, create_store, open_store
from ringfence.store.schema import user_account, user_role

LONGEST_NAME = 100
_NAME = re.compile(r"\w[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*")


def make_books(url: str, *, provider: str, sample: bool, key: str | None, owner_url: str | None = None, asks_passphrase: bool = False) -> Store:
    """Make a new database. Real books in a file need a key; the sample and practice books do not. Only the sample opens in the app by a name
    alone: practice books into which somebody’s own people may come ask for a passphrase (`asks_passphrase`)."""
    a_name(provider, "provider")
    return create_store(url, provider=provider, sample=sample, key=key, owner_url=owner_url, asks_passphrase=asks_passphrase)


def open_books(url: str, *, key: str | None, only_reads: bool = False) -> Store:
    """Open a database that is there; with `only_reads` so that nothing can be written."""
    return open_store(url, key=key, only_reads=only_reads)


def add_user(store: Store, name: str, *, added_by: str, at: datetime, roles: Collection[Role] = ()) -> None:
    """Add somebody who may act, with roles that count from the beginning.

    The first user needs nobody to add them and is everything; everybody after is added by an administrator, who says what they are. In
    practice books somebody of whom nothing is said is everything too.
    """
    a_name(name, "user")
    acting = Acting(store, added_by, at)
    with store.reading() as connection:
        first = not batches.users(connection)
    with store.writing() if first else acting.writing(Right.ADMINISTER) as connection:
        user_id = batches.add_user(connection, name, acting.recorded_at)
        if not (first or roles or registry.is_practice(connection)):
            raise InputError(f"Nobody said what {name} is here.", f"Say one or more of: {', '.join(Role)}.", "role")
        giver = user_id if first else batches.user_id(connection, added_by)
        for role in dict.fromkeys((*(EVERYTHING if first or not roles else ()), *roles)):
            kept.add_version(connection, user_role, {"user_account_id": user_id, "role": role.value}, from_on="", to_on="", given_by=giver,
                             recorded_at=acting.recorded_at)


def a_name(text: str, whose: str) -> None:
    """Raises `InputError` for what cannot be the name of a user, a provider or a reader."""
    if not _NAME.fullmatch(text) or text != text.strip() or len(text) > LONGEST_NAME:
        raise InputError(f"“{text[:80]}” cannot be the name of a {whose}.",
                         f"Begin with a letter or a figure, and write at most {LONGEST_NAME} letters on one line.")


def opens_by_name(store: Store) -> bool:
    """Whether whoever sits at the machine only says a name: the sample, and practice books that were made before passphrases were asked for."""
    with store.reading() as connection:
        return registry.is_practice(connection) and registry.setting_of(connection, ASKS_PASSPHRASE) != "yes"


def users(store: Store) -> list[str]:
    """Everybody who may act: without those who have left."""
    with store.reading() as connection:
        ids, gone = registry.ids(connection, user_account, "name"), {row.user_account_id for row in kept.leavers(connection)}
        return [name for name in batches.users(connection) if ids[name] not in gone]


def provider_of(store: Store) -> tuple[str, bool]:
    """The provider's name, and whether these are practice books, whose documents all say so."""
    with store.reading() as connection:
        return registry.setting_of(connection, "provider"), registry.is_practice(connection)
