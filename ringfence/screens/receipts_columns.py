"""Which column of a bank's table is which, said once: kept by name, and used again for the next file with the same headings."""

from __future__ import annotations

import streamlit as st

from basics.errors import RingfenceError
from ringfence.actions.bank_in import keep_columns
from ringfence.importing.bank_columns import ColumnsNotKnown
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import words
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.table import table
from ringfence.screens.components.table import words as text

ONE, TWO = "One column, with a sign", "Two columns, in and out"
NONE = "None"


def say_columns(asked: ColumnsNotKnown) -> None:
    """The first rows of the file, and a box for each thing that a line needs."""
    words("No bank that is known here has these columns. Say once which is which: they are kept for the next file.")
    if not asked.headings:
        show_problems(asked)
        return
    table("The first rows of the file", [text(heading) for heading in asked.headings],
          [[*row, *[""] * len(asked.headings)][:len(asked.headings)] for row in asked.rows], show_caption=True)
    headings = [each for each in asked.headings if each]
    left, right = st.columns(2)
    name = left.text_input("A name for this bank’s columns", key="columns-name", placeholder="caf-bank", autocomplete="off").strip()
    day = right.selectbox("The day", headings, index=None, key="columns-date")
    said = st.multiselect("What the bank says (all that may tell who paid and what for)", headings, key="columns-words")
    how = st.segmented_control("The money", [ONE, TWO], default=ONE, required=True, key="columns-how")
    left, right = st.columns(2)
    if how == TWO:
        money = {"paid_in": left.selectbox("Money in", headings, index=None, key="columns-in"),
                 "paid_out": right.selectbox("Money out", headings, index=None, key="columns-out")}
    else:
        money = {"pounds": left.selectbox("The amount", headings, index=None, key="columns-pounds")}
    balance = left.selectbox("The balance after it", [NONE, *headings], key="columns-balance")
    account = right.multiselect("The number of the account", headings, key="columns-account")
    if not finance_button(f"Keep these columns{f' as {name}' if name else ''}", type="primary", key="columns-keep"):
        return
    try:
        keep_columns(acting(), name, date=day, words=said, **money, balance=balance if balance != NONE else "", account=account)
    except RingfenceError as error:
        show_problems(error)
        return
    st.rerun()
