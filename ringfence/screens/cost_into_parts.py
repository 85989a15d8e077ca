"""From so many hours a week to parts: the first parts say what the simple boxes said, so that the price stays what it was."""

from __future__ import annotations

from basics.errors import InputError
from ringfence.screens.components.amounts import number
from ringfence.screens.cost_form import Form

MINUTES_IN_AN_HOUR = 60


def into_parts(form: Form) -> None:
    """Parts for the hours, the visits and the nights of a form that leaves its simple boxes and has no parts yet."""
    if form.rows["parts"] or form["support"] == "parts":
        return
    hours, visits = form.text("support.hours_per_week"), form.text("support.visits_per_week")
    minutes = _minutes_of_a_visit(hours, visits)
    if minutes and form["travel"] == "visit":
        part = form.add_part("visits", "Visits")
        form.values |= {f"{part}.minutes": minutes, f"{part}.per_week": visits}
    else:
        form.values[f"{form.add_part('hours', 'Support')}.hours_per_week"] = hours
    if form["sleep_ins"]:
        nights = form.add_part("sleep_ins", "Sleep-ins")
        for key in ("nights_per_week", "flat_per_night", "paid_hours_per_night", "disturbed_hours_per_night"):
            form.values[f"{nights}.{key}"] = form.text(f"sleep_ins.{key}")


def _minutes_of_a_visit(hours: str, visits: str) -> str:
    """How long each visit is, where that is a plain number of minutes."""
    try:
        minutes = number(hours) * MINUTES_IN_AN_HOUR / number(visits)
    except (InputError, ArithmeticError):
        return ""
    return f"{minutes.normalize():f}" if minutes * number(visits) == number(hours) * MINUTES_IN_AN_HOUR else ""
