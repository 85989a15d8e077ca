"""The accounts at the end of two months, as they were worked out by hand in month_accounts.yaml."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from basics.money import Money
from basics.periods import Month
from ringfence.actions.month_accounts import MonthAccounts, accounts_at
from ringfence.actions.verifying import verify
from ringfence.importing.yaml_text import read_yaml
from ringfence.store.engine import Store
from tests.actions.exported_books import settings
from tests.actions.provider_books import NAMES, NOVEMBER, OCTOBER, Books, agreements, bank_line, october_visits, visit

EXAMPLE: dict[str, Any] = read_yaml(Path(__file__).parent / "month_accounts.yaml")  # type: ignore[assignment]
COLUMNS = ("income", "accrued", "unspent", "ahead", "early", "owed_back", "provision")


@pytest.fixture
def found(store: Store) -> dict[str, MonthAccounts]:
    books = Books(store)
    books.open()
    books.people(NAMES)
    books.apply(agreements())
    books.apply(settings())
    books.apply({"bank_lines": [bank_line("BK-1", "2026-10-20", "1900.00", instalment={"contract": "SG-2026", "n": 1})]})
    books.visits(*october_visits())
    books.month_end(OCTOBER)
    books.visits(visit("V-20", "P004", "2026-11-03", "14:00", "15:00"), name="november.csv")
    books.month_end(NOVEMBER)
    assert verify(store, referee=True) == []
    return {month: accounts_at(books.asha, Month.parse(month)) for month in EXAMPLE}


def told(found: MonthAccounts) -> dict[str, dict[str, Decimal]]:
    return {f"{each.fund} {each.payer}".strip(): {name: Money(getattr(each, name)).pounds for name in COLUMNS if getattr(each, name)}
            for each in found.schedule}


def test_each_fund_and_the_journal_are_as_worked_out_by_hand(found: dict[str, MonthAccounts]) -> None:
    assert {month: told(each) for month, each in found.items()} == {month: each["schedule"] for month, each in EXAMPLE.items()}
    for month, each in found.items():
        sums: dict[str, Decimal] = {}
        for line in each.journal:
            sums[line.account.value] = sums.get(line.account.value, Decimal(0)) + Money(line.pence).pounds
        assert sums == EXAMPLE[month]["journal"]
        assert [(-line.pence, line.account) for line in each.reversal] == [(line.pence, line.account) for line in each.journal]
