"""Month end in the app: the steps come from the books, one prepares and another approves, and what stops it is said first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from basics.money import Money
from basics.periods import Month
from ringfence.actions import desk, month_end, month_run
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.importing import take_visits
from ringfence.actions.month_review import MonthReview
from ringfence.actions.month_standing import first_open_month, month_standing
from ringfence.importing.tables import Taken
from ringfence.importing.visit_cells import Outcome
from ringfence.importing.visits import VisitRow
from ringfence.screens.components.work import works
from ringfence.screens.month_buttons import key
from sample_data.names import PROVIDER_AS_PRINTED
from tests.screens.conftest import Open, html_of, text_of

OCTOBER = Month(2026, 10)


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def review(books_file: Path) -> MonthReview:
    return month_run.review(acting(books_file), None, month=OCTOBER)


def press(page: AppTest, label: str) -> AppTest:
    """Press a button, wait for the work that it began, and draw the page again, as its fragment does."""
    next(each for each in page.button if each.label.startswith(label)).click().run()
    work = works().of(key(OCTOBER))
    assert work is not None
    assert work.finished.wait(60)
    return page.run()


def labels(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def test_the_first_open_month_is_shown_and_its_first_step_is_to_calculate(open_page: Open) -> None:
    page = open_page("month-end")
    assert "Month end, October 2026" in text_of(page)
    assert 'rf-step-now" aria-current="step"><span class="rf-step-name"><span class="rf-step-number">2</span> Calculate' in html_of(page)
    assert labels(page) == ["Calculate October 2026"]


def test_a_calculation_shows_the_differences_first_then_the_control_totals_and_stores_nothing(open_page: Open, books_file: Path) -> None:
    page = press(open_page("month-end"), "Calculate")
    text, expected = text_of(page), review(books_file)
    assert text.index("Differences from September 2026") < text.index("Control totals") < text.index("Drafts")
    for one in (*expected.by_payer[:5], *expected.by_fund[:5]):
        assert str(Money(one.before_pence)) in text
        assert str(Money(one.now_pence)) in text
    assert text.count("Agree") == len(expected.controls)
    assert labels(page)[-1] == f"Prepare October 2026: {len(expected.invoices)} invoices, {Money(expected.invoiced_pence)}"
    assert month_standing(acting(books_file), OCTOBER).prepared is None


def test_one_prepares_another_approves_and_then_it_is_issued(open_page: Open, books_file: Path) -> None:
    own = press(press(open_page("month-end"), "Calculate"), "Prepare")
    assert "October 2026 is prepared" in text_of(own)
    assert "You prepared it, so somebody else must approve it" in text_of(own)
    assert labels(own) == ["Calculate October 2026 again"]
    assert "/drafts/2026-10/invoices/draft-" in html_of(own)

    other = open_page("month-end", user="ben")
    assert "asha prepared it" in text_of(other)
    assert labels(other) == ["Calculate October 2026 again"]  # this app knows no figures: they are seen before they are approved
    other = press(other, "Calculate")
    expected = review(books_file)
    asked = f"Approve October 2026: {len(expected.invoices)} invoices, {Money(expected.invoiced_pence)}"
    assert asked in labels(other)
    done = press(other, "Approve")
    standing = month_standing(acting(books_file), OCTOBER)
    assert f"October 2026 is issued, sealed {standing.seal}" in text_of(done)
    assert "rf-step-now" not in html_of(done)
    assert standing.papers is not None
    assert standing.papers.files == standing.papers.files_in_all
    folder = desk.desk().documents / "2026-10"
    assert len([path for path in folder.rglob("*") if path.is_file() and "drafts" not in path.parts]) == standing.papers.files
    assert "/invoices?month=2026-10" in html_of(done)


def test_books_that_change_after_a_month_is_prepared_ask_for_it_to_be_prepared_again(open_page: Open, books_file: Path) -> None:
    month_end.prepare_month(acting(books_file), OCTOBER, None)
    moved = apply_content(acting(books_file), {"provider": {**PROVIDER_AS_PRINTED, "address": ["1 New Street"]}}, "moved.yaml")
    approve(acting(books_file, "ben"), moved.digest)
    page = press(open_page("month-end", user="ben"), "Calculate")
    assert "The books have changed since it was prepared" in text_of(page)
    assert not any(label.startswith("Approve") for label in labels(page))
    assert any(label.startswith("Prepare October 2026") for label in labels(page))


def test_visits_that_cannot_be_charged_stop_the_month_until_they_are_held_back(open_page: Open, books_file: Path) -> None:
    at = datetime(2026, 10, 20, 9, tzinfo=UTC)
    row = VisitRow(2, "V-<b>", "C1", "P001", "gardening", at.date(), at, at.replace(hour=10), 60, 60, 1, Outcome.GIVEN, "")
    take_visits(acting(books_file), Taken("more.csv", "more", (row,), (), ()))
    page = press(open_page("month-end"), "Calculate")
    assert "These visits cannot be charged" in text_of(page)
    assert "1 thing to put right" in text_of(page)
    assert "V-<b>" not in html_of(page)
    assert not any(label.startswith("Prepare") for label in labels(page))
    page.checkbox[0].check().run()
    page = press(page, "Prepare")
    assert "These visits are held back" in text_of(page)
    assert "with visits held back" in text_of(page)


def test_what_is_worked_out_is_asked_for_again_once_the_books_change(open_page: Open, books_file: Path) -> None:
    page = press(open_page("month-end"), "Calculate")
    add_user(acting(books_file).store, "carol", added_by="asha", at=datetime.now(UTC))
    page.run()
    assert "The books have changed since these figures were worked out" in text_of(page)
    assert labels(page)[-1] == "Calculate October 2026 again"


def test_a_refusal_in_the_other_process_is_shown_in_words_to_who_asked(open_page: Open, books_file: Path) -> None:
    page = press(open_page("month-end"), "Calculate")
    desk.desk().documents.write_text("a file stands where the folder should be")
    page = press(page, "Prepare")
    assert "There is a problem" in text_of(page)
    assert "could not be written" in text_of(page)
    assert month_standing(acting(books_file), OCTOBER).prepared is None
    assert any(label.startswith("Prepare October 2026") for label in labels(page))


def test_while_work_goes_on_nothing_can_be_started_twice(open_page: Open) -> None:
    page = open_page("month-end")
    page.button[0].click().run()
    work = works().of(key(OCTOBER))
    assert work is not None
    if work.is_running:
        assert page.button == []
    work.finished.wait(60)


def test_an_issued_month_stays_to_be_looked_at_and_its_documents_can_be_written(open_page: Open, books_file: Path) -> None:
    page = open_page("month-end", month="2026-09")
    text, papers = text_of(page), month_standing(acting(books_file), Month(2026, 9)).papers
    assert papers is not None
    files = papers.invoices + 2 * papers.statements
    assert "Month end, September 2026" in text
    assert "approved by ben" in text
    assert f"0 of {files} documents have been written to a folder so far" in text
    assert labels(page) == [f"Write {files} documents to the folder"]


def test_a_month_that_was_only_locked_says_so(open_page: Open) -> None:
    text = text_of(open_page("month-end", month="2026-01"))
    assert "January 2026 is locked, and had no month end here" in text
    assert "Only the last month that is locked can be opened again" in text


def test_an_issued_month_says_why_it_stays_closed(open_page: Open) -> None:
    page = open_page("month-end", month="2026-09")
    assert "Its statements are issued, so it stays closed" in text_of(page)
    assert not page.expander


def test_a_month_that_has_not_begun_is_said_and_not_calculated(open_page: Open) -> None:
    page = open_page("month-end", month="2090-01")
    assert "January 2090 has not begun, so there is nothing to calculate yet" in text_of(page)
    assert page.button == []


def test_one_asks_for_a_locked_month_to_be_opened_and_another_approves(open_page: Open, tmp_path: Path) -> None:
    books = tmp_path / "locked.db"
    store = make_books(str(books), provider="Harbour", sample=True, key=None)
    for user in ("asha", "ben"):
        add_user(store, user, added_by="asha", at=datetime.now(UTC))
    store.close()
    month_end.lock_month(acting(books), Month(2026, 9))
    page = open_page("month-end", books=books, month="2026-09")
    assert labels(page) == ["Ask for September 2026 to be opened again"]
    page.button(key="reopen").click().run()
    assert "Say why: whoever approves it reads that." in text_of(page)
    page.text_input(key="why_reopen").set_value("A <b>receipt</b> came late").run()
    page.button(key="reopen").click().run()
    assert "asha asked on" in text_of(page)
    assert labels(page) == []

    assert "Open September 2026 again: A <b>receipt</b> came late" in text_of(open_page("approvals", books=books, user="asha"))
    other = open_page("approvals", books=books, user="ben")
    assert "<b>receipt" not in html_of(other)
    other.button[0].click().run()
    assert month_standing(acting(books), Month(2026, 9)).is_open


@pytest.mark.parametrize("month", ["2026-13", "<b>", "october"])
def test_a_month_that_is_none_is_told_and_the_first_open_one_is_shown(open_page: Open, month: str) -> None:
    page = open_page("month-end", month=month)
    assert "is not a month" in text_of(page)
    assert "<b>" not in html_of(page)
    assert "Month end, October 2026" in text_of(page)


def test_books_without_anything_in_them_have_a_month_to_begin_with(open_page: Open, tmp_path: Path) -> None:
    books = tmp_path / "empty.db"
    store = make_books(str(books), provider="Harbour <b>", sample=True, key=None)
    add_user(store, "asha", added_by="asha", at=datetime.now(UTC))
    page = open_page("month-end", books=books)
    assert f"Month end, {first_open_month(acting(books)).in_words}" in text_of(page)
    assert "No month is closed yet" in text_of(page)
