"""The trustees' page: how we stand, on one page without names, beside the month before; and the same as a PDF and a workbook."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import Month, day_in_figures, day_in_words
from isf.trustees import Line, Part, TrusteesPage, shown
from isf.trustees_tables import tables_of
from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.actions.trustees import Paper, paper_of, trustees_page
from ringfence.actions.trustees_words import BOXES, LONGEST_WORDS, say_to_trustees
from ringfence.actions.users import my_rights
from ringfence.screens.components import amounts
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import heading, part, tell_done, words
from ringfence.screens.components.glossary import meaning
from ringfence.screens.components.markup import address, link, under
from ringfence.screens.components.paged import month_box
from ringfence.screens.components.table import Row, figures, table_html
from ringfence.screens.components.table import words as text
from ringfence.screens.trustees_tables import trustees_table, value

MONTHS_OFFERED = 24
DONE = "trustees-done"
KINDS = {Paper.PDF: ("Download as PDF", "application/pdf"),
         Paper.WORKBOOK: ("Download as a workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}
NAMELESS = "No names, no number under 5, and no pounds of so few: somebody might be known by them. What is not known is not nil."


def page() -> None:
    """Draw the page: a month and our own cash to choose, then every line with what it means, and the papers."""
    caller = acting()
    with st.spinner("Adding up every fund …"):
        first = _read(caller, None, None)
    above = st.container()
    left, right = st.columns(2)
    month = _month(month_box(left, "Month", _offered(caller), first.month.in_words), caller)
    problems: list[Problem] = []
    with right:
        ours = amounts.typed(f"What our own bank accounts hold on {day_in_words(min(month.last, caller.today))}", amounts.pence_or_nothing, problems,
                             key="trustees-cash", placeholder="£120,000.00", help=meaning("free cash"))
    with st.spinner("Adding up every fund …"):
        seen = first if (month, ours) == (first.month, None) else _read(caller, month, ours)
    with above:
        heading("How do we stand?", _first_line(seen))
    if problems:
        st.html(problem_summary(problems, "What is typed cannot be read yet, and stays as it is."))
    if ours is None:
        words("These books do not hold our own bank accounts: type what is in them, and the page says how much of it is free.", quiet=True)
    _papers(seen)
    tell_done(DONE)
    _words(seen, caller)
    for title, lines in seen.parts:
        part(title.value)
        columns = [text("What it is"), figures(day_in_figures(seen.on)), figures(day_in_figures(seen.before))]
        st.html(Markup('<div class="rf-trustees">{}</div>').format(table_html(f"{title.value}, month beside month", columns, map(_row, lines))))
        for told in tables_of(seen) if title is Part.PRICES else ():
            trustees_table(told)
    words(NAMELESS, quiet=True)
    words(Markup("What might happen next: {}.").format(link("scenarios beside the base", address("scenarios"))), quiet=True)


@kept(8)
def _read(caller: Acting, month: Month | None, ours: int | None) -> TrusteesPage:
    return trustees_page(caller, month, our_cash=None if ours is None else Money(ours))


def _offered(caller: Acting) -> list[Month]:
    """The months that can be asked for: the present one and two years before it."""
    found = [Month.of(caller.today)]
    while len(found) < MONTHS_OFFERED:
        found.append(found[-1].previous)
    return found


def _month(said: str, caller: Acting) -> Month:
    return next(each for each in _offered(caller) if each.in_words == said)


def _first_line(seen: TrusteesPage) -> str:
    late = ["the reconciliation of people’s money"] if shown(seen.of("reconciled").now).endswith("overdue") else []
    late += [shown(seen.of("reviews").now).lower()] if shown(seen.of("reviews").now) != "None" else []
    what = f"Late: {'; '.join(late)}." if late else "Nothing is late."
    return f"{seen.provider} on {day_in_words(seen.on)}, beside {day_in_words(seen.before)}. {what}"


def _row(line: Line) -> Row:
    return [Markup("{}{}").format(line.what, under(line.means)), value(line.now), value(line.before)]


def _words(seen: TrusteesPage, caller: Acting) -> None:
    """What was written for the meeting; and for whoever may write it, the boxes."""
    if seen.words:
        part("For the meeting", f"Written by {seen.words.by} on {day_in_words(seen.words.on)}.")
        st.html(Markup("<dl>{}</dl>").format(Markup("").join(Markup("<dt><b>{}</b></dt><dd>{}</dd>").format(*each) for each in seen.words.told)))
    if Right.PREPARE in my_rights(caller):
        with st.expander(f"Write for the meeting about {seen.month.in_words}"):
            _boxes(seen, caller)


def _boxes(seen: TrusteesPage, caller: Acting) -> None:
    words(f"It stands on this page and on its papers for every trustee, in {LONGEST_WORDS} characters each. Name nobody whom we support.", quiet=True)
    matters, wanted = (
        st.text_area(label, value, key=f"trustees-{key}-{seen.month}", height=100) or "" for (key, label), value in zip(
            BOXES.items(), (seen.words.matters, seen.words.wanted) if seen.words else ("", ""), strict=True))
    if not st.button("Keep these words", key=f"trustees-keep-{seen.month}"):
        return
    try:
        say_to_trustees(caller, seen.month, matters, wanted)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = "Kept: trustees read it from now on."
    st.rerun()


def _papers(seen: TrusteesPage) -> None:
    with st.container(horizontal=True):
        for form, (label, kind) in KINDS.items():
            st.download_button(label, partial(paper_of, seen, form), f"trustees-{seen.month}{form}", kind, on_click="ignore", key=f"trustees-{form}")
