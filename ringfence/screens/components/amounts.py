"""Typed amounts: text in, one parser, and what was typed stays where it was typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, Problem, RingfenceError
from basics.money import Money

Read = TypeVar("Read")


def typed(label: str, read: Callable[[str], Read], problems: list[Problem], *, key: str, value: str = "", help: str | None = None,
          placeholder: str | None = None) -> Read | None:
    """A text box, read by `read`. What cannot be read is added to `problems`, said again beside the box, and left as it was typed."""
    text = st.text_input(label, value, key=key, help=help, placeholder=placeholder, autocomplete="off")
    try:
        return read(text or "")
    except RingfenceError as error:
        problem = Problem(label, error.problem.what, error.problem.to_do)
        problems.append(problem)
        st.html(Markup('<p class="rf-beside" role="alert">{} {}</p>').format(problem.what, problem.to_do))
        return None


def money(text: str) -> Money:
    """`£1,234.50`, `1234.5`: the one reader of typed amounts. Raises `InputError`."""
    return Money.parse(text)


def number(text: str) -> Decimal:
    """A plain number such as 12.6 or 1,200. Raises `InputError`."""
    try:
        found = Decimal(text.replace(",", "").strip())
        if found.is_finite():
            return found
    except InvalidOperation:
        pass
    raise InputError(f"“{text}” is not a number." if text else "Nothing is written here.", "Write figures only, like 12.6.")


