"""What was placed lately, and one row of it put back: its money is there to be matched again."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import day_in_figures
from ringfence.actions.brought_over import number_before
from ringfence.actions.receipts import Placed, Receipts, put_back
from ringfence.screens.components.amounts import beside
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import address, link, pounds
from ringfence.screens.components.offered import is_offered
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.receipts_lines import DONE

ROWS = 10


def show_placed(found: Receipts) -> None:
    """The latest rows, and the way back for one of them."""
    if not found.placed_lately:
        return
    part("Placed lately")
    paged(found.placed_lately, "placed", lambda shown: table(
        "Placed lately", [text("Day"), text("For"), text("What it is"), figures("Amount")],
        [[day_in_figures(each.on), link(found.called.get(each.fund, each.fund), address("fund", fund=each.fund)),
          _what(found, each), pounds(each.pence)]
         for each in shown]), rows=ROWS)
    with st.expander("Put a row back"):
        _put_back(found)


def _what(found: Receipts, each: Placed) -> str:
    """“Payment on invoice 001001, Eastmere Borough Council”."""
    as_, _, about = each.what_for.partition(" ")
    before = number_before(about)
    words_of = f"{as_} on invoice {before or f'{int(about):06d}'}" if before or about.isdigit() else each.what_for
    said = f"{words_of[:1].upper()}{words_of[1:]}"
    return f"{said}, {found.payers[each.funder]}" if each.funder else said


def _put_back(found: Receipts) -> None:
    named = {each.event: f"{day_in_figures(each.on)}, {Money(each.pence)}, {found.called.get(each.fund, each.fund)}, {_what(found, each)}"
             for each in found.placed_lately}
    words("The row is put back with the reason, which the person’s statement prints. It counts once another person approves it.")
    if not is_offered("Prepare to put it back"):
        return
    event = st.selectbox("Which row", list(named), format_func=lambda one: named[one], key="put-back-row")
    why = st.text_input("Why, in words the person can read", key="put-back-why", autocomplete="off").strip()
    if not st.button("Prepare to put it back"):
        return
    if not why:
        beside(Problem("", "The reason is missing.", "Write it: the statement prints it."))
        return
    try:
        done = put_back(acting(), event, why)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = Markup("<strong>Prepared to be put back: {}.</strong> It counts once another person approves it under {}. Its digest "
                                    "begins <code>{}</code>.").format(named[event], link("Waiting for approval", address("approvals")),
                                                                      done.digest[:12])
    st.rerun()
