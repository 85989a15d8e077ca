"""The audit pack of a fund, on its page: which months, and the zip that a council asks for."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.periods import Month, financial_year
from ringfence.actions.one_fund import Fund
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import button_link

WHAT = ("Everything that a council asks for about this fund, in one file: agreement, plan, statements, entries, evidence, reconciliation, reviews, "
        "corrections and worries, with an index of what is in it and what is not.")


@st.fragment
def pack(fund: Fund) -> None:
    """Choose the months, and open the zip: it is made when it is asked for, and kept nowhere."""
    part("Audit pack", WHAT)
    over = [month for month in fund.months if month.last <= acting().today]
    if not over:
        st.html('<p class="rf-empty">No month of this fund is over yet. A pack is of days that are over.</p>')
        return
    named = {month.in_words: month for month in over}
    year = Month.of(financial_year(over[-1].first).first)
    left, right, _ = st.columns([2, 2, 3])
    begins = next(n for n, each in enumerate(over) if each >= year)
    first = named[left.selectbox("From the first day of", list(named), index=begins, key="pack-from")]
    last = named[right.selectbox("To the last day of", list(named), index=len(over) - 1, key="pack-to")]
    if last < first:
        st.html('<p class="rf-beside" role="alert">The last month is before the first. Change one of the two.</p>')
        return
    months = first.in_words if first == last else f"{first.in_words} to {last.in_words}"
    st.html(Markup("<p>{}</p>").format(button_link(f"Make the audit pack, {months}",
                                                   f"/documents/audit-pack/{fund.key}/{first.first}/{last.last}.zip")))
    words("It names nobody else: whole names and references of others are taken out. Read what people typed before you send it.", quiet=True)
