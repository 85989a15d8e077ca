"""The steps of the guided form: the support, pay, what employing people costs, what comes beside it, and the price."""

from __future__ import annotations

from typing import Any

import streamlit as st

from costing.price import Price
from ringfence.screens.components.frame import words
from ringfence.screens.cost_bought import draw_bought
from ringfence.screens.cost_boxes import Boxes, step
from ringfence.screens.cost_cover import draw_cap, draw_organisation
from ringfence.screens.cost_into_parts import into_parts
from ringfence.screens.cost_parts import draw_parts
from ringfence.screens.cost_staff import draw_employment, draw_grades, draw_pay

STEPS = ("Support", "Pay", "Employment", "Other costs", "Price")


def draw_steps(boxes: Boxes, price: Price | None) -> None:
    """Every step of the form, one behind the other. `price` is of what is filled in, where that has one."""
    tabs = st.tabs(STEPS, key=f"cost-steps-{boxes.form.number}")
    for tab, draw in zip(tabs, (_support, _pay, _employment, _other_costs), strict=False):
        with tab:
            draw(boxes)
    with tabs[-1]:
        _price(boxes, price)


def _support(boxes: Boxes) -> None:
    step("What is supported, and from when")
    boxes.text("name")
    first, last = st.columns(2)
    with first:
        boxes.day("on")
    with last:
        boxes.day("until")
    boxes.either("support", lambda: into_parts(boxes.form))
    if boxes.form["support"] == "parts":
        boxes.beside_each_other("support.weeks_per_year", "support.empty_percent")
        draw_parts(boxes)
    else:
        boxes.beside_each_other("support.hours_per_week", "support.visits_per_week", "support.weeks_per_year")
        _nights(boxes)
    draw_bought(boxes)


def _nights(boxes: Boxes) -> None:
    step("Nights")
    boxes.yes_no("sleep_ins")
    if boxes.form["sleep_ins"] and boxes.form["staff"]:
        boxes.beside_each_other("sleep_ins.nights_per_week", "sleep_ins.flat_per_night")
        boxes.beside_each_other("sleep_ins.paid_hours_per_night", "sleep_ins.disturbed_hours_per_night")
    elif boxes.form["sleep_ins"]:
        words("Sleep-ins are pay: tick “Staff are paid for this support” under Pay.", quiet=True)


def _pay(boxes: Boxes) -> None:
    step("Pay for an hour")
    boxes.yes_no("staff")
    if boxes.form["staff"]:
        draw_pay(boxes)
    else:
        words("This package holds no pay: only what is bought, and what comes on top.", quiet=True)
    if boxes.form["support"] == "parts" or boxes.form.rows["grades"]:
        draw_grades(boxes)


def _employment(boxes: Boxes) -> None:
    if boxes.form["staff"]:
        draw_employment(boxes)
    else:
        words("This package holds no pay. Tick “Staff are paid for this support” under Pay to fill in this step.", quiet=True)


def _other_costs(boxes: Boxes) -> None:
    step("Service co-ordination", "Team leaders, managers, staff and service development. “On cost” is of direct support.")
    boxes.lines("co_ordination")
    step("Company costs", "Offices, IT, payroll, audit, insurance, the regulator. “On cost” is of direct support.")
    boxes.lines("company_costs")


def _price(boxes: Boxes, price: Price | None) -> None:
    step("Contingency and surplus", "“On cost” is of the full cost: direct support, co-ordination and company costs together.")
    boxes.addition("contingency")
    boxes.addition("surplus")
    if price is not None and price.extras:
        words(" ".join(f"{each.section.value} is {each.in_words}." for each in price.extras), quiet=True)
    step("How the price is quoted", "The price is rounded once, here; nothing that it is made of is rounded before that.")
    boxes.choice("quote.per")
    boxes.choice("quote.step_pence")
    draw_organisation(boxes)
    draw_cap(boxes)
    step("Who pays", "Without a funder here the price is not divided. One of several may pay the rest.")

    def funder(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.funder", nth)
        with columns[1]:
            boxes.choice(f"{line}.kind", nth=nth)
        if boxes.form[f"{line}.kind"] != "rest":
            with columns[2]:
                boxes.text(f"{line}.figure", nth)
        if boxes.form["contingency.kind"] != "none":
            boxes.yes_no(f"{line}.takes_contingency")

    boxes.rows("funders", [6, 5, 4], funder)
