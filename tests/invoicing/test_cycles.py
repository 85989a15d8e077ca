"""Payers that are invoiced every 4 weeks, beside those that are invoiced by calendar months."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from basics.periods import Month, Period
from invoicing.cycles import Cycles, cycle_on
from invoicing.drafts import draft_invoices
from tests.invoicing.support_records import TERMS, agreed, charged, pence, visit

FIRST = date(2026, 3, 2)
BY_4_WEEKS = agreed(terms=(replace(TERMS, invoiced_every="4 weeks", invoiced_from=FIRST),))


def drafted(month, *days, by=BY_4_WEEKS):
    charges, cycles = charged(*(visit(f"V{n}", day=day) for n, day in enumerate(days)), by=by), Cycles(by, month)
    return charges, draft_invoices([each for each in charges if not cycles.waits(each)], month, cycle_of=cycles.of)


@pytest.mark.parametrize(("day", "first", "last"), [
    (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 29)), (date(2026, 3, 29), date(2026, 3, 2), date(2026, 3, 29)),
    (date(2026, 3, 30), date(2026, 3, 30), date(2026, 4, 26)), (date(2026, 3, 1), date(2026, 2, 2), date(2026, 3, 1))])
def test_the_4_weeks_of_a_day_are_counted_from_any_first_day(day, first, last):
    assert cycle_on(day, FIRST) == cycle_on(day, FIRST + timedelta(days=28 * 7)) == Period(first, last)


def test_what_lies_in_4_weeks_that_are_not_over_waits_for_them():
    _, (march,) = drafted(Month(2026, 3), date(2026, 3, 10), date(2026, 3, 29), date(2026, 3, 30), date(2026, 3, 31))
    assert (march.key, [each.support_on for each in march.lines]) == (
        "2026-03|council|fund-P001|to 2026-03-29", [date(2026, 3, 10), date(2026, 3, 29)])
    _, (april,) = drafted(Month(2026, 4), date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 26), date(2026, 4, 27))
    assert [each.support_on for each in april.lines] == [date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 26)]


def test_a_month_in_which_two_of_them_end_has_two_invoices():
    first = date(2026, 2, 4)
    by = agreed(terms=(replace(TERMS, invoiced_every="4 weeks", invoiced_from=first),))
    charges, drafts = drafted(Month(2026, 3), date(2026, 2, 20), date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 31), by=by)
    assert [str(each.cycle) for each in drafts] == ["4 February to 3 March 2026", "4 to 31 March 2026"]
    assert sum(each.pence for each in drafts) == pence(charges)


def test_a_late_visit_goes_with_the_first_4_weeks_that_end_in_the_month():
    _, (first, second) = drafted(Month(2026, 3), date(2026, 1, 15), date(2026, 3, 1), date(2026, 3, 10))
    assert (first.cycle, [each.support_on for each in first.lines]) == (
        Period(date(2026, 2, 2), date(2026, 3, 1)), [date(2026, 1, 15), date(2026, 3, 1)])
    assert [each.support_on for each in second.lines] == [date(2026, 3, 10)]


def test_thirteen_times_4_weeks_ask_for_every_day_once():
    days = [FIRST + timedelta(days=n) for n in range(13 * 28)]
    asked, month = [], Month(2026, 3)
    waiting = charged(*(visit(f"V{n}", day=day) for n, day in enumerate(days)), by=BY_4_WEEKS)
    while month <= Month(2027, 3):
        cycles = Cycles(BY_4_WEEKS, month)
        drafts = draft_invoices([each for each in waiting if each.support_on <= month.last and not cycles.waits(each)], month, cycle_of=cycles.of)
        keys = [line.charge_key for draft in drafts for line in draft.lines]
        asked += keys
        waiting = [each for each in waiting if each.key not in set(keys)]
        month = month.next
    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == len([day for day in days if day in BY_4_WEEKS.fundings[0].period])


def test_a_payer_that_is_invoiced_by_months_is_as_it_was():
    days = (date(2026, 3, 10), date(2026, 3, 31))
    for said in (None, "month"):
        _, (one,) = drafted(Month(2026, 3), *days, by=agreed(terms=(replace(TERMS, invoiced_every=said),)))
        assert (one.key, one.cycle, len(one.lines)) == ("2026-03|council|fund-P001", None, 2)
