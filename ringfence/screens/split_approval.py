"""A split made to count: prepared here by one person, approved here by another."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import day_in_words, day_of
from isf.split import Method
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.split_agreements import agreements_of
from ringfence.actions.split_content import as_apply_file, split_content
from ringfence.actions.split_prepare import SplitWaiting, prepare_split, splits_waiting
from ringfence.screens.components.desk import acting, kept, who
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, tell_done, words
from ringfence.screens.components.markup import how_many
from ringfence.screens.components.offered import approver_button, finance_button
from ringfence.screens.split_agreed import note_agreed
from ringfence.screens.split_case import DONE, METHODS, Case

SHORT_DIGEST = 12


def waiting() -> tuple[SplitWaiting, ...]:
    """The splits that wait for approval, kept until something is written."""
    return _read(acting())


@kept(8)
def _read(caller: Acting) -> tuple[SplitWaiting, ...]:
    return splits_waiting(caller)


def to_decide(found: Sequence[SplitWaiting]) -> list[SplitWaiting]:
    """Those that whoever works here may approve."""
    return [each for each in found if not (each.stale or each.missing) and each.prepared_by != who()]


def show_done() -> None:
    """What was just prepared or approved."""
    tell_done(DONE)


def show_waiting(found: Sequence[SplitWaiting]) -> None:
    """Each split that waits, with what approving it would do, and a button for everybody but its preparer."""
    for each in found:
        part(f"{'Prepared' if each.stale else 'Waiting'}: {each.in_words}", Markup("{} prepared it on {}. Its digest begins <code>{}</code>.").format(
            each.prepared_by, day_in_words(day_of(each.prepared_at)), each.digest[:SHORT_DIGEST]))
        if each.stale:
            words(f"It cannot be approved any more: {each.stale} If it is still wanted, prepare it again; if not, there is nothing to do.")
            continue
        with st.expander(f"What it would do: {how_many(len(each.says), 'change')}"):
            st.html(Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(said) for said in each.says)))
        if each.missing:
            st.html(Markup('<p class="rf-words">It cannot be approved before the council has agreed:</p><ul class="rf-list">{}</ul>').format(
                Markup("").join(Markup("<li>{}</li>").format(said) for said in each.missing)))
            note_agreed(acting(), agreements_of(acting(), each.digest), {}, each.digest)
        elif each.prepared_by == who():
            words("You prepared it, so somebody else must approve it. Another person at this machine chooses “Change” at the side.")
        elif approver_button(f"Approve {each.in_words}", type="primary" if each in to_decide(found)[:1] else "secondary",
                             key=f"approve-{each.digest}"):
            _approve(each)


def _approve(each: SplitWaiting) -> None:
    try:
        with st.spinner("Posting the split …"):
            approve(acting(), each.digest)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = f"Approved: {each.in_words}. It counts from now on."
    st.rerun(scope="app")


def make_it_count(case: Case, method: Method, *, primary: bool) -> None:
    """The way from this split to one that counts: prepare it, or keep the file that says it."""
    part("Make it count", _what_happens(case))
    try:
        file = as_apply_file(split_content(acting(), case.asked, method, case.follows))
    except RingfenceError as error:
        show_problems(error)
        return
    with st.container(horizontal=True):
        if not case.why_not:
            asked = f"Prepare the split of {case.asked.contract} {METHODS[method].lower()}: {how_many(case.people, 'person', 'people')}, "
            if finance_button(asked + str(Money(case.asked.contract_pence)), type="primary" if primary else "secondary", key="prepare-split"):
                _prepare(case, method)
        st.download_button("Download the apply file", file, f"{case.asked.contract}.apply.yaml", "application/yaml", on_click="ignore")
    if case.why_not:
        words(case.why_not)
    words("The file says the same for “ringfence apply”, or for the Import page.", quiet=True)


def _what_happens(case: Case) -> str:
    if case.follows:
        return (f"Preparing it stores the new contract {case.asked.contract}, who pays for whom in it, and this split. None of it counts until "
                "another person approves it. Order numbers are left for the payer to give.")
    return "A split counts once it is prepared by one person and approved by another."


def _prepare(case: Case, method: Method) -> None:
    try:
        with st.spinner("Trying it on the books …"):
            done = prepare_split(acting(), case.asked, method, case.follows)
    except RingfenceError as error:
        show_problems(error)
        return
    if not done.said:
        st.session_state[DONE] = f"The split of {case.asked.contract} is in the books like this already. Nothing is to be approved."
    else:
        st.session_state[DONE] = (f"Prepared: the split of {case.asked.contract}, {how_many(len(done.said), 'change')}. Its digest begins "
                                  f"{done.digest[:SHORT_DIGEST]}. It counts once another person approves it, on this page.")
    st.rerun(scope="app")
