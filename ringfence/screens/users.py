"""Users: who may come in, as what and until when; for an administrator also the forms that change it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.periods import day_in_figures, day_in_words
from ringfence.actions import users
from ringfence.actions.books import add_user
from ringfence.actions.rights import RIGHTS, Right, Role
from ringfence.actions.signing_in import Mode, mode
from ringfence.actions.users import GivenRole, User, list_users
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, tell_done, words
from ringfence.screens.components.markup import how_many, tag, under
from ringfence.screens.components.paged import announce
from ringfence.screens.components.table import table
from ringfence.screens.components.table import words as text

DONE = "users-done"
WHAT_ROLES_MAY = {
    Role.FINANCE: "reads everything, prepares and records", Role.APPROVER: "reads everything, approves what others prepared",
    Role.AUDITOR: "reads everything, changes nothing", Role.TRUSTEE: "reads subsidies and scenarios, and no names",
    Role.CO_ORDINATOR: "reads the plans and hours of the people they support", Role.ADMINISTRATOR: "says who may come in"}
assert set(WHAT_ROLES_MAY) == set(RIGHTS)


def page() -> None:
    """Draw the page: the list, and what an administrator may change."""
    caller = acting()
    found = list_users(caller)
    here = [each for each in found if each.left_on is None]
    heading("Users", _first_line(here))
    tell_done(DONE)
    announce(f"{how_many(len(here), 'user')} here, {len(found) - len(here):,} left.")
    table("Users", (text("Who"), text("Is here"), text("Comes in by"), text("Status")), [_row(each, caller.today) for each in found])
    words(Markup(" · ").join(Markup("<strong>{}</strong> {}").format(role.value.capitalize(), may) for role, may in WHAT_ROLES_MAY.items()),
          quiet=True)
    if Right.ADMINISTER in users.my_rights(caller):
        _forms(here, caller.today)
    else:
        words("An administrator changes who may come in.", quiet=True)


def _first_line(here: list[User]) -> str:
    without = [each.name for each in here if not each.has_passphrase]
    if mode() is Mode.ONE_DESK and without:
        return f"{how_many(len(here), 'user')}; {', '.join(without)} cannot sign in yet: make a link, below."
    return "Who may come in, as what and until when."


def _row(user: User, today: date) -> list[str | Markup]:
    stands = [f"{each.role}{_days(each)}" for each in user.roles if each.last is None or each.last >= today]
    away = [f"approves for {each.absent} from {day_in_figures(each.first)} until {day_in_figures(each.last)}" for each in user.stands_in]
    supports = [f"supports {how_many(len(user.supports), 'person', 'people')}"] if user.supports else []
    said = Markup(", ").join(stands or ["Nothing yet"])
    status = tag("Left", "grey") + under(f"left on {day_in_figures(user.left_on)}") if user.left_on else tag("Here", "blue")
    comes_by = {Mode.PRACTICE: "their name", Mode.TEAM: "your sign-in service"}
    return [user.name, Markup("–") if user.left_on else said + (under("; ".join(away + supports)) if away + supports else Markup("")),
            comes_by.get(mode(), "passphrase" if user.has_passphrase else "nothing yet"), status]


def _days(given: GivenRole) -> str:
    since = f" from {day_in_figures(given.first)}" if given.first else ""
    return f"{since}{f' until {day_in_figures(given.last)}' if given.last else ''}"


def _forms(here: list[User], today: date) -> None:
    """What an administrator may do, one form at a time."""
    names = [each.name for each in here]
    part("Change who may come in", "Each change is kept with your name and the day, and counts at once.")
    forms: dict[str, Callable[[list[str], date], None]] = {
        "Add somebody": _adding, "Give a role": _giving, "Take a role away": _taking, "Name a stand-in": _standing_in, "Somebody leaves": _leaving}
    if mode() is Mode.ONE_DESK:
        forms["Let somebody choose a passphrase"] = _linking
    chosen = st.segmented_control("What do you want to do?", list(forms), key="users-form")
    if chosen:
        forms[chosen](names, today)


def _adding(_names: list[str], _today: date) -> None:
    with st.form("users-add", border=False):
        name = st.text_input("Name, as they sign in", autocomplete="off")
        roles = st.multiselect("What they are", list(Role), format_func=str)
        if st.form_submit_button("Add the user", type="primary"):
            caller = acting()
            _done(lambda: add_user(caller.store, name.strip(), added_by=caller.user, at=caller.at, roles=roles), f"{name} is added.")


def _giving(names: list[str], today: date) -> None:
    with st.form("users-give", border=False):
        name, role = st.selectbox("Who", names), Role(st.selectbox("Role", [each.value for each in Role]))
        first, last = st.columns(2)
        since = first.date_input("From", today, format="DD/MM/YYYY")
        until = last.date_input("Until (empty: until further notice)", None, format="DD/MM/YYYY")
        if st.form_submit_button("Give the role", type="primary"):
            _done(lambda: users.give_role(acting(), name, role, first=since, last=until), f"{name} is {role}{_from(since, today)}.")


def _taking(names: list[str], _today: date) -> None:
    with st.form("users-take", border=False):
        name, role = st.selectbox("Who", names), Role(st.selectbox("Role", [each.value for each in Role]))
        if st.form_submit_button("Take the role away", type="primary"):
            _done(lambda: users.take_role(acting(), name, role), f"{name} is no longer {role}.")


def _standing_in(names: list[str], today: date) -> None:
    with st.form("users-stand-in", border=False):
        absent, name = st.selectbox("Who is away", names), st.selectbox("Who approves in their place", names, index=min(1, len(names) - 1))
        first, last = st.columns(2)
        since, until = first.date_input("From", today, format="DD/MM/YYYY"), last.date_input("Until", today, format="DD/MM/YYYY")
        if st.form_submit_button("Name the stand-in", type="primary"):
            _done(lambda: users.name_stand_in(acting(), absent, name, first=since, last=until),
                  f"{name} approves for {absent} until {day_in_words(until)}.")


def _leaving(names: list[str], _today: date) -> None:
    with st.form("users-leave", border=False):
        name = st.selectbox("Who leaves", names)
        to = st.selectbox("Who takes over the people that they support", names, index=None, placeholder="Nobody: they support nobody")
        sure = st.checkbox("They are signed out everywhere at once, and cannot come back under this name.")
        if st.form_submit_button("Let them leave", type="primary"):
            if sure:
                _done(lambda: users.leave(acting(), name, to=to or ""), f"{name} has left. What they prepared waits for somebody’s approval.")
            else:
                words("Say that you have read what it does.")


def _linking(names: list[str], _today: date) -> None:
    with st.form("users-link", border=False):
        name = st.selectbox("Who", names)
        asked = st.form_submit_button("Make a link", type="primary")
    if asked:
        try:
            token = users.link_for(acting(), name)
        except RingfenceError as error:
            show_problems(error)
            return
        words(f"Give this to {name}, and to nobody else. It counts once, within a day:")
        here = urlsplit(st.context.url or "")
        st.code(f"{here.scheme}://{here.netloc}/choose?token={token}", language=None)


def _from(since: date, today: date) -> str:
    return "" if since <= today else f" from {day_in_words(since)}"


def _done(do: Callable[[], object], said: str) -> None:
    try:
        do()
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = said
    st.rerun()
