"""Direct support: the hands-on cost of a week, line by line. Every line is pounds a week."""

from __future__ import annotations

from basics.errors import NotKnown
from costing.figure import Figure, Unit, share, total
from costing.package import Amount, Package, PayBase, Per, PercentOfPay, SleepIns, Staff, Support, Travel
from costing.staff import holiday_pay, on_a_pound_of_pay, pay_per_week

MINUTES_IN_AN_HOUR = 60


def direct_support(package: Package) -> tuple[Figure, ...]:
    """The lines of direct support: pay, travel, leave, the costs of employment, and what else is bought for the person."""
    staff = () if package.staff is None else _staff_lines(package.staff, package.support)
    return *staff, *(amount_per_week(amount, package.support) for amount in package.other_direct)


def amount_per_week(amount: Amount, support: Support) -> Figure:
    """An amount for each hour, visit or week, as pounds a week."""
    if amount.per is Per.WEEK:
        return amount.pounds.called(amount.label, Unit.POUNDS_PER_WEEK)
    return (amount.pounds * times_per_week(amount.per, support)).called(amount.label, Unit.POUNDS_PER_WEEK)


def times_per_week(per: Per, support: Support) -> Figure:
    """How many hours or visits a week holds. Raises `NotKnown` where something is given for a visit and nobody said how many."""
    if per is Per.HOUR:
        return support.hours_per_week
    if support.visits_per_week is None:
        raise NotKnown("Something is given for each visit, and the visits a week are not known.", "Add support.visits_per_week.")
    return support.visits_per_week


def pay_per_night(sleep_ins: SleepIns, pay_per_hour: Figure) -> Figure:
    """What one sleep-in is paid: the flat sum, and the hours paid at the full rate."""
    hours = [hours for hours in (sleep_ins.paid_hours_per_night, sleep_ins.disturbed_hours_per_night) if hours is not None]
    paid = (pay_per_hour * hour for hour in hours)
    return total([sleep_ins.flat_per_night, *paid]).called("Pay for a sleep-in", Unit.POUNDS_PER_NIGHT)


def _staff_lines(staff: Staff, support: Support) -> tuple[Figure, ...]:
    """In the order of a cost-of-care return: work, travel, paid time, holiday, National Insurance, pension, the rest."""
    worked = _worked_lines(staff, support)
    worked_pay = total(worked).called("Pay for work", Unit.POUNDS_PER_WEEK)
    paid_time = [_line(share(time.percent, worked_pay), time.label) for time in staff.paid_time]
    earning = [line for line, time in zip(paid_time, staff.paid_time, strict=True) if time.earns_holiday]
    holiday = [] if staff.holiday is None else [_line(holiday_pay(total([worked_pay, *earning]), staff.holiday), "Holiday pay")]
    all_pay = total([worked_pay, *paid_time, *holiday]).called("All pay", Unit.POUNDS_PER_WEEK)
    bases = {PayBase.WORKED: worked_pay, PayBase.ALL: all_pay}
    return *worked, *_mileage(staff.travel, support), *paid_time, *holiday, *_on_costs(staff, bases)


def _worked_lines(staff: Staff, support: Support) -> list[Figure]:
    lines = [_line(staff.pay_per_hour * support.hours_per_week, "Pay for support")]
    if staff.travel and staff.travel.minutes:
        minutes = staff.travel.minutes * times_per_week(staff.travel.per, support)
        hours = (minutes / MINUTES_IN_AN_HOUR).called("Paid travel time", Unit.HOURS_PER_WEEK)
        lines.append(_line(staff.pay_per_hour * hours, "Travel time"))
    if staff.sleep_ins:
        night = pay_per_night(staff.sleep_ins, staff.pay_per_hour)
        lines.append(_line(night * staff.sleep_ins.nights_per_week, "Sleep-ins"))
    return lines


def _mileage(travel: Travel | None, support: Support) -> list[Figure]:
    if travel is None or travel.miles is None or travel.pay_per_mile is None:
        return []
    miles = (travel.miles * times_per_week(travel.per, support)).called("Paid miles", Unit.MILES_PER_WEEK)
    return [_line(miles * travel.pay_per_mile, "Mileage")]


def _on_costs(staff: Staff, bases: dict[PayBase, Figure]) -> list[Figure]:
    team = {contract: pay_per_week(staff.pay_per_hour, contract) for contract in staff.contracts}
    lines = []
    for terms, label in ((staff.national_insurance, "Employer National Insurance"), (staff.pension, "Employer pension")):
        if isinstance(terms, PercentOfPay):
            lines.append(_percent_of_pay(terms, bases))
        elif terms is not None:
            lines.append(_line(on_a_pound_of_pay(team, terms, label) * bases[PayBase.ALL], label))
    return lines + [_percent_of_pay(other, bases) for other in staff.other]


def _percent_of_pay(cost: PercentOfPay, bases: dict[PayBase, Figure]) -> Figure:
    return _line(share(cost.percent, bases[cost.base]), cost.label)


def _line(figure: Figure, label: str) -> Figure:
    return figure.called(label, Unit.POUNDS_PER_WEEK)
