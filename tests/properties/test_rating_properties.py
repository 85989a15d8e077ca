"""What holds for every visit that is charged, over visits and agreements that nobody would think of."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.periods import Month
from basics.rounding import TimeRule, charged_minutes, hourly_line
from invoicing.drafts import draft_invoices
from invoicing.rating import VOID, rate
from tests.invoicing.support_records import TERMS, YEAR, agreed, agreed_for, funding, house, line, price, visit

quiet = settings(deadline=None, max_examples=60)

PEOPLE = tuple(f"P{number}" for number in range(1, 7))
POUNDS = st.decimals(0, 200, places=4)
MINUTES = st.integers(1, 900)
DAYS = st.dates(date(2026, 1, 2), date(2026, 12, 1))
CLOCKS = st.times().map(lambda at: f"{at:%H:%M}")
HOLDERS = st.lists(st.booleans(), min_size=2, max_size=6).filter(any).map(
    lambda taken: tuple(person if held else None for person, held in zip(PEOPLE, taken, strict=False)))
TERMS_OF_ALL = st.builds(
    lambda rule, across, nights, cancelled: replace(
        TERMS, charged_time=rule, across_midnight=across, nights=nights, cancelled_visits=cancelled),
    st.sampled_from(TimeRule), st.sampled_from(["split", "start day"]), st.sampled_from(["elapsed", "as planned"]),
    st.sampled_from(["not charged", "as planned"]))
ROWS = st.lists(
    st.builds(lambda number, person, carer, day, start, minutes, carers, outcome: visit(
        f"V{number}", person, carer=carer, day=day, start=start, minutes=minutes, carers=carers, outcome=outcome),
        st.integers(1, 5), st.sampled_from([*PEOPLE, "H1", "P9"]), st.sampled_from("AB"), DAYS, CLOCKS, st.integers(0, 900),
        st.integers(1, 3), st.sampled_from(["given", "given", "cancelled"])),
    max_size=14, unique_by=lambda row: row.key)
SURELY_CHARGED_MINUTES = 8  # fewer may be rounded to none
HOUSE = house("P1", "P2", None)


def amounts(charges):
    return sum(charge.pence for charge in charges), sum(charge.minutes for charge in charges)


@quiet
@given(st.sets(st.sampled_from(PEOPLE), min_size=1), POUNDS, MINUTES, st.sampled_from(TimeRule))
def test_the_charges_of_a_shared_visit_add_to_the_line_of_the_visit(people, pounds, minutes, rule):
    by = agreed_for(*people, pounds=str(pounds), terms=replace(TERMS, charged_time=rule, across_midnight="start day"))
    found = rate([visit(subject=person, minutes=minutes) for person in people], by, through=YEAR.last)
    time = charged_minutes(minutes, rule)
    assert (found.problems, amounts(found.charges)) == ([], (hourly_line(pounds, time).pence, time))


@quiet
@given(POUNDS, MINUTES, st.lists(st.integers(0, 100), min_size=1, max_size=4))
def test_the_charges_of_several_funders_add_to_the_line_of_the_visit(pounds, minutes, cuts):
    edges = sorted([0, *cuts, 100])
    shares = [last - first for first, last in pairwise(edges)]
    by = agreed(plan=(line(funder=None),), rates=(price(str(pounds)),), terms=(replace(TERMS, across_midnight="start day"),),
                fundings=tuple(funding(funder=f"funder-{number}", percent=str(part)) for number, part in enumerate(shares)))
    found = rate([visit(minutes=minutes)], by, through=YEAR.last)
    assert (found.problems, amounts(found.charges)) == ([], (hourly_line(pounds, minutes).pence, minutes))


@quiet
@given(DAYS, CLOCKS, MINUTES, TERMS_OF_ALL)
def test_a_visit_divided_at_midnight_keeps_all_its_charged_minutes(day, start, minutes, terms):
    found = rate([visit(day=day, start=start, minutes=minutes)], agreed(terms=(terms,)), through=YEAR.last)
    assert sum(charge.minutes for charge in found.charges) == charged_minutes(minutes, terms.charged_time)
    assert len({charge.support_on for charge in found.charges}) == len(found.charges)


@quiet
@given(HOLDERS, st.integers(1, 6), POUNDS, MINUTES)
def test_a_void_never_raises_anyones_part(holders, leaving, pounds, minutes):
    leaver = f"P{leaving}"
    after = tuple(None if person == leaver else person for person in holders)
    rows = [visit(subject="H1", minutes=minutes)]
    if not any(after):
        return
    was, now = (rate(rows, agreed_for(*PEOPLE, pounds=str(pounds), houses=(house(*people),)), through=YEAR.last)
                for people in (holders, after))
    assert [charge for charge in now.charges if charge.how != VOID] == [
        charge for charge in was.charges if charge.how != VOID and charge.fund != f"fund-{leaver}"]
    assert amounts(now.charges) == amounts(was.charges)


@quiet
@given(ROWS, st.randoms(use_true_random=False), TERMS_OF_ALL)
def test_the_order_of_the_rows_moves_nothing(rows, chance, terms):
    by = agreed_for(*PEOPLE, terms=terms, houses=(HOUSE,))
    moved = list(rows)
    chance.shuffle(moved)
    assert rate(moved, by, through=YEAR.last) == rate(rows, by, through=YEAR.last)


@quiet
@given(ROWS, TERMS_OF_ALL, DAYS)
def test_a_month_and_the_rest_are_together_the_whole(rows, terms, through):
    by = agreed_for(*PEOPLE, terms=terms, houses=(HOUSE,))
    whole = rate(rows, by, through=YEAR.last).charges
    assert rate(rows, by, through=through).charges == [charge for charge in whole if charge.support_on <= through]


@quiet
@given(ROWS, TERMS_OF_ALL)
def test_no_charge_is_below_nil_or_stands_twice_and_drafts_add_to_them(rows, terms):
    charges = rate(rows, agreed_for(*PEOPLE, terms=terms, houses=(HOUSE,)), through=YEAR.last).charges
    assert len({charge.key for charge in charges}) == len(charges)
    assert all(charge.pence >= 0 and charge.minutes >= 0 for charge in charges)
    asked: dict[str, int] = defaultdict(int)
    for draft in draft_invoices(charges, Month(2026, 12)):
        asked[draft.fund] += draft.pence
    owed: dict[str, int] = defaultdict(int)
    for charge in charges:
        owed[charge.fund] += charge.pence if charge.how == "delivery" else 0
    assert asked == {fund: pence for fund, pence in owed.items() if pence}


@quiet
@given(ROWS, TERMS_OF_ALL)
def test_every_visit_that_was_given_is_charged_or_told(rows, terms):
    found = rate(rows, agreed_for(*PEOPLE, terms=terms, houses=(HOUSE,)), through=YEAR.last)
    charged = {charge.delivery_id for charge in found.charges}
    told = {row.visit for row in rows if any(row.visit in problem.place for problem in found.problems)}
    assert [row.key for row in rows if row.outcome == "given" and row.actual_minutes >= SURELY_CHARGED_MINUTES
            and row.id not in charged and row.visit not in told] == []
