"""The instalments of a contract: dates, odd days, and whose part each penny is."""

from dataclasses import replace
from datetime import date

import pytest

from basics.errors import InputError, NotKnown
from basics.money import Money
from basics.periods import Period, financial_year
from isf.schedule import Every, Instalment, InstalmentRule, OddDays, Paid, Schedule, ScheduleTerms, divide_over_funds, schedule

YEAR = financial_year(date(2026, 4, 1))
FOUR_WEEKLY = ScheduleTerms(every=Every.FOUR_WEEKS, paid=Paid.IN_ADVANCE, days_to_pay=30)
MONTHLY = ScheduleTerms(every=Every.MONTH, paid=Paid.IN_ARREARS, days_to_pay=14)
SUM = 2_281_250  # 437.50 a week for 365 days


def pence(found: Schedule) -> list[int]:
    return [instalment.pence for instalment in found.instalments]


def rows(*sums: int) -> list[Instalment]:
    day = date(2026, 4, 1)
    return [Instalment(n, Period(day, day), day, day, one) for n, one in enumerate(sums, start=1)]


def test_money_in_advance_is_asked_for_on_the_first_day() -> None:
    first, second, *_ = schedule(SUM, YEAR, replace(FOUR_WEEKLY, odd_days=OddDays.LAST)).instalments
    assert first == Instalment(1, Period(date(2026, 4, 1), date(2026, 4, 28)), date(2026, 4, 1), date(2026, 5, 1), 175_000)
    assert second == Instalment(2, Period(date(2026, 4, 29), date(2026, 5, 26)), date(2026, 4, 29), date(2026, 5, 29), 175_000)


def test_money_in_arrears_is_asked_for_on_the_day_after_the_last() -> None:
    first = schedule(SUM, YEAR, replace(MONTHLY, instalments=InstalmentRule.BY_DAYS)).instalments[0]
    assert first == Instalment(1, Period(date(2026, 4, 1), date(2026, 4, 30)), date(2026, 5, 1), date(2026, 5, 15), 187_500)


def test_the_last_instalment_may_pay_for_the_odd_day() -> None:
    found = schedule(SUM, YEAR, replace(FOUR_WEEKLY, odd_days=OddDays.LAST))
    assert pence(found) == [175_000] * 12 + [181_250]
    assert found.instalments[-1].period == Period(date(2027, 3, 3), date(2027, 3, 31))
    assert found.not_allocated_pence == 0


def test_the_last_instalment_may_take_the_odd_day_and_be_equal() -> None:
    found = schedule(SUM, YEAR, replace(FOUR_WEEKLY, odd_days=OddDays.LAST, instalments=InstalmentRule.EQUAL))
    assert set(pence(found)) == {175_480, 175_481}
    assert sum(pence(found)) == SUM
    assert found.instalments[-1].period.days == 29


def test_the_odd_day_may_be_an_instalment_of_its_own() -> None:
    found = schedule(SUM, YEAR, replace(FOUR_WEEKLY, odd_days=OddDays.OWN))
    assert pence(found) == [175_000] * 13 + [6_250]
    assert found == schedule(SUM, YEAR, replace(FOUR_WEEKLY, odd_days=OddDays.OWN, instalments=InstalmentRule.EQUAL))
    assert found.instalments[-1] == Instalment(
        14, Period(date(2027, 3, 31), date(2027, 3, 31)), date(2027, 3, 31), date(2027, 4, 30), 6_250)


def test_the_odd_day_may_be_nobodys_and_then_it_is_not_allocated() -> None:
    found = schedule(SUM, YEAR, replace(FOUR_WEEKLY, odd_days=OddDays.NOT_ALLOCATED))
    assert pence(found) == [175_000] * 13
    assert (found.allocated_pence, found.not_allocated_pence) == (2_275_000, 6_250)


def test_an_odd_day_that_the_contract_does_not_speak_of_stops_the_schedule_with_every_reading() -> None:
    with pytest.raises(NotKnown) as stopped:
        schedule(SUM, YEAR, FOUR_WEEKLY)
    said = str(stopped.value)
    assert "“last instalment” makes the last one £1,812.50" in said
    assert "“own instalment” adds one of £62.50" in said
    assert "“not allocated” asks for £22,750.00 in all and leaves £62.50 out" in said
    assert "give the term “odd_days”" in said


def test_whole_periods_of_four_weeks_need_no_term_for_odd_days() -> None:
    found = schedule(300_000, Period(date(2026, 4, 1), date(2026, 6, 23)), FOUR_WEEKLY)
    assert pence(found) == [100_000] * 3
    assert found.instalments[-1].period.last == date(2026, 6, 23)


