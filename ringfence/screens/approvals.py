"""Waiting for approval: what somebody prepared, what it would do, and the decision of another person."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.periods import day_in_words, day_of
from ringfence.actions.applying import approve
from ringfence.actions.overview import Waiting, waiting_for_approval
from ringfence.actions.prepared import held_by_files
from ringfence.screens.components.desk import acting, who
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, tell_done, words
from ringfence.screens.components.markup import address, button_link, how_many, link
from ringfence.screens.components.offered import approver_button

FIRST_SHOWN = 12
SHORT_DIGEST = 12
DONE = "approved_here"


def page() -> None:
    with st.spinner("Reading what was prepared …"):
        waiting, held = waiting_for_approval(acting()), held_by_files(acting())
    ready, stale = [each for each in waiting if not each.stale], [each for each in waiting if each.stale]
    heading("Waiting for approval", _first_line(len(ready), len(stale)))
    tell_done(DONE)
    if not waiting:
        words("Splits, agreements and money stand here once somebody has prepared them; a month end stands here too.")
    to_decide = [each.digest for each in ready if each.kind != "month_end" and each.prepared_by != who()]
    for each in (*ready, *stale):
        _one(each, held.get(each.digest, ""), primary=each.digest in to_decide[:1])


def _first_line(ready: int, stale: int) -> str:
    over = f" {how_many(stale, 'thing')} can no longer be approved." if stale else ""
    if not ready:
        return f"Nothing waits for approval.{over}"
    waits = "1 thing waits. It counts" if ready == 1 else f"{ready:,} things wait. Each counts"
    return f"{waits} once somebody other than its preparer approves it.{over}"


def _one(waiting: Waiting, held: str, *, primary: bool) -> None:
    """Something prepared; `held` says what a file holds, empty where it is no file."""
    part(f"{held[:1].upper()}{held[1:]}" or waiting.about, Markup("{} prepared it on {}. Its digest begins <code>{}</code>.").format(
        waiting.prepared_by, day_in_words(day_of(waiting.prepared_at)), waiting.digest[:SHORT_DIGEST]))
    if waiting.stale:
        words(f"It cannot be approved any more. {waiting.stale} If it is still wanted, it is prepared again; if not, there is nothing to do.")
        return
    if waiting.kind == "month_end":
        st.html(button_link(f"Review {waiting.about}", address("month-end")))
        return
    _what_it_would_do(waiting.says)
    if waiting.kind == "issue_held":
        words(link("What each asks for, under Invoices", address("invoices")))
    if waiting.prepared_by == who():
        words("You prepared this, so somebody else must approve it: they choose their name with Change, at the side.")
        return
    changes = how_many(len(waiting.says), "change")
    of = f" of {held}" if held else ""
    if approver_button(f"Approve {changes}{of}", type="primary" if primary else "secondary", key=f"approve-{waiting.digest}"):
        _approve(waiting.digest, len(waiting.says))


def _what_it_would_do(said: Sequence[str]) -> None:
    """Every change, those of money first: of a long file they are what its approver has to see."""
    says = sorted(said, key=lambda each: "£" not in each)
    st.html(_listed(says[:FIRST_SHOWN]))
    if len(says) > FIRST_SHOWN:
        with st.expander(how_many(len(says) - FIRST_SHOWN, "more change", "more changes")):
            st.html(_listed(says[FIRST_SHOWN:]))


def _approve(digest: str, count: int) -> None:
    try:
        with st.spinner("Posting what it says …"):
            done = approve(acting(), digest)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = (f"Approved: {how_many(count, 'change')} now {'counts' if count == 1 else 'count'}." if done.said
                              else "Somebody else has approved it already.")
    st.rerun()


def _listed(says: Sequence[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(each) for each in says))
