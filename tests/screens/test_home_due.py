"""Home tells what is late or due with how many and how much, and each leads to the list of just those."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from basics.money import Money
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, open_books
from ringfence.actions.falling_due import FallingDue, HowMuch, falling_due
from ringfence.actions.rights import Role
from ringfence.screens.home import tasks_due
from ringfence.screens.invoices_found import OVERDUE, by_tab, read
from tests.screens.conftest import Open, html_of, text_of

NOTHING = FallingDue(HowMuch(), None, HowMuch(), HowMuch(), 0, None, 0)


def acting(books_file: Path) -> Acting:
    return Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))


def test_overdue_invoices_are_a_task_with_the_figures_of_the_list_that_it_opens(open_page: Open, books_file: Path) -> None:
    invoices = read(acting(books_file))
    late = by_tab(invoices, invoices.listed)[OVERDUE]
    page = open_page("")
    assert f"{len(late)} invoices are overdue: {Money(invoices.open_pence(late))}" in text_of(page)
    assert 'href="/invoices?status=Overdue"' in html_of(page)
    opened = text_of(open_page("invoices", status=OVERDUE))
    assert f"All {len(late)} invoices found" in opened
    assert str(Money(invoices.open_pence(late))) in opened


def test_statements_that_nobody_was_shown_and_reviews_past_their_day_lead_to_their_lists(open_page: Open, books_file: Path) -> None:
    due, page = falling_due(acting(books_file)), open_page("")
    assert due.month
    assert due.not_published
    assert due.reviews
    assert f"Publish {due.not_published} statements of {due.month.in_words}" in text_of(page)
    assert f'href="/statements?month={due.month}"' in html_of(page)
    assert f"{due.reviews} review{'s are' if due.reviews > 1 else ' is'} overdue" in text_of(page)
    assert 'href="/watch?about=Review"' in html_of(page)
    assert "A review is overdue" in text_of(open_page("watch", about="Review"))


def test_what_is_due_waits_for_somebody_else_on_an_approvers_first_page(open_page: Open, books_file: Path) -> None:
    asha = acting(books_file)
    add_user(asha.store, "amy", added_by="asha", at=asha.at, roles=[Role.APPROVER])
    own, _, others = text_of(open_page("", user="amy")).partition("Waits for somebody else")
    assert "overdue: £" not in own
    assert "overdue: £" in others


def test_nothing_due_is_no_task_and_one_is_said_as_one() -> None:
    assert list(tasks_due(NOTHING)) == []
    some = FallingDue(HowMuch(1, 2_400), date(2026, 12, 2), HowMuch(1, 500), HowMuch(1, 2_900), 1, Month(2026, 10), 1, HowMuch(1, 3_000))
    assert [each.what for each in tasks_due(some)] == [
        "Send 1 reminder about £29.00", "Issue 1 invoice that was held: £30.00", "1 invoice is overdue: £24.00",
        "1 invoice is overdue from the books before these: £5.00",
        "1 review is overdue", "Publish 1 statement of October 2026"]
