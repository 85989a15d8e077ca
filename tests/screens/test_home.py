"""Home: what waits, and where the money stands, as the books have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from basics.money import Money
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.overview import overview_of
from ringfence.actions.people_and_funds import list_funds
from ringfence.actions.reconciling import propose_reconciliation, reconcile
from ringfence.actions.rights import Role
from ringfence.screens.home import NUMBERS, _month_tasks
from tests.screens.conftest import Open, html_of, text_of

NEXT_YEAR = {"rates": [{"rate": "outreach", "from": "2027-04-01", "to": "2028-03-31", "per": "hour", "pounds": "26.20"}]}


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def count_of(text: str) -> int:
    """How many things the first line says wait for whoever reads."""
    return next(n for n, said in enumerate(NUMBERS) if f"{said} wait for you" in text or f"{said} waits for you" in text)


def test_a_month_that_has_ended_waits_for_its_month_end(open_page: Open) -> None:
    page = open_page("")
    assert "Run the month end of October 2026" in text_of(page)
    assert 'href="/month-end"' in html_of(page)


def test_the_figures_are_those_of_the_books(open_page: Open, books_file: Path) -> None:
    text, seen = text_of(open_page("")), overview_of(acting(books_file))
    for pence in (seen.money_held_pence, seen.owed_for_support_pence, seen.carried_pence, *(each.invoiced_pence for each in seen.closed)):
        assert str(Money(pence)) in text


def test_what_was_prepared_waits_until_another_person_approves_it(open_page: Open, books_file: Path) -> None:
    apply_content(acting(books_file), NEXT_YEAR, "rates")
    theirs = text_of(open_page("", user="ben"))
    assert "asha prepared it" in theirs
    assert "Waits for somebody else" not in theirs
    mine = text_of(open_page("", user="asha"))
    assert count_of(mine) == count_of(theirs) - 1
    assert "one thing waits for somebody else" in mine
    assert "You prepared it" in mine.partition("Waits for somebody else")[2]

    own = open_page("approvals", user="asha")
    assert "somebody else must approve it" in text_of(own)
    assert not own.button

    other = open_page("approvals", user="ben")
    assert [each.label for each in other.button] == ["Approve 1 change of 1 rate"]
    other.button[0].click().run()
    assert "Approved: 1 change now counts" in text_of(other)
    assert "Nothing waits for approval" in text_of(other)
    assert "Nothing waits for approval" in text_of(open_page("approvals", user="ben"))


def test_a_rate_that_ends_is_asked_about_until_the_next_one_is_given(open_page: Open, books_file: Path) -> None:
    before = overview_of(acting(books_file)).rates_ending
    text = text_of(open_page(""))
    assert all(each.words in text[0].lower() + text[1:] or each.words[:1].upper() + each.words[1:] in text for each in before[:3])
    assert "an hour" in before[0].words
    applied = apply_content(acting(books_file), NEXT_YEAR, "rates")
    other = open_page("approvals", user="ben")
    other.button[0].click().run()
    assert applied.digest
    assert overview_of(acting(books_file)).rates_ending == tuple(each for each in before if each.code != "outreach")


def test_a_user_who_is_not_known_is_asked_who_they_are(open_page: Open) -> None:
    page = open_page("", user="nobody")
    assert "Who is working?" in text_of(page)
    assert "Where we stand" not in text_of(page)


def test_where_there_are_no_books_the_page_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    text = text_of(open_page("", books=tmp_path / "none.db"))
    assert "There are no books here" in text
    assert "There is a problem" in text


def test_empty_books_have_a_calm_first_page(open_page: Open, tmp_path: Path) -> None:
    store = make_books(str(tmp_path / "new.db"), provider="Quay <b>& Co</b>", sample=True, key=None)
    add_user(store, "asha", added_by="", at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    page = open_page("", books=tmp_path / "new.db")
    assert "Bring in the visits" in text_of(page)
    assert "<b>& Co" not in "".join(each.proto.body for each in page.sidebar if hasattr(each.proto, "body"))


def test_the_money_held_is_that_of_the_list_of_people(books_file: Path) -> None:
    caller = acting(books_file)
    held = [each.held_pence for each in list_funds(caller).funds]  # the people's and the contracts' reserves
    seen = overview_of(caller)
    assert seen.money_held_pence + seen.kept_back_pence == sum(pence for pence in held if pence > 0)
    assert seen.owed_for_support_pence == -sum(pence for pence in held if pence < 0)


def test_several_months_that_nobody_ran_are_told_with_the_day_on_which_the_first_ended(books_file: Path) -> None:
    seen = replace(overview_of(acting(books_file)), open_month=Month(2026, 9), months_waiting=(Month(2026, 9), Month(2026, 10)), waiting=())
    task, = _month_tasks(seen, date(2026, 11, 1))
    assert task.what == "Run the month end of September 2026"
    assert task.why.startswith("It ended on 30 September 2026. Nor has anybody run October 2026.")
    longer = replace(seen, months_waiting=(*seen.months_waiting, Month(2026, 11)))
    assert "Nor has anybody run the 2 months after it." in next(iter(_month_tasks(longer, date(2026, 12, 1)))).why


def test_what_only_a_finance_manager_may_do_waits_for_somebody_else_on_an_approvers_first_page(open_page: Open, books_file: Path) -> None:
    asha = acting(books_file)
    for role in (Role.FINANCE, Role.APPROVER):
        add_user(asha.store, role.value, added_by="asha", at=asha.at, roles=[role])
    apply_content(asha, NEXT_YEAR, "rates")
    own, _, others = text_of(open_page("", user=Role.APPROVER.value)).partition("Waits for somebody else")
    assert "Approve: New: rate outreach" in own
    assert "Run the month end of October 2026" not in own
    assert "Run the month end of October 2026" in others
    own, _, others = text_of(open_page("", user=Role.FINANCE.value)).partition("Waits for somebody else")
    assert "Run the month end of October 2026" in own
    assert "Approve: New: rate outreach" in others


def test_whoever_has_another_first_page_is_welcomed_to_their_pages_and_to_no_empty_part_of_the_menu(open_page: Open, books_file: Path) -> None:
    asha = acting(books_file)
    add_user(asha.store, "tess", added_by="asha", at=asha.at, roles=[Role.TRUSTEE])
    page = open_page("", user="tess")
    assert "Welcome, tess These pages are yours." in text_of(page)
    side = "".join(each.proto.body for each in page.sidebar if hasattr(each.proto, "body"))
    assert "For the trustees" in side
    assert "Money owed" not in side
    assert "This page is not for you." in text_of(open_page("invoices", user="tess"))


def test_peoples_money_that_nobody_reconciled_for_five_weeks_is_something_to_do(open_page: Open, books_file: Path) -> None:
    assert "Reconcile people’s money with the bank" in text_of(open_page(""))
    asha = acting(books_file)
    today = asha.today
    digest = propose_reconciliation(asha, reconcile(asha, today, Money(reconcile(asha, today, Money(0)).expected_pence)))
    assert "Reconcile people’s money with the bank" not in text_of(open_page(""))  # it waits for whoever signs it off
    approve(acting(books_file, "ben"), digest)
    assert not overview_of(asha).is_reconciling_overdue
