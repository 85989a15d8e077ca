"""What a cost file says beyond the simple, as the package has it: additions to pay, cover, sickness, the pay bill, a cap."""

from __future__ import annotations

from costing.figure import Unit
from costing.package import Cap
from costing.pay_period import PayPeriods
from costing.terms import BankHolidays, Cover, Levy, Organisation, Sickness, StatutorySickPay, Unsocial
from ringfence.importing.costing_file import StaffModel
from ringfence.importing.costing_more import CapModel, OrganisationModel, PayPeriodsModel, SicknessModel
from ringfence.importing.figures import Group

AGENCY = "Agency cover"
VACANCIES_BY_AGENCY, VACANCIES_BY_OVERTIME = "Agency for empty posts", "Overtime for empty posts"


def unsocial(group: Group, model: StaffModel) -> tuple[Unsocial, ...]:
    """The additions to pay, in their order."""
    return tuple(
        Unsocial(each.line, inside("percent", f"{each.line}, in per cent", Unit.PERCENT),
                 inside.maybe("hours_per_week", f"{each.line}, hours as typed", Unit.HOURS_PER_WEEK),
                 inside.maybe("percent_of_hours", f"{each.line}, part of the hours", Unit.PERCENT), tuple(each.parts))
        for inside, each in group.each("unsocial_hours", model.unsocial_hours))


def bank_holidays(group: Group, model: StaffModel) -> BankHolidays | None:
    """The bank holidays that are paid at a multiple."""
    if model.bank_holidays is None:
        return None
    inside = group.inside("bank_holidays", model.bank_holidays)
    return BankHolidays(inside("days_per_year", "Bank holidays of a year", Unit.DAYS_PER_YEAR),
                        inside("pay_multiple", "Times pay on a bank holiday", Unit.NUMBER))


def cover(group: Group, model: StaffModel) -> tuple[Cover, ...]:
    """Who gives the hours that own staff do not give at plain pay."""
    found = []
    if model.agency is not None:
        inside = group.inside("agency", model.agency)
        found.append(Cover(AGENCY, inside("percent_of_hours", f"{AGENCY}, part of the hours", Unit.PERCENT),
                           agency_rate_per_hour=inside("rate_per_hour", f"{AGENCY}, an hour", Unit.POUNDS_PER_HOUR)))
    if model.vacancies is not None:
        inside = group.inside("vacancies", model.vacancies)
        label = VACANCIES_BY_AGENCY if model.vacancies.agency_rate_per_hour is not None else VACANCIES_BY_OVERTIME
        found.append(Cover(label, inside("percent_of_hours", f"{label}, part of the hours", Unit.PERCENT),
                           inside.maybe("agency_rate_per_hour", f"{label}, an hour", Unit.POUNDS_PER_HOUR),
                           inside.maybe("overtime_multiple", "Times pay in overtime", Unit.NUMBER)))
    return tuple(found)


def sickness(group: Group, model: StaffModel) -> Sickness | None:
    """Sickness, paid in full or as the law of the day asks."""
    if model.sickness is None:
        return None
    inside = group.inside("sickness", model.sickness)
    return Sickness(inside("days_per_year", "Days of sickness", Unit.DAYS_PER_YEAR), inside("days_per_week", "Working days", Unit.DAYS_PER_WEEK),
                    inside.maybe("spells_per_year", "Spells of sickness", Unit.TIMES_PER_YEAR), _statutory(inside, model.sickness))


def _statutory(inside: Group, model: SicknessModel) -> StatutorySickPay | None:
    if model.pay == "full":
        return None
    place, of = (*inside.place, "pay"), inside.of
    terms = StatutorySickPay(
        of.published("statutory_sick_pay_per_week", Unit.POUNDS_PER_WEEK, place),
        of.published("statutory_sick_pay_waiting_days", Unit.DAYS, place),
        of.published("statutory_sick_pay_earnings_floor_per_week", Unit.POUNDS_PER_WEEK, place),
        of.published_since("statutory_sick_pay_most_of_earnings", Unit.PERCENT, place))
    if terms.waiting_days.exact and model.spells_per_year is None:
        of.problem(inside.place, "On this day the first days of each spell of sickness are unpaid, and nobody said how many spells there are.",
                   "Add spells_per_year.")
    return terms


def organisation(group: Group, model: OrganisationModel) -> Organisation:
    """What depends on the pay bill of the organisation, by the law of the day."""
    levy, allowance, place = None, None, group.place
    if model.apprenticeship_levy == "by_law":
        levy = Levy(group.of.published("apprenticeship_levy_rate", Unit.PERCENT, (*place, "apprenticeship_levy")),
                    group.of.published("apprenticeship_levy_allowance_per_year", Unit.POUNDS_PER_YEAR, (*place, "apprenticeship_levy")))
    if model.employment_allowance is not None and model.employment_allowance.claimed:
        allowance = group.of.published("employment_allowance_per_year", Unit.POUNDS_PER_YEAR, (*place, "employment_allowance"))
    return Organisation(group("pay_bill_per_year", "Pay bill of the organisation", Unit.POUNDS_PER_YEAR), levy, allowance,
                        model.employment_allowance.reason.rstrip(".") if model.employment_allowance else "")


def pay_periods(model: PayPeriodsModel | None) -> PayPeriods | None:
    """When the staff are paid, where it is said."""
    return None if model is None else PayPeriods(model.first_day, model.weeks)


def cap(group: Group, model: CapModel) -> Cap:
    """The cap and the lines it covers."""
    return Cap(group("percent", "Cap, in per cent", Unit.PERCENT), model.basis, tuple(model.lines))
