"""One import, opened: what it brought, its conflicts, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from basics.errors import InputError, RingfenceError
from basics.periods import LONDON, day_in_words, minutes_in_words
from ringfence.actions.import_opened import SECTIONS, ImportOpened, ImportTold, open_import, people_of_import, visits_of_import
from ringfence.actions.importing import undo_import
from ringfence.actions.uploading import APPLY, VISITS
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import address, how_many, link
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.paged import ROWS_A_PAGE
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.components.work import start
from ringfence.screens.import_list import brought, status
from ringfence.screens.import_problems import show_conflicts
from ringfence.screens.import_work import LARGE_ROWS, key

ASKED, TAKEN_BACK = "take-back-asked", "taken-back"
LONGEST_NUMBER = 15


def one_import(asked: str, above: DeltaGenerator, *, works: bool) -> None:
    """The page of the import that the address names; its heading goes `above`. While another process `works` for this user, nothing is taken back."""
    with above:
        back_to(("Import", "/import"))
    try:
        found = _opened(asked)
    except RingfenceError as error:
        with above:
            heading("There is no such import", "")
        show_problems(error)
        return
    told = found.told
    with above:
        heading(f"Import {told.id}: {brought(told)}", _first_line(found), status(told))
    done = st.session_state.pop(TAKEN_BACK, None)
    if isinstance(done, RingfenceError):
        show_problems(done)
    elif done:
        st.html(Markup('<div class="rf-done" role="status">{}</div>').format(done))
    _what_it_brought(told)
    if found.conflicts:
        part("In conflict", "These rows of the file said something else than what was known then, which was kept.")
        show_conflicts(f"Visits of import {told.id} in conflict", found.conflicts, "conflicts")
    if not works:
        _take_back(found)


def _opened(asked: str) -> ImportOpened:
    if not asked.isdecimal() or len(asked) > LONGEST_NUMBER:
        raise InputError(f"“{asked[:40]}” is not the number of an import.", "Choose one of the list.")
    with st.spinner("Reading the import …"):
        return open_import(acting(), int(asked))


def taken_back_words(import_id: int, count: int) -> str:
    """What is said once an import is taken back."""
    return f"Import {import_id} is taken back: {how_many(count, 'visit')} withdrawn. The file can be brought in again."


def _first_line(found: ImportOpened) -> str:
    told = found.told
    at = told.prepared_at.astimezone(LONDON)
    said = [f"{told.prepared_by} brought it in on {day_in_words(at.date())} at {at:%H:%M}{f', from {told.file}' if told.file else ''}."]
    if told.approved_by:
        said.append(f"{told.approved_by} approved it.")
    if found.period:
        said.append(f"Its visits are of {found.period}.")
    if told.undone_at:
        said.append(f"{told.undone_by} took it back on {day_in_words(told.undone_at.astimezone(LONDON).date())}.")
    return " ".join(said)


@st.fragment
def _what_it_brought(told: ImportTold) -> None:
    part("What it brought")
    if told.kind == APPLY:
        table("Items by kind", [text("What"), figures("How many")],
              [[SECTIONS[name][1].capitalize(), f"{count:,}"] for name, count in told.sections], total=["All items", f"{told.rows:,}"])
        if not told.approved_by:
            words(Markup("It waits for another person under {}.").format(link("Waiting for approval", address("approvals"))))
    elif not told.rows:
        words("No new row: it only listed rows in conflict.")
    else:
        _rows(told, _visits if told.kind == VISITS else _people)


def _rows(told: ImportTold, draw: Callable[[int, int], None]) -> None:
    pages = -(-told.rows // ROWS_A_PAGE)
    above = st.container()
    n = st.pagination(pages, key="rows", bind="query-params") if pages > 1 else 1
    with above:
        draw(told.id, (n - 1) * ROWS_A_PAGE)
    words(f"{brought(told)} in all.", quiet=True)


def _visits(import_id: int, first: int) -> None:
    table("Visits of this import", [text("Visit and carer"), text("For"), text("Support"), text("Day and time"), figures("Planned"),
                                    figures("Given"), text("Outcome")],
          [_visit(row) for row in visits_of_import(acting(), import_id, first, ROWS_A_PAGE)])


def _visit(row: Any) -> list[str | Markup]:
    outcome = Markup('{}<span class="rf-under">{}</span>').format(row.outcome, row.reason) if row.reason else row.outcome
    day = "/".join(reversed(row.happened_on.split("-")))
    times = Markup('<span class="rf-under">{} to {}</span>').format(_clock(row.starts_at), _clock(row.ends_at)) if row.starts_at else ""
    return [Markup('{}<span class="rf-under">{}</span>').format(row.visit, row.carer), row.subject, row.support_type,
            Markup("{}{}").format(day, times), minutes_in_words(row.planned_minutes), minutes_in_words(row.actual_minutes), outcome]


def _clock(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(LONDON):%H:%M}"


def _people(import_id: int, first: int) -> None:
    table("People of this import", [text("Reference"), text("Name"), text("Known as"), text("What is new")],
          [[row.reference, row.name, row.known_as, "The name" if row.version > 1 else "The person"]
           for row in people_of_import(acting(), import_id, first, ROWS_A_PAGE)])


def _take_back(found: ImportOpened) -> None:
    """Taking an import back, in two steps; what cannot be taken back says why."""
    told = found.told
    if told.is_taken_back:
        return
    part("Take it back")
    if found.why_not is not None:
        words(f"{found.why_not.what} {found.why_not.to_do}")
        return
    visits = how_many(told.standing, "visit")
    if st.session_state.get(ASKED) != told.id:
        words(f"Its {visits} would be withdrawn, and the file could be brought in again.")
        if finance_button(f"Take back import {told.id} …"):
            st.session_state[ASKED] = told.id
            st.rerun()
        return
    st.html(Markup('<div class="rf-note" role="status"><strong>Take back {} of import {}?</strong> They are withdrawn as a whole. What was '
                   "charged for them is put back by entries of its own; a month that is closed stays as it is, and the next one shows the "
                   "correction. The file can be brought in again.</div>").format(visits, told.id))
    with st.container(horizontal=True):
        if finance_button(f"Take back import {told.id}: {visits}", type="primary"):
            _undo(told)
        if st.button("Keep it"):
            del st.session_state[ASKED]
            st.rerun()


def _undo(told: ImportTold) -> None:
    st.session_state.pop(ASKED, None)
    if told.standing > LARGE_ROWS:
        start(key(), "take back import", f"Taking back import {told.id}", import_id=told.id)
        st.rerun()
    try:
        with st.spinner("Taking it back …"):
            count = undo_import(acting(), told.id)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[TAKEN_BACK] = taken_back_words(told.id, count)
    st.rerun()
