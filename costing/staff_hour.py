"""What an hour of staff costs, by grade and contract: an hour that is paid, and one that is support.

Both are worked out as the price is, for a team of one worker on the contract, with this package’s own mix of travel, unsocial hours and
bank holidays. Mileage, agencies, sleep-ins and times on call are no part of it: they are no hours of an employee.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from basics.errors import NotKnown
from costing.direct import NATIONAL_INSURANCE, PENSION, Team, team_lines, teams
from costing.figure import Figure, Unit, total
from costing.package import Contract, Hours, Package
from costing.time_off import WorkerYear
from costing.work import hours_of


@dataclass(frozen=True)
class StaffHour:
    """One contract of a grade (empty for the staff of the package). Hours are of a year; percentages are of pay, None where they are no
    matter of this worker’s week."""

    grade: str
    contract: Contract
    year: WorkerYear
    travel: Figure
    productive: Figure
    per_paid_hour: Figure
    per_productive_hour: Figure
    ni_percent: Figure | None
    pension_percent: Figure | None

    @property
    def told(self) -> tuple[Figure, ...]:
        """The figures to explain."""
        percents = (each for each in (self.ni_percent, self.pension_percent) if each is not None)
        return *percents, self.per_paid_hour, self.per_productive_hour, self.travel, self.productive


def staff_hours_cost(package: Package) -> tuple[StaffHour, ...]:
    """The cost of an hour for each grade and contract of a package. Raises `NotKnown` where no hours or no contracts are given."""
    found = tuple(each for team in teams(package) for each in _of_team(team, package))
    if not found:
        raise NotKnown("The cost of an hour is of staff on contracts, and the package has none.", "Add contracts to staff.", package.name)
    return found


def _of_team(team: Team, package: Package) -> Iterator[StaffHour]:
    parts = tuple(part for part in team.parts if isinstance(part, Hours))
    if parts:
        yield from (_staff_hour(team, parts, contract, package) for contract in team.staff.contracts)


def _staff_hour(team: Team, parts: tuple[Hours, ...], contract: Contract, package: Package) -> StaffHour:
    staff = replace(team.staff, contracts=(contract,), cover=tuple(each for each in team.staff.cover if each.agency_rate_per_hour is None))
    alone, whose = Team(staff, team.grade, parts, team), contract.in_words
    year = alone.years.by_contract[contract]
    works = alone.works
    mileage = {line.label for work in works for line in work.mileage}
    lines = team_lines(alone, package.organisation)
    cost = total(line for line in lines if line.label not in mileage).called(f"Cost of this week {whose}", Unit.POUNDS_PER_WEEK)
    support, worked = hours_of(parts), total(hours for work in works for hours in work.hours).called("Support and travel", Unit.HOURS_PER_WEEK)
    paid = (worked * (year.paid / year.worked)).called(f"Hours to pay for these {whose}", Unit.HOURS_PER_WEEK)
    productive = (year.worked * (support / worked)).called(f"Hours of support {whose}", Unit.HOURS_PER_YEAR)
    return StaffHour(
        team.grade, contract, year,
        (year.worked - productive).called(f"Hours of travel {whose}", Unit.HOURS_PER_YEAR), productive,
        (cost / paid).called(f"Cost of a paid hour {whose}", Unit.POUNDS_PER_HOUR),
        (cost / support).called(f"Cost of a productive hour {whose}", Unit.POUNDS_PER_HOUR),
        _percent(alone.insurance_on_a_pound, NATIONAL_INSURANCE, whose), _percent(alone.pension_on_a_pound, PENSION, whose))


def _percent(on_a_pound: Figure | None, label: str, whose: str) -> Figure | None:
    return None if on_a_pound is None else (on_a_pound * 100).called(f"{label}, of pay {whose}", Unit.PERCENT)
