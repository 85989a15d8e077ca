"""The next version of a contract’s split: looked at beside the one that counts, and prepared for another person to approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.periods import day_in_words
from isf.split import Method
from ringfence.actions.acting import Acting
from ringfence.actions.contracts import ContractTold, days_to_begin
from ringfence.actions.split_in_books import split_in_books
from ringfence.actions.split_prepare import prepare_split
from ringfence.actions.splitting import MethodTried, split_of_content
from ringfence.importing.split_file import SplitRequest
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.glossary import meaning
from ringfence.screens.components.markup import how_many
from ringfence.screens.components.offered import finance_button
from ringfence.screens.split_approval import SHORT_DIGEST
from ringfence.screens.split_case import DONE, METHODS, Case
from ringfence.screens.split_tables import one_method

THE_SAME, FILE = "The people as they stand", "A split file"


def prepare_again(caller: Acting, told: ContractTold, names: Mapping[str, str]) -> None:
    """The choice of the day, of what it is made from and of the method; each sum beside what stands; and the button."""
    part("Prepare the next version", "A split changes from the first day of an instalment of an open month. Every instalment keeps its sum. "
         "What has been paid for somebody goes back to its payer, who pays it again: no money goes from one person’s fund into another’s.")
    days = days_to_begin(caller, told.contract.reference)
    if not days:
        words("None of its instalments is still to come, so its split changes no more. The year after is prepared under “Split a contract”.")
        return
    left, right = st.columns(2)
    on = left.selectbox("Counts from", days, format_func=day_in_words, key="again-from", help=meaning("instalment"))
    start = right.selectbox("Made from", [THE_SAME, FILE], key="again-start")
    asked = _asked(caller, told, start)
    if asked is None:
        return
    case = Case(asked, names, told.contract.period.days, "Now")
    methods = {METHODS[each.method]: each for each in case.can_be_done}
    if not methods:
        words("It cannot be divided by any method as it stands.")
        return
    standing = METHODS[asked.method]
    chosen = st.selectbox("Method", list(methods), index=list(methods).index(standing) if standing in methods else 0, key="again-method",
                          help=meaning("split"))
    one_method(case, methods[chosen])
    _button(caller, case, methods[chosen], on)


def _asked(caller: Acting, told: ContractTold, start: str) -> SplitRequest | None:
    """Who is in it by what; “now” is what each has by the version that was approved last."""
    now = split_in_books(caller, told.contract.reference)
    last = next((each for each in reversed(told.versions) if each.approved_by), told.versions[-1])
    before = {each.person: each.pence for each in last.divided.allocations}
    kept = dict(last.divided.top_slices)
    if start == THE_SAME:
        return replace(now.asked, last_year=before, kept_last_year=kept)
    sent = st.file_uploader("A split file, as “ringfence template split” writes one", key="again-file", max_upload_size=5)
    if sent is None:
        words("Such a file says who joins or leaves, and the points, hours, costs or sums of each (docs/formats/split.md).", quiet=True)
        return None
    try:
        found = split_of_content(sent.getvalue(), sent.name)
    except RingfenceError as error:
        show_problems(error)
        return None
    if (found.contract, found.contract_pence) != (told.contract.reference, told.contract.pence):
        words(Markup("The file is of {}. Open one of {}, with its own sum.").format(found.contract, told.contract.reference))
        return None
    known = {claim.person: before.get(claim.person, 0) for claim in found.claims}
    return replace(found, last_year=known, kept_last_year={each.name: kept.get(each.name, 0) for each in found.top_slices})


def _button(caller: Acting, case: Case, tried: MethodTried, on: date) -> None:
    asked = f"Prepare version {METHODS[tried.method].lower()} from {day_in_words(on)}: {how_many(case.people, 'person', 'people')}"
    if finance_button(asked, key="prepare-again", type="primary"):
        _prepare(caller, case.asked, tried.method, on)


def _prepare(caller: Acting, asked: SplitRequest, method: Method, on: date) -> None:
    try:
        with st.spinner("Trying it on the books …"):
            done = prepare_split(caller, asked, method, again_from=on)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = (
        f"Prepared: the next version of {asked.contract}, {how_many(len(done.said), 'change')}. Its digest begins {done.digest[:SHORT_DIGEST]}. The "
        "council agrees the method and each sum, and then another person approves it.") if done.said else "Nothing would change."
    st.rerun(scope="app")
