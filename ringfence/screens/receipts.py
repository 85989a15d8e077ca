"""Receipts to match: money at the bank that is nobody's yet, what each line may be for and why; a person confirms, another approves."""

from __future__ import annotations

import streamlit as st

from basics.money import Money
from ringfence.actions.receipts import Receipts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import heading, tell_done, words
from ringfence.screens.components.markup import how_many
from ringfence.screens.receipts_file import new_file
from ringfence.screens.receipts_lines import DONE, read_receipts, show_lines
from ringfence.screens.receipts_placed import show_placed


def page() -> None:
    """Draw the page: the lines to match, the way in for a file, and what was placed lately."""
    above = st.container()
    with st.spinner("Reading what the bank shows …"):
        found = read_receipts(acting())
    with above:
        heading("Receipts to match", _first_line(found))
    tell_done(DONE)
    if found.to_match:
        show_lines()
    else:
        words("When a bank file has been brought in and approved, its lines stand here.")
    new_file()
    show_placed(found)


def _first_line(found: Receipts) -> str:
    if not found.to_match:
        return "Every line of the bank is placed or explained."
    came = how_many(sum(each.line.pence > 0 for each in found.to_match), "line")
    went = sum(each.line.pence < 0 for each in found.to_match)
    out = f" {Money(found.out_pence)} that went out is not explained, in {how_many(went, 'line')}." if went else ""
    return f"{Money(found.in_pence)} that came in is nobody’s yet, in {came}.{out} A month with such a line cannot be locked."
