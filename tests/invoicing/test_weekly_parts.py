"""A funder who pays a fixed sum a week: its sum is taken first, the others share the rest, and the parts of each visit add to it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from basics.periods import Month, Period
from invoicing.delivery import WeeklyPart
from invoicing.rating import rate
from ringfence.actions.weekly_left import sum_of
from tests.invoicing.support_records import TERMS, YEAR, agreed, funding, line, pence, price, visit

SUM = WeeklyPart(Decimal("150.00"), "weekly / 7 x days", "each period alone")
FAMILY = replace(funding(funder="family", percent="0"), weekly=SUM)
MARCH = Month(2026, 3)


def rated_with(visits, left, *others, **more):
    by = agreed(plan=(line(funder=None),), fundings=(FAMILY, *(others or (funding(),))), **more)
    found = rate(visits, by, through=YEAR.last, left=lambda _, days: left.get(Month.of(days.first), 0))
    assert found.problems == []
    return found.charges


def paid(charges, funder):
    return sum(charge.pence for charge in charges if charge.funder == funder)


HOURS = [visit(f"V{n}", day=date(2026, 3, 2) + timedelta(days=n)) for n in range(10)]


def test_the_sum_of_the_month_is_taken_first_and_the_rest_is_the_others():
    charges = rated_with(HOURS, {MARCH: 10_000}, funding(percent="70"), funding(funder="icb", percent="30"))
    assert (paid(charges, "family"), paid(charges, "council"), paid(charges, "icb")) == (10_000, 10_080, 4_320)
    assert sum(charge.minutes for charge in charges) == 600


def test_a_sum_is_never_more_than_the_support_of_the_month():
    charges = rated_with(HOURS, {MARCH: 66_429})
    assert (paid(charges, "family"), paid(charges, "council")) == (24_400, 0)


def test_nothing_is_left_where_the_sum_of_a_month_is_charged_already():
    assert paid(rated_with(HOURS, {}), "council") == 24_400


def test_a_line_that_names_its_funder_is_outside_the_sum():
    by = agreed(fundings=(FAMILY, funding()))
    assert {charge.funder for charge in rate(HOURS, by, through=YEAR.last, left=lambda *_: 9_999).charges} == {"council"}
    own = replace(by, plan=(line(funder="family"),), terms=(replace(TERMS, line="rate"),))
    assert paid(rate(HOURS, own, through=YEAR.last, left=lambda *_: 9_999).charges, "family") == 24_400
    thirds = [visit(f"V{n}", minutes=20, day=date(2026, 3, 2) + timedelta(days=n)) for n in range(3)]
    assert paid(rate(thirds, own, through=YEAR.last).charges, "family") == 2_440


def test_the_sum_of_a_month_is_taken_once_where_another_payer_changes_within_it():
    """Five visits before the change and five after it; the sum is more than the first five cost, and is not there again for the others."""
    change = date(2026, 3, 7)
    before = replace(funding(), period=Period(YEAR.first, change - timedelta(days=1)))
    after = replace(funding(funder="icb"), period=Period(change, YEAR.last))
    charges = rated_with(HOURS, {MARCH: 15_000}, before, after)
    assert (paid(charges, "family"), paid(charges, "council"), paid(charges, "icb")) == (15_000, 0, 9_400)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=15), st.integers(0, 90_000), st.integers(1, 99))
def test_the_parts_of_three_funders_are_the_visit_to_the_penny_and_the_minute(minutes, due, percent):
    visits = [visit(f"V{n}", minutes=each, day=date(2026, 3, 1) + timedelta(days=n)) for n, each in enumerate(minutes)]
    others = (funding(percent=str(percent)), funding(funder="icb", percent=str(100 - percent)))
    charges = rated_with(visits, {MARCH: due}, *others, rates=(price("24.4153"),))
    alone = rate(visits, agreed(rates=(price("24.4153"),)), through=YEAR.last).charges
    for one in alone:
        parts = [charge for charge in charges if charge.visit == one.visit]
        assert (pence(parts), sum(part.minutes for part in parts)) == (one.pence, one.minutes)
        assert len({part.key for part in parts}) == len(parts)
    assert paid(charges, "family") == min(due, pence(alone))


def test_a_fund_that_begins_in_the_middle_of_a_month_has_the_sum_of_its_days():
    begun = replace(FAMILY, period=Period(date(2026, 3, 18), date(2026, 12, 31)))
    assert [sum_of(begun, month.period) for month in (Month(2026, 2), MARCH, MARCH.next)] == [0, 30_000, 64_286]
    monthly = replace(begun, weekly=SUM._replace(basis="month x 52/12"))
    assert sum_of(monthly, MARCH.next.period) == 65_000
