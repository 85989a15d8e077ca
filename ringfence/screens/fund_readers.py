"""Who else may read about a person, on the page of their fund: as what, until when, and the link that lets somebody in once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.periods import ONE_DAY, day_in_figures, day_of
from ringfence.actions import readers
from ringfence.actions.one_fund import Fund
from ringfence.actions.readers import RELATIONSHIPS, Grant, Reader
from ringfence.actions.rights import Right
from ringfence.actions.users import my_rights
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, tell_done, words
from ringfence.screens.components.markup import tag
from ringfence.screens.components.table import table
from ringfence.screens.components.table import words as text

DONE = "readers-done"
SOMEBODY_NEW = "Somebody new"


def who_else_reads(fund: Fund) -> None:
    """Draw the part; nothing of it for somebody who may not read the books."""
    caller = acting()
    rights = my_rights(caller)
    if Right.BOOKS in rights:
        part("Who else may read this", "They read what was published for this person, on plain pages of their own, and nothing else.")
        _shown(fund, may_change=Right.PREPARE in rights)


@st.fragment
def _shown(fund: Fund, *, may_change: bool) -> None:
    caller = acting()
    found = readers.list_readers(caller)
    mine = [(each, given) for each in found for given in each.grants if given.person == fund.person]
    tell_done(DONE)
    seen = readers.last_opened(caller)
    table("Who else may read this", [text("Who"), text("As what"), text("From"), text("Until"), text("Last opened something"), text("Status")], [
        [each.name, given.relationship, day_in_figures(given.first), day_in_figures(given.last) if given.last else "Further notice",
         day_in_figures(day_of(seen[each.id])) if each.id in seen else "Not yet", _status(given, caller.today)] for each, given in mine],
        empty="Nobody else may.")
    if not may_change:
        words("A finance manager changes who may read.", quiet=True)
        return
    forms: dict[str, Callable[[], None]] = {"Let somebody read": lambda: _giving(fund, found, caller.today)}
    standing = [each for each, given in mine if given.stands(caller.today)]
    if standing:
        forms |= {"Make a link": lambda: _linking(standing), "Let somebody read no longer": lambda: _ending(fund, mine, caller.today)}
    chosen = st.segmented_control("What do you want to do?", list(forms), key="readers-form")
    if chosen:
        forms[chosen]()


def _status(given: Grant, today: date) -> Markup:
    if given.stands(today):
        return tag("May read", "green")
    return tag("Not yet", "grey") if today < given.first else tag("Ended", "grey")


def _giving(fund: Fund, found: tuple[Reader, ...], today: date) -> None:
    known = {_named(each): each.id for each in found}
    with st.form("readers-give", border=False):
        chosen = st.selectbox("Who", [SOMEBODY_NEW, *known])
        name = st.text_input("Their name, if they are new", autocomplete="off")
        relationship = st.selectbox("As what", RELATIONSHIPS)
        first, last = st.columns(2)
        since = first.date_input("From", today, format="DD/MM/YYYY")
        until = last.date_input("Until (empty: until further notice)", None, format="DD/MM/YYYY")
        if not st.form_submit_button("Let them read", type="primary"):
            return

    def give() -> None:
        readers.refuse_no_days(since, until)
        caller = acting()
        number = known[chosen] if chosen in known else readers.add_reader(caller, name.strip())
        readers.grant(caller, number, fund.person, relationship, first=since, last=until)
    who = chosen if chosen in known else name.strip()
    _done(give, f"{who} may read what is published for {fund.known_as}. Make a link to let them in.")


def _linking(standing: list[Reader]) -> None:
    with st.form("readers-link", border=False):
        chosen = st.selectbox("For whom", standing, format_func=_named)
        if not st.form_submit_button("Make the link", type="primary"):
            return
    try:
        token = readers.reader_link(acting(), chosen.id)
    except RingfenceError as error:
        show_problems(error)
        return
    here = urlsplit(st.context.url or "")
    words(f"Give this to {chosen.name}, and to nobody else. It counts once, within fifteen minutes:")
    st.code(readers.address_of_link(token, f"{here.scheme}://{here.netloc}"), language=None)


def _ending(fund: Fund, mine: list[tuple[Reader, Grant]], today: date) -> None:
    open_ended = [each for each in mine if each[1].stands(today)]
    with st.form("readers-end", border=False):
        reader, given = st.selectbox("Who", open_ended, format_func=lambda each: _named(each[0]))
        if not st.form_submit_button("End it today", type="primary"):
            return
    yesterday = today - ONE_DAY
    _done(lambda: readers.grant(acting(), reader.id, fund.person, given.relationship, first=min(given.first, yesterday), last=yesterday),
          f"{reader.name} reads for {fund.known_as} no longer.")


def _named(reader: Reader) -> str:
    """Two readers may be called the same: the number tells them apart."""
    return f"{reader.name} (reader {reader.id})"


def _done(do: Callable[[], object], said: str) -> None:
    try:
        do()
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = said
    st.rerun()
