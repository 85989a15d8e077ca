"""The boxes of a package's form as they are drawn, each with what is wrong with it beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem
from costing.figure import Unit
from ringfence.actions.costing import published_figures
from ringfence.screens.components.amounts import beside
from ringfence.screens.components.frame import words
from ringfence.screens.cost_fields import LISTS, OWN, box_of, is_of_a_row, own_name
from ringfence.screens.cost_form import Form

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Boxes:
    """Draws the boxes of one form. What is typed is taken over by the form when the page runs next.

    What the form has is each box's starting value, and never set through `st.session_state`: that reaches the browser once, and is lost
    where the page runs again before it is drawn.
    """

    form: Form
    wrong: Mapping[str, Problem]

    def text(self, name: str, nth: int = 1, *, needed: bool | None = None, label: str | None = None) -> None:
        """A text box. `nth` is its row in a list: the words over a row stand over the first one only."""
        box, value = box_of(name), self.form[name]
        is_needed = box.needed if needed is None else needed
        st.text_input(_said(label or box.label, nth), "" if value is None else str(value), key=self.form.key(name), autocomplete="off",
                      help=box.help if nth == 1 else None, label_visibility=_shown(nth),
                      placeholder="Still to fill in" if is_needed else box.if_empty)
        self._beside(name)

    def choice(self, name: str, choices: Mapping[str, str] | None = None, nth: int = 1) -> None:
        """One of a few words."""
        box = box_of(name)
        offered = box.choices if choices is None else choices
        st.selectbox(_said(box.label, nth), list(offered), _place(self.form.text(name), offered), key=self.form.key(name),
                     format_func=lambda value: offered[value], help=box.help if nth == 1 else None, label_visibility=_shown(nth),
                     placeholder="Still to choose")
        self._beside(name)

    def either(self, name: str, chosen: Callable[[], None]) -> None:
        """One of two ways, both in sight. `chosen` is called where the other one is taken."""
        offered = box_of(name).choices
        st.radio(box_of(name).label, list(offered), _place(self.form.text(name), offered), key=self.form.key(name), on_change=chosen,
                 format_func=lambda value: offered[value], horizontal=True)
        self._beside(name)

    def pay(self, choice: str, typed: str, unit: Unit) -> None:
        """A published figure on the form's day, or an amount of one's own."""
        day = self.form["on"]
        known = published_figures(unit, day if isinstance(day, date) else None)
        self.choice(choice, {**{each.key: each.in_words for each in known}, OWN: "an amount of our own"})
        if self.form[choice] == OWN:
            self.text(typed)

    def yes_no(self, name: str) -> None:
        st.checkbox(box_of(name).label, bool(self.form[name]), key=self.form.key(name))
        self._beside(name)

    def day(self, name: str, nth: int = 1) -> None:
        box, value = box_of(name), self.form[name]
        st.date_input(_said(box.label, nth), value if isinstance(value, date) else None, key=self.form.key(name), format="DD/MM/YYYY",
                      min_value=FIRST_DAY, max_value=LAST_DAY, help=box.help, label_visibility=_shown(nth))
        self._beside(name)

    def addition(self, name: str) -> None:
        """What comes on top: none, pounds or a percentage."""
        kind, figure = st.columns(2)
        with kind:
            self.choice(f"{name}.kind")
        if self.form[f"{name}.kind"] != "none":
            with figure:
                self.text(f"{name}.figure")

    def rows(self, name: str, widths: list[int], draw: Callable[[str, int, list[Any]], None], *, last_width: int = 3) -> None:
        """The rows of a list, each with a way to take it out, and a way to add one. `draw` gets a row's name, its place and its columns.

        What is wrong with a row stands under the whole of it, so that its boxes stay in line.
        """
        rows = LISTS[own_name(name)]
        for nth, row in enumerate(self.form.rows[name], start=1):
            with st.container(key=f"cost-row-{self.form.number}-{name}-{row}"):
                *columns, last = st.columns([*widths, last_width], vertical_alignment="bottom", gap="small")
                draw(f"{name}.{row}", nth, columns)
                with last:
                    self.remove(name, row)
                for problem in [each for of, each in self.wrong.items() if of.startswith(f"{name}.{row}.")]:
                    beside(problem)
        st.button(rows.add, key=f"cost-add-{self.form.number}-{name}", on_click=self._add, args=(name,))

    def remove(self, name: str, row: int) -> None:
        """A way to take a row out."""
        st.button("Remove", key=f"cost-remove-{self.form.number}-{name}-{row}", on_click=self.form.remove, args=(name, row), type="tertiary")

    def beside_each_other(self, *names: str) -> None:
        """Text boxes in a row, and the choice of what a percentage is of."""
        for column, name in zip(st.columns(len(names)), names, strict=True):
            with column:
                self.choice(name) if name.endswith(".of") else self.text(name)

    def lines(self, name: str) -> None:
        """The lines of co-ordination or company costs: what each is, its figure, and what that is counted on."""
        def draw(line: str, nth: int, columns: list[Any]) -> None:
            with columns[0]:
                self.text(f"{line}.line", nth)
            with columns[1]:
                self.text(f"{line}.figure", nth)
            with columns[2]:
                self.choice(f"{line}.kind", nth=nth)

        self.rows(name, [8, 3, 5], draw)

    def _add(self, name: str) -> None:
        self.form.add(name)

    def _beside(self, name: str) -> None:
        if name in self.wrong and not is_of_a_row(name):
            beside(self.wrong[name])


def step(title: str, explained: str = "") -> None:
    """The heading of a step of the form."""
    st.html(Markup('<h3 class="rf-step">{}</h3>').format(title))
    if explained:
        words(explained, quiet=True)


def _place(value: str, offered: Mapping[str, str]) -> int | None:
    """Where a value stands among what is offered; None for one that is not: it has to be chosen anew."""
    return list(offered).index(value) if value in offered else None


def _said(label: str, nth: int) -> str:
    return label if nth == 1 else f"{label}, {nth}"


def _shown(nth: int) -> Literal["visible", "collapsed"]:
    return "visible" if nth == 1 else "collapsed"
