"""Direct support: the hands-on cost of a week, line by line. Every line is pounds a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from basics.errors import NotKnown
from costing.amounts import amount_per_week
from costing.figure import Figure, Unit, a_week, share, total, whole_of
from costing.package import AutoEnrolment, NationalInsurance, Package, Part, PayBase, PercentOfPay, Staff
from costing.pay_added import added_pay, agency_lines
from costing.pay_bill import less_allowance, levy
from costing.staff import holiday_pay, on_a_pound_of_pay
from costing.terms import Organisation
from costing.time_off import Years, time_off
from costing.work import Work, implied_parts, own_part, work_of

NATIONAL_INSURANCE = "Employer National Insurance"
PENSION = "Employer pension"
EMPTY_PLACES = "Allowance for empty places"


@dataclass(frozen=True)
class Team:
    """Staff of one grade and the parts of the support that they give. The lines of a named grade say its name."""

    staff: Staff
    grade: str
    parts: tuple[Part, ...]

    @cached_property
    def years(self) -> Years:
        return Years(self.staff)

    @cached_property
    def insurance_on_a_pound(self) -> Figure | None:
        """National Insurance by law on each pound of the team’s pay; None where it is another, or none."""
        return self._by_law(self.staff.national_insurance, NATIONAL_INSURANCE)

    @cached_property
    def pension_on_a_pound(self) -> Figure | None:
        """The same of the pension."""
        return self._by_law(self.staff.pension, PENSION)

    def _by_law(self, terms: NationalInsurance | AutoEnrolment | PercentOfPay | None, label: str) -> Figure | None:
        return None if terms is None or isinstance(terms, PercentOfPay) else on_a_pound_of_pay(self.years.pays, terms, label)

    def called(self, label: str) -> str:
        return f"{label}, {self.grade}" if self.grade else label

    def line(self, figure: Figure) -> Figure:
        """A line of the team, under its grade."""
        return a_week(figure, self.called(figure.label)) if self.grade else figure


def direct_support(package: Package) -> tuple[Figure, ...]:
    """The lines of direct support: pay, travel, leave, the costs of employment, places that stand empty, and what else is bought for
    the person. Raises `NotKnown` where something depends on what the package does not say."""
    lines: list[Figure] = []
    shared: list[Figure] = []
    for team in teams(package):
        of_team, of_shared = team_lines(team, package.organisation)
        lines += of_team
        shared += of_shared
    bought = {amount: amount_per_week(amount, package.support) for amount in package.other_direct if amount.charged}
    lines += bought.values()
    if package.empty_percent is not None:
        shared += (line for amount, line in bought.items() if amount.is_shared)
        lines.append(_empty_places(total(shared).called("Cost that places share", Unit.POUNDS_PER_WEEK), package.empty_percent))
    return tuple(lines)


def teams(package: Package) -> Iterator[Team]:
    """Who is paid, grade by grade in the order in which the parts name them."""
    parts, grades = package.parts or implied_parts(package), dict(package.grades)
    for grade in dict.fromkeys(part.grade for part in parts):
        theirs = tuple(part for part in parts if part.grade == grade)
        staff = grades.get(grade) if grade else package.staff
        if staff is None:
            raise NotKnown(f"Nobody said what the staff who give “{theirs[0].label}” are paid.", "Add the staff, or name a grade that is there.")
        yield Team(staff, grade, theirs)


def team_lines(team: Team, organisation: Organisation | None = None) -> tuple[list[Figure], list[Figure]]:
    """In the order of a cost-of-care return: work, travel, paid time, holiday, National Insurance, pension, the rest; and what of it all
    is for support that the places of a home share. Labels say the grade."""
    staff, works = team.staff, [work_of(part, team.staff) for part in team.parts]
    hours = total(each for work in works for each in work.hours).called(team.called("Paid hours of work"), Unit.HOURS_PER_WEEK)
    plain = [line for work in works for line in work.pay]
    plain_pay = total(plain).called(team.called("Plain pay for work"), Unit.POUNDS_PER_WEEK)
    added = [team.line(line) for line in added_pay(team.parts, staff, hours)]
    worked_pay = total([*plain, *added]).called(team.called("Pay for work"), Unit.POUNDS_PER_WEEK)
    off = time_off(team.years, worked_pay, own_part(hours, staff), team.called)
    holiday = [] if staff.holiday is None else [
        a_week(holiday_pay(total([worked_pay, *off.earning]), staff.holiday), team.called("Holiday pay"))]
    all_pay = total([worked_pay, *off.lines, *holiday]).called(team.called("All pay"), Unit.POUNDS_PER_WEEK)
    on_costs = [*_on_costs(team, {PayBase.WORKED: worked_pay, PayBase.ALL: all_pay}, organisation),
                *(team.line(line) for line in agency_lines(staff, hours))]
    cost = total([all_pay, *on_costs]).called(team.called("All pay and its on-costs"), Unit.POUNDS_PER_WEEK)
    mileage = [line for work in works for line in work.mileage]
    return [*plain, *added, *mileage, *off.lines, *holiday, *on_costs], list(_for_shared(works, plain_pay, cost, team))


def _for_shared(works: list[Work], plain_pay: Figure, cost: Figure, team: Team) -> Iterator[Figure]:
    """What the team costs for the support that places share, on-costs and all, by its part of the plain pay for work."""
    shared = [line for work in works if work.is_shared for line in work.pay]
    if shared and plain_pay.exact:
        yield a_week(cost * (total(shared) / plain_pay), team.called("Cost of the support that is shared"))


def _empty_places(shared: Figure, percent: Figure) -> Figure:
    """What the places that are lived in carry for those that are expected to stand empty: the shared cost is what is left of the whole."""
    whole = whole_of(shared, percent).called("Shared support with its empty places", Unit.POUNDS_PER_WEEK)
    return a_week(whole - shared, EMPTY_PLACES)


def _on_costs(team: Team, bases: dict[PayBase, Figure], organisation: Organisation | None) -> list[Figure]:
    staff, all_pay, lines = team.staff, bases[PayBase.ALL], []
    if team.insurance_on_a_pound is not None:
        line = a_week(team.insurance_on_a_pound * all_pay, team.called(NATIONAL_INSURANCE))
        lines.append(less_allowance(line, organisation, all_pay) if organisation else line)
    lines += [_percent_of_pay(team, staff.national_insurance, bases)] if isinstance(staff.national_insurance, PercentOfPay) else []
    if team.pension_on_a_pound is not None:
        lines.append(a_week(team.pension_on_a_pound * all_pay, team.called(PENSION)))
    lines += [_percent_of_pay(team, staff.pension, bases)] if isinstance(staff.pension, PercentOfPay) else []
    lines += [team.line(line) for line in levy(organisation, all_pay)] if organisation else []
    return lines + [_percent_of_pay(team, other, bases) for other in staff.other]


def _percent_of_pay(team: Team, cost: PercentOfPay, bases: dict[PayBase, Figure]) -> Figure:
    return a_week(share(cost.percent, bases[cost.base]), team.called(cost.label))
