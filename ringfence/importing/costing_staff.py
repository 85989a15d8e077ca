"""The `staff` of a cost file as the package's staff."""

from __future__ import annotations

from costing.figure import Figure, Unit
from costing.package import (
    AutoEnrolment,
    Contract,
    Holiday,
    NationalInsurance,
    PaidTime,
    Per,
    PercentOfPay,
    SleepIns,
    Staff,
    Travel,
)
from costing.terms import TimeAYear
from ringfence.importing.costing_file import ContractModel, PaidTimeModel, PercentOfPayModel, StaffModel
from ringfence.importing.costing_support import TravelModel
from ringfence.importing.costing_terms import bank_holidays, cover, sickness, unsocial
from ringfence.importing.costing_words import PayPointModel
from ringfence.importing.figures import Group

_TRAVEL_UNITS = {
    Per.HOUR: (Unit.MINUTES_PER_HOUR, Unit.MILES_PER_HOUR),
    Per.VISIT: (Unit.MINUTES_PER_VISIT, Unit.MILES_PER_VISIT),
}


def staff(group: Group, model: StaffModel) -> Staff:
    """The staff that a file describes; what it does not know is among the problems of the group's figures."""
    by_the_year = model.sickness is not None or any(time.hours_per_year is not None for time in model.paid_time)
    if not model.contracts and by_the_year:
        group.of.problem(group.place, "Sickness, and hours a year for each worker, need the team's contracted hours.", "Add contracts.")
    if not model.contracts and "by_law" in (model.national_insurance, model.pension):
        group.of.problem(group.place, "National Insurance and pension by law need the team's contracted hours.", "Add contracts.")
    return Staff(
        pay_per_hour=_pay(group, model),
        contracts=tuple(
            _contract(each, model) for each, model in group.each("contracts", model.contracts)),
        holiday=_holiday(group, model),
        paid_time=tuple(
            _paid_time(each, time) for each, time in group.each("paid_time", model.paid_time)),
        national_insurance=_national_insurance(group, model),
        pension=_pension(group, model),
        other=tuple(
            PercentOfPay(cost.line, percent(each, cost.line), cost.of)
            for each, cost in group.each("other", model.other)),
        travel=travel(group.inside("travel", model.travel), model.travel) if model.travel else None,
        sleep_ins=sleep_ins(group.inside("sleep_ins", model.sleep_ins)) if model.sleep_ins else None,
        unsocial=unsocial(group, model),
        bank_holidays=bank_holidays(group, model),
        cover=cover(group, model),
        sickness=sickness(group, model))


def percent(group: Group, label: str) -> Figure:
    """The percentage of a line, called apart from the pounds it comes to."""
    return group("percent", f"{label}, in per cent", Unit.PERCENT)


def _pay(group: Group, model: StaffModel) -> Figure:
    named = model.pay_per_hour
    pay = group.of.pay_point(named.scale, named.point, (*group.place, "pay_per_hour")) if isinstance(named, PayPointModel) else group(
        "pay_per_hour", "Pay an hour", Unit.POUNDS_PER_HOUR)
    addition = group.maybe("addition_per_hour", "Addition to pay", Unit.POUNDS_PER_HOUR)
    return pay if addition is None else (pay + addition).called("Pay an hour with its addition", Unit.POUNDS_PER_HOUR)


def _paid_time(group: Group, model: PaidTimeModel) -> PaidTime | TimeAYear:
    if model.hours_per_year is not None:
        return TimeAYear(model.line, group("hours_per_year", f"{model.line}, hours a year for each worker", Unit.HOURS_PER_YEAR), model.earns_holiday)
    return PaidTime(model.line, percent(group, model.line), model.earns_holiday)


def _contract(group: Group, model: ContractModel) -> Contract:
    hours = f"{model.hours_per_week.normalize():f}"
    return Contract(group("hours_per_week", f"Contracted hours of {hours}", Unit.HOURS_PER_WEEK),
                    group("workers", f"Workers on {hours} hours", Unit.WORKERS))


def _holiday(group: Group, model: StaffModel) -> Holiday | None:
    if isinstance(model.holiday, str):
        return None
    inside = group.inside("holiday", model.holiday)
    return Holiday(inside("weeks_per_year", "Weeks of leave", Unit.WEEKS_PER_YEAR), model.holiday.method)


def _national_insurance(group: Group, model: StaffModel) -> NationalInsurance | PercentOfPay | None:
    place = (*group.place, "national_insurance")
    if model.national_insurance == "by_law":
        return NationalInsurance(
            group.of.published("employer_ni_rate", Unit.PERCENT, place),
            group.of.published("employer_ni_threshold_per_week", Unit.POUNDS_PER_WEEK, place))
    return _flat(group, "national_insurance", model.national_insurance, "Employer National Insurance")


def _pension(group: Group, model: StaffModel) -> AutoEnrolment | PercentOfPay | None:
    place = (*group.place, "pension")
    if model.pension == "by_law":
        return AutoEnrolment(
            group.of.published("employer_pension_minimum", Unit.PERCENT, place),
            group.of.published("pension_trigger_per_year", Unit.POUNDS_PER_YEAR, place),
            group.of.published("pension_band_lower_per_year", Unit.POUNDS_PER_YEAR, place),
            group.of.published("pension_band_upper_per_year", Unit.POUNDS_PER_YEAR, place))
    return _flat(group, "pension", model.pension, "Employer pension")


def _flat(group: Group, key: str, cost: PercentOfPayModel | str, label: str) -> PercentOfPay | None:
    return None if isinstance(cost, str) else PercentOfPay(label, percent(group.inside(key, cost), label), cost.of)


def travel(inside: Group, model: TravelModel) -> Travel:
    """Paid travel as a file describes it."""
    per = Per(model.per)
    minutes, miles = _TRAVEL_UNITS[per]
    return Travel(
        per,
        inside.maybe("minutes", "Paid minutes of travel", minutes),
        inside.maybe("miles", "Miles of travel", miles),
        inside.maybe("pay_per_mile", "Pay a mile", Unit.POUNDS_PER_MILE))


def sleep_ins(inside: Group) -> SleepIns:
    """Sleep-ins as a file describes them."""
    return SleepIns(
        inside("nights_per_week", "Nights", Unit.NIGHTS_PER_WEEK),
        inside("flat_per_night", "Flat pay for a sleep-in", Unit.POUNDS_PER_NIGHT),
        inside.maybe("paid_hours_per_night", "Hours always paid", Unit.HOURS_PER_NIGHT),
        inside.maybe("disturbed_hours_per_night", "Hours awake expected beyond those", Unit.HOURS_PER_NIGHT))
