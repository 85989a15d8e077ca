"""From a package to its price: what each part adds, and the one rounding."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError, NotKnown
from basics.money import Money
from costing.changing import build
from costing.figure import Dated, Typed, Unit, given
from costing.package import (
    Amount,
    Basis,
    Contract,
    Holiday,
    HolidayMethod,
    NationalInsurance,
    Package,
    PaidTime,
    PayBase,
    Per,
    Percentage,
    PercentOfPay,
    SleepIns,
    Staff,
    Support,
    Travel,
)
from costing.price import money, price


def of(value, label="", unit=Unit.NUMBER):
    return given(Decimal(str(value)), label, unit, Typed("here"))


def amount(pounds, per=Per.WEEK, label="Support"):
    return Amount(label, of(pounds), per)


def percentage(percent, basis, label):
    return Percentage(label, of(percent), basis)


def package(**changes):
    base = Package("A package", date(2026, 10, 1), Support(of(10)), Per.HOUR, of(1), other_direct=(amount(100),))
    return replace(base, **changes)


def shown(priced):
    return {line.label: line.shown.plain for line in priced.lines}


def test_a_week_follows_from_the_quoted_hour_and_a_year_from_the_weeks_given():
    priced = price(package(support=Support(of(3), weeks_per_year=of(52))))
    assert [money(figure).plain for figure in (priced.per_hour, priced.per_week, priced.per_year)] == ["33.33", "99.99", "5199.48"]


def test_an_hour_follows_from_the_quoted_week():
    priced = price(package(support=Support(of(3), weeks_per_year=of(365) / 7), quoted_per=Per.WEEK, step_pence=of(7)))
    assert [money(figure).plain for figure in (priced.per_hour, priced.per_week, priced.per_year)] == ["33.34", "100.03", "5215.85"]


def test_without_the_weeks_of_a_year_there_is_no_price_for_a_year():
    priced = price(package())
    assert priced.per_year is None
    assert any("how many weeks" in note for note in priced.notes)


def test_percentages_of_the_price_are_solved_together():
    priced = price(package(company=(percentage(27, Basis.OF_PRICE, "Running"),), surplus=percentage(3, Basis.OF_PRICE, "Surplus"),
                           other_direct=(amount(70),), quoted_per=Per.WEEK))
    assert money(priced.per_week) == Money(100_00)
    assert shown(priced) == {"Support": "70.00", "Running": "27.00", "Surplus": "3.00"}


def test_on_cost_and_of_price_are_different_prices():
    on_cost = price(package(surplus=percentage(3, Basis.ON_COST, "Surplus"), quoted_per=Per.WEEK))
    of_price = price(package(surplus=percentage(3, Basis.OF_PRICE, "Surplus"), quoted_per=Per.WEEK))
    assert (money(on_cost.per_week).plain, money(of_price.per_week).plain) == ("103.00", "103.09")


def test_a_percentage_on_full_cost_counts_the_part_that_is_of_the_price():
    # P = 100 + 20% of P + 5% of (100 + 20% of P), so P = 105 / 0.79
    priced = price(package(company=(percentage(20, Basis.OF_PRICE, "Running"),), surplus=percentage(5, Basis.ON_COST, "Surplus"),
                           quoted_per=Per.WEEK))
    assert shown(priced) == {"Support": "100.00", "Running": "26.58", "Surplus": "6.33"}
    assert money(priced.per_week).plain == "132.91"


def test_co_ordination_and_company_costs_are_on_direct_support_and_extras_on_full_cost():
    priced = price(package(
        coordination=(percentage(10, Basis.ON_COST, "Team leader"),), company=(percentage(10, Basis.ON_COST, "Office"),),
        contingency=percentage(10, Basis.ON_COST, "Contingency"), surplus=percentage(10, Basis.ON_COST, "Surplus"),
        quoted_per=Per.WEEK))
    assert shown(priced) == {
        "Support": "100.00", "Team leader": "10.00", "Office": "10.00", "Contingency": "12.00", "Surplus": "12.00"}


@pytest.mark.parametrize(("running", "surplus"), [(60, 40), (98, 3)])
def test_lines_that_take_the_whole_price_are_refused_by_name(running, surplus):
    with pytest.raises(InputError, match="“Running”, “Surplus”"):
        price(package(company=(percentage(running, Basis.OF_PRICE, "Running"),),
                      surplus=percentage(surplus, Basis.OF_PRICE, "Surplus")))


def test_a_package_without_any_cost_has_no_price():
    with pytest.raises(InputError, match="nothing to price"):
        price(package(other_direct=()))


@pytest.mark.parametrize("changes", [
    {"surplus": percentage("99.99999999999999999", Basis.OF_PRICE, "Surplus")}, {"support": Support(of("0.0000000001"))}])
def test_a_price_beyond_all_sense_is_refused(changes):
    with pytest.raises(InputError, match="more than £1,000,000,000"):
        price(package(**changes))


def test_something_for_each_visit_needs_the_visits_of_a_week():
    with pytest.raises(NotKnown, match="visits"):
        price(package(other_direct=(amount(2, Per.VISIT),)))
    assert money(price(package(other_direct=(amount(2, Per.VISIT),), support=Support(of(10), of(5)))).per_hour) == Money(1_00)


def test_a_short_visit_costs_more_an_hour_because_travel_is_for_each_visit():
    staff = Staff(of(12), travel=Travel(Per.VISIT, of(15), of(2), of("0.45")))
    half_hours, hours = (price(package(staff=staff, support=Support(of(10), of(visits)), other_direct=())) for visits in (20, 10))
    assert (money(half_hours.per_hour).plain, money(hours.per_hour).plain) == ("19.80", "15.90")


def test_paid_time_earns_leave_only_where_the_file_says_so():
    def leave(earns):
        staff = Staff(of(10), holiday=Holiday(of("5.6"), HolidayMethod.OF_ALL_PAID), paid_time=(PaidTime("Training", of(50), earns),))
        return shown(price(package(staff=staff, other_direct=(), quoted_per=Per.WEEK)))["Holiday pay"]

    assert (leave(True), leave(False)) == ("16.15", "10.77")


def test_national_insurance_is_due_on_leave_and_paid_time_too():
    # One worker on 20 hours at £10: £200 a week, £104 above the threshold, 15% = £15.60, or 7.8p on each pound of pay.
    staff = Staff(of(10), (Contract(of(20), of(1)),), Holiday(of("5.2"), HolidayMethod.OF_ALL_PAID), (PaidTime("Training", of(10), False),),
                  NationalInsurance(of(15), of(96)))
    lines = shown(price(package(staff=staff, other_direct=(), quoted_per=Per.WEEK)))
    assert lines["Employer National Insurance"] == "9.36"  # 7.8% of 100 + 10 + 10


def test_a_percentage_of_pay_says_of_which_pay():
    def pension(base):
        staff = Staff(of(10), holiday=Holiday(of("5.2"), HolidayMethod.OF_ALL_PAID), pension=PercentOfPay("Pension", of(10), base))
        return shown(price(package(staff=staff, other_direct=(), quoted_per=Per.WEEK)))["Pension"]

    assert (pension(PayBase.WORKED), pension(PayBase.ALL)) == ("10.00", "11.00")


def test_the_nights_of_a_week_are_a_line_of_their_own():
    staff = Staff(of(10), sleep_ins=SleepIns(of(7), of(50), of(1), of("0.5")))
    priced = price(package(staff=staff, other_direct=(), quoted_per=Per.WEEK))
    assert shown(priced) == {"Pay for support": "100.00", "Sleep-ins": "455.00"}


def test_a_figure_from_memory_is_told_with_the_price():
    source = Dated("wage", "someone", date(2023, 4, 1), "nowhere", from_memory=True)
    staff = Staff(given(Decimal("7.49"), "A wage", Unit.POUNDS_PER_HOUR, source))
    assert "A wage of £7.49 an hour was written from memory: check it before you rely on this price." in price(package(staff=staff)).notes


def test_what_a_price_does_not_hold_is_said():
    assert price(package()).notes[:2] == ("This price holds no contingency.", "This price holds no surplus.")


def test_the_lines_before_rounding_add_to_the_price():
    built = build(package(company=(percentage(7, Basis.OF_PRICE, "Running"),), surplus=percentage(3, Basis.ON_COST, "Surplus")))
    assert sum(line.exact for _, line in built.lines) == built.price.exact


def test_a_line_that_is_not_rounded_is_not_money():
    with pytest.raises(InputError, match="whole pence"):
        money(of("1.005", "Pay"))


def test_contingency_and_surplus_are_told_both_on_cost_and_of_the_price():
    priced = price(package(contingency=percentage(25, Basis.ON_COST, "Contingency"), quoted_per=Per.WEEK))
    assert [each.in_words for each in priced.extras] == ["25.0% on cost, 20.0% of the price"]
    priced = price(package(surplus=percentage(20, Basis.OF_PRICE, "Surplus"), quoted_per=Per.WEEK))
    assert [each.in_words for each in priced.extras] == ["25.0% on cost, 20.0% of the price"]
