"""What somebody may do about one payer on its page: hold the letters about money back, with why, let them go again, or note that interest for late
payment was claimed.
"""

from __future__ import annotations

import streamlit as st

from basics.periods import day_in_words
from invoicing.reminders import Hold, Why
from ringfence.actions.debtors import Debtor
from ringfence.actions.debts_noted import end_hold, hold_letters, note_late_claim
from ringfence.screens.components.acts import Act, Form, acts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.markup import how_many


def may_be_done(each: Debtor) -> None:
    """Draw the part. The end of a hold is offered where one stands."""
    forms: dict[str, Form] = {"Hold the letters": lambda act: _hold(act, each)}
    if held := each.held:
        forms["End the hold"] = lambda act: _end(act, each, held)
    if numbers := [int(called) for called, _ in each.late if called.isdecimal()]:
        forms["Note a claim of interest"] = lambda act: _claim(act, each, numbers)
    acts("Letters and claims", f"payer {each.payer}", forms)


def _hold(act: Act, each: Debtor) -> None:
    with st.form(act.key("hold"), border=False):
        why = st.selectbox("Because of", [each.value for each in Why], format_func=str.capitalize, key=act.key("why"))
        said = act.text("What was said, and by whom", "words", "Notice of the Insolvency Service of 1 November")
        left, right = st.columns(2)
        with left:
            first = act.day("From", "from", acting().today)
        with right:
            last = act.day("Until (empty: until further notice)", "until")
        if st.form_submit_button("Hold every letter to this payer", type="primary"):
            act.send(lambda: hold_letters(acting(), each.payer, why=Why(why), words=said, from_on=first, until=last),
                     f"Noted: no letter about money goes to {each.name} over these days.")


def _end(act: Act, each: Debtor, held: Hold) -> None:
    with st.form(act.key("end"), border=False):
        last = act.day(f"Last day of the hold of {day_in_words(held.from_on)} ({held.why})", "until", acting().today)
        if st.form_submit_button("End the hold on that day", type="primary"):
            act.send(lambda: end_hold(acting(), held.reference, until=last), f"Noted: letters to {each.name} are held no longer than that day.")


def _claim(act: Act, each: Debtor, numbers: list[int]) -> None:
    with st.form(act.key("claim"), border=False):
        chosen = st.multiselect("On which invoices", numbers, numbers, format_func=lambda number: f"{number:06d}", key=act.key("invoices"))
        on = act.day("Claimed on", "on", acting().today, latest=acting().today)
        how = act.text("How, and who decided it", "words", "By letter; the finance manager")
        if st.form_submit_button("Note the claim", type="primary"):
            act.send(lambda: note_late_claim(acting(), each.payer, chosen, on=on, words=how),
                     f"Noted: interest was claimed on {how_many(len(chosen), 'invoice')}. Only days after that day are added to them from now on.")
