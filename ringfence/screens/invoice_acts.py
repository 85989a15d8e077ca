"""What somebody may do about one invoice on its page: note that it was sent, a query and its answer, or ask for a credit or a write-off."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from ringfence.actions.debts_noted import note_answer, note_invoice_sent, note_query, propose_write_off, write_offs_waiting
from ringfence.actions.invoice_standing import Query, Standing
from ringfence.screens import one_invoice_credit
from ringfence.screens.components.acts import Act, Form, acts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import address, link

HOWS = ("e-mail", "post", "the payer’s portal", "handed over")


def may_be_done(one: Standing) -> None:
    """Draw the part. What there is nothing to do about is not offered: an answer without a query, a write-off of what is settled."""
    number = one.amounts.number
    forms: dict[str, Form] = {"Note that it was sent": lambda act: _sent(act, number), "Note a query": lambda act: _asked(act, number)}
    if asked := [each for each in one.queries if each.is_open]:
        forms["Note an answer"] = lambda act: _answered(act, asked)
    forms["Start a credit"] = lambda act: one_invoice_credit.form(act, number)
    if one.amounts.open:
        forms["Ask for a write-off"] = lambda act: _write_off(act, one)
    acts("What happened to it", f"invoice {number}", forms)


def _sent(act: Act, number: int) -> None:
    with st.form(act.key("sent"), border=False):
        on = act.day("Sent on", "on", acting().today, latest=acting().today)
        how = st.selectbox("How", HOWS, key=act.key("How"))
        to = act.text("To whom", "to", "A name, or an address")
        if st.form_submit_button("Note that it was sent", type="primary"):
            act.send(lambda: note_invoice_sent(acting(), number, on=on, how=how, to=to), f"Noted: invoice {number:06d} was sent.")


def _asked(act: Act, number: int) -> None:
    with st.form(act.key("asked"), border=False):
        on = act.day("Asked on", "on", acting().today, latest=acting().today)
        who, what = act.text("Who asked", "raised_by"), act.text("What they asked, or what they dispute", "words")
        by = act.day("To be answered by", "reply_by")
        if st.form_submit_button("Note the query", type="primary"):
            act.send(lambda: note_query(acting(), number, on=on, raised_by=who, words=what, reply_by=by),
                     f"Noted: the query about invoice {number:06d}. It stands on the watch list until it has an answer.")


def _answered(act: Act, queries: list[Query]) -> None:
    with st.form(act.key("answered"), border=False):
        query = st.selectbox("Which query", queries, format_func=lambda each: f"{each.words} ({each.raised_by}, {day_in_words(each.on)})",
                             key=act.key("Which query"))
        outcome = act.text("What came of it", "outcome")
        on = act.day("Answered on", "outcome_on", acting().today, latest=acting().today)
        if st.form_submit_button("Note the answer", type="primary"):
            act.send(lambda: note_answer(acting(), query.reference, on=on, outcome=outcome), "Noted: the query has its answer.")


def _write_off(act: Act, one: Standing) -> None:
    number, pence = one.amounts.number, one.amounts.open
    approvals = link("Waiting for approval", address("approvals"))
    if by := write_offs_waiting(acting()).get(number):
        words(Markup("{} asked for that already. It stands under {}.").format(by, approvals))
        return
    with st.form(act.key("written off"), border=False):
        words(f"All that is open today, {Money(pence)}, will not be asked for any more, and we carry it. It counts once another person approves it.")
        why = act.text("Why, and who decided it", "words", "Trustees, 18 November: the estate has nothing")
        if st.form_submit_button(f"Ask to write off {Money(pence)}", type="primary"):
            def ask() -> None:
                if not propose_write_off(acting(), number, words=why).digest:
                    raise InputError("Nothing of it would change.", "Look at the page again.")
            act.send(ask, Markup("{} of invoice {} waits for another person under {}.").format(Money(pence), f"{number:06d}", approvals))
