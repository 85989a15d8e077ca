"""Whatever lawful entries a fund has, its statements tie, and follow each other."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.people import Funder, FunderKind
from basics.periods import Month, Period
from isf.accounts import INSIDE_MONEY_HELD, RULES, Rule
from isf.budget import BudgetPeriod, promised_within
from isf.entries import Entry, Event
from isf.money_held import Moved, money_held, paid_ahead, support_used, ties
from isf.plan import Measure, PlanLine, RatePeriod, planned, planned_pence

APRIL = Month(2026, 4)
FUNDERS = [Funder("northshore", "Northshore Council", FunderKind.COUNCIL)]
DAYS = st.dates(date(2026, 4, 1), date(2027, 3, 31))


@st.composite
def posted(draw: st.DrawFn) -> tuple[Month, Entry]:
    """A lawful entry, and the month of its posting: its own, or a later one. A reversal has the accounts of its entry swapped."""
    rule: Rule = draw(st.sampled_from(RULES))
    day, later = draw(DAYS), draw(st.integers(0, 3))
    kind = "opening" if rule.origin == "opening" else draw(st.sampled_from(["receipt", "visit", "given back", "extra"]))
    made = Entry("k", Event("e", kind, "F-1", draw(st.sampled_from(["", "Paid in", "Paid out"]))), rule.unit, (rule.debit, None),
                 (rule.credit, None), draw(st.integers(1, 10**7)), day)
    if draw(st.booleans()):
        made = made._replace(debit=made.credit, credit=made.debit, is_reversal=True)
    month = Month.of(day)
    for _ in range(later):
        month = month.next
    return month, made


ENTRIES = st.lists(posted(), max_size=40)


def a_years_blocks(entries: list[tuple[Month, Entry]]):
    month, opening, blocks = APRIL, 0, []
    for _ in range(16):
        moves = [Moved.of(made) for posted_in, made in entries if posted_in == month]
        blocks.append((month, moves, money_held(opening, moves, month, "Danny", FUNDERS)))
        opening, month = blocks[-1][2].closing_pence, month.next
    return blocks


@given(ENTRIES)
def test_every_statement_ties_and_opens_where_the_last_one_closed(entries):
    opening = 0
    for _, _, block in a_years_blocks(entries):
        assert ties(block)
        assert block.opening_pence == opening
        assert all(line.pence > 0 for line in block.paid_in)
        assert all(line.pence < 0 for line in block.paid_out)
        opening = block.closing_pence


@given(ENTRIES)
def test_after_the_last_month_what_is_held_is_the_balance_of_the_four_accounts(entries):
    balance = sum(made.amount * (inside * sign)
                  for _, made in entries if made.unit == "pence"
                  for role, sign in ((made.debit[0], 1), (made.credit[0], -1))
                  for inside in [role in INSIDE_MONEY_HELD])
    assert a_years_blocks(entries)[-1][2].closing_pence == balance


@given(ENTRIES, st.randoms())
def test_the_order_of_the_entries_changes_nothing(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert [block for _, _, block in a_years_blocks(entries)] == [block for _, _, block in a_years_blocks(shuffled)]


@given(ENTRIES)
def test_support_of_a_month_is_what_the_page_shows_and_what_the_provider_carries(entries):
    for month, moves, block in a_years_blocks(entries):
        own = [move for move in moves if Month.of(move.happened_on) == month and move.is_support]
        carried = sum(move.support_pence for move in own if "borne" in (move.debit_role, move.credit_role))
        put_back = sum(move.money_held_effect for move in own if move.is_reversal)
        shown = -sum(line.pence for line in block.paid_out if line.words == "Support for Danny")
        assert shown - put_back + carried == support_used(moves, month)


LINES = st.builds(
    lambda first, days, measure, quantity: PlanLine(
        id=1, reference="L1", fund="F-1", person="P-1", support_type="outreach", words="Outreach", funder=None, measure=measure,
        per_week=quantity if measure is Measure.MINUTES else Decimal(quantity) / 4, period=Period(first, first + timedelta(days=days))),
    DAYS, st.integers(0, 900), st.sampled_from(Measure), st.integers(0, 6000))


def months_of(period: Period) -> list[Period]:
    found, month = [], Month.of(period.first)
    while month.first <= period.last:
        found.append(month.period)
        month = month.next
    return found


@given(LINES, DAYS)
def test_the_months_of_a_plan_add_to_the_whole_and_any_cut_does(line, cut):
    assert sum(planned(line, month) for month in months_of(line.period)) == planned(line, line.period)
    before, after = Period(date(2020, 1, 1), cut), Period(cut + timedelta(days=1), date(2040, 1, 1))
    assert planned(line, before) + planned(line, after) == planned(line, line.period)


@given(LINES)
def test_no_month_of_a_plan_is_a_whole_unit_from_exact(line):
    for month in months_of(line.period):
        days = month.overlap(line.period).days
        assert abs(7 * planned(line, month) - Decimal(line.per_week) * days) <= 7


@given(LINES, st.decimals("0.01", "99.99", places=2))
def test_a_plan_priced_in_two_parts_at_one_price_is_within_a_penny_of_priced_whole(line, pounds):
    per = "hour" if line.measure is Measure.MINUTES else "visit"
    middle = line.period.first + timedelta(days=line.period.days // 2)
    halves = Period(line.period.first, middle), Period(middle + timedelta(days=1), date(2040, 1, 1))
    whole, parts = [RatePeriod(line.period, per, pounds)], [RatePeriod(half, per, pounds) for half in halves]
    assert abs(planned_pence(line, line.period, whole) - planned_pence(line, line.period, parts)) <= 1


@given(DAYS, st.integers(0, 800), st.integers(0, 10**9))
def test_the_months_of_a_budget_add_to_it(first, days, pence):
    budget = BudgetPeriod(Period(first, first + timedelta(days=days)), pence, 0)
    parts = [promised_within(budget, month) for month in months_of(budget.period)]
    assert sum(parts) == pence
    assert min(parts) >= 0


@settings(max_examples=50)
@given(DAYS, st.integers(0, 60), st.integers(1, 10**7), DAYS)
def test_what_is_paid_ahead_falls_by_days_from_the_whole_to_nil(first, days, pence, last):
    period = Period(first, first + timedelta(days=days))
    ahead, for_days = paid_ahead([(period, pence)], last)
    assert 0 <= ahead <= pence
    assert (ahead == pence) if last < first else (for_days is None) == (last >= period.last)
    assert paid_ahead([(period, pence)], last + timedelta(days=1))[0] <= ahead
