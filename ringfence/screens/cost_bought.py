"""What is bought for the person besides staff: three boxes for the simple case, and the others where they are asked for."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ringfence.screens.components.frame import words
from ringfence.screens.cost_boxes import Boxes, step
from ringfence.screens.cost_fields import box_of
from ringfence.screens.cost_form import Form


def draw_bought(boxes: Boxes) -> None:
    """The lines of what is bought."""
    step("What else is bought for the person")

    def bought(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.line", nth)
        with columns[1]:
            boxes.text(f"{line}.amount", nth)
        with columns[2]:
            boxes.choice(f"{line}.per", nth=nth)
        columns[3].button("Less" if line in boxes.form.opened else "More", key=f"cost-more-{boxes.form.number}-{line}", type="tertiary",
                          on_click=boxes.form.open_or_close, args=(line,))
        if boxes.form[f"{line}.per"] == "once":
            with st.columns(2)[0]:
                boxes.text(f"{line}.over_weeks")
        if line in boxes.form.opened:
            _more(boxes, line)
        elif said := "; ".join(_told(boxes.form, line)):
            words(f"{said[0].upper()}{said[1:]}.", quiet=True)

    boxes.rows("other_direct", [8, 3, 4, 2], bought)


def _more(boxes: Boxes, line: str) -> None:
    times, sharing, sharers = st.columns([3, 6, 4])
    with times:
        boxes.text(f"{line}.times")
    with sharing:
        boxes.choice(f"{line}.sharing")
    if boxes.form[f"{line}.sharing"] != "nobody":
        with sharers:
            boxes.text(f"{line}.sharers")
    boxes.yes_no(f"{line}.charged")
    words("Volunteers’ time is valued and charged at nil, unless it is agreed otherwise: take the tick out.", quiet=True)


def _told(form: Form, line: str) -> list[str]:
    """What is filled in behind “More”, said in words while its boxes are closed: nothing of a line is out of sight."""
    times, sharing, sharers = (form.text(f"{line}.{key}") for key in ("times", "sharing", "sharers"))
    found = [f"{times} of it"] if times else []
    if sharing != "nobody":
        found.append(f"shared by {sharers or 'how many'} {box_of('other_direct.sharing').choices[sharing]}"
                     f"{'' if sharers else ' is still to fill in'}")
    return found if form[f"{line}.charged"] else [*found, "valued, and charged at nil"]
