"""Watch list: what somebody should look at before it becomes a worry, over every fund at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.periods import day_in_figures, day_in_words
from isf.watch import Matter, Watched
from ringfence.actions.acting import Acting
from ringfence.actions.watching import WatchList, watch_list
from ringfence.actions.watching_words import HOW_IT_IS_FOUND, limits
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.frame import heading, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, how_many, link, pounds, tag, under, with_ways
from ringfence.screens.components.paged import in_address, paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

ALL, OVERDUE = "All", "Overdue"
MONEY = (Matter.SURPLUS, Matter.UNPAID)
"""What has a sum: one fund’s is never set against another’s, so that the sums of a list may be added."""
COLUMNS = (text("Who"), text("What"), figures("Amount"), text("Since"), text("By"), text("Status"))


def page() -> None:
    """Draw the page: how much there is, the list, and what it cannot tell."""
    caller = acting()
    with st.spinner("Looking at every fund …"):
        found = _read(caller)
    heading("Watch list", _first_line(found))
    what_is("surplus", "review", "allocation")
    for said in limits(found):
        st.html(Markup('<p class="rf-note">{}</p>').format(with_ways(said)))
    if found.lines:
        _list()
    else:
        st.html(Markup('<p class="rf-empty">Nothing is over a cap, due, about to end or missing on {}.</p>').format(day_in_words(found.on)))
    words(HOW_IT_IS_FOUND, quiet=True)


@kept(4)
def _read(caller: Acting) -> WatchList:
    return watch_list(caller)


def _first_line(found: WatchList) -> str:
    if not found.lines:
        return "Nothing asks to be looked at today."
    late = f"; {found.late:,} {'is' if found.late == 1 else 'are'} overdue" if found.late else ""
    return f"{how_many(len(found.lines), 'thing')} to look at{late}."


@st.fragment
def _list() -> None:
    """The filters and the list below them."""
    found = _read(acting())
    about, search = st.columns([2, 2])
    there = [matter for matter in Matter if any(each.matter is matter for each in found.lines)]
    asked = about.selectbox("About", [ALL, OVERDUE, *there], **in_address("about"))
    typed = search.text_input("Search", live=True, **in_address("search"), autocomplete="off", placeholder="A person, a payer or a word") or ""
    sought = " ".join(typed.casefold().split())
    matches = [each for each in found.lines if sought in f"{each.who} {each.what}".casefold()]
    counted = Counter(each.matter for each in matches)
    st.html(Markup('<p class="rf-quiet" role="status">{}</p>').format(
        " · ".join([f"{ALL}: {len(matches):,}", f"{OVERDUE}: {sum(each.is_late for each in matches):,}",
                    *(f"{matter}: {counted[matter]:,}" for matter in there)])))
    shown = [each for each in matches if asked == ALL or (each.is_late if asked == OVERDUE else each.matter == asked)]
    paged(shown, "page", lambda rows: _table(rows, _total(shown) if asked in MONEY else None))


def _total(found: Sequence[Watched]) -> Row:
    return [f"All found ({len(found):,})", "", pounds(sum(each.pence or 0 for each in found)), "", "", ""]


def _table(shown: Sequence[Watched], total: Row | None) -> None:
    table("What to look at", COLUMNS, map(_row, shown), total=total if shown else None,
          empty="Nothing is like this. Write less in the search, or choose “All”.")


def _row(each: Watched) -> Row:
    who = link(each.who, address("fund", fund=each.fund)) if each.fund else each.who
    what = Markup('<span class="rf-wide">{}{}</span>').format(each.what, under(with_ways(f"{each.to_do}.")))
    return [Markup("{}{}").format(who, under(each.matter)), what,
            "" if each.pence is None else pounds(each.pence), day_in_figures(each.since) if each.since else "",
            day_in_figures(each.by) if each.by else "", tag(OVERDUE) if each.is_late else tag("Watch")]
