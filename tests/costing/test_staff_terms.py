"""Additions to pay, agencies, vacancies, sickness, hours a year and the pay bill, each worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError, NotKnown
from costing.direct import direct_support
from costing.explain import explain
from costing.figure import Typed, Unit, given
from costing.notes import notes
from costing.package import (
    AutoEnrolment,
    Contract,
    Holiday,
    HolidayMethod,
    Hours,
    NationalInsurance,
    Nights,
    Package,
    PaidTime,
    PayBase,
    Per,
    PercentOfPay,
    SleepIns,
    Staff,
    Support,
    Travel,
)
from costing.staff_hour import staff_hours_cost
from costing.terms import BankHolidays, Cover, Levy, Organisation, Sickness, StatutorySickPay, TimeAYear, Unsocial


def of(value, unit=Unit.NUMBER):
    return given(Decimal(str(value)), "", unit, Typed("here"))


STAFF = Staff(pay_per_hour=of(12))
FORTY = Contract(of(40), of(1))
BY_LAW = {"national_insurance": NationalInsurance(of(15), of(96)), "pension": AutoEnrolment(of(3), of(10000), of(6240), of(50270))}


def package(staff, hours=10, *, parts=(), organisation=None, **changes):
    return replace(Package("A package", date(2026, 10, 1), Support(of(hours), of(20), of(52)), Per.WEEK, of(1), staff=staff, parts=parts,
                           organisation=organisation), **changes)


def lines(staff, hours=10, **changes):
    return {line.label: line.value for line in direct_support(package(staff, hours, **changes))}


@pytest.mark.parametrize("which", [{"percent_of_hours": of(20)}, {"hours_per_week": of(2)}])
def test_unsocial_hours_are_paid_more_and_the_others_are_not(which):
    staff = replace(STAFF, unsocial=(Unsocial("Weekends", of(25), **which),))
    assert lines(staff) == {"Pay for support": 120, "Weekends": 6}


def test_unsocial_hours_may_be_those_of_a_part():
    parts = (Hours("By day", of(8)), Hours("By night", of(5), staff_at_once=of(2)))
    staff = replace(STAFF, unsocial=(Unsocial("Nights", of(50), parts=("By night",)),))
    assert lines(staff, parts=parts) == {"By day": 96, "By night": 120, "Nights": 60}


def test_unsocial_hours_of_a_part_that_is_not_there_or_beyond_the_week_are_refused():
    for which, says in (({"parts": ("By night",)}, "which is no part of the support"), ({"hours_per_week": of(11)}, "more hours a week than")):
        with pytest.raises(InputError, match=says):
            lines(replace(STAFF, unsocial=(Unsocial("Nights", of(50), **which),)))


def test_bank_holidays_fall_on_their_part_of_the_days_of_a_year():
    """36.5 of 365 days are an hour in ten, here one: at double time it costs an hour more."""
    assert lines(replace(STAFF, bank_holidays=BankHolidays(of("36.5"), of(2)))) == {"Pay for support": 120, "Bank holidays": 12}


def test_an_agency_costs_its_rate_and_nothing_follows_from_it():
    staff = replace(STAFF, cover=(Cover("Agency", of(10), agency_rate_per_hour=of(25)),), pension=PercentOfPay("Pension", of(5), PayBase.ALL))
    assert lines(staff) == {"Pay for support": 108, "Pension": Decimal("5.4"), "Agency": 25}


def test_an_agency_travels_too_and_sleep_ins_stay_with_own_staff():
    parts = (Hours("Visits", of(10), travel=Travel(Per.VISIT, minutes=of(15)), visits_per_week=of(20)), Nights("Nights", SleepIns(of(1), of(60))))
    staff = replace(STAFF, cover=(Cover("Agency", of(20), agency_rate_per_hour=of(25)),))
    assert lines(staff, parts=parts) == {"Visits": 96, "Travel time, Visits": 48, "Nights": 60, "Agency": 75}


def test_overtime_for_vacancies_costs_what_is_beyond_plain_pay_and_is_pay():
    staff = replace(STAFF, cover=(Cover("Overtime", of(20), overtime_multiple=of("1.5")),), pension=PercentOfPay("Pension", of(10), PayBase.ALL))
    assert lines(staff) == {"Pay for support": 120, "Overtime": 12, "Pension": Decimal("13.2")}


def test_hours_a_year_and_sickness_are_spread_over_the_hours_that_are_worked():
    """2,080 paid hours less 80 sick and 100 in training are 1,900: nineteen hours of support bring one of training and 0.8 sick."""
    staff = replace(STAFF, contracts=(FORTY,), paid_time=(TimeAYear("Training", of(100), True),), sickness=Sickness(of(10), of(5)))
    assert lines(staff, 19) == {"Pay for support": 228, "Training": 12, "Sick pay": Decimal("9.6")}


def test_holiday_is_earned_while_sick_whatever_is_paid_for_it():
    nothing = StatutorySickPay(per_week=of(0), waiting_days=of(0), earnings_floor_per_week=of(0))
    held = replace(STAFF, contracts=(FORTY,), holiday=Holiday(of(26), HolidayMethod.OF_WORKED_PAY), sickness=Sickness(of(10), of(5)))
    full, unpaid = lines(held), lines(replace(held, sickness=replace(held.sickness, statutory=nothing)))
    assert full["Holiday pay"] == unpaid["Holiday pay"] == 120 + full["Sick pay"]
    assert unpaid["Sick pay"] == 0


def test_a_year_without_an_hour_to_work_is_refused():
    staff = replace(STAFF, contracts=(FORTY,), paid_time=(TimeAYear("Training", of(2080), True),))
    with pytest.raises(InputError, match="take every hour for a worker on 40 hours"):
        lines(staff)


def test_hours_a_year_need_the_contracts():
    with pytest.raises(NotKnown, match="there are no contracts"):
        lines(replace(STAFF, sickness=Sickness(of(10), of(5))))


def test_the_levy_falls_on_each_pound_of_the_pay_bill_beyond_its_allowance():
    """0.5% of £4,000,000 less £15,000 is £5,000: 0.125p in the pound."""
    levied = Organisation(of(4_000_000), Levy(of("0.5"), of(15000)))
    assert lines(STAFF, organisation=levied)["Apprenticeship levy on pay"] == Decimal("0.15")
    assert lines(STAFF, organisation=replace(levied, pay_bill_per_year=of(3_000_000)))["Apprenticeship levy on pay"] == 0


def test_the_employment_allowance_lowers_national_insurance_and_never_below_nil():
    """£10,500 on a pay bill of £210,000 is 5p in the pound: £6 of the week's £120. NI is 15% of 480 - 96, so 12p in the pound."""
    staff = replace(STAFF, contracts=(FORTY,), national_insurance=BY_LAW["national_insurance"])
    claimed = Organisation(of(210_000), None, of(10500), "A charity")
    assert lines(staff)["Employer National Insurance"] == Decimal("14.4")
    assert lines(staff, organisation=claimed)["Employer National Insurance"] == Decimal("8.4")
    assert lines(staff, organisation=replace(claimed, pay_bill_per_year=of(50_000)))["Employer National Insurance"] == 0


