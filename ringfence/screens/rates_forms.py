"""The forms of Rates: the next value of a figure, a pay scale, and what its points are paid from a day on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, Problem, RingfenceError
from basics.periods import ONE_DAY, day_in_words
from costing.figure import Unit
from costing.parameter import DatedValue, Parameter
from costing.pay_scale import PayScale
from ringfence.actions.adding_rates import NewPayScale, NewPayTable, NewValue, add_pay_scale, add_pay_table, add_value
from ringfence.actions.parameters import value_in_words
from ringfence.screens.components.amounts import number
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part
from ringfence.screens.components.offered import finance_button
from ringfence.screens.rates_typed import POINTS, Typed, as_lines

DONE, TIMES = "rates-done", "rates-times"
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
WRITTEN, FIRST, UNTIL = "Where it is written", "First day", "Known until"
A_YEAR = "a full-time year"
AN_EXAMPLE = "5   12.85   Support worker\n6   13.10   Support worker\n10  14.20   Team leader"


def said_done() -> None:
    """What the last form of this session did, once."""
    done = st.session_state.pop(DONE, "")
    if done:
        st.html(Markup('<div class="rf-done" role="status">{}</div>').format(done))


def next_value_form(parameter: Parameter) -> None:
    """The value that follows the last one."""
    part("Add the next value", "It counts from its first day; what was known before stays. To put right a value that you added, give its first "
         "day again.")
    form = _Form(f"value-{parameter.key}")
    label = f"Value, {parameter.unit}"
    mark = "%" if parameter.unit is Unit.PERCENT else "£"
    typed = form.text(label, placeholder="Figures and a point, like 13.30")
    first, until = form.days(parameter.known_until)
    reference = form.text(WRITTEN, placeholder="An address or a letter, so that others can look it up")

    def add() -> None:
        read = Typed()
        new = NewValue(read.number(label, typed, mark), read.day(FIRST, first), read.needed(WRITTEN, reference), read.day(UNTIL, until))
        read.whole()
        add_value(acting(), parameter.key, new)

    said = _said(parameter, typed, mark, first)
    form.button(f"Add {said}", add, f"Added {said}.")


def next_table_form(scale: PayScale) -> None:
    """What the points of a scale are paid from a later day."""
    part("Add what it pays next", "Write every point that there will be: one that you leave out ends the day before.")
    form = _Form(f"table-{scale.name}")
    first, until = form.days(scale.known_until)
    reference = form.text(WRITTEN, placeholder="An address or a letter, so that others can look it up")
    typed = form.points(as_lines(scale, scale.known_until))

    def add() -> None:
        read = Typed()
        new, grades = _table(read, typed, first, until, reference)
        if grades:
            read.problems.append(Problem(POINTS, "Grades stay as they are here.", "Write points and pay; grades are changed in the scale's file."))
        read.whole()
        add_pay_table(acting(), scale.name, new)

    form.button("Add this pay", add, f"Added what {scale.name} pays.")


def new_scale_form() -> None:
    """A pay scale of the provider's own, and what it pays first."""
    with st.expander("Add a pay scale"):
        form = _Form("scale")
        name = form.text("Name of the scale", placeholder="Short: a cost file names it")
        about = form.text("Whom it is for")
        set_by = form.text("Who sets it", placeholder="Our board, or the body that you follow")
        kind = st.selectbox("Its points are paid for", ["an hour", A_YEAR], key=f"{form.name}-kind")
        hours, weeks = form.full_time() if kind == A_YEAR else ("", "")
        first, until = form.days(None)
        reference = form.text(WRITTEN, placeholder="An address or a letter, so that others can look it up")
        typed = form.points("")

        def add() -> None:
            read = Typed()
            names = (read.needed("Name of the scale", name), read.needed("Whom it is for", about))
            set_here = read.needed("Who sets it", set_by)
            salary = (read.number("Full-time hours a week", hours), read.number("Weeks that the salary pays", weeks)) if kind == A_YEAR else None
            table, grades = _table(read, typed, first, until, reference)
            new = NewPayScale(*names, Unit.POUNDS_PER_YEAR if salary else Unit.POUNDS_PER_HOUR, set_here, grades, salary, table)
            read.whole()
            add_pay_scale(acting(), new)

        form.button("Add the pay scale", add, f"Added the pay scale {name.strip()}.")


def _table(read: Typed, typed: str, first: date | None, until: date | None, reference: str) -> tuple[NewPayTable, dict[str, tuple[str, ...]]]:
    starts_on, known_until, written = read.day(FIRST, first), read.day(UNTIL, until), read.needed(WRITTEN, reference)
    pay, grades = read.points(typed)
    return NewPayTable(pay, starts_on, written, known_until), dict(grades)


def _said(parameter: Parameter, typed: str, mark: str, first: date | None) -> str:
    """“£13.30 an hour from 1 April 2027”, once both are there."""
    try:
        value: Decimal = number(typed, mark)
    except InputError:
        return "the value"
    return f"{value_in_words(parameter, DatedValue(first or FIRST_DAY, value, ''))}" + (f" from {day_in_words(first)}" if first else "")


class _Form:
    """The boxes of one form, under keys that change once it is done, so that the next one starts empty."""

    def __init__(self, name: str) -> None:
        self.name = f"rates-{name}-{st.session_state.get(TIMES, 0)}"

    def text(self, label: str, *, placeholder: str | None = None) -> str:
        return st.text_input(label, key=f"{self.name}-{label}", placeholder=placeholder, autocomplete="off") or ""

    def points(self, start: str) -> str:
        return st.text_area(POINTS, start, key=f"{self.name}-points", height=170, placeholder=AN_EXAMPLE,
                            help="Its name, its pay and, if you like, its grade. You may paste columns of a worksheet.") or ""

    def full_time(self) -> tuple[str, str]:
        hours, weeks = st.columns(2)
        with hours:
            typed = self.text("Full-time hours a week", placeholder="Such as 37")
        with weeks:
            return typed, self.text("Weeks that the salary pays", placeholder="Such as 52.143")

    def days(self, known_until: date | None) -> tuple[date | None, date | None]:
        """The first day and the last known one: the year after what is known."""
        first = known_until + ONE_DAY if known_until and known_until < LAST_DAY else None
        until = min(_a_year_after(first) - ONE_DAY, LAST_DAY) if first else None
        left, right = st.columns(2)
        return self._day(left, FIRST, first), self._day(right, UNTIL, until)

    def button(self, label: str, act: Callable[[], None], done: str) -> None:
        """Do it, or say all that is wrong and leave what was typed."""
        if not finance_button(label, key=f"{self.name}-add", type="primary"):
            return
        try:
            act()
        except RingfenceError as error:
            show_problems(error)
            return
        st.session_state[DONE] = done
        st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
        st.rerun()

    def _day(self, column: st.delta_generator.DeltaGenerator, label: str, start: date | None) -> date | None:
        chosen = column.date_input(label, start, key=f"{self.name}-{label}", format="DD/MM/YYYY", min_value=FIRST_DAY, max_value=LAST_DAY)
        return chosen if isinstance(chosen, date) else None


def _a_year_after(day: date) -> date:
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
