"""Whose books are open, and who works at them: what every page gives to the actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import streamlit as st

from ringfence.actions.acting import Acting
from ringfence.actions.desk import books, desk
from ringfence.actions.signing_in import user_of
from ringfence.actions.version import books_version

Reader = TypeVar("Reader", bound=Callable[..., Any])


def who() -> str:
    """The user who works here, by the session that the browser shows (in practice books by the name that was said); empty for nobody."""
    return user_of(st.context.cookies)


def acting() -> Acting:
    """The caller of every action: this user, now, on these books. An action refuses a user who is not known."""
    return Acting(books(), who(), datetime.now(UTC))


def seen_by(caller: Acting) -> str:
    """Who reads which books, in which version, on which day: what a page keeps is kept under this, until something is written."""
    return "\x1f".join((caller.user, desk().url, books_version(caller), caller.today.isoformat()))


def kept(most: int, *, spinner: str | bool = False) -> Callable[[Reader], Reader]:
    """Keep what a function of the caller reads, the last `most` of it, until something is written.

    What is kept for one user is never shown to another, nor in other books: the caller is told apart by `seen_by`.
    """
    return cast(Callable[[Reader], Reader], st.cache_resource(max_entries=most, show_spinner=spinner, hash_funcs={Acting: seen_by}))
