"""The page of one fund: two blocks that the statement prints too, the plan, and entries that end where the block ends."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from basics.money import Money
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.fund_history import Balance, lines_of
from ringfence.actions.one_fund import FundMonth, fund_month, fund_of
from ringfence.actions.people_and_funds import list_funds
from ringfence.documents.pages import money_rows
from ringfence.documents.words import quantity
from ringfence.screens.components.markup import how_many
from tests.screens.conftest import Open, html_of, text_of

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


@pytest.fixture
def caller(books_file: Path) -> Acting:
    return Acting(open_books(str(books_file), key=None), "asha", NOW)


def a_fund(caller: Acting, kind: str) -> str:
    return next(fund.fund for fund in list_funds(caller).funds if fund.kind == kind)


def month_of(caller: Acting, fund: str, month: Month) -> FundMonth:
    found = fund_month(caller, fund, month)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["isf", "spot"])
def test_the_two_blocks_print_the_record_of_the_statement(open_page: Open, caller: Acting, kind: str) -> None:
    fund = a_fund(caller, kind)
    said = month_of(caller, fund, SEPTEMBER).statement
    text = text_of(open_page("fund", fund=fund))
    assert said.known_as in text
    for what, amount in money_rows(said.money, SEPTEMBER):
        assert f"{what} {amount}" in text
    year = said.budgets[-1]
    for pence in (year.budget_pence, year.used_pence, year.expected_pence, year.left_pence):
        assert pence is not None
        assert str(Money(pence)) in text
    assert f"Budget for the year: {Money(year.budget_pence or 0)}" in text


def test_below_nil_we_hold_nothing_and_who_owes_is_said_as_on_the_statement(open_page: Open, caller: Acting) -> None:
    fund = next(each for each in list_funds(caller).funds if each.person and each.held_pence < 0)
    money = month_of(caller, fund.fund, SEPTEMBER).statement.money
    assert money.closing_pence < 0
    page = open_page("fund", fund=fund.fund, month="2026-09", entries_page="99")
    text = text_of(page)
    owed = f"{money.who_owes_when_below_nil} {'owe' if ' and ' in money.who_owes_when_below_nil else 'owes'}"
    assert f"{owed} {Money(-money.closing_pence)} for support already given {Money(-money.closing_pence)} On 30 September we held £0.00" in text
    assert f"£0.00 {Money(-money.closing_pence)} owed for support" in text.partition("Entries")[2]
    assert str(Money(money.closing_pence)) not in text


@pytest.mark.parametrize(("asked", "told"), [
    ("nonsense", "There is no month “nonsense”."), ("2040-01", "There is nothing in this fund for January 2040"),
    ("<b>", "There is no month “<b>”.")])
def test_a_month_that_the_fund_does_not_have_is_said_with_the_one_that_is_shown(open_page: Open, caller: Acting, asked: str, told: str) -> None:
    page = open_page("fund", fund=a_fund(caller, "isf"), month=asked)
    assert told in text_of(page)
    assert "September 2026 is shown." in text_of(page)
    assert "<b>" not in html_of(page)


def test_a_month_stands_in_the_address_as_links_write_it(open_page: Open, caller: Acting) -> None:
    page = open_page("fund", fund=a_fund(caller, "isf"))
    page.selectbox(key="month").select("August 2026").run()
    assert page.query_params["month"] == "2026-08"
    assert "On 31 August we held" in text_of(page)


def test_the_way_back_ends_with_a_word(open_page: Open, caller: Acting) -> None:
    for page in (open_page("fund", fund=a_fund(caller, "isf")), open_page("invoices", invoice="1")):
        (nav,) = re.findall(r'<nav class="rf-above".*?</nav>', html_of(page))
        assert nav.endswith("</a></nav>")


def test_the_page_begins_with_the_last_month_that_was_issued(open_page: Open, caller: Acting) -> None:
    page = open_page("fund", fund=a_fund(caller, "isf"))
    assert page.selectbox(key="month").value == "September 2026"
    assert "is not issued yet" not in text_of(page)


def test_a_month_that_is_not_issued_says_so(open_page: Open, caller: Acting) -> None:
    for asked in ("2026-10", "October 2026"):
        page = open_page("fund", fund=a_fund(caller, "isf"), month=asked)
        assert page.selectbox(key="month").value == "October 2026"
        assert "October 2026 is not issued yet." in text_of(page)
        assert "After month end" in text_of(page), "before its support is charged, a month has no status"
        assert not any(status in text_of(page) for status in ("On target", "used than planned"))


@pytest.mark.parametrize("month", [SEPTEMBER, OCTOBER])
def test_the_entries_end_where_the_block_ends(open_page: Open, caller: Acting, month: Month) -> None:
    fund = a_fund(caller, "isf")
    closing = month_of(caller, fund, month).statement.money.closing_pence
    found = lines_of(caller, fund, Balance.MONEY_HELD, month.first, month.last, size=10_000)
    assert (found.lines[-1].balance if found.lines else found.closing) == found.closing == closing
    pages = -(-len(found.lines) // 25)
    text = text_of(open_page("fund", fund=fund, month=month.in_words, entries_page=str(pages)))
    assert f"Money we hold after {how_many(len(found.lines), 'entry', 'entries')} {Money(closing)}" in text


def test_another_balance_is_read_in_hours_and_over_all_months(open_page: Open, caller: Acting) -> None:
    fund = a_fund(caller, "isf")
    page = open_page("fund", fund=fund, balance="Hours left", days="All months")
    assert "Brought over: hours given before we started here" in text_of(page)
    months = fund_of(caller, fund).months
    first = lines_of(caller, fund, Balance.HOURS_LEFT, months[0].first, months[-1].last, size=25)
    assert [line.what for line in first.lines if line.what not in text_of(page)] == []


def test_plan_and_delivery_total_what_the_statement_totals(open_page: Open, caller: Acting) -> None:
    fund = a_fund(caller, "isf")
    found = month_of(caller, fund, SEPTEMBER)
    text = text_of(open_page("fund", fund=fund))
    left = sum(row.left_pence or 0 for row in found.plan)
    assert f"All lines {Money(found.statement.given_total_pence)} {Money(left)}" in text
    assert all(row.given.words in text and row.given.price_words in text for row in found.plan)


def test_each_issued_statement_opens_as_it_was_issued(open_page: Open, caller: Acting) -> None:
    fund = a_fund(caller, "isf")
    page = html_of(open_page("fund", fund=fund))
    for issued in fund_of(caller, fund).statements:
        assert f'href="/documents/{issued.document_id}.pdf" target="_blank"' in page
        assert f'href="/documents/{issued.document_id}.html" target="_blank"' in page
        assert issued.seal in page


def test_how_it_was_worked_out_can_be_opened(open_page: Open, caller: Acting) -> None:
    page = open_page("fund", fund=a_fund(caller, "isf"))
    assert "How was this worked out?" in [each.label for each in page.expander]


@pytest.mark.parametrize("asked", [{"fund": "isf-P999"}, {"fund": "<script>alert(1)</script>"}, {}])
def test_a_fund_that_is_not_there_is_said_calmly_with_a_way_back(open_page: Open, asked: dict[str, str]) -> None:
    page = open_page("fund", **asked)
    assert ("This fund is not here" if asked else "Which fund?") in text_of(page)
    assert html_of(page).count('href="/people"') == 2
    assert "<script>" not in html_of(page)


@pytest.mark.parametrize("kind", ["contract_reserve", "provider"])
def test_a_fund_that_is_nobodys_shows_its_entries_and_no_statement(open_page: Open, caller: Acting, kind: str) -> None:
    text = text_of(open_page("fund", fund=a_fund(caller, kind)))
    assert "Entries" in text
    assert "Statements of this fund" not in text


def test_a_user_who_is_not_known_sees_no_fund(open_page: Open, caller: Acting) -> None:
    fund = a_fund(caller, "isf")
    text = text_of(open_page("fund", fund=fund, user="nobody"))
    assert fund_of(caller, fund).known_as not in text


def test_the_status_of_a_line_stands_beside_what_it_is_made_from(open_page: Open, caller: Acting) -> None:
    seen = month_of(caller, a_fund(caller, "isf"), SEPTEMBER)
    text = text_of(open_page("fund", fund=seen.statement.fund_key, month="2026-09"))
    planned = [row for row in seen.plan if row.status is not None]
    assert planned
    for row in planned:
        said = [quantity(count, row.given.measure) for count in (row.given_so_far, row.planned_so_far)]
        assert f"{said[0]} of {said[1]} planned so far" in text
