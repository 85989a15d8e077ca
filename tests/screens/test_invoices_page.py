"""Invoices in the app: found by a filter that stands in the address, with totals of all that match, and one opened to its lines."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from basics.money import Money
from basics.periods import Month, Period
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.invoice_list import IssuedInvoice, list_invoices, open_invoice
from ringfence.actions.invoice_standing import invoice_standings
from ringfence.actions.month_end import prepare_month
from ringfence.screens.invoices_found import ALL, NOT_DUE, OVERDUE, Asked, Invoices, by_tab, find, read
from tests.screens.conftest import Open, html_of, text_of


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def test_every_invoice_is_counted_and_25_are_shown(open_page: Open, books_file: Path) -> None:
    page, listed = open_page("invoices"), list_invoices(acting(books_file))
    assert f"All: {len(listed)}, {Money(sum(one.pence for one in listed))}" in text_of(page)
    assert html_of(page).count('href="/invoices?invoice=') == 25
    assert f"{listed[0].number:06d}" in text_of(page)


def test_filters_stand_in_the_address_and_totals_are_of_all_matches(open_page: Open, books_file: Path) -> None:
    found = [one for one in list_invoices(acting(books_file)) if one.payer.startswith("Eastmere") and str(one.month) == "2026-09"]
    page = open_page("invoices", search="eastmere borough", month="2026-09")
    assert f"All: {len(found)}, {Money(sum(one.pence for one in found))}" in text_of(page)
    assert f"All {len(found)} invoices found" in text_of(page)


def test_a_tab_shows_its_own_invoices_and_says_what_each_of_them_holds(open_page: Open, books_file: Path) -> None:
    page = open_page("invoices", status=NOT_DUE)
    stand = invoice_standings(acting(books_file))
    due = [one for one in list_invoices(acting(books_file)) if stand[one.number].amounts.open and not stand[one.number].is_overdue]
    assert f"{NOT_DUE}: {len(due)}, {Money(sum(stand[one.number].amounts.open for one in due))} open" in text_of(page)
    if not due:
        assert "No invoice is like this" in text_of(page)


def test_what_is_open_and_overdue_is_told_first(open_page: Open, books_file: Path) -> None:
    stand = invoice_standings(acting(books_file)).values()
    late = [one.amounts.open for one in stand if one.is_overdue]
    text = text_of(open_page("invoices"))
    pence = sum(one.amounts.open for one in stand)
    assert f"{'all' if late and sum(late) == pence else Money(pence)} {'that ' if late else ''}is open" in text
    if late:
        assert f"overdue: {Money(sum(late))}" in text


def test_what_is_overdue_is_one_figure_on_the_page_though_more_was_asked_for(open_page: Open, books_file: Path) -> None:
    stand = invoice_standings(acting(books_file)).values()
    late = [one.amounts for one in stand if one.is_overdue]
    assert sum(one.open for one in late) < sum(one.asked for one in late)  # something of it is paid, so the two sums differ
    said = {Money(sum(one.open for one in late))}
    found = re.findall(r"[Oo]verdue: (?:\d+, )?(£[\d,.]+\d)", text_of(open_page("invoices")))
    assert found == [str(each) for each in said] * 2


def test_a_search_that_finds_nothing_says_what_to_do(open_page: Open) -> None:
    page = open_page("invoices", search="<script>nobody</script>")
    assert "No invoice is like this" in text_of(page)
    assert "<script>" not in html_of(page)


def test_an_invoice_opens_to_its_lines_its_document_and_its_history(open_page: Open, books_file: Path) -> None:
    number = next(one.number for one in list_invoices(acting(books_file)) if one.payer.startswith("Eastmere"))
    opened = open_invoice(acting(books_file), number)
    page = open_page("invoices", invoice=str(number))
    text = text_of(page)
    assert f"Invoice {number:06d}" in text
    assert f'href="/documents/{opened.row.document_id}.pdf"' in html_of(page)
    assert all(str(Money(line.pence)) in text for line in opened.record.lines[:25])
    assert f"All {len(opened.record.lines)} lines" in text
    assert "asha" in text
    assert "ben" in text
    assert f"Open {Money(invoice_standings(acting(books_file))[number].amounts.open)}" in text


@pytest.mark.parametrize("number", ["999999", "x", "-1", "1" * 40, "<b>1</b>", "²"])
def test_an_invoice_that_is_not_there_is_told_in_words(open_page: Open, number: str) -> None:
    page = open_page("invoices", invoice=number)
    assert "There is a problem" in text_of(page)
    assert "Open one from the list of invoices" in text_of(page)
    assert "<b>1" not in html_of(page)


def test_before_the_first_month_end_the_page_says_where_invoices_come_from(open_page: Open, tmp_path: Path) -> None:
    books = tmp_path / "empty.db"
    store = make_books(str(books), provider="Harbour", sample=True, key=None)
    add_user(store, "asha", added_by="asha", at=datetime.now(UTC))
    page = open_page("invoices", books=books)
    assert "No invoice has been issued yet. Invoices come with month end" in text_of(page)
    assert 'href="/month-end"' in html_of(page)


def test_drafts_of_a_prepared_month_are_told_apart_from_what_is_issued(open_page: Open, books_file: Path) -> None:
    assert "was prepared by" not in text_of(open_page("invoices"))
    prepare_month(acting(books_file), (list_invoices(acting(books_file))[0].month).next, None)
    assert "October 2026 was prepared by asha and waits for another person to approve it" in text_of(open_page("invoices"))


def test_every_invoice_is_in_all_and_whatever_is_open_in_one_of_the_two_tabs_of_its_day(books_file: Path) -> None:
    invoices = read(acting(books_file))
    count = {tab: len(theirs) for tab, theirs in by_tab(invoices, invoices.listed).items()}
    assert count[ALL] == len(invoices.listed)
    assert count[NOT_DUE] + count[OVERDUE] == sum(one.amounts.open > 0 for one in invoices.standings.values())


def test_every_word_of_a_search_must_match() -> None:
    day = date(2026, 10, 31)
    grace, owen = (IssuedInvoice(n, "Eastmere", whom, Period(day, day), day, day, 100, Month(2026, 10), n) for n, whom in ((1, "Grace"), (2, "Owen")))
    invoices = Invoices([grace, owen], ["000001 eastmere grace", "000002 eastmere owen"], ["Eastmere"], [Month(2026, 10)], {})
    assert find(invoices, Asked("eastmere", ALL, ALL)) == [grace, owen]
    assert find(invoices, Asked("grace eastmere", ALL, "October 2026")) == [grace]
    assert find(invoices, Asked("grace owen", ALL, ALL)) == []
    assert find(invoices, Asked("", "Southgate", ALL)) == []
    assert find(invoices, Asked("", "Eastmere", "September 2026")) == []
