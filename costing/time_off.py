"""A worker’s year: the hours that are paid, those away from support, and what these cost for each hour that is worked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from basics.errors import InputError, NotKnown
from costing.figure import Figure, Unit, a_week, at_most, fixed, share, total, where_above
from costing.package import Contract, PaidTime, Staff
from costing.staff import WEEKS_IN_A_YEAR, pay_per_week
from costing.terms import Sickness, StatutorySickPay, TimeAYear

SICK_PAY = "Sick pay"


@dataclass(frozen=True)
class TimeOff:
    """Lines of pay for time that is no support, in pounds a week, and the pay that earns holiday because of it."""

    lines: tuple[Figure, ...]
    earning: tuple[Figure, ...]


@dataclass(frozen=True)
class WorkerYear:
    """The hours of a year of one worker: paid, on leave, sick, on other paid time, and worked, which is what is left."""

    paid: Figure
    leave: Figure
    sick: Figure
    other: Figure
    worked: Figure


@dataclass(frozen=True)
class Years:
    """The years of a team’s workers, worked out once and only where something asks. `beyond_plain` is what additions, nights and calls bring
    on each pound of plain pay; None where there are none."""

    staff: Staff
    beyond_plain: Figure | None = None

    @cached_property
    def by_contract(self) -> Mapping[Contract, WorkerYear]:
        return {contract: worker_year(self.staff, contract) for contract in self.staff.contracts}

    @cached_property
    def pays(self) -> Mapping[Contract, Figure]:
        """What each is paid for a plain week."""
        return {contract: pay_per_week(self.staff.pay_per_hour, contract) for contract in self.staff.contracts}

    @cached_property
    def earnings(self) -> Mapping[Contract, Figure]:
        """What each earns in a week, additions, nights and calls among it: what thresholds are held against."""
        beyond = self.beyond_plain
        return self.pays if beyond is None else {
            contract: a_week(pay + pay * beyond, f"Earnings of a week {contract.in_words}") for contract, pay in self.pays.items()}

    @cached_property
    def worked(self) -> Figure:
        """The hours that the whole team works in a year."""
        return _hours(total(year.worked * contract.workers for contract, year in self.by_contract.items()), "Hours that the team works")

    def brought_by(self, hours: Figure, each: Iterable[Figure], label: str) -> Figure:
        """What each worker’s year holds of something, for these hours out of all that the team works in a year.
        Raises `NotKnown` where the contracts are not given."""
        contracts = self.staff.contracts
        if not contracts:
            raise NotKnown(f"{label} is for a year of each worker, and there are no contracts.", "Add contracts to staff.")
        held = total(amount * contract.workers for amount, contract in zip(each, contracts, strict=True))
        return hours * (held / self.worked)


def time_off(years: Years, worked_pay: Figure, hours: Figure, called: Callable[[str], str]) -> TimeOff:
    """What a week of work brings of sickness, training and the like. `hours` are those that own staff are paid to work in it; `called`
    names a line for its grade.

    Holiday is earned while sick as at work, whatever is paid for it. Raises `NotKnown` where the contracts are not given and a year of
    each worker is asked for.
    """
    staff, lines, earning = years.staff, [], []
    for time in staff.paid_time:
        if isinstance(time, PaidTime):
            line = share(time.percent, worked_pay)
        else:
            line = staff.pay_per_hour * _away(years, hours, [time.hours_per_year for _ in staff.contracts], time.label)
        line = a_week(line, called(time.label))
        lines.append(line)
        earning += [line] if time.earns_holiday else []
    if staff.sickness is not None:
        pay = [sick_pay_per_year(week, staff.sickness, contract.in_words) for contract, week in
               (years.pays if staff.sickness.statutory is None else years.earnings).items()]
        lines.append(a_week(years.brought_by(hours, pay, SICK_PAY), called(SICK_PAY)))
        sick = _away(years, hours, [year.sick for year in years.by_contract.values()], "Sickness")
        earning.append(a_week(staff.pay_per_hour * sick, called("Pay that the time off sick would have been")))
    return TimeOff(tuple(lines), tuple(earning))


def worker_year(staff: Staff, contract: Contract) -> WorkerYear:
    """The year of one worker on this contract, in hours. Raises `InputError` where nothing is left to work."""
    whose, weekly = contract.in_words, contract.hours_per_week
    nil = fixed(0, "", Unit.HOURS_PER_YEAR)
    paid = _hours(weekly * WEEKS_IN_A_YEAR, f"Paid hours {whose}")
    leave = nil if staff.holiday is None else _hours(weekly * staff.holiday.weeks_per_year, f"Hours of leave {whose}")
    sick = nil if staff.sickness is None else _hours(
        staff.sickness.days_per_year * (weekly / staff.sickness.days_per_week), f"Hours of sickness {whose}")
    by_the_year = _hours(total(time.hours_per_year for time in staff.paid_time if isinstance(time, TimeAYear)), f"Hours of other paid time {whose}")
    left = _hours(paid - total([leave, sick, by_the_year]), f"Hours that are left {whose}")
    if left.exact <= 0:
        raise InputError(f"Leave, sickness and other paid time take every hour {whose}, so none is left to work.", "Lower them.")
    percents = [time.percent for time in staff.paid_time if isinstance(time, PaidTime)]
    if not percents:
        return WorkerYear(paid, leave, sick, by_the_year, left.called(f"Hours worked {whose}", Unit.HOURS_PER_YEAR))
    worked = _hours(left / (total([fixed(100, "", Unit.PERCENT), *percents]) / 100), f"Hours worked {whose}")
    return WorkerYear(paid, leave, sick, _hours(by_the_year + share(total(percents), worked), f"Hours of all other paid time {whose}"), worked)


def sick_pay_per_year(pay: Figure, sickness: Sickness, whose: str = "for one worker") -> Figure:
    """What one worker is paid for being sick in a year, in pounds. `pay` is that of a week. Raises `NotKnown` where days go unpaid at the
    start of each spell and nobody said how many spells there are."""
    label = f"Sick pay {whose}"
    if sickness.statutory is None:
        return (sickness.days_per_year * (pay / sickness.days_per_week)).called(label, Unit.POUNDS_PER_YEAR)
    floor = sickness.statutory.earnings_floor_per_week
    due = sickness.paid_days * (_statutory_week(pay, sickness.statutory, whose) / sickness.days_per_week)
    if not floor.exact:
        return due.called(label, Unit.POUNDS_PER_YEAR)
    due = due.called(f"{label}, before the earnings floor", Unit.POUNDS_PER_YEAR)
    return (due - where_above(due, floor, pay)).called(label, Unit.POUNDS_PER_YEAR)


def _statutory_week(pay: Figure, terms: StatutorySickPay, whose: str) -> Figure:
    if terms.most_of_earnings is None:
        return terms.per_week
    part = share(terms.most_of_earnings, pay)
    return at_most(terms.per_week, part).called(f"Statutory sick pay of a week {whose}", Unit.POUNDS_PER_WEEK)


def _away(years: Years, hours: Figure, each: Iterable[Figure], label: str) -> Figure:
    return years.brought_by(hours, each, label).called(f"{label}, hours that this work brings", Unit.HOURS_PER_WEEK)


def _hours(figure: Figure, label: str) -> Figure:
    return figure.called(label, Unit.HOURS_PER_YEAR)
