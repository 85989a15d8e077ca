"""What staff are paid and what employing them costs, for those of the package and for every other grade of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from costing.figure import Unit
from ringfence.screens.components.frame import words
from ringfence.screens.cost_boxes import Boxes, step
from ringfence.screens.cost_cover import draw_cover
from ringfence.screens.cost_fields import LISTS
from ringfence.screens.cost_form import Form

HOURS_PER_YEAR = "hours_per_year"


def draw_pay(boxes: Boxes, of: str = "") -> None:
    """Pay for an hour, the contracts and travel. `of` is the row of a grade with its stroke, as of every name in `cost_fields`."""
    boxes.pay(f"{of}staff.pay", f"{of}staff.pay_per_hour", Unit.POUNDS_PER_HOUR)
    boxes.text(f"{of}staff.addition_per_hour")
    step("The team’s contracts", "National Insurance and pension start above a threshold of each worker’s week, so they depend on these hours.")

    def contract(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.hours_per_week", nth)
        with columns[1]:
            boxes.text(f"{line}.workers", nth)

    boxes.rows(f"{of}contracts", [5, 5], contract)
    step("Travel")
    draw_travel(boxes, of)


def draw_travel(boxes: Boxes, of: str = "", choices: Mapping[str, str] | None = None) -> None:
    """What travel is paid for, and how much of it."""
    boxes.choice(f"{of}travel", choices)
    if boxes.form[f"{of}travel"] != "none":
        boxes.beside_each_other(f"{of}travel.minutes", f"{of}travel.miles")
        boxes.pay(f"{of}travel.mileage", f"{of}travel.pay_per_mile", Unit.POUNDS_PER_MILE)


def draw_employment(boxes: Boxes, of: str = "") -> None:
    """Holiday, paid time that is not support, National Insurance, pension and the rest."""
    step("Holiday")
    boxes.choice(f"{of}holiday")
    if boxes.form[f"{of}holiday"] != "none":
        boxes.text(f"{of}holiday.weeks_per_year")
    step("Paid time that is not support", "Training, sickness, supervision: as a percentage of pay for work, or in hours a year for each worker.")

    def paid_time(line: str, nth: int, columns: list[Any]) -> None:
        in_hours = boxes.form[f"{line}.kind"] == HOURS_PER_YEAR
        with columns[0]:
            boxes.text(f"{line}.line", nth)
        with columns[1]:
            boxes.text(f"{line}.figure", 1 if in_hours else nth, label="Hours a year" if in_hours else "% of pay")
        with columns[2]:
            boxes.yes_no(f"{line}.earns_holiday")

    boxes.rows(f"{of}paid_time", [8, 4, 6], paid_time)
    st.button("Add paid time in hours a year", key=f"cost-add-hours-{boxes.form.number}-{of}", on_click=_add_hours_per_year, args=(boxes.form, of))
    step("National Insurance and pension")
    for name in (f"{of}national_insurance", f"{of}pension"):
        boxes.choice(name)
        if boxes.form[name] == "percent":
            boxes.beside_each_other(f"{name}.percent", f"{name}.of")
    step("Other costs of employment")

    def other(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.line", nth)
        with columns[1]:
            boxes.text(f"{line}.percent", nth)
        with columns[2]:
            boxes.choice(f"{line}.of", nth=nth)

    boxes.rows(f"{of}other", [7, 3, 6], other)
    draw_cover(boxes, of)


def draw_grades(boxes: Boxes) -> None:
    """Staff of other grades, each with boxes of its own, closed once it is filled in."""
    step("Other grades of staff", "Seniors, nurses, managers: a part of the support names who gives it.")
    for row in boxes.form.rows["grades"]:
        grade = f"grades.{row}"
        with st.container(border=True, key=f"cost-grade-{boxes.form.number}-{row}"):
            left, right = st.columns([4, 1], vertical_alignment="bottom")
            with left:
                boxes.text(f"{grade}.grade")
            with right:
                boxes.remove("grades", row)
            named = boxes.form.text(f"{grade}.grade") or "this grade"
            with st.expander(f"Pay and employment of {named}", expanded=grade in boxes.form.opened, key=f"cost-terms-{boxes.form.number}-{row}"):
                step("Pay for an hour")
                draw_pay(boxes, f"{grade}/")
                draw_employment(boxes, f"{grade}/")
    st.button(LISTS["grades"].add, key=f"cost-add-{boxes.form.number}-grades", on_click=_add_grade, args=(boxes.form,))
    words("A new grade starts on the terms of the main staff above, without their pay.", quiet=True)


def _add_hours_per_year(form: Form, of: str) -> None:
    form.values[f"{form.add(f'{of}paid_time')}.kind"] = HOURS_PER_YEAR


def _add_grade(form: Form) -> None:
    form.add_grade()