@pytest.mark.parametrize(("allowance", "says"), [(of(10500), "is claimed: A charity."), (None, "is not claimed: A charity.")])
def test_the_reason_for_claiming_the_allowance_or_not_is_told(allowance, says):
    held = package(STAFF, organisation=Organisation(of(210_000), None, allowance, "A charity"))
    assert f"The Employment Allowance {says}" in notes(held, direct_support(held)[0])


def hour(staff, **changes):
    return staff_hours_cost(package(staff, **changes))


def test_national_insurance_weighs_more_on_full_time_staff():
    """On the National Living Wage of 2026/27: 7.9% of pay at 16 hours a week, 12.0% at 37.5."""
    contracts = (Contract(of(16), of(2)), Contract(of("37.5"), of(3)))
    found = hour(replace(STAFF, pay_per_hour=of("12.71"), contracts=contracts, **BY_LAW))
    assert [round(each.ni_percent.value, 1) for each in found] == [Decimal("7.9"), Decimal("12.0")]
    assert [round(each.pension_percent.value, 1) for each in found] == [Decimal("1.2"), Decimal("2.2")]


ALL_PAID = replace(STAFF, contracts=(FORTY,), holiday=Holiday(of("5.6"), HolidayMethod.OF_WORKED_PAY), sickness=Sickness(of(8), of(5)),
                   paid_time=(PaidTime("Supervision", of(2), True), TimeAYear("Training", of(30), True)))


def test_an_hour_that_is_paid_costs_its_pay_where_nothing_follows_from_it():
    """Leave, sickness, training and all: the year of a worker who is paid in full is 52 weeks of pay, exactly."""
    found, = hour(ALL_PAID)
    assert found.per_paid_hour.exact == 12
    assert found.per_productive_hour.exact * found.productive.exact == 12 * 2080


def test_the_hours_of_a_year_add_to_those_that_are_paid():
    found, = hour(replace(ALL_PAID, travel=Travel(Per.VISIT, minutes=of(12))))
    year = found.year
    assert year.leave.exact + year.sick.exact + year.other.exact + found.travel.exact + found.productive.exact == year.paid.exact == 2080
    assert found.travel.exact / found.productive.exact == Decimal("0.4")  # twenty visits of twelve minutes beside ten hours


def test_a_productive_hour_costs_what_the_price_has_for_it():
    staff = replace(ALL_PAID, travel=Travel(Per.VISIT, of(9), of(3), of("0.45")), unsocial=(Unsocial("Weekends", of(25), percent_of_hours=of(20)),),
                    bank_holidays=BankHolidays(of(8), of(2)), **BY_LAW)
    held = package(staff)
    found, = staff_hours_cost(held)
    direct = sum(line.exact for line in direct_support(held) if line.label != "Mileage")
    assert found.per_productive_hour.exact == direct / 10


def test_an_agency_never_changes_what_an_employee_costs():
    agency = replace(ALL_PAID, cover=(Cover("Agency", of(30), agency_rate_per_hour=of(40)),))
    assert hour(agency)[0].per_productive_hour.exact == hour(ALL_PAID)[0].per_productive_hour.exact


def test_staff_without_contracts_have_no_hour_to_cost():
    with pytest.raises(NotKnown, match="Add contracts"):
        hour(STAFF)


def test_every_step_of_an_hour_is_told_once():
    steps = [step.label for step in explain(*hour(replace(ALL_PAID, **BY_LAW))[0].told)]
    assert len(steps) == len(set(steps))
