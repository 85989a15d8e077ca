"""What is paid beyond plain hours, who stands in, sickness, and what depends on the whole organisation, as boxes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ringfence.screens.cost_boxes import Boxes, step

COVER = "Unsocial hours, agency, sickness"
_BOXES = ("bank_holidays.days_per_year", "bank_holidays.pay_multiple", "agency.percent_of_hours", "agency.rate_per_hour",
          "vacancies.percent_of_hours", "vacancies.figure", "sickness.days_per_year", "sickness.days_per_week", "sickness.spells_per_year")


def draw_cover(boxes: Boxes, of: str = "") -> None:
    """The boxes of the staff, folded away where there is nothing in them; those of a grade stand open inside the grade’s own."""
    if of:
        _cover(boxes, of)
        return
    is_filled = bool(boxes.form.rows["unsocial_hours"]) or any(boxes.form.text(name) for name in _BOXES)
    with st.expander(COVER, expanded=is_filled, key=f"cost-cover-{boxes.form.number}"):
        _cover(boxes, of)


def _cover(boxes: Boxes, of: str) -> None:
    step("Unsocial hours", "What is paid on top for evenings, nights and weekends, as a percentage of pay for those hours.")

    def unsocial(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.line", nth)
        with columns[1]:
            boxes.text(f"{line}.percent", nth)
        with columns[2]:
            boxes.choice(f"{line}.kind", nth=nth)
        with columns[3]:
            boxes.text(f"{line}.figure", nth)

    boxes.rows(f"{of}unsocial_hours", [5, 3, 4, 4], unsocial)
    step("Bank holidays")
    boxes.beside_each_other(f"{of}bank_holidays.days_per_year", f"{of}bank_holidays.pay_multiple")
    step("Agency and empty posts", "Hours that an agency gives bring no holiday, National Insurance or pension of ours.")
    boxes.beside_each_other(f"{of}agency.percent_of_hours", f"{of}agency.rate_per_hour")
    boxes.beside_each_other(f"{of}vacancies.percent_of_hours", f"{of}vacancies.figure")
    boxes.choice(f"{of}vacancies.kind")
    step("Sickness in days", "In place of a percentage under “Paid time that is not support”, never beside one.")
    boxes.beside_each_other(f"{of}sickness.days_per_year", f"{of}sickness.days_per_week", f"{of}sickness.spells_per_year")
    boxes.choice(f"{of}sickness.pay")


def draw_organisation(boxes: Boxes) -> None:
    """What depends on the pay bill of the whole organisation."""
    step("Levy and Employment Allowance", "Both depend on the pay bill of the whole organisation. Without one here, neither is counted.")
    boxes.text("organisation.pay_bill_per_year")
    boxes.choice("organisation.apprenticeship_levy")
    boxes.choice("organisation.employment_allowance")
    if boxes.form["organisation.employment_allowance"] != "unsaid":
        boxes.text("organisation.reason")


def draw_cap(boxes: Boxes) -> None:
    """A cap that a funder puts on some lines."""
    step("A cap on some lines", "Whether the price keeps it stands below the price; the price itself stays as it is.")
    left, right = st.columns(2)
    with left:
        boxes.text("cap.percent")
    with right:
        boxes.choice("cap.basis")
    boxes.text("cap.lines")
