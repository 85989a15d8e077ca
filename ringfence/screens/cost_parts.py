"""The parts of a week of support as they are drawn: each kind with its own boxes only, and a way to add one of every kind."""

from __future__ import annotations

import streamlit as st

from ringfence.screens.cost_boxes import Boxes, step
from ringfence.screens.cost_fields import LISTS, THE_STAFF
from ringfence.screens.cost_form import Form
from ringfence.screens.cost_kinds import KINDS
from ringfence.screens.cost_staff import draw_travel

BOXES_IN_A_ROW = 3
TRAVEL = {"none": "as for the staff who give it", "visit": "for each of these visits", "hour": "for each hour of them"}


def draw_parts(boxes: Boxes) -> None:
    """Every part that is there, and the kinds of which one can be added."""
    step(LISTS["parts"].title)
    for row in boxes.form.rows["parts"]:
        with st.container(border=True, key=f"cost-part-{boxes.form.number}-{row}"):
            _part(boxes, f"parts.{row}", row)
    key = f"cost-kind-{boxes.form.number}-{len(boxes.form.rows['parts'])}"
    st.selectbox(LISTS["parts"].add, list(KINDS), None, key=key, format_func=lambda kind: KINDS[kind].asked, placeholder="Choose what to add",
                 on_change=_add, args=(boxes.form, key))


def _add(form: Form, key: str) -> None:
    kind = st.session_state.pop(key, None)
    if kind in KINDS:
        named = {form.text(f"parts.{row}.line") for row in form.rows["parts"]}
        title = KINDS[kind].title
        form.add_part(kind, title if title not in named else "")


def _part(boxes: Boxes, part: str, row: int) -> None:
    kind = KINDS[boxes.form.text(f"{part}.kind")]
    name, given_by, last = st.columns([5, 4, 2], vertical_alignment="bottom") if boxes.form.rows["grades"] else _without_grades()
    with name:
        boxes.text(f"{part}.line", label=f"{kind.title}, called")
    if given_by is not None:
        with given_by:
            boxes.choice(f"{part}.grade", _grades(boxes.form))
    with last:
        boxes.remove("parts", row)
    held = list(kind.boxes)
    for start in range(0, len(held), BOXES_IN_A_ROW):
        for column, (key, needed) in zip(st.columns(BOXES_IN_A_ROW), held[start:start + BOXES_IN_A_ROW], strict=False):
            with column:
                boxes.text(f"{part}.{key}", needed=needed)
    if boxes.form.text(f"{part}.kind") == "visits":
        draw_travel(boxes, f"{part}/", TRAVEL)


def _without_grades() -> tuple[st.delta_generator.DeltaGenerator, None, st.delta_generator.DeltaGenerator]:
    name, last = st.columns([9, 2], vertical_alignment="bottom")
    return name, None, last


def _grades(form: Form) -> dict[str, str]:
    """Who may give a part: grades by their rows, so that one keeps its parts whatever it is called."""
    return {THE_STAFF: "the main staff",
            **{str(row): form.text(f"grades.{row}.grade") or f"grade {nth}" for nth, row in enumerate(form.rows["grades"], start=1)}}
