"""Typed amounts: text in, one parser, and what was typed stays where it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, TypeVar

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, Problem, RingfenceError
from basics.money import Money

Read = TypeVar("Read")

LONGEST_NUMBER = 24
_NUMBER = re.compile(r"(?P<minus>-?)(?:(?P<pounds>£)[ \N{NO-BREAK SPACE}]*)?"
                     r"(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+) ?(?P<percent>%?)")


def typed(label: str, read: Callable[[str], Read], problems: list[Problem], *, key: str, value: str = "", help: str | None = None,
          placeholder: str | None = None, bind: Literal["query-params"] | None = None) -> Read | None:
    """A text box, read by `read`. What cannot be read is added to `problems`, said again beside the box, and left as it was typed; with
    `bind` it stands in the address, and is still there when the page is loaded again."""
    text = st.text_input(label, value, key=key, help=help, placeholder=placeholder, autocomplete="off", bind=bind)
    try:
        return read(text or "")
    except RingfenceError as error:
        problem = Problem(label, error.problem.what, error.problem.to_do)
        problems.append(problem)
        beside(problem)
        return None


def beside(problem: Problem) -> None:
    """What is wrong with the box above."""
    st.html(Markup('<p class="rf-beside" role="alert">{} {}</p>').format(problem.what, problem.to_do))


def money(text: str) -> Money:
    """`£1,234.50`, `£ 1,234.50`, `1234.5`: the one reader of typed amounts. Raises `InputError`."""
    return Money.parse(text)


def pence_or_nothing(text: str) -> int | None:
    """The same in whole pence; None where nothing is written. Raises `InputError`."""
    return money(text).pence if text.strip() else None


def number(text: str, mark: str = "") -> Decimal:
    """A plain number such as 12.6, 1,200 or .5; with `mark` "£" or "%", one that may carry it where it is written. Raises `InputError`.

    A comma stands only before three figures: 12,5 is refused, and never read as 125.
    """
    found = _NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if found is None or found["pounds"] not in (None, mark) or found["percent"] not in ("", mark):
        raise InputError(f"“{text}” is not a number." if text.strip() else "Nothing is written here.", "Write figures only, like 12.6.")
    if len(text) > LONGEST_NUMBER:
        raise InputError("This number has too many digits.", "Check it.")
    return Decimal(found["minus"] + found["digits"].replace(",", ""))