def test_a_contract_shorter_than_four_weeks_is_one_instalment_of_its_own_or_none() -> None:
    short = Period(date(2026, 4, 1), date(2026, 4, 10))
    assert pence(schedule(1000, short, replace(FOUR_WEEKLY, odd_days=OddDays.OWN))) == [1000]
    with pytest.raises(NotKnown, match="10 days are left over"):
        schedule(1000, short, FOUR_WEEKLY)
    for nobody in (OddDays.LAST, OddDays.NOT_ALLOCATED):
        with pytest.raises(InputError, match="less than one period of 4 weeks"):
            schedule(1000, short, replace(FOUR_WEEKLY, odd_days=nobody))


def test_months_are_equal_or_by_days_and_unknown_stops_them() -> None:
    assert set(pence(schedule(SUM, YEAR, replace(MONTHLY, instalments=InstalmentRule.EQUAL)))) == {190_104, 190_105}
    by_days = pence(schedule(SUM, YEAR, replace(MONTHLY, instalments=InstalmentRule.BY_DAYS)))
    assert by_days == [187_500, 193_750, 187_500, 193_750, 193_750, 187_500, 193_750, 187_500, 193_750, 193_750, 175_000, 193_750]
    with pytest.raises(NotKnown, match=r"equal, they are £1,901\.04 to £1,901\.05; by days, £1,750\.00 to £1,937\.50"):
        schedule(SUM, YEAR, MONTHLY)


def test_a_part_month_pays_by_its_days_and_cannot_be_equal() -> None:
    part = Period(date(2026, 4, 16), date(2026, 6, 30))
    found = schedule(76_00, part, replace(MONTHLY, instalments=InstalmentRule.BY_DAYS))
    assert pence(found) == [15_00, 31_00, 30_00]
    assert found.instalments[0].period == Period(date(2026, 4, 16), date(2026, 4, 30))
    with pytest.raises(InputError, match="16 to 30 April 2026 is part of one"):
        schedule(76_00, part, replace(MONTHLY, instalments=InstalmentRule.EQUAL))


@pytest.mark.parametrize("amount", [0, -1])
def test_a_contract_of_nothing_has_no_schedule(amount: int) -> None:
    with pytest.raises(InputError, match="Give a sum above nil"):
        schedule(amount, YEAR, MONTHLY)


def test_days_to_pay_are_nil_or_more() -> None:
    due_at_once = schedule(SUM, YEAR, replace(MONTHLY, instalments=InstalmentRule.EQUAL, days_to_pay=0)).instalments[0]
    assert due_at_once.due_on == due_at_once.invoice_on
    with pytest.raises(InputError, match="less than none"):
        schedule(SUM, YEAR, replace(MONTHLY, instalments=InstalmentRule.EQUAL, days_to_pay=-1))


def test_each_fund_has_its_part_of_every_instalment() -> None:
    assert divide_over_funds(rows(100, 100, 100), {"A": 150, "B": 100, "C": 50}) == [
        {"A": 50, "B": 33, "C": 17}, {"A": 50, "B": 34, "C": 16}, {"A": 50, "B": 33, "C": 17}]


def test_a_fund_of_a_penny_is_asked_for_once() -> None:
    parts = divide_over_funds(rows(*[100] * 13), {"A": 1299, "B": 1})
    assert [part["B"] for part in parts].count(1) == 1
    assert sum(part["B"] for part in parts) == 1


def test_funds_of_a_few_pence_are_divided_where_the_largest_remainders_alone_would_run_out() -> None:
    asked_for, allocations = (1, 6, 3, 5), {"A": 1, "B": 3, "C": 3, "D": 1, "E": 3, "F": 3, "G": 0, "H": 1}
    parts = divide_over_funds(rows(*asked_for), allocations)
    assert [sum(part.values()) for part in parts] == list(asked_for)
    assert {fund: sum(part[fund] for part in parts) for fund in allocations} == allocations
    assert min(pence for part in parts for pence in part.values()) == 0


def test_a_fund_of_nothing_has_a_part_of_nothing() -> None:
    assert divide_over_funds(rows(5, 5), {"A": 10, "B": 0}) == [{"A": 5, "B": 0}, {"A": 5, "B": 0}]


def test_allocations_that_are_not_what_the_schedule_asks_for_are_refused() -> None:
    for allocations in ({"A": 199}, {"A": 201}, {"A": 201, "B": -1}, {}):
        with pytest.raises(InputError, match=f"add to {Money(sum(allocations.values()))}, the instalments to £2.00"):
            divide_over_funds(rows(100, 100), allocations)
