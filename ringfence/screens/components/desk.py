"""Whose books are open, and who works at them: what every page gives to the actions."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from ringfence.actions.acting import Acting
from ringfence.actions.desk import books, desk
from ringfence.actions.version import books_version

WHO = "ringfence_who"
"""The cookie that says who works at this browser. The door `/who` sets it."""


def who() -> str:
    """The user who works here: chosen at `/who`, or the one that the desk was opened for; empty where nobody is."""
    return st.context.cookies.get(WHO) or desk().user


def acting() -> Acting:
    """The caller of every action: this user, now, on these books. An action refuses a user who is not known."""
    return Acting(books(), who(), datetime.now(UTC))


def seen_by(caller: Acting) -> str:
    """Who reads which books, in which version, on which day: what a page keeps is kept under this, until something is written."""
    return "\x1f".join((caller.user, desk().url, books_version(caller), caller.today.isoformat()))
