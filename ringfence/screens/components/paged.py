"""A long list a page at a time: 25 rows, and under them where the rest are. The page stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st
from markupsafe import Markup

from basics.periods import Month

ROWS_A_PAGE = 25
MONTH = "month"

Item = TypeVar("Item")


def paged(items: Sequence[Item], key: str, draw: Callable[[Sequence[Item]], None], *, rows: int = ROWS_A_PAGE) -> None:
    """Draw the rows of the page that is asked for under `key`, and below them which they are and the way to the others."""
    pages = max(1, -(-len(items) // rows))
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages
    above = st.container()
    n = st.pagination(pages, key=key, bind="query-params") if pages > 1 else 1
    with above:
        draw(items[(n - 1) * rows:n * rows])
        if pages > 1:
            announce(f"{(n - 1) * rows + 1:,} to {min(n * rows, len(items)):,} of {len(items):,}.")


def announce(found: str | Markup) -> None:
    """How many are found, or which are shown: seen above or below a list, and read out when it changes to whoever only hears the page."""
    st.html(Markup('<p class="rf-quiet" role="status">{}</p>').format(found))


def month_of_the_address(months: Sequence[Month]) -> Month | None:
    """The month that the address asks for, as 2026-10 or in words; None where it asks for none, or for one that is not among `months`."""
    asked = st.query_params.get(MONTH, "")
    return next((month for month in months if asked in (str(month), month.in_words)), None)


def month_box(place: st.delta_generator.DeltaGenerator, label: str, months: Sequence[Month], first: str, *, every: str = "") -> str:
    """A box of months in words, `every` before them, which shows what the address asks for or else `first`. It gives what is shown.

    The address holds the month as 2026-10, as a link writes it: a bound box would hold it in the words of the page.
    """
    named = {month.in_words: month for month in months}
    asked = month_of_the_address(months)
    shown = asked.in_words if asked else first
    if st.session_state.get(MONTH) != shown:
        st.session_state[MONTH] = shown
    place.selectbox(label, [*([every] if every else []), *named], key=MONTH, on_change=_to_the_address, args=(named,))
    return shown


def _to_the_address(named: Mapping[str, Month]) -> None:
    """The month that was chosen in the box; a list then begins with its first page."""
    if chosen := named.get(st.session_state[MONTH]):
        st.query_params[MONTH] = str(chosen)
    else:
        st.query_params.pop(MONTH, None)
    first_page("page")


def first_page(key: str, changed: str = "") -> None:
    """Back to the first page: what a change of a filter does. Streamlit writes the address anew when a page is set, and would leave out a
    filter that has only just come into it: the one that `changed` is said again."""
    st.session_state[key] = 1
    if changed:
        st.session_state[changed] = st.session_state[changed]


def in_address(key: str) -> dict[str, Any]:
    """What a filter of a list is given: it stands in the address under `key`, and a change of it leads back to the first page."""
    return {"key": key, "bind": "query-params", "on_change": first_page, "args": ("page", key)}
