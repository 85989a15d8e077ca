"""Who has come in: passphrases checked, sessions begun, looked up and ended. Every door and every page asks here who somebody is.

A session is a random token of 256 bits in a cookie; only its hash is kept. It ends by itself after thirty minutes without use and after
twelve hours in any case, when it is signed out, when its user leaves, and when their passphrase changes.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from basics.errors import InputError, NotAllowed
from ringfence.actions.books import opens_by_name
from ringfence.actions.desk import Desk, books, desk
from ringfence.actions.passphrases import fits, hashed
from ringfence.actions.throttle import Throttle
from ringfence.store import batches, users
from ringfence.store.engine import Store
from ringfence.store.schema import user_passphrase
from ringfence.store.sign_in_state import Link, Session, SignInState

SIGN_IN_VARIABLE, ISSUER_VARIABLE = "RINGFENCE_SIGN_IN", "RINGFENCE_OIDC_ISSUER"
ADDRESS_VARIABLE = "RINGFENCE_ADDRESS"
"""How browsers reach the app, like https://books.example.org, where it is not 127.0.0.1 itself: a name that a proxy stands before."""
IDLE, LONGEST_SESSION, LINK_LASTS = timedelta(minutes=30), timedelta(hours=12), timedelta(hours=24)
SEEN_AGAIN_AFTER = ONE_MINUTE = timedelta(minutes=1)
USER, READER, PASSPHRASE = "user", "reader", "passphrase"
"""The kinds of sessions and links."""
SESSION_COOKIES = ("__Host-ringfence_session", "ringfence_session")
"""The first where the app is reached by https: no other site, and no other machine of the same domain, can set it."""
PRACTICE_COOKIE = "ringfence_who"
ELSEWHERE = -1
"""The proof of a session that another house vouched for."""

_throttle = Throttle()


class Mode(StrEnum):
    """How one comes in here."""

    PRACTICE = "practice"
    ONE_DESK = "one desk"
    TEAM = "team"


def mode() -> Mode:
    """The sample opens to whoever says a name; other books by passphrase, or by the house that RINGFENCE_OIDC_ISSUER names."""
    if _opens_by_name(books()):
        return Mode.PRACTICE
    return Mode.TEAM if os.environ.get(ISSUER_VARIABLE) else Mode.ONE_DESK


def is_safe_service(address: str) -> bool:
    """Whether a sign-in service may stand at an address: reached by https, or on this very machine, where nothing goes over a line."""
    try:
        found = urlsplit(address)
    except ValueError:
        return False
    return bool(found.hostname) and "@" not in found.netloc and (found.scheme == "https" or (found.scheme, found.hostname) == ("http", "127.0.0.1"))


def is_first_start() -> bool:
    """Whether nobody has a passphrase yet, in books that ask for one."""
    with books().reading() as connection:
        return not users.any_passphrase(connection)


