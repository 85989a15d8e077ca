"""Statements in the app: those of a month, found by person, each a link to the document as it was issued."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from basics.money import Money
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.statement_list import statements_of, what_they_say
from tests.screens.conftest import Open, html_of, text_of

AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)


def acting(books_file: Path) -> Acting:
    return Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))


def test_the_last_issued_month_is_shown_with_its_seal(open_page: Open, books_file: Path) -> None:
    page, expected = open_page("statements"), statements_of(acting(books_file), SEPTEMBER)
    assert f"{len(expected.statements)} statements. Sealed {expected.seal}" in text_of(page)
    for one in expected.statements[:25]:
        assert f'href="/documents/{one.document_id}.pdf"' in html_of(page)
        assert f'href="/documents/{one.document_id}.html"' in html_of(page)
    assert html_of(page).count(".pdf") == min(25, len(expected.statements))


def test_the_figures_are_those_that_the_statement_prints(open_page: Open, books_file: Path) -> None:
    first = statements_of(acting(books_file), AUGUST).statements[0]
    record = what_they_say(acting(books_file), [first.document_id])[first.document_id]
    text = text_of(open_page("statements", month="2026-08", search=first.person))
    assert str(Money(record.given_total_pence)) in text
    assert str(Money(max(record.money.closing_pence, 0))) in text


def test_the_way_to_open_a_statement_stands_beside_its_name_so_that_a_telephone_shows_it(open_page: Open) -> None:
    assert "Person Open Support" in text_of(open_page("statements"))


def test_a_month_that_is_chosen_stands_in_the_address_as_links_write_it(open_page: Open) -> None:
    page = open_page("statements", page="2")
    page.selectbox(key="month").select("August 2026").run()
    assert page.query_params["month"] == "2026-08"


def test_a_person_is_found_by_any_of_their_names(open_page: Open, books_file: Path) -> None:
    one = statements_of(acting(books_file), SEPTEMBER).statements[3]
    for search in (one.person, one.known_as, one.name, f" {one.name.upper()} "):
        assert f"/documents/{one.document_id}.pdf" in html_of(open_page("statements", search=search))


def test_a_search_that_finds_nobody_says_what_to_do_and_offers_no_zip(open_page: Open) -> None:
    page = open_page("statements", search="<i>nobody")
    assert "Nobody of that name has a statement in this month" in text_of(page)
    assert ".zip" not in html_of(page)
    assert "<i>" not in html_of(page)


def test_all_statements_of_the_month_are_one_link(open_page: Open) -> None:
    assert 'href="/documents/statements-2026-09.zip"' in html_of(open_page("statements"))


def test_a_month_without_statements_is_told(open_page: Open) -> None:
    assert "No statement of November 2030 has been issued" in text_of(open_page("statements", month="2030-11"))
    assert "is not a month" in text_of(open_page("statements", month="<b>"))


def test_before_the_first_month_end_the_page_says_where_statements_come_from(open_page: Open, tmp_path: Path) -> None:
    books = tmp_path / "empty.db"
    store = make_books(str(books), provider="Harbour", sample=True, key=None)
    add_user(store, "asha", added_by="asha", at=datetime.now(UTC))
    assert "No statement has been issued yet. Statements come with month end" in text_of(open_page("statements", books=books))
