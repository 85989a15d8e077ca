"""The form that starts a credit of chosen lines of an invoice: what it would do is shown first, then it is asked for, and another approves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError
from basics.money import Money
from ringfence.actions.crediting_lines import CreditAsked, LineAsked, Sums, credit_waiting, lines_asked, preview_credit, propose_credit
from ringfence.screens.components.acts import Act
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import address, how_many, link, pounds
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

EXPLAINED = ("The visits behind the lines that you choose are taken back: they never were. Whoever shared one, and every other payer of it, is "
             "credited too. A visit that was given otherwise is put right on its own page.")
OF_INSTALMENTS = ("The whole of a line is credited, or a sum of it. The fund has as much less to use, so never more than it has not used. What is "
                  "owed in its place, a later instalment or a new version of the split says: this one is not asked for again.")


def form(act: Act, number: int) -> None:
    """What somebody says of the lines, then what that would do, then the button that asks for it."""
    lines = lines_asked(acting(), number)
    may = {each.n: each for each in lines if each.may_be_credited}
    if not may:
        words("Every line of it is credited.")
        return
    of_instalments = any(each.is_instalment for each in may.values())
    approvals = link("Waiting for approval", address("approvals"))
    if by := credit_waiting(acting(), lines):
        words(Markup("{} asked already for a credit of this invoice. It stands under {}.").format(by, approvals))
    words(OF_INSTALMENTS if of_instalments else Markup("{} {}").format(EXPLAINED, link("Find it under Visits", address("visits"))))
    with st.form(act.key("credit"), border=False):
        chosen = st.multiselect("Which lines are not owed", list(may), format_func=lambda n: f"{n}: {may[n].words}", key=act.key("Which lines"))
        part = act.text("Pounds, if not the whole of the line", "pounds", "250.00") if of_instalments else ""
        why = act.text("Why", "words", "Who found it, and when. It stands on the credit note.")
        if st.form_submit_button("Show what it would do", type="primary"):
            st.session_state[act.key("seen")] = act.tried(lambda: _asked(number, chosen, part, why))
    if (seen := st.session_state.get(act.key("seen"))) is not None:
        seen_of, sums, seen_why, would = seen
        _seen(act, number, [may[n] for n in seen_of if n in may], sums, seen_why, would, approvals)


def _asked(number: int, chosen: Sequence[int], part: str, why: str) -> tuple[Sequence[int], Sums, str, CreditAsked]:
    """What was chosen, and what it would do. A sum that is not the whole is of one line."""
    if part and len(chosen) != 1:
        raise InputError("A sum is given, and not one line chosen.", "Choose the line that it is of; ask for whole lines apart.", "pounds")
    sums = {chosen[0]: Money.parse(part)} if part else {}
    return chosen, sums, why, preview_credit(acting(), number, chosen, words=why, sums=sums)


def _seen(act: Act, number: int, lines: Sequence[LineAsked], sums: Sums, why: str, seen: CreditAsked, approvals: Markup) -> None:
    """The credit as it would be, and the button for just that."""
    every = sum(pence for _, pence in seen.applied.credits)
    table("What it would do", [text("Credit note"), figures("Taken off")], _credits(seen), total=["Together", pounds(every)])
    st.html(Markup('<ul class="rf-list" role="status">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(_sentence(each.removeprefix("New: "))) for each in seen.applied.said)))
    if st.button(f"Ask for this credit: {how_many(len(lines), 'line')}, {Money(every)} in all", type="primary", key=act.key("ask for it")):
        act.send(lambda: propose_credit(acting(), number, [each.n for each in lines], words=why, sums=sums, read=seen.applied.digest),
                 Markup("A credit of {} waits for another person under {}.").format(Money(every), approvals))


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."


def _credits(seen: CreditAsked) -> Iterator[Row]:
    yield [f"Off this invoice, {seen.invoice:06d}", pounds(seen.pence)]
    for number, pence in seen.others:
        yield [link(f"Off invoice {number:06d}", address("invoices", invoice=number)), pounds(pence)]
