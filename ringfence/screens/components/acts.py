"""What somebody may do about what a page shows: one form at a time, for those only who may do it, and what was typed stays until it is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from ringfence.actions.rights import Right
from ringfence.actions.users import my_rights
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary
from ringfence.screens.components.frame import part, tell_done, words

Form = Callable[["Act"], None]
Done = TypeVar("Done")


class Act:
    """One form of a part: the keys of its boxes, and what happens once it is sent."""

    def __init__(self, about: str) -> None:
        self._about = about
        self._turn = f"{about} turn"
        self._labels = dict[str, str]()
        st.session_state.setdefault(self._turn, 0)

    def key(self, name: str) -> str:
        """The key of a box: another one after what was sent is taken, so that the box is empty again."""
        return f"{self._about} {name} {st.session_state[self._turn]}"

    def text(self, name: str, says: str, placeholder: str = "") -> str:
        """A box of words; `says` is what a file calls them, so that a problem with them is told under the name of the box."""
        self._labels[says] = name
        return (st.text_input(name, key=self.key(name), autocomplete="off", placeholder=placeholder or None) or "").strip()

    def day(self, name: str, says: str, value: date | None = None, *, latest: date | None = None) -> date | None:
        """A box of a day, empty where none is offered."""
        self._labels[says] = name
        chosen = st.date_input(name, value, max_value=latest, format="DD/MM/YYYY", key=self.key(name))
        return chosen if isinstance(chosen, date) else None

    def send(self, do: Callable[[], object], said: str | Markup) -> None:
        """Do it, and tell what was done once the page is drawn again; or show every problem, with what was typed still there."""
        if self.tried(lambda: (do(),)) is None:
            return
        st.session_state[self._turn] += 1
        st.session_state[f"{self._about} done"] = said
        st.rerun()

    def tried(self, do: Callable[[], Done]) -> Done | None:
        """What it gives; None where it was refused, with every problem shown."""
        try:
            return do()
        except RingfenceError as error:
            self._show(error)
            return None

    def _show(self, error: RingfenceError) -> None:
        """The problems as the action told them, each at the box that it is about."""
        named = (replace(each, place=self._labels.get(each.place.rpartition(", ")[2], each.place)) for each in error.problems)
        st.html(problem_summary(named, "Nothing was noted."))


def acts(title: str, about: str, forms: Mapping[str, Form]) -> None:
    """The part of a page with these forms, each under what it does; only a sentence for somebody who may not prepare or record."""
    part(title)
    if Right.PREPARE not in my_rights(acting()):
        words("A finance manager notes what happens to it.", quiet=True)
        return
    _chosen(about, forms)


@st.fragment
def _chosen(about: str, forms: Mapping[str, Form]) -> None:
    tell_done(f"{about} done")
    act = Act(about)
    chosen = st.segmented_control("What do you want to do?", list(forms), key=act.key("what"))
    if chosen:
        with st.container(border=True):
            forms[chosen](act)
