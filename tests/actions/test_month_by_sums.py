"""A month end adds up charges before it looks at funds: what was stored months ago and what is planned come to the same figures."""

from __future__ import annotations

import gc

from basics.periods import Month
from isf.accounts import Unit
from ringfence.actions.month_end import preview_month
from ringfence.actions.positions import positions
from ringfence.actions.verifying import verify
from tests.actions.provider_books import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    Books,
    agreements,
    block_contract,
    plan_line,
    rate,
    visit,
)


def given_so_far(books: Books, person: str, month: Month = OCTOBER) -> dict[str, tuple[int, int]]:
    """What was given on each line so far, in minutes or times and in pence."""
    found = positions(books.asha, person, month)
    return {one.line.reference: (one.delivered, one.delivered_pence) for fund in found.values() for one in fund.lines}


def test_an_issued_statement_says_what_its_draft_said(delivered: Books) -> None:
    drafts = {each.fund_key: each for each in delivered.preview().statements}
    delivered.month_end()
    for fund, draft in drafts.items():
        final = delivered.statement(fund)
        assert (final.money, final.budgets, final.given, final.shortfalls) == (draft.money, draft.budgets, draft.given, draft.shortfalls)


def test_a_position_is_the_same_next_month_where_nothing_came(issued: Books) -> None:
    before = given_so_far(issued, "P001")
    assert before["P001-outreach"] == (300, 12_000)
    issued.month_end(NOVEMBER)
    assert given_so_far(issued, "P001", NOVEMBER) == given_so_far(issued, "P001", DECEMBER) == before


def test_what_was_given_before_going_live_in_the_middle_of_a_month_is_not_compared_with_the_plan(peopled: Books) -> None:
    content = agreements()
    content["contracts"] = [block_contract(live_from="2026-10-10")]
    peopled.apply(content)
    peopled.visits(visit("V-1", "P001", "2026-10-05", "09:00", "11:00"), visit("V-2", "P001", "2026-10-12", "09:00", "12:00"))
    peopled.month_end()
    assert given_so_far(peopled, "P001")["P001-outreach"] == (180, 7_200)
    assert given_so_far(peopled, "P001", NOVEMBER)["P001-outreach"] == (180, 7_200)
    assert sum(line.given for line in peopled.statement("isf-P001").given) == 300


def test_a_night_with_two_payers_is_counted_once_when_it_is_stored(agreed: Books) -> None:
    agreed.apply({"rates": [rate("night", "90.00", "2026-02-01", "2027-03-31", per="night")],
                  "plan": [plan_line("P003", "sleep-in", rate="night", times_per_week=7, from_on="2026-02-01")]})
    agreed.visits(visit("V-1", "P003", "2026-10-05", support="sleep-in"), visit("V-2", "P003", "2026-10-06", support="sleep-in"))
    agreed.month_end()
    assert agreed.count("charge") == 4
    assert [(line.words, line.given, line.pence) for line in agreed.statement("spot-P003").given] == [("Care", 0, 0), ("Sleep in", 2, 18_000)]
    for month in (OCTOBER, NOVEMBER):
        assert given_so_far(agreed, "P003", month)["P003-sleep-in"] == (2, 18_000)


def test_what_two_people_share_over_the_end_of_a_month_is_charged_in_both_months(agreed: Books) -> None:
    agreed.apply({"plan": [plan_line(person, "night", 600, rate="care-hour", funder="southgate") for person in ("P001", "P002")]})
    agreed.visits(*(visit("V-1", person, "2026-10-31", "22:00", "02:00", support="night") for person in ("P001", "P002")))
    agreed.month_end()
    assert not preview_month(agreed.asha, NOVEMBER).problems
    agreed.month_end(NOVEMBER)
    assert agreed.rows("SELECT support_on, sum(minutes) FROM charge GROUP BY 1 ORDER BY 1") == [("2026-10-31", 120), ("2026-11-01", 120)]
    assert verify(agreed.store) == []


def test_the_entries_of_a_plan_can_be_read_again_and_are_the_charges(delivered: Books) -> None:
    plan = delivered.preview()
    entries = list(plan.entries)
    assert entries == list(plan.entries)
    assert sum(each.amount for each in entries if each.unit is Unit.PENCE) == plan.support.pence
    assert sorted(entry.key for some in plan.entries.in_chunks(2) for _, entries in some for entry in entries) == sorted(
        entry.key for entry in entries)


def test_python_looks_for_garbage_again_after_a_month_end(delivered: Books) -> None:
    delivered.month_end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