def sign_in(name: str, passphrase: str, address: str, now: datetime) -> str:
    """Begin a session; its token. Raises `NotAllowed` in the same words for a wrong name and a wrong passphrase, and after too many."""
    waiting = _throttle.wait(name, address, now)
    if waiting:
        minutes = -(-waiting // ONE_MINUTE)
        raise NotAllowed("Too many tries were wrong.", f"Wait {minutes} {'minute' if minutes == 1 else 'minutes'}, then try again.")
    with books().reading() as connection:
        found = users.passphrase(connection, name)
        left = users.has_left(connection, name)
    if not fits(passphrase, found[2] if found and not left else "") or found is None:
        _throttle.wrong(name, address, now)
        raise NotAllowed("The name or the passphrase is wrong.", "Check both. Capitals count.")
    _throttle.right(name, address)
    return begin(USER, found[0], found[1], now)


def begin(kind: str, who: int, proof: int, now: datetime, longest: timedelta = LONGEST_SESSION) -> str:
    """Begin a session for somebody who has shown who they are; its token."""
    token, at = secrets.token_urlsafe(32), int(now.timestamp())
    state().begin(_hash(token), Session(kind, who, proof, at, at, at + int(longest.total_seconds())))
    return token


def begin_for_identity(issuer: str, subject: str, now: datetime) -> str:
    """Begin a session for whom another house vouches for. Raises `NotAllowed` where that identity is nobody's here."""
    with books().reading() as connection:
        name = users.by_identity(connection, issuer, subject)
        found = users.passphrase(connection, name) if name and not users.has_left(connection, name) else None
    if found is None:
        raise NotAllowed("You are known to your sign-in service, but you are no user here.",
                         f"Ask an administrator to add you: the service calls you {subject[:100]}.")
    return begin(USER, found[0], ELSEWHERE, now)


def user_of(cookies: Mapping[str, str]) -> str:
    """The user who works at a browser, by its cookies; empty where nobody does. In practice books they only say a name."""
    if mode() is Mode.PRACTICE:
        return cookies.get(PRACTICE_COOKIE) or desk().user
    return who_is(token_of(cookies))


def token_of(cookies: Mapping[str, str]) -> str:
    return next((cookies[name] for name in SESSION_COOKIES if cookies.get(name)), "")


def who_is(token: str, now: datetime | None = None) -> str:
    """The user whose session this is; empty for none, for one that has ended, and for somebody who has left."""
    found = session(USER, token, now or datetime.now(UTC))
    if found is None:
        return ""
    with books().reading() as connection:
        stands = users.who_stands(connection, found.who)
    if stands is None or found.proof not in (ELSEWHERE, stands[1]):
        state().end(_hash(token))
        return ""
    return stands[0]


def session(kind: str, token: str, now: datetime) -> Session | None:
    """A session that has not ended, of users or of readers; looking it up counts as its use."""
    found = state().session(_hash(token)) if token else None
    if found is None or found.kind != kind:
        return None
    at = int(now.timestamp())
    if at >= found.ends_at or at - found.seen_at >= IDLE.total_seconds():
        state().end(_hash(token))
        return None
    if at - found.seen_at >= SEEN_AGAIN_AFTER.total_seconds():
        state().seen(_hash(token), at)
    return found


def sign_out(token: str) -> None:
    """End a session. Open pages of it are silent from then on."""
    state().end(_hash(token))


def choose_passphrase(store: Store, name: str, passphrase: str, *, given_by: str, at: datetime) -> None:
    """Keep a new passphrase of a user, which ends every session that was begun with the one before."""
    kept = hashed(passphrase, name)
    with store.writing() as connection:
        users.add_version(connection, user_passphrase, {"user_account_id": batches.user_id(connection, name)}, hash=kept,
                          given_by=batches.user_id(connection, given_by), recorded_at=at.astimezone(UTC).isoformat(timespec="seconds"))


def first_start(name: str, passphrase: str, now: datetime) -> str:
    """The first passphrase of these books, of an administrator; begins their session. Refused once anybody has one."""
    if not is_first_start():
        raise NotAllowed("A passphrase was chosen here already.", "Sign in with it, or ask an administrator.")
    choose_passphrase(books(), name, passphrase, given_by=name, at=now)
    return sign_in(name, passphrase, "", now)


def change_passphrase(name: str, old: str, new: str, address: str, now: datetime) -> str:
    """Change one's own passphrase; every other session of it ends, and a new one begins."""
    sign_out(sign_in(name, old, address, now))
    choose_passphrase(books(), name, new, given_by=name, at=now)
    return sign_in(name, new, address, now)


def passphrase_link(name: str, now: datetime) -> str:
    """The token of a link by which somebody chooses their own passphrase, once, within a day."""
    with books().reading() as connection:
        found = users.passphrase(connection, name)
    if found is None:
        raise InputError(f"{name} is not a user here.", "Add them first.")
    return make_link(PASSPHRASE, found[0], found[1], now, LINK_LASTS)


def make_link(kind: str, who: int, proof: int, now: datetime, lasts: timedelta) -> str:
    """The token of a link that counts once."""
    token = secrets.token_urlsafe(32)
    state().add_link(_hash(token), Link(kind, who, proof), int((now + lasts).timestamp()))
    return token


def link_is_for(token: str, now: datetime) -> str:
    """Who may choose a passphrase by this link; empty for a link that no longer counts. Looking does not use it."""
    found = state().link(_hash(token), PASSPHRASE, int(now.timestamp()))
    if found is None:
        return ""
    with books().reading() as connection:
        stands = users.who_stands(connection, found.who)
    return stands[0] if stands and stands[1] == found.proof else ""


def choose_by_link(token: str, passphrase: str, now: datetime) -> str:
    """Choose a passphrase by a link, which is used up by it; begins a session."""
    name = link_is_for(token, now)
    hashed(passphrase, name)  # what is refused must not use the link up
    if not name or use_link(PASSPHRASE, token, now) is None:
        raise NotAllowed("This link does not count any more.", "Ask an administrator for another: a link counts once, within a day.")
    choose_passphrase(books(), name, passphrase, given_by=name, at=now)
    return sign_in(name, passphrase, "", now)


def link_counts(kind: str, token: str, now: datetime) -> bool:
    """Whether a link would still count. Looking does not use it."""
    return state().link(_hash(token), kind, int(now.timestamp())) is not None


def use_link(kind: str, token: str, now: datetime) -> Link | None:
    """Use a link up; None where it does not count, or no longer."""
    return state().use_link(_hash(token), kind, int(now.timestamp()))


def state() -> SignInState:
    """Who is signed in to the books of this process."""
    return _state(desk())


@lru_cache(maxsize=4)
def _opens_by_name(store: Store) -> bool:
    """Decided when books are made, and never changed."""
    return opens_by_name(store)


@cache
def _state(chosen: Desk) -> SignInState:
    named = os.environ.get(SIGN_IN_VARIABLE)
    if named:
        return SignInState(Path(named))
    if chosen.url.startswith("postgres"):
        return SignInState(Path("ringfence.sign-in.db").resolve())
    books_file = Path(chosen.url.removeprefix("sqlite:///")).expanduser()
    return SignInState(books_file.with_name(f"{books_file.stem}.sign-in.db"))


def _hash(token: str) -> str:
    """What is kept of a token; in other books the same token is another."""
    return hashlib.sha256(f"{_which_books(desk().url)}\x1f{token}".encode()).hexdigest()


@cache
def _which_books(url: str) -> str:
    """The same for every process at the same books, however they are named and as whom it connects: a link that one makes, another opens."""
    if url.startswith("postgres"):
        found = make_url(url)
        return f"{found.host or found.query.get('host')}:{found.port or 5432}/{found.database}"
    return str(Path(url.removeprefix("sqlite:///")).expanduser().resolve())
