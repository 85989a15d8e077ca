"""Direct support: the hands-on cost of a week, line by line. Every line is pounds a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    """Staff of one grade and the parts of the support that they give. The lines of a named grade say its name.

    `of` is the team of which these are some of the parts, or one of the contracts: its thresholds are those of the whole.
    """

    staff: Staff
    grade: str
    parts: tuple[Part, ...]
    of: Team | None = None

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """What each part comes to, in their order; part of a team has the work of the whole."""
        if self.of is not None and self.of.staff.cover == self.staff.cover:
            known = dict(zip(map(id, self.of.parts), self.of.works, strict=True))
            return tuple(known.get(id(part)) or work_of(part, self.staff) for part in self.parts)
        return tuple(work_of(part, self.staff) for part in self.parts)

    @cached_property
    def hours(self) -> Figure:
        """Every hour that is paid by the hour, an agency’s among them."""
        return total(each for work in self.works for each in work.hours).called(self.called("Paid hours of work"), Unit.HOURS_PER_WEEK)

    @cached_property
    def plain(self) -> tuple[Figure, ...]:
        """Plain pay, line by line."""
        return tuple(line for work in self.works for line in work.pay)

    @cached_property
    def added(self) -> tuple[Figure, ...]:
        """What is paid on top of it."""
        return tuple(self.line(line) for line in added_pay(self.parts, self.staff, self.hours))

    @cached_property
    def beyond_plain(self) -> Figure | None:
        """What additions, nights and calls bring on each pound of pay by the hour; None where there are none, or no hours to hold them
        beside. A worker earns so much more than the contracted hours at plain pay, and thresholds are of what is earned."""
        if self.of is not None:
            return self.of.beyond_plain
        by_the_hour = total(line for work in self.works if work.hours for line in work.pay)
        beyond = [*self.added, *(line for work in self.works if not work.hours for line in work.pay)]
        if not beyond or not by_the_hour.exact:
            return None
        return (total(beyond) / by_the_hour).called(self.called("Additions, nights and calls on each pound of plain pay"), Unit.POUNDS)

    @cached_property
    def years(self) -> Years:
        return self._alike.years if self._alike else Years(self.staff, self.beyond_plain)

    @cached_property
    def insurance_on_a_pound(self) -> Figure | None:
        """National Insurance by law on each pound of the team’s pay; None where it is another, or none."""
        return self._alike.insurance_on_a_pound if self._alike else self._by_law(self.staff.national_insurance, NATIONAL_INSURANCE)

    @cached_property
    def pension_on_a_pound(self) -> Figure | None:
        """The same of the pension."""
        return self._alike.pension_on_a_pound if self._alike else self._by_law(self.staff.pension, PENSION)

    @property
    def _alike(self) -> Team | None:
        """The whole team, where this is some of its parts with all of its contracts."""
        return self.of if self.of is not None and self.of.staff.contracts == self.staff.contracts else None

    def _by_law(self, terms: NationalInsurance | AutoEnrolment | PercentOfPay | None, label: str) -> Figure | None:
        return None if terms is None or isinstance(terms, PercentOfPay) else on_a_pound_of_pay(self.years.earnings, terms, label)

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
        of_team = team_lines(team, package.organisation)
        lines += of_team
        if package.empty_percent is not None:
            shared += _shared_cost(team, of_team, package.organisation)
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


def team_lines(team: Team, organisation: Organisation | None = None) -> list[Figure]:
    """In the order of a cost-of-care return: work, travel, paid time, holiday, National Insurance, pension, the rest. Labels say the grade."""
    staff = team.staff
    worked_pay = total([*team.plain, *team.added]).called(team.called("Pay for work"), Unit.POUNDS_PER_WEEK)
    off = time_off(team.years, worked_pay, own_part(team.hours, staff), team.called)
    holiday = [] if staff.holiday is None else [
        a_week(holiday_pay(total([worked_pay, *off.earning]), staff.holiday), team.called("Holiday pay"))]
    all_pay = total([worked_pay, *off.lines, *holiday]).called(team.called("All pay"), Unit.POUNDS_PER_WEEK)
    on_costs = [*_on_costs(team, {PayBase.WORKED: worked_pay, PayBase.ALL: all_pay}, organisation),
                *(team.line(line) for line in agency_lines(staff, team.hours))]
    mileage = [line for work in team.works for line in work.mileage]
    return [*team.plain, *team.added, *mileage, *off.lines, *holiday, *on_costs]


def _shared_cost(team: Team, lines: list[Figure], organisation: Organisation | None) -> Iterator[Figure]:
    """What the team costs for the support that the places of a home share, on-costs and all: worked out as the whole is, with what is added
    to the pay of just those parts, and with the agency’s part of just those hours."""
    shared = tuple(part for part, work in zip(team.parts, team.works, strict=True) if work.is_shared)
    if not shared:
        return
    if len(shared) < len(team.parts):
        alone = Team(_for_parts(team, shared), team.called("what is shared"), shared, team)
        lines = team_lines(alone, organisation)
    yield total(lines).called(team.called("Cost of the support that is shared"), Unit.POUNDS_PER_WEEK)


def _for_parts(team: Team, parts: tuple[Part, ...]) -> Staff:
    """The staff with the additions that fall to some of the parts: those that name them, and of typed hours their share of all hours."""
    names, of_these = {part.label for part in parts}, Team(team.staff, team.grade, parts, team).hours
    kept = []
    for each in team.staff.unsocial:
        if each.parts:
            kept += [replace(each, parts=found)] if (found := tuple(name for name in each.parts if name in names)) else []
        elif each.hours_per_week is not None:
            kept += [replace(each, hours_per_week=each.hours_per_week * (of_these / team.hours))] if of_these.exact else []
        else:
            kept.append(each)
    return replace(team.staff, unsocial=tuple(kept))


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
