"""Cost a package: a guided form, and the price that moves with every change. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, RingfenceError
from costing.price import Price
from ringfence.actions.cost_files import content_of_sent_file
from ringfence.actions.costing import example_content, shared_house_content
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import heading, part, unsaved, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import how_many
from ringfence.screens.cost_answer import BEFORE, made_of, other_days, over_the_changes, price_card, price_near, the_cap, to_know, visit_prices
from ringfence.screens.cost_boxes import FIRST_DAY, LAST_DAY, Boxes
from ringfence.screens.cost_downloads import as_a_return, downloads, for_the_person
from ringfence.screens.cost_explained import worked_out
from ringfence.screens.cost_form import Form, empty_form
from ringfence.screens.cost_from_file import form_of
from ringfence.screens.cost_pricing import Outcome, outcome
from ringfence.screens.cost_steps import draw_steps
from ringfence.screens.cost_waterfall import alt_text, finding, waterfall
from ringfence.screens.cost_written import label

DESK = "cost-desk"


@dataclass
class Desk:
    """What this session has before it: the form, the last price of it, the form that it took the place of, and what was just done.

    `started` is the cost file of the form as it was put here: what differs from it is stored nowhere yet.
    """

    form: Form
    started: bytes = b""
    price: Price | None = None
    before: Form | None = None
    done: str = ""
    refused: RingfenceError | None = None

    def put(self, form: Form, done: str) -> None:
        """Another form in the place of this one, which can be brought back."""
        self.form, self.before, self.price, self.done, self.refused, self.started = form, self.form, None, done, None, b""


@st.fragment
def page() -> None:
    """Draw the page for the form of this session, which begins as the documented example."""
    if DESK not in st.session_state:
        st.session_state[DESK] = Desk(form_of(example_content()))
    desk: Desk = st.session_state[DESK]
    desk.form.take({str(key): value for key, value in st.session_state.items()})
    found = outcome(desk.form)
    desk.price = found.price or desk.price
    desk.started = desk.started or found.file
    if found.file != desk.started:
        unsaved()
    is_before = found.price is None and desk.price is not None
    heading("Cost a package", _left_to_do(found))
    what_is("direct support", "service co-ordination", "company costs", "full cost", "productive hour")
    _starts(desk)
    _in_the_way(desk.form, found)
    left, right = st.columns([3, 2], gap="medium")
    with right, st.container(key="rf-price-card"):  # first, so that it moves before the boxes are drawn again
        st.html(price_card(desk.price, is_before=is_before))
        downloads(found)
    with left:
        part("The package")
        draw_steps(Boxes(desk.form, found.wrong), found.price)
        _kept(desk.form)
    st.html(price_near(desk.price, is_before=is_before))
    if desk.price is not None:
        _answer(desk.price, is_before=is_before)
        visit_prices(found.visits)
        _other_days(desk.form, found)


def _left_to_do(found: Outcome) -> str:
    if found.wrong:
        return f"{how_many(len(found.wrong), 'thing')} to put right before there is a price of what is filled in."
    if found.missing:
        return f"{how_many(len(found.missing), 'box is', 'boxes are')} still to fill in."
    return "The price moves with every change. Nothing is stored: download the cost file to keep it."


def _starts(desk: Desk) -> None:
    with st.container(horizontal=True, key="rf-cost-starts"):
        st.button("Start from the example", on_click=_start_from_the_example, args=(desk,))
        st.button("Start from a shared house", on_click=_start_from_a_shared_house, args=(desk,))
        st.button("Start empty", on_click=_start_empty, args=(desk,))
        with st.popover("Open a cost file"):
            key = f"cost-file-{desk.form.number}"
            st.file_uploader("A cost file, or its workbook filled in", type=["yaml", "yml", "xlsx"], key=key, max_upload_size=5,
                             on_change=_open_file, args=(desk, key))
    if desk.refused is not None:
        show_problems(desk.refused)
        words("The form below is as it was.")
    elif desk.done:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(Markup('<div class="rf-done" role="status">{}</div>').format(desk.done))
            st.button("Bring back what was filled in before", on_click=_bring_back, args=(desk,))


def _start_from_the_example(desk: Desk) -> None:
    desk.put(form_of(example_content()), "Started from the example.")


def _start_from_a_shared_house(desk: Desk) -> None:
    desk.put(form_of(shared_house_content()), "Started from a shared house.")


def _start_empty(desk: Desk) -> None:
    desk.put(empty_form(desk.form["on"]), "Started empty.")


def _open_file(desk: Desk, key: str) -> None:
    sent = st.session_state.get(key)
    if sent is not None:
        open_cost_file(desk, sent.getvalue(), sent.name)


def open_cost_file(desk: Desk, content: bytes, name: str) -> None:
    """A cost file in the place of the form. One that is not whole leaves the form as it was, and says all that is wrong with it."""
    try:
        read = content_of_sent_file(content, name)
        form = form_of(read)
        if not FIRST_DAY <= read["on"] <= LAST_DAY:
            raise InputError(f"The form takes days from {FIRST_DAY.year} to {LAST_DAY.year}.", "Check the day.", f"{name}, on")
    except RingfenceError as error:
        desk.refused, desk.done = error, ""
    else:
        desk.put(form, f"Opened {name}.")


def _bring_back(desk: Desk) -> None:
    if desk.before is not None:
        desk.put(desk.before, "Brought back what was filled in before.")


def _in_the_way(form: Form, found: Outcome) -> None:
    if found.wrong:
        st.html(problem_summary(found.wrong.values()))
    if found.missing:
        waiting = Markup("").join(Markup("<li>{}</li>").format(label(form, name)) for name in found.missing)
        st.html(Markup('<section class="rf-note" role="status"><p>Still to fill in:</p><ul>{}</ul></section>').format(waiting))


def _kept(form: Form) -> None:
    """What a file says that has no boxes here: it counts, and can be left out."""
    if form.kept:
        names = Markup("").join(Markup("<li>{}</li>").format(label(form, name)) for name in form.kept)
        st.html(Markup('<section class="rf-note"><p>The file also holds this, for which the form has no boxes. It counts in the price, and is in '
                       'the file that you download:</p><ul>{}</ul></section>').format(names))
        st.button("Leave all of this out", key=f"cost-kept-{form.number}", on_click=form.kept.clear)


def _answer(price: Price, *, is_before: bool) -> None:
    to_know(price)
    the_cap(price)
    part(f"What the {price.quoted_per} is made of", BEFORE + "." if is_before else "")
    left, right = st.columns(2, gap="medium")
    with left:
        made_of(price)
    with right:
        st.html(Markup('<p class="rf-finding">{}</p>').format(finding(price)))
        st.plotly_chart(waterfall(price), theme=None, config={"displayModeBar": False, "staticPlot": True}, alt=alt_text(price))
    over_the_changes(price)
    with st.expander("How was this worked out?", key="cost-worked-out", on_change="rerun") as worked:
        if worked.open:
            st.html(worked_out(price))
    with st.expander("What the person pays for", key="cost-for-person", on_change="rerun") as person:
        if person.open:
            for_the_person(price)
    with st.expander("In the order of a cost-of-care return", key="cost-return", on_change="rerun") as care:
        if care.open:
            as_a_return(price)


def _other_days(form: Form, found: Outcome) -> None:
    part("The same package from another day",
         "Wages change on 1 April, tax on 6 April. A cost file holds one day: change it above to download another.")
    boxes = Boxes(form, {})

    def day(name: str, nth: int, columns: list[st.delta_generator.DeltaGenerator]) -> None:
        with columns[0]:
            boxes.day(f"{name}.day", nth)

    boxes.rows("days", [3], day, last_width=7)
    days = [each for row in form.rows["days"] if isinstance(each := form[f"days.{row}.day"], date)]
    if found.price is not None and days:
        other_days(found.price, {each: outcome(form, each) for each in days if each != found.price.on})
