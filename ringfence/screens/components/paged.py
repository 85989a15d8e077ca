"""A long list a page at a time: 25 rows, and under them where the rest are. The page stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from basics.periods import Month

ROWS_A_PAGE = 25

Item = TypeVar("Item")


def paged(items: Sequence[Item], key: str, draw: Callable[[Sequence[Item]], None], *, rows: int = ROWS_A_PAGE) -> None:
    """Draw the rows of the page that is asked for under `key`, and below them the way to the others."""
    pages = max(1, -(-len(items) // rows))
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages
    above = st.container()
    n = st.pagination(pages, key=key, bind="query-params") if pages > 1 else 1
    with above:
        draw(items[(n - 1) * rows:n * rows])


def month_of_the_address(months: Sequence[Month], key: str = "month") -> Month | None:
    """The month that the address asks for, as 2026-10 or in words, put as the choice of the box bound to it; None where it is not one of
    `months`. A box stands in the address as it is read on the page, so that a link may say either."""
    asked = st.query_params.get(key, "")
    found = next((month for month in months if asked in (str(month), month.in_words)), None)
    if found is not None and asked != found.in_words:
        st.query_params[key] = found.in_words
        st.rerun()
    return found


def first_page(key: str, changed: str = "") -> None:
    """Back to the first page: what a change of a filter does. Streamlit writes the address anew when a page is set, and would leave out a
    filter that has only just come into it: the one that `changed` is said again."""
    st.session_state[key] = 1
    if changed:
        st.session_state[changed] = st.session_state[changed]


def in_address(key: str) -> dict[str, Any]:
    """What a filter of a list is given: it stands in the address under `key`, and a change of it leads back to the first page."""
    return {"key": key, "bind": "query-params", "on_change": first_page, "args": ("page", key)}
