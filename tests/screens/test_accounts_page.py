"""The accounts at month end in the app: the figures of the action, a journal that balances, and a schedule that adds to its control accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from basics.money import Money
from basics.periods import Month
from isf.nominal import Nominal
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.month_accounts import MonthAccounts, accounts_at
from ringfence.actions.month_standing import closed_months
from tests.screens.conftest import Open, html_of, text_of


def acting(books_file: Path) -> Acting:
    return Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))


def accounts_of(books_file: Path, month: Month) -> MonthAccounts:
    return accounts_at(acting(books_file), month)


def test_the_page_opens_at_the_last_closed_month_with_its_income_as_it_was_given(open_page: Open, books_file: Path) -> None:
    month = closed_months(acting(books_file))[0].month
    found, text = accounts_of(books_file, month), text_of(open_page("accounts"))
    assert f"{Money(sum(each.income for each in found.schedule))} of support was given in {month.in_words}" in text
    assert f"{Money(found.controls[Nominal.ACCRUED])} of what was given is on no invoice yet" in text


@pytest.mark.parametrize("back", [0, 1])
def test_the_journal_and_its_reversal_balance_and_every_control_account_agrees(open_page: Open, books_file: Path, back: int) -> None:
    month = closed_months(acting(books_file))[back].month
    found, page = accounts_of(books_file, month), open_page("accounts", month=str(month))
    text, debit = text_of(page), sum(each.pence for each in found.journal if each.pence > 0)
    assert debit > 0
    assert text.count(f"Both sides {Money(debit)} {Money(debit)}") == 2, "the journal and its reversal"
    assert text.count("Agrees") == len(found.controls)
    assert "Differs" not in text
    for account, pence in found.controls.items():
        assert f"{account.capitalize()} {Money(abs(pence))} {'debit' if pence > 0 else 'credit'}" in text


def test_the_total_below_the_schedule_is_of_every_fund_and_not_of_the_page(open_page: Open, books_file: Path) -> None:
    found, page = accounts_of(books_file, closed_months(acting(books_file))[0].month), open_page("accounts")
    assert f"All {len(found.schedule)} lines {Money(sum(each.income for each in found.schedule))}" in text_of(page)
    assert f'href="/fund?fund={found.schedule[0].fund}"' in html_of(page)


def test_the_files_of_the_command_are_fetched_from_an_address_that_asks_who_comes(open_page: Open, books_file: Path) -> None:
    month = closed_months(acting(books_file))[0].month
    assert f'href="/documents/accounts-{month}.zip"' in html_of(open_page("accounts"))


def test_before_a_month_is_closed_the_page_says_where_the_accounts_come_from(open_page: Open, tmp_path: Path) -> None:
    books = tmp_path / "empty.db"
    add_user(make_books(str(books), provider="Harbour", sample=True, key=None), "asha", added_by="asha", at=datetime.now(UTC))
    assert "No month is closed yet. The accounts come with month end" in text_of(open_page("accounts", books=books))


def test_a_month_that_the_address_gets_wrong_shows_the_last_closed_one(open_page: Open, books_file: Path) -> None:
    month = closed_months(acting(books_file))[0].month
    page = open_page("accounts", month="<script>2026</script>")
    assert f"was given in {month.in_words}" in text_of(page)
    assert "<script>2026" not in html_of(page)
