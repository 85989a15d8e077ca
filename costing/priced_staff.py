"""What a package is priced to pay its staff for a week, beside what they deliver in it: the price that actual cost is held against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from basics.errors import InputError
from basics.rounding import MINUTES_PER_HOUR
from costing.direct import Team, team_lines, teams
from costing.figure import Figure, Unit, fixed, total
from costing.package import Contract, Hours, Package
from costing.pay_added import agency_lines
from costing.time_off import worker_year
from costing.variances import Paid, Staffing
from costing.work import Work, own_part, staff_hours, work_of

PENCE = 100


def priced_staffing(package: Package, on: date) -> Staffing:
    """The staff of a week as the package prices them, at its rates of a day: pay, on-costs and agencies, without mileage, what else is
    bought, and places that stand empty. The staff of the package have no name for a grade.

    Raises `InputError` for a package in which own staff deliver no hours.
    """
    held = max((each for each in package.through if each.on <= on), key=lambda each: each.on, default=package)
    found = [_of_team(team, held) for team in teams(held)]
    priced = Staffing(
        {grade: paid for of_team in found for grade, paid in of_team.own.items()},
        sum((each.own_delivered for each in found), Fraction(0)),
        sum((each.agency_pence for each in found), Fraction(0)),
        sum((each.agency_delivered for each in found), Fraction(0)),
        sum((each.nights_pence for each in found), Fraction(0)))
    if not priced.own_delivered:
        raise InputError("No staff of its own deliver hours of support in it, so it prices no cost of an hour of theirs.",
                         "Name a cost file with hours of support, and the staff that give them.", package.name)
    return priced


def _of_team(team: Team, package: Package) -> Staffing:
    staff, works = team.staff, [work_of(part, team.staff) for part in team.parts]
    lines = team_lines(team, package.organisation)
    hours = total(each for work in works for each in work.hours)
    agency = _sum(agency_lines(staff, hours))
    pay = _sum(lines) - _sum(line for work in works for line in work.mileage) - agency
    delivered = total(staff_hours(part) for part in team.parts if isinstance(part, Hours))
    own = own_part(delivered, staff).exact
    paid, nights = own_part(hours, staff).exact * _paid_for_worked(team), pay * _part_of_nights(works)
    return Staffing({team.grade: Paid(paid * MINUTES_PER_HOUR, (pay - nights) * PENCE)}, own * MINUTES_PER_HOUR, agency * PENCE,
                    (delivered.exact - own) * MINUTES_PER_HOUR, nights * PENCE)


def _part_of_nights(works: Sequence[Work]) -> Fraction:
    """Of the plain pay, the part that is paid by the night or the call: it brings as much of the on-costs."""
    whole = _sum(line for work in works for line in work.pay)
    return _sum(line for work in works if not work.hours for line in work.pay) / whole if whole else Fraction(0)


def _paid_for_worked(team: Team) -> Fraction:
    """Paid hours for each that is worked: leave, sickness and training come on top. Without contracts any week of a worker tells it."""
    one = fixed(1, "", Unit.NUMBER)
    years = [(worker_year(team.staff, contract), contract.workers.exact)
             for contract in team.staff.contracts or (Contract(fixed(1, "", Unit.HOURS_PER_WEEK), one),)]
    return sum(year.paid.exact * workers for year, workers in years) / sum((year.worked.exact * workers for year, workers in years), Fraction(0))


def _sum(figures: Iterable[Figure]) -> Fraction:
    return sum((figure.exact for figure in figures), Fraction(0))
