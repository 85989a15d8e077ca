"""Direct support: the hands-on cost of a week, line by line. Every line is pounds a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from basics.errors import NotKnown
from costing.amounts import amount_per_week
from costing.figure import Figure, Unit, share, total, whole_of
from costing.package import Package, Part, PayBase, PercentOfPay, Staff
from costing.staff import holiday_pay, on_a_pound_of_pay, pay_per_week
from costing.work import Work, implied_parts, work_of

EMPTY_PLACES = "Allowance for empty places"


@dataclass(frozen=True)
class _Team:
    """Staff of one grade and the parts of the support that they give. The lines of a named grade say its name."""

    staff: Staff
    grade: str
    parts: tuple[Part, ...]

    def called(self, label: str) -> str:
        return f"{label}, {self.grade}" if self.grade else label


def direct_support(package: Package) -> tuple[Figure, ...]:
    """The lines of direct support: pay, travel, leave, the costs of employment, places that stand empty, and what else is bought for
    the person. Raises `NotKnown` where something depends on what the package does not say."""
    lines: list[Figure] = []
    shared: list[Figure] = []
    for team in _teams(package):
        of_team, of_shared = _team_lines(team)
        lines += of_team
        shared += of_shared
    bought = {amount: amount_per_week(amount, package.support) for amount in package.other_direct if amount.charged}
    lines += bought.values()
    if package.empty_percent is not None:
        shared += (line for amount, line in bought.items() if amount.is_shared)
        lines.append(_empty_places(total(shared).called("Cost that places share", Unit.POUNDS_PER_WEEK), package.empty_percent))
    return tuple(lines)


def _teams(package: Package) -> Iterator[_Team]:
    """Who is paid, grade by grade in the order in which the parts name them."""
    parts, grades = package.parts or implied_parts(package), dict(package.grades)
    for grade in dict.fromkeys(part.grade for part in parts):
        theirs = tuple(part for part in parts if part.grade == grade)
        staff = grades.get(grade) if grade else package.staff
        if staff is None:
            raise NotKnown(f"Nobody said what the staff who give “{theirs[0].label}” are paid.", "Add the staff, or name a grade that is there.")
        yield _Team(staff, grade, theirs)


def _team_lines(team: _Team) -> tuple[list[Figure], list[Figure]]:
    """In the order of a cost-of-care return: work, travel, paid time, holiday, National Insurance, pension, the rest; and what of it all
    is for support that the places of a home share."""
    staff, works = team.staff, [work_of(part, team.staff) for part in team.parts]
    worked = [line for work in works for line in work.pay]
    worked_pay = total(worked).called(team.called("Pay for work"), Unit.POUNDS_PER_WEEK)
    paid_time = [_line(share(time.percent, worked_pay), team.called(time.label)) for time in staff.paid_time]
    earning = [line for line, time in zip(paid_time, staff.paid_time, strict=True) if time.earns_holiday]
    holiday = [] if staff.holiday is None else [
        _line(holiday_pay(total([worked_pay, *earning]), staff.holiday), team.called("Holiday pay"))]
    all_pay = total([worked_pay, *paid_time, *holiday]).called(team.called("All pay"), Unit.POUNDS_PER_WEEK)
    on_costs = _on_costs(team, {PayBase.WORKED: worked_pay, PayBase.ALL: all_pay})
    cost = total([all_pay, *on_costs]).called(team.called("All pay and its on-costs"), Unit.POUNDS_PER_WEEK)
    mileage = [line for work in works for line in work.mileage]
    return [*worked, *mileage, *paid_time, *holiday, *on_costs], list(_for_shared(works, worked_pay, cost, team))


def _for_shared(works: list[Work], worked_pay: Figure, cost: Figure, team: _Team) -> Iterator[Figure]:
    """What the team costs for the support that places share, on-costs and all, by its part of the pay for work."""
    shared = [line for work in works if work.is_shared for line in work.pay]
    if shared and worked_pay.exact:
        yield _line(cost * (total(shared) / worked_pay), team.called("Cost of the support that is shared"))


def _empty_places(shared: Figure, percent: Figure) -> Figure:
    """What the places that are lived in carry for those that are expected to stand empty: the shared cost is what is left of the whole."""
    whole = whole_of(shared, percent).called("Shared support with its empty places", Unit.POUNDS_PER_WEEK)
    return _line(whole - shared, EMPTY_PLACES)


def _on_costs(team: _Team, bases: dict[PayBase, Figure]) -> list[Figure]:
    staff = team.staff
    pays = {contract: pay_per_week(staff.pay_per_hour, contract) for contract in staff.contracts}
    lines = []
    for terms, label in ((staff.national_insurance, "Employer National Insurance"), (staff.pension, "Employer pension")):
        if isinstance(terms, PercentOfPay):
            lines.append(_percent_of_pay(team, terms, bases))
        elif terms is not None:
            lines.append(_line(on_a_pound_of_pay(pays, terms, label) * bases[PayBase.ALL], team.called(label)))
    return lines + [_percent_of_pay(team, other, bases) for other in staff.other]


def _percent_of_pay(team: _Team, cost: PercentOfPay, bases: dict[PayBase, Figure]) -> Figure:
    return _line(share(cost.percent, bases[cost.base]), team.called(cost.label))


def _line(figure: Figure, label: str) -> Figure:
    return figure.called(label, Unit.POUNDS_PER_WEEK)
