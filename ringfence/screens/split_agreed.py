"""Noting what the council agreed of a split: its method, and each person’s sum by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from basics.errors import RingfenceError
from basics.money import Money
from isf.split import Method
from ringfence.actions.acting import Acting
from ringfence.actions.recording import record_content
from ringfence.actions.split_agreements import Agreement
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.markup import how_many
from ringfence.screens.components.offered import is_offered
from ringfence.screens.split_case import DONE, METHODS


def note_agreed(caller: Acting, needed: Sequence[Agreement], names: Mapping[str, str], key: str) -> None:
    """A form for what is missing: which of it was agreed, who said so, when, and where it is written. It counts at once, with the user’s name."""
    missing = {_called(each, names): each for each in needed if not each.is_there}
    with st.expander("Record what the council agreed"):
        if not is_offered("Record what the council agreed"):
            return
        chosen = st.multiselect("What was agreed", list(missing), key=f"agreed-what-{key}")
        by = st.text_input("Who at the council agreed it", key=f"agreed-by-{key}", autocomplete="off")
        on = st.date_input("On which day", value=caller.today, max_value=caller.today, format="DD/MM/YYYY", key=f"agreed-on-{key}")
        source = st.text_input("Where it is written", key=f"agreed-source-{key}", autocomplete="off", placeholder="Letter C-160")
        if not chosen:
            return
        if st.button(f"Record {how_many(len(chosen), 'agreement')}", key=f"agreed-{key}"):
            said = {"by": by, "on": on, "source": source}
            _record(caller, [(missing[each], said) for each in chosen])


def _called(each: Agreement, names: Mapping[str, str]) -> str:
    """“Amina, P001: £6,000.00”, “The method: by hours”."""
    if not each.person:
        return f"The method: {METHODS[Method(each.method)].lower()}"
    return f"{', '.join(filter(None, (names.get(each.person, ''), each.person)))}: {Money(each.pence)}"


def _record(caller: Acting, agreed: Sequence[tuple[Agreement, Mapping[str, object]]]) -> None:
    named = [(each, {"contract": each.contract, "version": each.version, **said}) for each, said in agreed]
    methods = [{**said, "method": each.method} for each, said in named if not each.person]
    sums = [{**said, "person": each.person, "pounds": Money(each.pence)} for each, said in named if each.person]
    try:
        record_content(caller, {"methods_agreed": methods, "sums_approved": sums}, "what was agreed")
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = f"Recorded: {how_many(len(named), 'agreement')} of {named[0][0].contract}."
    st.rerun(scope="app")
