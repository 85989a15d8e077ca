"""Visits in the app: found by filters that stand in the address, opened to why they cost what they do, and put right for another to approve."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.visits import VisitListed, Wanted, find_visits, months_of_visits
from tests.screens.conftest import Open, html_of, text_of


@pytest.fixture
def caller(books_file: Path) -> Acting:
    return Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))


def last_month(caller: Acting, **more: object) -> Wanted:
    month = months_of_visits(caller)[0]
    return Wanted(month.first, month.last, **more)  # type: ignore[arg-type]


def a_visit(caller: Acting) -> VisitListed:
    """One that is charged, of one carer."""
    found = find_visits(caller, Wanted(months_of_visits(caller)[-1].first, months_of_visits(caller)[0].last, charged=True), most=1)
    return found.rows[0]


def test_the_last_month_is_listed_25_rows_at_a_time_with_totals_of_all(open_page: Open, caller: Acting) -> None:
    page, found = open_page("visits"), find_visits(caller, last_month(caller), most=1)
    assert f"All {found.count:,} rows found" in text_of(page)
    assert html_of(page).count('href="/visits?visit=') == 25


def test_filters_stand_in_the_address(open_page: Open, caller: Acting) -> None:
    found = find_visits(caller, last_month(caller, outcome="cancelled"), most=1)
    assert f"{found.count:,} row" in text_of(open_page("visits", outcome="Cancelled"))


def test_a_search_that_finds_nothing_says_what_to_do(open_page: Open) -> None:
    page = open_page("visits", search="<script>nobody</script>")
    assert "No visit is like this" in text_of(page)
    assert "<script>nobody" not in html_of(page)


def test_a_visit_says_why_it_costs_what_is_charged_for_it(open_page: Open, caller: Acting) -> None:
    one = a_visit(caller)
    text = text_of(open_page("visits", visit=one.visit))
    for step in ("Who had it", "What was planned", "Who pays", "Which time counts", "What it costs", "Everybody’s part"):
        assert step in text
    assert str(Money(one.pence or 0)) in text
    assert "Where it says so:" in text


def test_a_visit_that_is_not_here_is_told(open_page: Open) -> None:
    assert "There is no visit &lt;b&gt; here" in html_of(open_page("visits", visit="<b>"))


def test_a_visit_put_right_is_prepared_and_counts_nothing_yet(open_page: Open, caller: Acting) -> None:
    one, before = a_visit(caller), find_visits(caller, last_month(caller), most=1)
    page = open_page("visits", visit=one.visit, carer=one.carer)
    page.button[0].click().run()
    assert "Nobody said why." in text_of(page)
    page.checkbox[0].check()
    next(box for box in page.text_input if box.label == "Why").input("Nobody came")
    page.button[0].click().run()
    assert "Another person approves it" in text_of(page)
    assert find_visits(caller, last_month(caller), most=1) == before


def test_books_without_visits_say_what_comes_first(open_page: Open, tmp_path: Path) -> None:
    store = make_books(str(tmp_path / "empty.db"), provider="Harbour", sample=True, key=None)
    add_user(store, "asha", added_by="asha", at=datetime.now(UTC))
    store.close()
    assert "No visit has come in yet." in text_of(open_page("visits", books=tmp_path / "empty.db"))


def test_visits_that_differ_from_the_plan_without_a_reason_are_found(open_page: Open, caller: Acting) -> None:
    found = find_visits(caller, last_month(caller, differs=True, reason=False), most=100)
    assert 0 < found.count < find_visits(caller, last_month(caller, differs=True), most=1).count
    assert all(not each.reason and each.planned_minutes != each.actual_minutes for each in found.rows)
    assert f"All {found.count:,} row" in text_of(open_page("visits", planned="Differs, no reason given"))
