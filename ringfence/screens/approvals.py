"""Waiting for approval: what somebody prepared, what it would do, and the decision of another person."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.periods import day_in_words
from ringfence.actions.applying import approve
from ringfence.actions.overview import Waiting, waiting_for_approval
from ringfence.screens.components.desk import acting, who
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.markup import address, button_link, how_many

FIRST_SHOWN = 12
DONE = "approved_here"


def page() -> None:
    with st.spinner("Reading what was prepared …"):
        waiting = waiting_for_approval(acting())
    heading("Waiting for approval", _first_line(len(waiting)))
    if done := st.session_state.pop(DONE, None):
        st.html(Markup('<div class="rf-done" role="status">{}</div>').format(done))
    if not waiting:
        words("Splits, agreements and money stand here once somebody has prepared them; a month end stands here too.")
    for each in waiting:
        _one(each)


def _first_line(count: int) -> str:
    if not count:
        return "Nothing waits for approval."
    return f"{how_many(count, 'thing waits', 'things wait')}. It counts once somebody other than its preparer approves it."


def _one(waiting: Waiting) -> None:
    part(waiting.about, f"{waiting.prepared_by} prepared it on {day_in_words(waiting.prepared_at.date())}. "
                        f"Its digest begins {waiting.digest[:12]}.")
    if waiting.stale:
        words(f"It cannot be approved any more. {waiting.stale}")
        return
    if waiting.kind == "month_end":
        st.html(button_link(f"Review {waiting.about}", address("month-end")))
        return
    _what_it_would_do(waiting.says)
    if waiting.prepared_by == who():
        words("You prepared this, so somebody else must approve it: they choose their name with Change, at the side.")
        return
    changes = how_many(len(waiting.says), "change")
    if st.button(f"Approve {changes}", type="primary", key=f"approve-{waiting.digest}"):
        _approve(waiting.digest, changes)


def _what_it_would_do(says: tuple[str, ...]) -> None:
    st.html(_listed(says[:FIRST_SHOWN]))
    if len(says) > FIRST_SHOWN:
        with st.expander(f"{len(says) - FIRST_SHOWN} more changes"):
            st.html(_listed(says[FIRST_SHOWN:]))


def _approve(digest: str, changes: str) -> None:
    try:
        approve(acting(), digest)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = f"Approved: {changes} now count."
    st.rerun()


def _listed(says: tuple[str, ...]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(each) for each in says))
