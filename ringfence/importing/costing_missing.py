"""What one place of a cost file asks for and another does not give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from basics.errors import Problem
from costing.package import Per
from ringfence.importing.costing_file import CostFile
from ringfence.importing.costing_support import AnyPart, ByTheHourModel, HoursModel, VisitsModel
from ringfence.importing.yaml_text import Place, YamlText

HOURS_IN_A_WEEK = 168
MINUTES_IN_AN_HOUR = 60


def missing(file: CostFile, text: YamlText) -> Iterator[Problem]:
    """Visits, weeks of a year, hours, grades and staff that something needs and nobody gave."""
    visits = file.support.visits_per_week is not None or any(isinstance(part, VisitsModel) for part in file.support.parts)
    for place, per in _given_per(file):
        if per == Per.VISIT and not visits:
            yield Problem(text.where(place), "This is for each visit, and the visits a week are not given.",
                          "Give a part of the kind visits." if file.support.parts else "Add visits_per_week to support.")
        if per in (Per.MONTH, Per.YEAR) and file.support.weeks_per_year is None:
            yield Problem(text.where(place), f"This is for each {per}, and the weeks of a year are not given.", "Add weeks_per_year to support.")
    if file.support.parts:
        yield from _of_parts(file, text)
    allowance = file.organisation.employment_allowance if file.organisation else None
    if allowance and allowance.claimed and any(staff.national_insurance != "by_law" for staff in (file.staff, *file.grades) if staff):
        yield Problem(text.where(("organisation", "employment_allowance")),
                      "The Employment Allowance comes off National Insurance by law, and some staff have another.",
                      "Give national_insurance: by_law, or take the allowance out and lower your own percentage.")


def _given_per(file: CostFile) -> Iterator[tuple[Place, str | None]]:
    """What each line, and the travel of the staff, is given for, with its place."""
    yield from ((("other_direct", n), line.per) for n, line in enumerate(file.other_direct))
    yield from ((("co_ordination", n), line.per) for n, line in enumerate(file.co_ordination))
    yield from ((("company_costs", n), line.per) for n, line in enumerate(file.company_costs))
    yield ("contingency",), file.contingency.per if file.contingency else None
    yield ("surplus",), file.surplus.per if file.surplus else None
    if not file.support.parts:
        yield ("staff", "travel"), file.staff.travel.per if file.staff and file.staff.travel else None


def _own_hours(part: AnyPart) -> Decimal:
    """How long somebody is with the person alone in a week, however many come at once."""
    if isinstance(part, HoursModel):
        return part.hours_per_week
    return part.minutes * part.per_week / MINUTES_IN_AN_HOUR if isinstance(part, VisitsModel) else Decimal(0)


def _of_parts(file: CostFile, text: YamlText) -> Iterator[Problem]:
    grades = {grade.grade for grade in file.grades}
    for n, part in enumerate(file.support.parts):
        place = ("support", "parts", n)
        if part.grade is not None and part.grade not in grades:
            yield Problem(text.where((*place, "grade")), f"There is no grade “{part.grade}”.", "Add it to grades, or name one that is there.")
        if part.grade is None and file.staff is None:
            yield Problem(text.where(place), f"Nobody said what the staff who give “{part.line}” are paid.", "Add staff, or name a grade.")
    own = sum((_own_hours(part) for part in file.support.parts), Decimal(0))
    if own > HOURS_IN_A_WEEK:
        yield Problem(text.where(("support", "parts")),
                      f"The hours and visits of the person’s own come to {own.normalize():f} a week, and a week has {HOURS_IN_A_WEEK}.",
                      "Give two at once as staff_at_once: 2, which counts its hours twice.")
    if not any(isinstance(part, ByTheHourModel) for part in file.support.parts):
        yield Problem(text.where(("support", "parts")), "The parts hold no hours of support, so there is no price of an hour.",
                      "Add the hours that go with them.")
    if file.staff and file.staff.sleep_ins:
        yield Problem(text.where(("staff", "sleep_ins")), "With parts, sleep-ins are a part of their own.",
                      "Give them as a part of the kind sleep_ins.")
    if file.support.empty_percent is not None and not any(
            getattr(each, "places", None) for each in (*file.support.parts, *file.other_direct)):
        yield Problem(text.where(("support", "empty_percent")), "No part is shared by places, so none can stand empty.",
                      "Give a part with places, or take empty_percent out.")
