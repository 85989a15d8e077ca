"""Several invoices of the list noted as sent at once: how many and how much is told before it is done, and it is done for all of them or for none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from basics.money import Money
from ringfence.actions.debts_noted import note_invoices_sent
from ringfence.actions.invoice_list import IssuedInvoice
from ringfence.actions.rights import Right
from ringfence.actions.users import my_rights
from ringfence.screens.components.acts import Act
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import tell_done, words
from ringfence.screens.components.markup import how_many
from ringfence.screens.invoice_acts import HOWS
from ringfence.screens.invoices_found import Invoices

ABOUT, MOST_AT_ONCE = "several invoices", 500


def may_be_noted(invoices: Invoices, found: Sequence[IssuedInvoice]) -> None:
    """Draw it under the list, for whoever may record; nothing where nothing of what was found is still to be sent."""
    tell_done(f"{ABOUT} done")
    unsent = [one for one in found if not invoices.standings[one.number].sent and invoices.standings[one.number].amounts.open]
    if not unsent or Right.PREPARE not in my_rights(acting()):
        return
    with st.expander("Note that several were sent"):
        if len(unsent) > MOST_AT_ONCE:
            words(f"{how_many(len(unsent), 'invoice')} are open and nobody noted that they were sent. Filter the list to {MOST_AT_ONCE} at most.")
        else:
            _form(Act(ABOUT), unsent, f"Of {how_many(len(found), 'invoice')} found, {len(unsent):,}")


def _form(act: Act, unsent: Sequence[IssuedInvoice], of_those: str) -> None:
    by_number = {one.number: one for one in unsent}
    which = hashlib.sha256(repr(sorted(by_number)).encode()).hexdigest()
    words(f"{of_those} are open and nobody noted that they were sent: {_worth(unsent)}.")
    left_out = st.multiselect("Leave out", list(by_number), format_func=lambda n: f"{n:06d}, {by_number[n].payer}, {Money(by_number[n].pence)}",
                              key=act.key(f"leave out {which}"))
    chosen = [one for one in unsent if one.number not in left_out]
    with st.form(act.key("sent"), border=False):
        on = act.day("Sent on", "on", acting().today, latest=acting().today)
        how = st.selectbox("How", HOWS, key=act.key("How"))
        to = act.text("To whom, where it was one for all (empty: each payer)", "to", "A name, or an address")
        noted = f"{how_many(len(chosen), 'invoice')}, {_worth(chosen)}"
        if st.form_submit_button(f"Note {noted}, as sent", type="primary", key=act.key("note"), disabled=not chosen):
            act.send(lambda: note_invoices_sent(acting(), {one.number: to or one.payer for one in chosen}, on=on, how=how),
                     f"Noted as sent: {noted}.")


def _worth(invoices: Sequence[IssuedInvoice]) -> str:
    return str(Money(sum(one.pence for one in invoices)))
