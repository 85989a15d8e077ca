"""The steps of the guided form: the support, pay, what employing people costs, what comes beside it, and the price."""

from __future__ import annotations

from typing import Any

import streamlit as st

from costing.figure import Unit
from ringfence.screens.components.frame import words
from ringfence.screens.cost_boxes import Boxes, step

STEPS = ("Support", "Pay", "Employment", "Other costs", "Price")


def draw_steps(boxes: Boxes) -> None:
    """Every step of the form, one behind the other."""
    drawn = (_support, _pay, _employment, _other_costs, _price)
    for tab, draw in zip(st.tabs(STEPS, key=f"cost-steps-{boxes.form.number}"), drawn, strict=True):
        with tab:
            draw(boxes)


def _support(boxes: Boxes) -> None:
    step("What is supported, and from when")
    boxes.text("name")
    boxes.day("on")
    _beside_each_other(boxes, "support.hours_per_week", "support.visits_per_week", "support.weeks_per_year")
    step("Nights")
    boxes.yes_no("sleep_ins")
    if boxes.form["sleep_ins"] and boxes.form["staff"]:
        _beside_each_other(boxes, "sleep_ins.nights_per_week", "sleep_ins.flat_per_night")
        _beside_each_other(boxes, "sleep_ins.paid_hours_per_night", "sleep_ins.disturbed_hours_per_night")
    elif boxes.form["sleep_ins"]:
        words("Sleep-ins are pay: tick “Staff are paid for this support” under Pay.", quiet=True)
    step("What else is bought for the person")

    def bought(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.line", nth)
        with columns[1]:
            boxes.text(f"{line}.amount", nth)
        with columns[2]:
            boxes.choice(f"{line}.per", nth=nth)

    boxes.rows("other_direct", [7, 3, 4], bought)


def _pay(boxes: Boxes) -> None:
    step("Pay for an hour")
    boxes.yes_no("staff")
    if not boxes.form["staff"]:
        words("This package holds no pay: only what is bought, and what comes on top.", quiet=True)
        return
    boxes.pay("staff.pay", "staff.pay_per_hour", Unit.POUNDS_PER_HOUR)
    boxes.text("staff.addition_per_hour")
    step("The team’s contracts", "National Insurance and pension start above a threshold of each worker’s week, so they depend on these hours.")

    def contract(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.hours_per_week", nth)
        with columns[1]:
            boxes.text(f"{line}.workers", nth)

    boxes.rows("contracts", [5, 5], contract)
    step("Travel")
    boxes.choice("travel")
    if boxes.form["travel"] != "none":
        _beside_each_other(boxes, "travel.minutes", "travel.miles")
        boxes.pay("travel.mileage", "travel.pay_per_mile", Unit.POUNDS_PER_MILE)


def _employment(boxes: Boxes) -> None:
    if not boxes.form["staff"]:
        words("This package holds no pay. Tick “Staff are paid for this support” under Pay to fill in this step.", quiet=True)
        return
    step("Holiday")
    boxes.choice("holiday")
    if boxes.form["holiday"] != "none":
        boxes.text("holiday.weeks_per_year")
    step("Paid time that is not support", "Training, sickness, supervision: each as a percentage of pay for work.")

    def paid_time(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.line", nth)
        with columns[1]:
            boxes.text(f"{line}.percent", nth)
        with columns[2]:
            boxes.yes_no(f"{line}.earns_holiday")

    boxes.rows("paid_time", [8, 4, 6], paid_time)
    step("National Insurance and pension")
    for name in ("national_insurance", "pension"):
        boxes.choice(name)
        if boxes.form[name] == "percent":
            _beside_each_other(boxes, f"{name}.percent", f"{name}.of")
    step("Other costs of employment")

    def other(line: str, nth: int, columns: list[Any]) -> None:
        with columns[0]:
            boxes.text(f"{line}.line", nth)
        with columns[1]:
            boxes.text(f"{line}.percent", nth)
        with columns[2]:
            boxes.choice(f"{line}.of", nth=nth)

    boxes.rows("other", [7, 3, 6], other)


def _other_costs(boxes: Boxes) -> None:
    step("Service co-ordination", "Team leaders, managers, staff and service development. “On cost” is of direct support.")
    boxes.lines("co_ordination")
    step("Company costs", "Offices, IT, payroll, audit, insurance, the regulator. “On cost” is of direct support.")
    boxes.lines("company_costs")


def _price(boxes: Boxes) -> None:
    step("Contingency and surplus", "“On cost” is of the full cost: direct support, co-ordination and company costs together.")
    boxes.addition("contingency")
    boxes.addition("surplus")
    step("How the price is quoted", "The price is rounded once, here; nothing that it is made of is rounded before that.")
    boxes.choice("quote.per")
    boxes.choice("quote.step_pence")


def _beside_each_other(boxes: Boxes, *names: str) -> None:
    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column:
            boxes.choice(name) if name.endswith(".of") else boxes.text(name)
