"""The letters that are due, each to be opened before it is sent; who gets none and why; and noting that they went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import day_in_words
from ringfence.actions.acting import Acting
from ringfence.actions.reminding import LetterDue, Reminders, note_sent, reminders
from ringfence.documents.printing import reminder_pdf
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, tell_done, words
from ringfence.screens.components.markup import how_many, pounds, with_ways
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as text

DONE = "letters-noted"
"""Where what was done is kept until it is shown."""


@kept(2)
def read_reminders(caller: Acting, on: date) -> Reminders:
    return reminders(caller, on)


def show(on: date) -> None:
    """The part of the page; letters are written for today, never for a day before."""
    part("Letters")
    tell_done(DONE)
    if on != acting().today:
        words("Letters are written for today. Choose today above to see them.")
        return
    found = read_reminders(acting(), on)
    if found.letters:
        words(f"{how_many(len(found.letters), 'letter is', 'letters are')} due by the ladders that were agreed. Read each, send it, and then note "
              "here that it went out.")
        paged(found.letters, "letters", _letters, rows=10)
        _note(found)
    else:
        words("No letter is due today.")
    if found.none:
        paged(found.none, "none", lambda rows: table(
            "Overdue, and no letter", (text("Payer"), figures("Overdue"), text("Why"), text("What to do")),
            ([each.name, pounds(each.pence), each.why, with_ways(each.to_do)] for each in rows), show_caption=True), rows=10)


def _letters(shown: Sequence[LetterDue]) -> None:
    for each in shown:
        _letter(each)


def _letter(each: LetterDue) -> None:
    left, right = st.columns([5, 2], vertical_alignment="center")
    with left:
        words(f"{each.name}: {Money(each.letter.open_pence)}, step {each.step} of {each.steps}, {each.letter.tone}. "
              f"To {each.letter.to[0]} ({each.basis}).")
    right.download_button("Open the letter", lambda: reminder_pdf(each.letter, size_pt=each.size_pt), f"{each.letter.reference}.pdf",
                          "application/pdf", help=each.letter.reference, key=f"letter-{each.letter.reference}")


def _note(found: Reminders) -> None:
    if finance_button(f"Note {how_many(len(found.letters), 'letter')} as sent by post on {day_in_words(found.on)}", type="primary"):
        try:
            note_sent(acting(), found)
        except RingfenceError as error:
            show_problems(error)
        else:
            st.session_state[DONE] = f"{how_many(len(found.letters), 'letter')} noted as sent."
            st.rerun()
