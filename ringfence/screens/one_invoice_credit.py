"""The form that starts a credit of chosen lines of an invoice: what it would do is shown first, then it is asked for, and another approves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from ringfence.actions.crediting_lines import (
    INSTEAD,
    OF_AN_INSTALMENT,
    CreditAsked,
    LineAsked,
    credit_waiting,
    lines_asked,
    preview_credit,
    propose_credit,
)
from ringfence.screens.components.acts import Act
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import address, how_many, link, pounds
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

EXPLAINED = ("The visits behind the lines that you choose are taken back: they never were. Whoever shared one, and every other payer of it, is "
             "credited too. A visit that was given otherwise is put right on its own page.")


def form(act: Act, number: int) -> None:
    """What somebody says of the lines, then what that would do, then the button that asks for it."""
    lines = lines_asked(acting(), number)
    may = {each.n: each for each in lines if each.may_be_credited}
    if not may:
        words("Every line of it is credited." if any(each.visit for each in lines) else f"{OF_AN_INSTALMENT} {INSTEAD}")
        return
    approvals = link("Waiting for approval", address("approvals"))
    if by := credit_waiting(acting(), lines):
        words(Markup("{} asked already to take back a visit of this invoice. It stands under {}.").format(by, approvals))
    words(Markup("{} {}").format(EXPLAINED, link("Find it under Visits", address("visits"))))
    with st.form(act.key("credit"), border=False):
        chosen = st.multiselect("Which lines are not owed", list(may), format_func=lambda n: f"{n}: {may[n].words}", key=act.key("Which lines"))
        why = act.text("Why", "words", "Who found it, and when. It stands on the credit note.")
        if st.form_submit_button("Show what it would do", type="primary"):
            st.session_state[act.key("seen")] = chosen, why, act.tried(lambda: preview_credit(acting(), number, chosen, words=why))
    seen_of, seen_why, seen = st.session_state.get(act.key("seen"), ((), "", None))
    if seen is not None:
        _seen(act, number, [may[n] for n in seen_of if n in may], seen_why, seen, approvals)


def _seen(act: Act, number: int, lines: Sequence[LineAsked], why: str, seen: CreditAsked, approvals: Markup) -> None:
    """The credit as it would be, and the button for just that."""
    every = sum(pence for _, pence in seen.applied.credits)
    table("What it would do", [text("Credit note"), figures("Taken off")], _credits(seen), total=["Together", pounds(every)])
    st.html(Markup('<ul class="rf-list" role="status">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(_sentence(each.removeprefix("New: "))) for each in seen.applied.said)))
    if st.button(f"Ask for this credit: {how_many(len(lines), 'line')}, {Money(every)} in all", type="primary", key=act.key("ask for it")):
        act.send(lambda: propose_credit(acting(), number, [each.n for each in lines], words=why, read=seen.applied.digest),
                 Markup("A credit of {} waits for another person under {}.").format(Money(every), approvals))


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."


def _credits(seen: CreditAsked) -> Iterator[Row]:
    yield [f"Off this invoice, {seen.invoice:06d}", pounds(seen.pence)]
    for number, pence in seen.others:
        yield [link(f"Off invoice {number:06d}", address("invoices", invoice=number)), pounds(pence)]
