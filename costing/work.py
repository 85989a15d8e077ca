"""What staff are paid for in a week: hours of support, travel between visits, sleep-ins, and times when they can be called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from basics.errors import NotKnown
from costing.figure import Figure, Unit, a_week, share, total
from costing.package import Hours, Nights, OnCall, Package, Part, Per, SleepIns, Staff, Travel

MINUTES_IN_AN_HOUR = 60
THE_SUPPORT = "Pay for support"


@dataclass(frozen=True)
class Work:
    """A part of the support as lines of pay, and of paid miles, in pounds a week; and whether the places of a home share it.

    `hours` are those that are paid by the hour, support and travel, an agency’s among them; the pay is that of own staff.
    """

    pay: tuple[Figure, ...]
    mileage: tuple[Figure, ...]
    is_shared: bool
    hours: tuple[Figure, ...] = ()


def implied_parts(package: Package) -> tuple[Part, ...]:
    """The parts of a package that names none: its hours of support, with their travel, and its sleep-ins."""
    staff, support = package.staff, package.support
    if staff is None:
        return ()
    hours = Hours(THE_SUPPORT, support.hours_per_week, travel=staff.travel, visits_per_week=support.visits_per_week)
    return (hours, Nights("Sleep-ins", staff.sleep_ins)) if staff.sleep_ins else (hours,)


def work_of(part: Part, staff: Staff) -> Work:
    """What a part comes to, given by these staff."""
    if isinstance(part, Hours):
        hours = staff_hours(part)
        travel = part.travel or (staff.travel if part.visits_per_week is not None else None)
        paid = [(part.label, hours), *((_of(part, "Travel time"), each) for each in (_travel_time(part, travel) if travel else ()))]
        pay = tuple(a_week(staff.pay_per_hour * own_part(each, staff), label) for label, each in paid)
        return Work(pay, tuple(_mileage(part, travel) if travel else ()), part.is_shared, tuple(each for _, each in paid))
    if isinstance(part, Nights):
        pay_of_week = pay_per_night(part.sleep_ins, staff.pay_per_hour) * part.sleep_ins.nights_per_week
    else:
        pay_of_week = pay_per_call(part, staff.pay_per_hour) * part.times_per_week
    return Work((a_week(among(pay_of_week, part.among), part.label),), (), part.among is not None)


def staff_hours(part: Hours) -> Figure:
    """The hours of staff in a week that a part takes for this person: two at once count twice, what is shared counts in part."""
    if part.staff_at_once is None and part.among is None:
        return part.per_week
    hours = part.per_week if part.staff_at_once is None else part.per_week * part.staff_at_once
    return among(hours, part.among).called(f"Staff hours, {part.label}", Unit.HOURS_PER_WEEK)


def hours_of(parts: tuple[Part, ...]) -> Figure:
    """The staff hours of a week over all parts. A sleep-in and a time on call are no hours of support."""
    return total(staff_hours(part) for part in parts if isinstance(part, Hours)).called("Staff hours of support", Unit.HOURS_PER_WEEK)


def visits_of(parts: tuple[Part, ...]) -> Figure | None:
    """The visits of a week over all parts; None where no part is given in visits."""
    found = [part.visits_per_week for part in parts if isinstance(part, Hours) and part.visits_per_week is not None]
    return total(found).called("Visits", Unit.VISITS_PER_WEEK) if found else None


def pay_per_night(sleep_ins: SleepIns, pay_per_hour: Figure) -> Figure:
    """What one sleep-in is paid: the flat sum, and the hours paid at the full rate."""
    hours = [hours for hours in (sleep_ins.paid_hours_per_night, sleep_ins.disturbed_hours_per_night) if hours is not None]
    paid = (pay_per_hour * hour for hour in hours)
    return total([sleep_ins.flat_per_night, *paid]).called("Pay for a sleep-in", Unit.POUNDS_PER_NIGHT)


def pay_per_call(part: OnCall, pay_per_hour: Figure) -> Figure:
    """What one time on call is paid: the flat sum, and the hours that are expected to be worked in it."""
    worked = [] if part.worked_hours_per_time is None else [pay_per_hour * part.worked_hours_per_time]
    return total([part.flat_per_time, *worked]).called(f"Pay for one time, {part.label}", Unit.POUNDS)


def among(figure: Figure, sharing: Figure | None) -> Figure:
    """One share of what so many share."""
    return figure if sharing is None else figure / sharing


def own_part(hours: Figure, staff: Staff) -> Figure:
    """What own staff give of some hours: all that an agency does not."""
    agency = [cover.percent_of_hours for cover in staff.cover if cover.agency_rate_per_hour is not None]
    return (hours - share(total(agency), hours)).called(f"{hours.label}, by own staff", Unit.HOURS_PER_WEEK) if agency else hours


def _travel_time(part: Hours, travel: Travel) -> Iterator[Figure]:
    if travel.minutes is not None:
        yield (travel.minutes * _times(part, travel) / MINUTES_IN_AN_HOUR).called(_of(part, "Paid travel time"), Unit.HOURS_PER_WEEK)


def _mileage(part: Hours, travel: Travel) -> Iterator[Figure]:
    if travel.miles is not None and travel.pay_per_mile is not None:
        miles = (travel.miles * _times(part, travel)).called(_of(part, "Paid miles"), Unit.MILES_PER_WEEK)
        yield a_week(miles * travel.pay_per_mile, _of(part, "Mileage"))


def _times(part: Hours, travel: Travel) -> Figure:
    """How often travel is paid in a week: each of two who come has travelled, and who share a visit share its travel."""
    if travel.per is Per.HOUR:
        return staff_hours(part)
    visits = known_visits(part.visits_per_week)
    return among(visits if part.staff_at_once is None else visits * part.staff_at_once, part.among)


def known_visits(per_week: Figure | None) -> Figure:
    """The visits of a week. Raises `NotKnown` where something is given for a visit and nobody said how many there are."""
    if per_week is None:
        raise NotKnown("Something is given for each visit, and the visits a week are not known.", "Add support.visits_per_week.")
    return per_week


def _of(part: Hours, label: str) -> str:
    return label if part.label == THE_SUPPORT else f"{label}, {part.label}"
