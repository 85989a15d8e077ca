"""The `support` of a cost file as the parts of a package, and how many hours and visits they come to."""

from __future__ import annotations

from costing.figure import Figure, Unit, fixed
from costing.package import Hours, Nights, OnCall, Part, Support
from costing.work import hours_of, visits_of
from ringfence.importing.costing_staff import sleep_ins, travel
from ringfence.importing.costing_support import (
    AnyPart,
    HoursModel,
    OnCallModel,
    SessionsModel,
    SharedModel,
    SleepInsOfAPartModel,
    SupportModel,
    VisitsModel,
    WakingNightsModel,
)
from ringfence.importing.figures import Group

MINUTES_IN_AN_HOUR = 60


def parts(group: Group, model: SupportModel) -> tuple[Part, ...]:
    """The parts that the support names; none where it only says how many hours there are."""
    return tuple(_part(each, part) for each, part in group.each("parts", model.parts))


def support(group: Group, model: SupportModel, held: tuple[Part, ...]) -> Support:
    """What a week holds, as it is given, or as its parts come to."""
    hours = group.maybe("hours_per_week", "Hours of support", Unit.HOURS_PER_WEEK) or hours_of(held)
    visits = visits_of(held) if held else group.maybe("visits_per_week", "Visits", Unit.VISITS_PER_WEEK)
    if model.weeks_per_year == "365/7":
        days = fixed(365, "", Unit.NUMBER)
        return Support(hours, visits, (days / 7).called("Weeks of support", Unit.WEEKS_PER_YEAR))
    return Support(hours, visits, group.maybe("weeks_per_year", "Weeks of support", Unit.WEEKS_PER_YEAR))


def _part(group: Group, model: AnyPart) -> Part:
    grade, line = model.grade or "", model.line
    if isinstance(model, SleepInsOfAPartModel):
        return Nights(line, sleep_ins(group), _places(group), grade)
    if isinstance(model, OnCallModel):
        return OnCall(line, group("times_per_week", f"{line}, times", Unit.TIMES_PER_WEEK),
                      group("flat_per_time", f"{line}, flat pay", Unit.POUNDS_PER_TIME),
                      group.maybe("worked_hours_per_time", f"{line}, hours worked in one", Unit.HOURS), _places(group), grade)
    staff = group.maybe("staff_at_once", f"{line}, staff at once", Unit.NUMBER)
    if isinstance(model, HoursModel):
        return Hours(line, _hours(group, line), staff, None, grade)
    if isinstance(model, SharedModel):
        return Hours(line, _hours(group, line), staff, _places(group), grade, is_shared=True)
    if isinstance(model, WakingNightsModel):
        nights = group("nights_per_week", f"{line}, nights", Unit.NIGHTS_PER_WEEK)
        each = group("hours_per_night", f"{line}, hours of one", Unit.HOURS_PER_NIGHT)
        return Hours(line, (nights * each).called(f"{line}, hours", Unit.HOURS_PER_WEEK), staff, _places(group), grade,
                     is_shared=model.places is not None)
    return _visits(group, model, staff)


def _visits(group: Group, model: VisitsModel | SessionsModel, staff: Figure | None) -> Hours:
    line, grade = model.line, model.grade or ""
    times = group("per_week", f"{line}, a week", Unit.VISITS_PER_WEEK)
    minutes = group("minutes", f"{line}, minutes of one", Unit.MINUTES_PER_VISIT)
    hours = (times * minutes / MINUTES_IN_AN_HOUR).called(f"{line}, hours", Unit.HOURS_PER_WEEK)
    if isinstance(model, SessionsModel):
        return Hours(line, hours, staff, group("people", f"{line}, people", Unit.NUMBER), grade)
    return Hours(line, hours, staff, None, grade, travel(group.inside("travel", model.travel), model.travel) if model.travel else None, times)


def _hours(group: Group, line: str) -> Figure:
    return group("hours_per_week", f"{line}, hours", Unit.HOURS_PER_WEEK)


def _places(group: Group) -> Figure | None:
    return group.maybe("places", "Places of the home", Unit.NUMBER)
