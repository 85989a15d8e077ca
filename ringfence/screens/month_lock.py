"""Locking a month, and asking that one that is locked is opened again: one person asks, another approves."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.periods import Month, day_in_words, day_of
from ringfence.actions.month_end import reopen_month
from ringfence.actions.month_standing import MonthStanding
from ringfence.screens.components.amounts import beside
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import address, how_many, link
from ringfence.screens.components.offered import finance_button, is_offered
from ringfence.screens.month_buttons import begin


def show_lock(standing: MonthStanding) -> None:
    """Locking, for a month that has begun and is not locked."""
    month = standing.month
    if standing.locked_by:
        words(f"Locked by {standing.locked_by}{f' on {day_in_words(day_of(standing.locked_at))}' if standing.locked_at else ''}.", quiet=True)
    elif standing.papers:
        part("Lock", "Once every bank line of the month is placed or explained, lock it: then it takes nothing more.")
        if standing.unplaced:
            words(Markup("It cannot be locked yet: {} not placed.").format(how_many(len(standing.unplaced), "bank line is", "bank lines are")))
        elif finance_button(f"Lock {month.in_words}", key="lock"):
            begin(month, "lock month", f"Locking {month.in_words}")


def show_reopening(standing: MonthStanding) -> None:
    """For a month that is closed: how what was wrong in it is put right, and for one that is only locked, asking that it is opened again."""
    month, asked = standing.month, standing.reopening
    if standing.papers:
        words("Its statements are issued, so it stays closed. What was wrong in it is put right in the first open month, and shows there "
              "as a correction.", quiet=True)
    elif standing.can_reopen and asked:
        words(Markup("{} asked on {} that it is opened again. It {}.").format(
            asked.by, day_in_words(day_of(asked.at)), link("waits for another person to approve it", address("approvals"))))
    elif standing.can_reopen:
        with st.expander("Open it again"):
            _ask_to_reopen(month)
    elif not standing.is_open:
        words("Only the last month that is locked can be opened again.", quiet=True)


def _ask_to_reopen(month: Month) -> None:
    words("It is opened once another person approves it. Until then nothing changes.")
    if not is_offered(f"Ask for {month.in_words} to be opened again"):
        return
    why = st.text_input("Why it should be opened again", key="why_reopen", max_chars=200, autocomplete="off").strip()
    if not st.button(f"Ask for {month.in_words} to be opened again", key="reopen"):
        return
    if not why:
        beside(Problem("", "Nothing is written here.", "Say why: whoever approves it reads that."))
        return
    try:
        reopen_month(acting(), month, why)
    except RingfenceError as error:
        show_problems(error)
        return
    st.query_params["month"] = str(month)
    st.rerun()
