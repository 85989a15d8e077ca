"""Beancount as the referee: it agrees with lawful books and finds a kept balance that is a penny or a minute out."""

import sys
from dataclasses import replace
from datetime import date

import pytest

from basics.errors import RingfenceError
from basics.periods import Month
from isf.accounts import ROLES, Unit
from ringfence.documents.beancount_export import AccountInBooks, EntryInBooks, MonthOfBooks, beancount_lines, check_with_beancount

DUE, AVAILABLE, OWED, AGREED, LEFT, DELIVERED = range(1, 7)
ACCOUNTS = (
    AccountInBooks(DUE, "p_001.isf", "due", Unit.PENCE),
    AccountInBooks(AVAILABLE, "p_001.isf", "available", Unit.PENCE),
    AccountInBooks(OWED, "p_001.isf", "owed_provider", Unit.PENCE),
    AccountInBooks(AGREED, "p_001.isf", "agreed", Unit.MINUTES),
    AccountInBooks(LEFT, "p_001.isf", "available", Unit.MINUTES),
    AccountInBooks(DELIVERED, "p_001.isf", "delivered", Unit.MINUTES),
)
OCTOBER = MonthOfBooks(
    month=Month(2026, 10),
    accounts=ACCOUNTS,
    entries=(
        EntryInBooks("visit v1|carer c1|p_001", date(2026, 10, 1), AVAILABLE, OWED, 2533),
        EntryInBooks("visit v1|carer c1|p_001|minutes", date(2026, 10, 1), LEFT, DELIVERED, 75),
        EntryInBooks('an extra "by letter" \\ October', date(2026, 10, 31), DUE, AVAILABLE, 1),
    ),
    opening={DUE: 100000, AVAILABLE: -100000, AGREED: 6000, LEFT: -6000},
    closing={DUE: 100001, AVAILABLE: -97468, OWED: -2533, AGREED: 6000, LEFT: -5925, DELIVERED: -75},
)


def findings(books: MonthOfBooks) -> list[str]:
    return check_with_beancount("\n".join(beancount_lines(books)))


def test_beancount_agrees_with_lawful_books() -> None:
    assert findings(OCTOBER) == []


def test_a_kept_balance_that_is_a_penny_out_is_found_and_named() -> None:
    assert findings(replace(OCTOBER, closing={**OCTOBER.closing, AVAILABLE: -97467})) == [
        "Liabilities:Fund-p-001-isf:Available-2: -974.67 GBP is kept, and its entries add to -974.68 GBP."]


def test_a_kept_balance_that_is_a_minute_out_is_found_and_named() -> None:
    assert findings(replace(OCTOBER, closing={**OCTOBER.closing, DELIVERED: -76})) == [
        "Liabilities:Fund-p-001-isf:Delivered-6: -76 MINUTES is kept, and its entries add to -75 MINUTES."]


def test_every_fault_is_told_and_not_the_first_alone() -> None:
    found = findings(replace(OCTOBER, closing={**OCTOBER.closing, DUE: 0, AGREED: 1}))
    assert [line.split(": ")[0] for line in found] == ["Assets:Fund-p-001-isf:Due-1", "Assets:Fund-p-001-isf:Agreed-4"]


def test_an_account_without_a_kept_balance_must_be_nil() -> None:
    kept = {number: amount for number, amount in OCTOBER.closing.items() if number != OWED}
    assert findings(replace(OCTOBER, closing=kept)) == [
        "Liabilities:Fund-p-001-isf:Owed-provider-3: 0.00 GBP is kept, and its entries add to -25.33 GBP."]


def test_openings_that_let_value_into_a_fund_are_found() -> None:
    books = replace(OCTOBER, opening={**OCTOBER.opening, OWED: -1}, closing={**OCTOBER.closing, OWED: -2534})
    assert findings(books) == [
        "Equity:Opening:Fund-p-001-isf: the opening balances of this fund come to -0.01 GBP and must come to nil."]


def test_an_entry_on_the_last_day_counts_and_one_on_the_next_day_does_not() -> None:
    last, next_day = date(2026, 10, 31), date(2026, 11, 1)
    late = EntryInBooks("late", last, DUE, AVAILABLE, 5)
    kept = {**OCTOBER.closing, DUE: 100006, AVAILABLE: -97473}
    assert findings(replace(OCTOBER, entries=(*OCTOBER.entries, late), closing=kept)) == []
    assert len(findings(replace(OCTOBER, entries=(*OCTOBER.entries, replace(late, posted_on=next_day)), closing=kept))) == 2


def test_an_entry_posted_before_the_month_is_found_with_its_accounts() -> None:
    early = EntryInBooks("early", date(2026, 9, 1), DUE, AVAILABLE, 5)
    found = findings(replace(OCTOBER, entries=(*OCTOBER.entries, early)))
    assert any("Due-1" in line and "inactive account" in line for line in found)


def test_every_role_of_the_ledger_can_stand_in_the_books() -> None:
    accounts = [AccountInBooks(n, "council.42", role.name, role.unit) for n, role in enumerate(ROLES)]
    assert findings(MonthOfBooks(Month(2026, 12), accounts, (), {}, {})) == []


def test_two_funders_of_one_fund_are_two_accounts() -> None:
    both = [AccountInBooks(1, "f", "due", Unit.PENCE), AccountInBooks(2, "f", "due", Unit.PENCE),
            AccountInBooks(3, "f", "available", Unit.PENCE)]
    opening = {1: 10, 2: 20, 3: -30}
    assert findings(MonthOfBooks(Month(2026, 10), both, (), opening, opening)) == []
    assert len(findings(MonthOfBooks(Month(2026, 10), both, (), opening, {1: 20, 2: 10, 3: -30}))) == 2


def test_the_month_is_written_line_by_line_from_entries_that_are_read_once() -> None:
    streamed = replace(OCTOBER, entries=iter(OCTOBER.entries))
    assert list(beancount_lines(streamed)) == list(beancount_lines(OCTOBER))


def test_the_text_shows_the_opening_the_entries_and_what_is_kept() -> None:
    lines = list(beancount_lines(OCTOBER))
    assert "2026-09-30 open Liabilities:Fund-p-001-isf:Available-2 GBP" in lines
    at = lines.index('2026-10-01 * "visit v1|carer c1|p_001"')
    assert lines[at + 1:at + 3] == ["  Liabilities:Fund-p-001-isf:Available-2  25.33 GBP",
                                    "  Liabilities:Fund-p-001-isf:Owed-provider-3  -25.33 GBP"]
    assert "2026-11-01 balance Liabilities:Fund-p-001-isf:Delivered-6  -75 ~ 0 MINUTES" in lines


def test_without_beancount_the_referee_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "beancount", None)
    with pytest.raises(RingfenceError, match=r"pip install .* '\.\[verify\]'"):
        check_with_beancount("")
