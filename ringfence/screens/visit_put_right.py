"""The form that puts one visit right: what it is to say, or that it never was, and why. It is prepared for another person to approve."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, RingfenceError
from ringfence.actions.visits import Version, VisitTold, prepare_correction
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import address, link
from ringfence.screens.components.offered import is_offered

LABELS = {"start": "Start", "end": "End", "planned_minutes": "Planned minutes", "outcome": "Outcome", "reason": "Reason",
          "cancelled_at": "Cancelled at"}
NEVER_WAS = "It never was: take it back"
DONE = "visit-put-right"


def put_right(told: VisitTold) -> None:
    """One carer's visit is put right whole: everybody who shared it has it changed alike."""
    standing = {each.carer: each for each in told.versions if each.withdrawn_at is None}
    if not standing:
        return
    part("Put it right", "What stands now is put back and what an invoice asked for it is credited; what it says then is charged with the next "
         "month end. Everybody who shared this carer’s visit has it changed alike.")
    if done := st.session_state.pop(DONE, None):
        st.html(Markup('<div class="rf-done" role="status">{} {}</div>').format(done, link("Waiting for approval", address("approvals"))))
    if not is_offered("Prepare a correction"):
        return
    carer = st.selectbox("Carer", list(standing), key="put-right-carer") if len(standing) > 1 else next(iter(standing))
    _form(told.visit, standing[carer or next(iter(standing))])


def _form(visit: str, now: Version) -> None:
    with st.form(f"put-right {visit} {now.carer} {now.version}"):
        never = st.checkbox(NEVER_WAS)
        columns = st.columns(3)
        typed = {}
        for n, (name, label) in enumerate(LABELS.items()):
            place = columns[n % 3]
            if name == "outcome":
                typed[name] = place.selectbox(label, ["given", "cancelled"], index=int(now.said[name] == "cancelled"))
            else:
                typed[name] = place.text_input(label, value=now.said[name], autocomplete="off", placeholder=_like(name))
        words = st.text_input("Why", autocomplete="off", placeholder="Who said so, and when. It stands on the credit note and on the statement.")
        asked = st.form_submit_button("Prepare the correction", type="primary")
    if asked:
        _prepare(visit, now, {name: (said or "").strip() for name, said in typed.items()}, words or "", never=never)


def _like(name: str) -> str | None:
    return {"start": "09:00", "end": "10:30", "cancelled_at": "2026-10-04 17:30"}.get(name)


def _prepare(visit: str, now: Version, typed: dict[str, str], words: str, *, never: bool) -> None:
    changed = {name: said for name, said in typed.items() if said != now.said[name]}
    try:
        if not words.strip():
            raise InputError("Nobody said why.", "Write under “Why” who said so, and when.")
        if not never and not changed:
            raise InputError("Nothing is changed.", f"Change what it says, or tick “{NEVER_WAS}”.")
        prepare_correction(acting(), visit, now.carer, None if never else changed, words.strip())
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = f"Visit {visit} of carer {now.carer}: the correction is prepared. Another person approves it under"
    st.rerun()
