"""What holds of every price, whatever the package."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from basics.money import Money
from basics.rounding import quote
from costing.changing import build
from costing.figure import Operation, Typed, Unit, given, leaves_first
from costing.package import (
    Amount,
    AutoEnrolment,
    Basis,
    Cap,
    Contract,
    Holiday,
    HolidayMethod,
    Hours,
    NationalInsurance,
    Nights,
    OnCall,
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
from costing.terms import BankHolidays, Cover, Levy, Organisation, Sickness, StatutorySickPay, TimeAYear, Unsocial
from costing.work import hours_of, visits_of


def of(value):
    return given(Decimal(value), "", Unit.NUMBER, Typed("here"))


def number(least, most, places=2):
    return st.decimals(least, most, places=places, allow_nan=False, allow_infinity=False).map(of)


PER = st.sampled_from([per for per in Per if per is not Per.ONCE])
SHARING = st.none() | number(1, 12, 0)
AMOUNT = st.builds(Amount, st.sampled_from(["Phone", "Food", "Office"]), number(0, 200), PER)
BOUGHT = AMOUNT | st.builds(Amount, st.just("Minibus"), number(0, 9000), PER, times=SHARING, among=SHARING, is_shared=st.booleans()) | st.builds(
    Amount, st.just("Bath lift"), number(0, 900), st.just(Per.ONCE), over_weeks=number(1, 200, 0), charged=st.booleans())
PERCENTAGE = st.builds(Percentage, st.sampled_from(["Team", "Insurance"]), number(0, 11), st.sampled_from(Basis))
ADDITIONS = st.lists(AMOUNT | PERCENTAGE, max_size=2).map(tuple)
OF_PAY = st.builds(PercentOfPay, st.just("Of pay"), number(0, 20), st.sampled_from(PayBase))
SICKNESS = st.builds(Sickness, number(0, 30, 1), number(1, 7, 0), number(0, 4, 0), st.none() | st.builds(
    StatutorySickPay, number(90, 130), number(0, 3, 0), number(0, 125, 0), st.none() | st.just(of(80))))
COVER = (st.builds(Cover, st.just("Agency"), number(1, 40), number(6, 40))
         | st.builds(Cover, st.just("Overtime"), number(1, 40), st.none(), number(1, 3)))
PAID_TIME = st.builds(PaidTime, st.just("Training"), number(0, 9), st.booleans()) | st.builds(
    TimeAYear, st.just("Supervision"), number(0, 40), st.booleans())
ORGANISATION = st.builds(Organisation, number(10**5, 10**7), st.none() | st.just(Levy(of("0.5"), of(15000))), st.none() | number(1, 10500))
STAFF = st.builds(
    Staff,
    pay_per_hour=number(6, 25),
    contracts=st.lists(st.builds(Contract, number(4, 40), number(1, 9, 0)), min_size=1, max_size=2).map(tuple),
    holiday=st.none() | st.builds(Holiday, number(0, 8), st.sampled_from(HolidayMethod)),
    paid_time=st.lists(PAID_TIME, max_size=2).map(tuple),
    national_insurance=st.just(NationalInsurance(of(15), of(96))) | OF_PAY,
    pension=st.just(AutoEnrolment(of(3), of(10000), of(6240), of(50270))) | OF_PAY,
    travel=st.none() | st.builds(Travel, st.sampled_from([Per.HOUR, Per.VISIT]), number(0, 30), number(0, 9), number(0, 1)),
    sleep_ins=st.none() | st.builds(SleepIns, number(0, 7, 0), number(0, 60), number(0, 2), number(0, 2)),
    unsocial=st.lists(st.builds(Unsocial, st.just("Weekends"), number(0, 100), percent_of_hours=number(1, 100)), max_size=1).map(tuple),
    bank_holidays=st.none() | st.builds(BankHolidays, number(0, 10, 0), number(1, 3)),
    cover=st.lists(COVER, max_size=2).map(tuple),
    sickness=st.none() | SICKNESS,
)
TRAVEL = st.builds(Travel, st.sampled_from([Per.HOUR, Per.VISIT]), number(0, 30), number(0, 9), number(0, 1))
GRADE = st.sampled_from(["", "Senior"])
PART = (
    st.builds(Hours, st.just("Hours"), number(1, 60), SHARING, SHARING, GRADE, is_shared=st.booleans())
    | st.builds(Hours, st.just("Visits"), number(1, 60), SHARING, st.none(), GRADE, st.none() | TRAVEL, number(1, 60, 0))
    | st.builds(Nights, st.just("Nights"), st.builds(SleepIns, number(0, 7, 0), number(0, 60)), SHARING, GRADE)
    | st.builds(OnCall, st.just("On call"), number(0, 7, 0), number(0, 60), number(0, 3), SHARING, GRADE))
SUPPORTS = st.builds(Support, number(1, 60), number(1, 60), number(1, 52))
A_WEEK = SUPPORTS.map(lambda support: ((), support)) | st.builds(
    lambda parts, base: ((*parts, Hours("More hours", of(5), visits_per_week=of(3))), base), st.lists(PART, max_size=3).map(tuple), SUPPORTS).map(
    lambda held: (held[0], Support(hours_of(held[0]), visits_of(held[0]), held[1].weeks_per_year)))
WITHOUT_A_WEEK = st.builds(
    Package,
    name=st.just("A package"),
    on=st.just(date(2026, 10, 1)),
    support=SUPPORTS,
    grades=STAFF.map(lambda staff: (("Senior", staff),)),
    empty_percent=st.none() | number(0, 60),
    quoted_per=st.sampled_from([Per.HOUR, Per.WEEK]),
    step_pence=st.sampled_from([1, 4, 7]).map(of),
    staff=STAFF,
    other_direct=st.lists(BOUGHT, max_size=2).map(tuple),
    coordination=ADDITIONS,
    company=ADDITIONS,
    contingency=st.none() | AMOUNT | PERCENTAGE,
    surplus=st.none() | AMOUNT | PERCENTAGE,
    organisation=st.none() | ORGANISATION,
)
PACKAGES = st.builds(lambda package, week: replace(package, parts=week[0], support=week[1]), WITHOUT_A_WEEK, A_WEEK)


@settings(max_examples=60, deadline=None)
@examples(PACKAGES)
def test_the_lines_and_the_rounding_add_to_the_price(package):
    priced = price(package)
    assert Money.total(line.shown for line in priced.lines) + priced.rounding == money(priced.quoted)
    assert sum(line.exact for _, line in build(package).lines) == build(package).price.exact


@settings(max_examples=60, deadline=None)
@examples(PACKAGES)
def test_the_shares_of_the_price_add_to_a_hundred(package):
    assert sum(line.share_percent for line in price(package).lines) == Decimal("100.0")


@settings(max_examples=60, deadline=None)
@examples(PACKAGES)
def test_the_price_worked_out_again_from_its_leaves_is_the_price_printed(package):
    priced = price(package)
    values = {}
    for figure in leaves_first(*priced.told):
        values[figure] = again(figure, [values[part] for part in figure.parts])
        assert values[figure] == figure.exact
    assert quote(as_decimal(values[priced.per_hour])) == money(priced.per_hour)


def again(figure, parts):
    """A second reader of the tree, as a workbook would read it."""
    match figure.operation, parts:
        case Operation.GIVEN, []:
            return figure.exact
        case Operation.ADD | Operation.SUM, _:
            return sum(parts, Fraction(0))
        case Operation.SUBTRACT, [one, other]:
            return one - other
        case Operation.MULTIPLY, [one, other]:
            return one * other
        case Operation.DIVIDE, [one, other]:
            return one / other
        case Operation.SHARE, [percent, whole]:
            return whole / 100 * percent
        case Operation.WHOLE_OF, [rest, percent]:
            return rest / (1 - percent / 100)
        case Operation.AT_LEAST, [one, floor]:
            return one if one > floor else floor
        case Operation.AT_MOST, [one, ceiling]:
            return one if one < ceiling else ceiling
        case Operation.WHERE_ABOVE, [amount, tested, threshold]:
            return amount if tested > threshold else Fraction(0)
        case Operation.ROUNDED, [pounds, step]:
            return to_the_step(pounds * 100, int(step)) / 100
    raise AssertionError(figure.operation)


def to_the_step(pence, step):
    """Half a penny goes up; 4p and 7p go up to the next."""
    return Fraction((pence * 2 + 1) // 2) if step == 1 else Fraction(-(-pence // step) * step)


def as_decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)


@settings(max_examples=60, deadline=None)
@examples(PACKAGES, st.integers(0, 10**6), number("0.01", 9))
def test_raising_any_cost_never_lowers_the_price(package, which, more):
    raised = raise_one(package, which, more)
    before, after = price(package), price(raised)
    assert money(after.per_week) >= money(before.per_week)
    assert money(after.quoted) >= money(before.quoted)


def raise_one(package, which, more):
    """The same package with one of its costs raised: its pay, an amount, or a percentage (by a tenth, to stay below the whole)."""
    staff = package.staff
    ways = [lambda: replace(package, staff=replace(staff, pay_per_hour=staff.pay_per_hour + more))]
    for name in ("other_direct", "coordination", "company"):
        for n, line in enumerate(getattr(package, name)):
            ways.append(lambda name=name, n=n, line=line: replace(package, **{
                name: (*getattr(package, name)[:n], raised_line(line, more), *getattr(package, name)[n + 1:])}))
    for name in ("contingency", "surplus"):
        if getattr(package, name):
            ways.append(lambda name=name: replace(package, **{name: raised_line(getattr(package, name), more)}))
    ways += [lambda staff=raised: replace(package, staff=staff) for raised in raised_staff(staff, more)]
    if package.organisation:
        bill = package.organisation.pay_bill_per_year + more * 10**6
        ways.append(lambda: replace(package, organisation=replace(package.organisation, pay_bill_per_year=bill)))
    if staff.sleep_ins:
        nights = replace(staff.sleep_ins, flat_per_night=staff.sleep_ins.flat_per_night + more)
        ways.append(lambda: replace(package, staff=replace(staff, sleep_ins=nights)))
    return ways[which % len(ways)]()


def raised_staff(staff, more):
    """The same staff with one of their terms raised: an addition, a multiple, an agency's rate, a day of sickness, an hour of training."""
    for unsocial in staff.unsocial:
        yield replace(staff, unsocial=(replace(unsocial, percent=unsocial.percent + more),))
    if staff.bank_holidays:
        yield replace(staff, bank_holidays=replace(staff.bank_holidays, days_per_year=staff.bank_holidays.days_per_year + more))
        yield replace(staff, bank_holidays=replace(staff.bank_holidays, pay_multiple=staff.bank_holidays.pay_multiple + more))
    for n, cover in enumerate(staff.cover):
        name = "overtime_multiple" if cover.overtime_multiple else "agency_rate_per_hour"
        raised = replace(cover, **{name: getattr(cover, name) + more})
        yield replace(staff, cover=(*staff.cover[:n], raised, *staff.cover[n + 1:]))
    if staff.sickness:
        yield replace(staff, sickness=replace(staff.sickness, days_per_year=staff.sickness.days_per_year + more))
    for n, time in enumerate(staff.paid_time):
        name = "percent" if isinstance(time, PaidTime) else "hours_per_year"
        raised = replace(time, **{name: getattr(time, name) + more})
        yield replace(staff, paid_time=(*staff.paid_time[:n], raised, *staff.paid_time[n + 1:]))


def raised_line(line, more):
    return replace(line, pounds=line.pounds + more) if isinstance(line, Amount) else replace(line, percent=line.percent + more / 10)


@settings(max_examples=40, deadline=None)
@examples(PACKAGES, number(1, 90), st.sampled_from(Basis))
def test_a_cap_never_raises_a_price_and_what_it_leaves_unpaid_is_the_difference(package, percent, basis):
    names = [line.label for section, line in build(package).lines if section.value in ("Service co-ordination", "Company costs")]
    if not names or sum(line.exact for section, line in build(package).lines if section.value == "Direct support") == 0:
        return
    free, held = price(package), price(replace(package, cap=Cap(percent, basis, tuple(names)))).capped
    assert held.short_per_week == money(free.per_week) - money(held.per_week)
    assert held.short_per_hour == money(free.per_hour) - money(held.per_hour)
    assert held.per_week.exact <= free.per_week.exact
    assert held.is_exceeded == (held.covered_percent > percent.exact)
