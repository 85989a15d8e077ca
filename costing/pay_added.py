"""What is paid beyond plain hours: unsocial hours, bank holidays, overtime for vacancies; and the hours that an agency gives."""

from __future__ import annotations

from collections.abc import Sequence

from basics.errors import InputError
from costing.figure import Figure, Unit, a_week, fixed, share, total
from costing.package import Hours, Part, Staff
from costing.terms import Cover, Unsocial
from costing.work import own_part, staff_hours

DAYS_IN_A_YEAR = 365
BANK_HOLIDAYS = "Bank holidays"


def added_pay(parts: Sequence[Part], staff: Staff, hours: Figure) -> list[Figure]:
    """Lines of pay on top of plain hours, in pounds a week; `hours` are all of the week, an agency’s among them.

    Support is taken to be spread evenly over the days of the year, so that so many of 365 days are bank holidays. Raises `InputError`
    for an addition on more hours than there are.
    """
    lines = [_unsocial(each, parts, staff, hours) for each in staff.unsocial]
    if staff.bank_holidays is not None:
        terms = staff.bank_holidays
        on_them = (own_part(hours, staff) * (terms.days_per_year / DAYS_IN_A_YEAR)).called("Hours on bank holidays", Unit.HOURS_PER_WEEK)
        lines.append(_beyond_plain(staff, on_them, terms.pay_multiple, BANK_HOLIDAYS))
    for cover in staff.cover:
        if cover.overtime_multiple is not None:
            lines.append(_beyond_plain(staff, _covered(cover, hours), cover.overtime_multiple, cover.label))
    return lines


def agency_lines(staff: Staff, hours: Figure) -> list[Figure]:
    """What an agency is paid for its part of the hours, in pounds a week: its rate holds everything, so no on-costs follow."""
    return [a_week(_covered(cover, hours) * cover.agency_rate_per_hour, cover.label)
            for cover in staff.cover if cover.agency_rate_per_hour is not None]


def _unsocial(each: Unsocial, parts: Sequence[Part], staff: Staff, hours: Figure) -> Figure:
    if each.percent_of_hours is not None:
        found = share(each.percent_of_hours, hours)
    elif each.hours_per_week is not None:
        found = each.hours_per_week
    else:
        found = total(staff_hours(part) for part in _named(each, parts))
    if found.exact > hours.exact:
        raise InputError(f"“{each.label}” is on more hours a week than these staff give.", "Lower its hours.", each.label)
    own = own_part(found.called(f"{each.label}, hours", Unit.HOURS_PER_WEEK), staff)
    return a_week(share(each.percent, staff.pay_per_hour * own), each.label)


def _named(each: Unsocial, parts: Sequence[Part]) -> list[Hours]:
    found = {part.label: part for part in parts if isinstance(part, Hours)}
    for name in each.parts:
        if name not in found:
            raise InputError(f"“{each.label}” names “{name}”, which is no part of the support that these staff give by the hour.",
                             f"Name one of {', '.join(found)}.", each.label)
    return [found[name] for name in dict.fromkeys(each.parts)]


def _covered(cover: Cover, hours: Figure) -> Figure:
    return share(cover.percent_of_hours, hours).called(f"{cover.label}, hours", Unit.HOURS_PER_WEEK)


def _beyond_plain(staff: Staff, hours: Figure, multiple: Figure, label: str) -> Figure:
    """The part of a multiple that is beyond plain pay, which the lines of the support hold already."""
    return a_week(staff.pay_per_hour * hours * (multiple - fixed(1, "", Unit.NUMBER)), label)
