"""Scenarios: what might happen, beside the packages as they are. For planning; nothing is stored."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.periods import day_of
from ringfence.actions.scenarios import Sampling
from ringfence.actions.scenarios_told import finding
from ringfence.actions.what_if import FILE_NAME, example_question, question_of
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, unsaved, words
from ringfence.screens.components.markup import how_many
from ringfence.screens.scenarios_board import for_the_board
from ringfence.screens.scenarios_chart import what_matters, where_it_lies
from ringfence.screens.scenarios_desk import COMES_OUT, WHAT_IF, Desk, desk_here
from ringfence.screens.scenarios_forms import assumed_figures, packages, what_if
from ringfence.screens.scenarios_shown import NOT_REAL, a_year, by_funder, by_package, by_service, what_changes, where_nil
from ringfence.screens.scenarios_typed import without_scenario

MOST_DRAWS = 20_000
TAB = "scenarios-tab"
SEED, DRAWS = "1", "2000"


@st.fragment
def page() -> None:
    """Draw the page: the finding, then a year side by side, then what it is made of; what is changed stands in a tab of its own."""
    desk = desk_here()
    desk.refresh()
    heading("Scenarios", finding(desk.compared))
    if desk.is_unsaved:
        unsaved()
    _starts(desk)
    with st.container(key="rf-scenarios"):
        if desk.go_to:
            st.session_state[TAB], desk.go_to = desk.go_to, ""
        out, change = st.tabs([COMES_OUT, WHAT_IF], key=TAB, on_change="rerun")
        with out:
            _what_comes_out(desk)
        with change:
            what_if(desk)
            packages(desk)
            assumed_figures(desk)


def _starts(desk: Desk) -> None:
    with st.container(horizontal=True, key="rf-scenarios-starts"):
        st.button("Start from the example", on_click=_start_from_the_example, args=(desk,))
        with st.popover("Open files"):
            key = f"scenarios-files-{desk.form}"
            st.file_uploader("Cost files, with a file of scenarios or without", type=["yaml", "yml", "xlsx"], accept_multiple_files=True, key=key,
                             max_upload_size=5, on_change=_open, args=(desk, key))
            words("Choose all of them at once: the file of scenarios names its cost files.", quiet=True)
        st.download_button("Save as a file", desk.question.file, FILE_NAME, "application/yaml", on_click="ignore")
    words(NOT_REAL + " The file names its cost files: keep it beside them.", quiet=True)
    if desk.refused is not None and desk.at == "start":
        show_problems(desk.refused)
        words("What stands below is as it was.")
    elif desk.done:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(Markup('<div class="rf-done" role="status">{}</div>').format(desk.done))
            if desk.before is not None:
                st.button("Bring back what stood here before", on_click=_bring_back, args=(desk,))


def _start_from_the_example(desk: Desk) -> None:
    desk.put(example_question(), "Started from the example.")


def _open(desk: Desk, key: str) -> None:
    sent = st.session_state.get(key) or []
    if sent:
        open_files(desk, {each.name: each.getvalue() for each in sent})


def open_files(desk: Desk, sent: dict[str, bytes]) -> None:
    """What was sent in the place of what stands here. Files that are not whole leave it as it was, and all that is wrong is said."""
    try:
        question = question_of(sent)
    except RingfenceError as error:
        desk.refused, desk.done, desk.at = error, "", "start"
    else:
        desk.put(question, f"Opened {how_many(len(sent), 'file')}.")


def _bring_back(desk: Desk) -> None:
    if desk.before is not None:
        desk.put(desk.before, "Brought back what stood here before.")


def _what_comes_out(desk: Desk) -> None:
    a_year(desk.compared)
    for_the_board(desk.compared, day_of(datetime.now(UTC)))
    for title, draw in (("By service", by_service), ("By funder", by_funder), ("By package, with its price", by_package)):
        with st.expander(title):
            draw(desk.compared)
    _changes(desk)
    if desk.compared.break_evens:
        part("Where the surplus is nil", "One thing moves, and all else stays as in the base.")
        st.html(where_nil(desk.compared.break_evens))
    if desk.compared.effects:
        part("Which assumption matters most")
        what_matters(desk.compared)
        _range(desk)


def _changes(desk: Desk) -> None:
    part("What changes", "" if desk.compared.results else "There is no scenario yet. Add one under “What if …”.")
    for n, result in enumerate(desk.compared.results):
        name = result.scenario.name
        st.html(Markup('<h3 class="rf-step">{}{}</h3>{}').format(name, "*" if result.scenario.assumed else "", what_changes(result.scenario)))
        with st.container(horizontal=True):
            st.button(f"Change “{name}”", key=f"change-{desk.form}-{n}", type="tertiary", on_click=_edit, args=(desk, name))
            st.button(f"Take “{name}” out", key=f"without-{desk.form}-{n}", type="tertiary", on_click=_without, args=(desk, name))


def _edit(desk: Desk, name: str) -> None:
    desk.editing, desk.form, desk.go_to, desk.done, desk.before, desk.refused = name, desk.form + 1, WHAT_IF, "", None, None


def _without(desk: Desk, name: str) -> None:
    before = desk.question
    if desk.change(without_scenario(desk.question, name), f"“{name}” is taken out.", at="start"):
        desk.before = before


def _range(desk: Desk) -> None:
    """Drawn only where it is asked for: it takes as long as it has draws."""
    with st.expander("A range, not one number", key="scenarios-range", on_change="rerun") as opened:
        if not opened.open:
            return
        left, right = st.columns(2)
        seed = left.text_input("Seed", SEED, key="scenarios-seed", autocomplete="off", help="Another number draws others; the same draws the same.")
        draws = right.text_input("How many draws", DRAWS, key="scenarios-draws", autocomplete="off", help=f"From 10 to {MOST_DRAWS:,}.")
        if not seed.isdecimal() or not draws.isdecimal() or not 10 <= int(draws) <= MOST_DRAWS or len(seed) > 9:
            words(f"Write a whole number as the seed, and from 10 to {MOST_DRAWS:,} draws.")
            return
        sampling = Sampling(int(seed), int(draws))
        with st.spinner(f"Drawing {sampling.samples:,} years …"):
            where_it_lies(desk.ranges(sampling), sampling)
