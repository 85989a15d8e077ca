"""Where plans stand: everybody in the seven steps from a need to a review, who has been longest in theirs first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.periods import day_in_figures
from isf.steps import REACHED_WHEN, Step
from ringfence.actions.acting import Acting
from ringfence.actions.steps import PersonSteps, steps_of_everybody
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.markup import NOT_KNOWN, address, how_many, link, under
from ringfence.screens.components.paged import in_address, paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

ALL, NOWHERE = "All", "Nothing recorded"
COLUMNS = (text("Who"), text("Step"), text("Since"), figures("Days in it"))


def page() -> None:
    """Draw the page: how many there are, the list, and what marks each step."""
    with st.spinner("Looking at every plan …"):
        found = _read(acting())
    heading("Where plans stand", _first_line(found))
    if found:
        _list()
    else:
        st.html('<p class="rf-empty">Nobody is supported here yet. People come with a file of people.</p>')
    part("When a step is reached")
    st.html(Markup('<ul class="rf-list">{}</ul>').format(Markup("").join(
        Markup("<li>{}: {}.</li>").format(step.capitalize(), said) for step, said in REACHED_WHEN.items())))
    words("What nobody recorded is not known.", quiet=True)


@kept(4)
def _read(caller: Acting) -> tuple[PersonSteps, ...]:
    return steps_of_everybody(caller)


def _first_line(found: Sequence[PersonSteps]) -> str:
    waiting = sum(_step(each) not in (Step.SUPPORT, Step.REVIEW) for each in found)
    if not found:
        return "There are no people in these books."
    if not waiting:
        return f"{how_many(len(found), 'person', 'people')}, and all of them have support."
    return f"{how_many(waiting, 'person', 'people')} of {len(found):,} {'has' if waiting == 1 else 'have'} no support that we know of yet."


def _step(each: PersonSteps) -> str:
    return each.standing.now.step if each.standing.now else NOWHERE


@st.fragment
def _list() -> None:
    """The filters and the list below them."""
    found = _read(acting())
    at, search = st.columns([2, 2])
    counted = Counter(_step(each) for each in found)
    there = [step for step in (*Step, NOWHERE) if counted[step]]
    asked = at.selectbox("Step", [ALL, *(step.capitalize() for step in there)], **in_address("step"))
    typed = search.text_input("Search", live=True, **in_address("search"), autocomplete="off", placeholder="A name or a reference") or ""
    sought = " ".join(typed.casefold().split())
    matches = [each for each in found if sought in f"{each.name} {each.known_as} {each.person}".casefold()]
    counted = Counter(_step(each) for each in matches)
    st.html(Markup('<p class="rf-quiet" role="status">{}</p>').format(
        " · ".join([f"{ALL}: {len(matches):,}", *(f"{step.capitalize()}: {counted[step]:,}" for step in there)])))
    shown = [each for each in matches if asked == ALL or _step(each).capitalize() == asked]
    paged(shown, "page", lambda rows: table("Where plans stand", COLUMNS, map(_row, rows),
                                            empty="Nobody is like this. Write less in the search, or choose “All”."))


def _row(each: PersonSteps) -> Row:
    who = link(each.name, address("fund", fund=each.funds[0])) if each.funds else each.name
    now = each.standing.now
    if now is None:
        return [Markup("{}{}").format(who, under(each.person)), NOWHERE, "", ""]
    return [Markup("{}{}").format(who, under(each.person)), now.step.capitalize(), day_in_figures(now.on) if now.on else NOT_KNOWN,
            NOT_KNOWN if now.days is None else f"{now.days:,}"]
