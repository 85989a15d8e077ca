"""Fees on the page of offers: what each organisation was asked to pay for a service, what it offered and what was agreed; and their form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from basics.errors import InputError, Problem, RingfenceError
from basics.people import Funder
from isf.fees import Fee, Per
from isf.trustees_tables import fees_table
from ringfence.actions.fees import FeeTyped, as_typed, fees, payers_of_fees, record_fee, take_fee_away
from ringfence.actions.rights import Right
from ringfence.actions.users import my_rights
from ringfence.screens.components import amounts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import tell_done, words
from ringfence.screens.trustees_tables import trustees_table

DONE, NEW = "fee-done", "A new fee"


def draw_fees() -> None:
    """The fees as trustees read them; and for whoever may record one, the form."""
    found = fees(acting())
    trustees_table(fees_table(found))
    tell_done(DONE)
    if Right.PREPARE in my_rights(acting()):
        with st.expander("Record a fee asked, offered or agreed"):
            _form(found)


def _form(found: Sequence[Fee]) -> None:
    payers = payers_of_fees(acting())
    if not payers:
        words("No council or other organisation pays here yet: agree the first contract, then record its fee.", quiet=True)
        return
    words("It counts at once and changes no price. Trustees read it: name nobody, and put services of fewer than 5 people together.", quiet=True)
    named = {f"{each.named}, asked on {each.asked_on:%d/%m/%Y}": each for each in found}
    chosen = named.get(st.selectbox("Which fee", [NEW, *named], key="fee-which") or NEW)
    key = f"{chosen.payer}-{chosen.service}-{chosen.asked_on}" if chosen else "new"
    problems = list[Problem]()
    typed = _boxes(key, as_typed(chosen) if chosen else None, payers, problems)
    if problems:
        st.html(problem_summary(problems))
    with st.container(horizontal=True):
        if st.button("Record this fee", type="primary", key=f"fee-record-{key}", disabled=bool(problems)):
            _record(typed)
        if chosen and st.button("Take this fee away", key=f"fee-away-{key}"):
            _take_away(chosen)


def _boxes(key: str, known: FeeTyped | None, payers: Sequence[Funder], problems: list[Problem]) -> FeeTyped:
    """What is typed; of a fee that is known the payer, service and day say which it is, and stay."""
    at = known or FeeTyped("", "")
    left, right = st.columns(2)
    payer = left.selectbox("Payer", payers if known is None else [each for each in payers if each.reference == at.payer], key=f"fee-payer-{key}",
                           format_func=lambda each: each.name)
    service = right.text_input("Service or contract", at.service, key=f"fee-service-{key}", autocomplete="off", disabled=known is not None)
    left, right = st.columns(2)
    asked_on = left.date_input("Asked on", at.asked_on or acting().today, key=f"fee-asked-on-{key}", format="DD/MM/YYYY", disabled=known is not None)
    per = right.segmented_control("For each", [each.value for each in Per], default=at.per.value, key=f"fee-per-{key}", required=True)
    before, asked, offered, agreed = (
        column.text_input(label, value, key=f"fee-{label}-{key}", autocomplete="off", placeholder=example) for column, (label, value, example) in zip(
            st.columns(4), (("Before, £", at.before, "22.00"), ("Asked", at.asked, "24.10 or 9.5%"), ("Offered", at.offered, "23.00 or 4.5%"),
                            ("Agreed", at.agreed, "23.25 or 5.7%")), strict=True))
    first, second, third = st.columns(3)
    agreed_from = first.date_input("The agreed fee counts from", at.agreed_from, key=f"fee-from-{key}", format="DD/MM/YYYY")
    with second:
        people = amounts.typed("How many people", _whole, problems, key=f"fee-people-{key}", value=_text(at.people),
                               help="How many people are supported for this fee: five or more, because trustees read it.")
    with third:
        a_year = amounts.typed("Hours (or weeks) in a year", _whole, problems, key=f"fee-a-year-{key}", value=_text(at.a_year),
                               help="How many are paid in a year, for everybody: the page then says what lies in a year between asked and agreed.")
    return FeeTyped(payer.reference if payer else at.payer, service or "", _day(asked_on), Per(per), before or "", asked or "", offered or "",
                    agreed or "", _day(agreed_from), people, a_year)


def _record(typed: FeeTyped) -> None:
    try:
        fee = record_fee(acting(), typed)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = f"Recorded: {fee.named}. Trustees read it from now on."
    st.rerun()


def _take_away(fee: Fee) -> None:
    try:
        take_fee_away(acting(), fee.payer, fee.service, fee.asked_on)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = f"Taken away: {fee.named}."
    st.rerun()


def _whole(text: str) -> int | None:
    """A whole number; None where nothing is written. Raises `InputError`."""
    if not text.strip():
        return None
    found = amounts.number(text)
    if found != int(found):
        raise InputError(f"“{text}” is not a whole number.", "Round it.")
    return int(found)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(said: object) -> date | None:
    return said if isinstance(said, date) else None
