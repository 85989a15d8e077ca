"""“As at” and “as known then”, for any two days: a late correction is in the one and not in the other."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from basics.errors import InputError
from ringfence.actions.as_at import AsAt, as_at
from tests.actions.provider_books import DECEMBER, NOVEMBER, Books, visit

OCTOBER_ENDS, NOVEMBER_ENDS = date(2026, 10, 31), date(2026, 11, 30)


def amounts(found: AsAt) -> dict[tuple[str, str, str], int]:
    return {(each.role, each.payer, each.unit): each.amount for each in found.accounts}


def used(books: Books, on: date, known: date | None = None) -> int:
    return amounts(as_at(books.asha, on, known, "isf-P001")).get(("owed_provider", "", "pence"), 0)


@pytest.fixture
def corrected(issued: Books) -> Books:
    """October is issued on 2 November. On 20 November an hour of 30 October turns up; on 10 December October’s file is found to be right."""
    issued.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    issued.visits(visit("LATE", "P001", "2026-10-30", "09:00", "10:00"), name="late.csv")
    issued.month_end(NOVEMBER)
    issued.at = datetime(2026, 12, 10, 9, tzinfo=UTC)
    return issued


def test_a_late_visit_is_of_its_day_and_was_not_known_on_it(corrected: Books) -> None:
    """5 hours of outreach and a third of six hours shared: £180.00. The late hour makes £204.00 of the same October."""
    assert used(corrected, OCTOBER_ENDS) == 20_400
    assert used(corrected, OCTOBER_ENDS, known=date(2026, 11, 19)) == 18_000
    assert used(corrected, OCTOBER_ENDS, known=date(2026, 11, 20)) == 20_400
    assert used(corrected, date(2026, 10, 29)) == 18_000


def test_nothing_was_known_before_it_was_recorded_and_nothing_stood_before_it_happened(corrected: Books) -> None:
    assert as_at(corrected.asha, NOVEMBER_ENDS, date(2026, 11, 1)).accounts == ()
    assert as_at(corrected.asha, date(2026, 9, 30)).accounts == ()


def test_all_that_is_known_at_the_end_of_time_is_what_the_books_keep(corrected: Books) -> None:
    corrected.month_end(DECEMBER)
    kept = {(fund, *key): amount for fund, of in corrected.balances().items() for key, amount in [((name,), amount) for name, amount in of.items()]}
    found = {(each.fund, each.role + (f" {each.payer}" if each.payer else "") + (" minutes" if each.unit == "minutes" else "")): each.amount
             for each in as_at(corrected.asha, date(2030, 1, 1)).accounts}
    assert found == kept


def test_a_fund_that_is_not_there_is_told(issued: Books) -> None:
    with pytest.raises(InputError, match="no fund isf-P099"):
        as_at(issued.asha, OCTOBER_ENDS, fund="isf-P099")
