"""Visits charged as a set cost what the loop over visits charges for each: to the penny, in every field."""

from dataclasses import replace
from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.periods import Period
from basics.rounding import TimeRule
from invoicing.delivery import Agreements
from invoicing.plain_visits import charge_plain
from invoicing.pricing import Pricing, carers_who_came
from invoicing.rating import OneByOne, rate
from tests.invoicing.support_records import TERMS, YEAR, agreed, funding, house, line, price, untimed, visit

quiet = settings(deadline=None, max_examples=40)

BEFORE, AFTER = Period(YEAR.first, date(2026, 3, 14)), Period(date(2026, 3, 15), YEAR.last)
SUPPORT = ("care", "trip", "unpriced", "nobody's")
DAYS = st.dates(date(2026, 3, 12), date(2026, 3, 17))
STARTS = (time(7), time(7), time(12), time(18), time(23, 30))
POUNDS = st.decimals(0, 90, places=3).map(str)
SHARES = st.sampled_from([("100",), ("62.5", "37.5"), ("33.33", "33.33", "33.34"), ("0", "100"), ("50", "50", "0")])
ONE_TERMS = st.builds(
    lambda rule, carers, shared, by: replace(TERMS, charged_time=rule, carers=carers, funder_share=shared, line=by),
    st.sampled_from(TimeRule), st.sampled_from(["each has a row", "count multiplies", "count multiplies"]),
    st.sampled_from([*["by line"] * 6, "on the total", None]), st.sampled_from([*["visit"] * 6, "rate"]))
ROWS = st.lists(
    st.builds(
        lambda number, who, carer, day, start, minutes, planned, carers, support, outcome, timed: (lambda row: row if timed else untimed(row))(visit(
            f"V{number}", who, carer=carer, day=day, start=f"{start:%H:%M}", minutes=minutes, planned=planned, carers=carers, support=support,
            outcome=outcome)),
        st.integers(1, 40), st.sampled_from([*["P1", "P2", "P3"] * 4, "P4", "H1"]), st.sampled_from("AB"), DAYS, st.sampled_from(STARTS),
        st.sampled_from([0, 20, 47, 90]), st.sampled_from([0, 30]), st.integers(1, 2), st.sampled_from([*["care"] * 6, *SUPPORT]),
        st.sampled_from([*["given"] * 8, "cancelled"]), st.sampled_from([True, True, False])),
    min_size=12, max_size=24, unique_by=lambda row: row.key)


@st.composite
def agreements(draw: st.DrawFn) -> Agreements:
    """Four people with their payers; a price, a share of the payers and the terms each change in the middle of the month."""
    found = agreed(plan=(), fundings=(), houses=(house("P1", None, reference="H1"),), rates=(
        price(draw(POUNDS), period=BEFORE), price(draw(POUNDS), period=AFTER), price(draw(POUNDS), code="TRIP", per="visit")),
        terms=(draw(ONE_TERMS), replace(draw(ONE_TERMS), from_on=date(2026, 3, 14))))
    for number, person in enumerate(("P1", "P2", "P3")):
        first, then = draw(SHARES), draw(SHARES)
        found = replace(found, plan=(*found.plan, *(
            line(person, number=10 * number + n, support=support, funder=None, code=code)
            for n, (support, code) in enumerate((("care", "CARE"), ("trip", "TRIP"), ("unpriced", "NONE"))))), fundings=(
            *found.fundings, *(funding(f"fund-{person}", f"payer-{n}", percent=percent, period=days)
                               for days, shares in ((BEFORE, first), (AFTER, then)) for n, percent in enumerate(shares))))
    return found


@quiet
@given(ROWS, agreements(), DAYS)
def test_a_visit_charged_with_the_many_is_charged_as_if_it_were_the_only_one(rows, by, through):
    visits = [(row,) for row in rows]
    pricing = Pricing(by, through, carers_who_came(visits))
    charges, others = charge_plain(visits, pricing)
    findings, alone = [], OneByOne(Pricing(by, through, carers_who_came(visits)))
    taken = [each for each in visits if each not in others]
    expected = [one for one in alone.charge_each(taken, findings) if one.pence or one.minutes or one.times]
    assert sorted(charges) == sorted(expected)
    assert (findings, alone.to_regroup) == ([], [])
    assert [each for each in visits if each in others] == others


@quiet
@given(ROWS, agreements())
def test_the_whole_numbers_of_a_charge_are_pythons_own(rows, by):
    charges, _ = charge_plain([(row,) for row in rows], Pricing(by, YEAR.last, {}))
    assert {type(number) for one in charges for number in (one.delivery_id, one.plan_line_id, one.minutes, one.times, one.pence)} <= {int}


@quiet
@given(st.lists(st.tuples(DAYS, st.integers(1, 200)), min_size=1, max_size=8), SHARES)
def test_every_plain_visit_is_charged_with_the_many(days, shares):
    by = agreed(plan=(line(funder=None),), fundings=tuple(
        funding(funder=f"payer-{n}", percent=percent) for n, percent in enumerate(shares)))
    visits = [(visit(f"V{n}", day=day, minutes=minutes),) for n, (day, minutes) in enumerate(days)]
    charges, others = charge_plain(visits, Pricing(by, YEAR.last, {}))
    assert others == []
    assert {one.visit for one in charges} == {row.visit for (row,) in visits}


def test_a_visit_of_several_rows_a_shared_house_a_night_and_a_cancelled_visit_are_left_to_the_loop():
    by = agreed(houses=(house("P001"),))
    left = [(visit(carer="A"), visit(subject="P002", carer="A")), (visit(subject="H1"),), (visit(start="23:30"),), (visit(outcome="cancelled"),)]
    assert charge_plain([(visit("V2"),), *left], Pricing(by, YEAR.last, {}))[1] == left


def test_a_visit_for_two_or_three_carers_to_which_one_came_is_not_priced_like_a_visit_for_one():
    by = agreed(terms=(replace(TERMS, carers="count multiplies"),))
    found = rate([visit(f"V{carers}", carers=carers) for carers in (1, 2, 3)], by, through=YEAR.last)
    assert [(one.visit, one.pence) for one in found.charges] == [("V1", 24_40), ("V2", 48_80), ("V3", 73_20)]
