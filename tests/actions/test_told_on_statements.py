"""What a statement says beside its two blocks: what is more than may stay and when it goes back, and how the year will end.

P001’s part of the contract is £1,000.00 a month for six months, £100.00 of it her own; October’s support is £180.00. Two weeks of the council’s
£5,400.00 over 182 days are £415.38.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from basics.money import Money
from isf.budget import total_or_not_known
from isf.entries import Event, entry
from isf.statement import OverCap, PartOf, Statement
from isf.watch import Matter
from ringfence.actions.one_fund import FundMonth, fund_month
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, part

LAST = OCTOBER.last
CAPPED = {"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "Page 7", "surplus_weeks": 2,
          "surplus_base": "net weekly budget", "surplus_stays_weeks": 12, "surplus_stays": "the part above the cap",
          "contribution_spent": "contribution first"}
OVER = OverCap("Southgate Council", 40_462, 41_538, (PartOf("Southgate Council", 40_462),), ("2027-01-23",), True, 0)


@pytest.fixture
def paid(delivered: Books) -> Books:
    """October’s instalment has come in, before the month is issued."""
    delivered.at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    delivered.apply({"bank_lines": [bank_line("B-1", "2026-10-02", "1900.00", instalment={"contract": "SG-2026", "n": 1}),
                                    bank_line("B-2", "2026-10-03", "100.00", parts=[part("isf-P001", "100.00", "contribution", "amina")])]})
    return delivered


def agree(books: Books, **changed: Any) -> None:
    books.apply({"fund_terms": [{key: value for key, value in (CAPPED | changed).items() if value is not None}]})


def stated(books: Books, **changed: Any) -> Statement:
    """The statement of October as it was issued, on these terms."""
    agree(books, **changed)
    books.month_end()
    assert verify(books.store, referee=True) == []
    return books.statement("isf-P001")


def watched(books: Books) -> tuple[int | None, date | None, str]:
    found, = (each for each in watch_list(books.asha, LAST).lines if each.matter is Matter.SURPLUS)
    return found.pence, found.by, found.what


def test_what_is_over_the_cap_and_when_it_goes_back_is_what_the_watch_list_tells_of_that_day(paid: Books) -> None:
    statement = stated(paid)
    assert statement.over_cap == (OVER,)
    pence, by, what = watched(paid)
    assert (pence, by) == (OVER.pence, date.fromisoformat(OVER.by[0]))
    assert str(Money(OVER.most_pence or 0)) in what


def test_each_ones_part_of_it_is_told_by_the_name_that_the_person_knows(paid: Books) -> None:
    over, = stated(paid, contribution_spent="alongside by shares").over_cap
    assert over.whose == (PartOf("Amina", 4_046), PartOf("Southgate Council", 36_416))


def test_terms_that_can_be_read_in_two_ways_give_the_most_that_it_can_be(paid: Books) -> None:
    over, = stated(paid, surplus_base=None).over_cap
    assert over == replace(OVER, is_certain=False, whose=())
    assert "£358.46" in watched(paid)[2]


def test_whose_it_is_is_not_guessed(paid: Books) -> None:
    over, = stated(paid, contribution_spent=None).over_cap
    assert (over.pence, over.whose, over.is_certain) == (40_462, (), True)


def test_a_fund_with_nothing_over_and_one_without_terms_say_nothing(paid: Books) -> None:
    statement = stated(paid, surplus_weeks=8)
    assert statement.over_cap == ()
    assert paid.statement("isf-P002").over_cap == ()


def test_the_support_that_a_month_end_charges_is_no_surplus_before_it_is_charged(paid: Books) -> None:
    """£1,000.00 came in and £180.00 of support is not charged yet: the draft already tells £820.00 less the cap."""
    agree(paid)
    draft = paid.draft("isf-P001")
    paid.month_end()
    assert draft.over_cap == paid.statement("isf-P001").over_cap == (OVER,)


def test_what_is_on_its_way_back_is_told_beside_it(paid: Books) -> None:
    stated(paid)
    paid.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    paid.post("going back", list(entry(Event("back", "given back", "isf-P001", "Goes back"), ("available", None), ("owed_funder", "southgate"),
                                       OVER.pence, date(2026, 11, 6))))
    over, = paid.draft("isf-P001", NOVEMBER).over_cap
    assert (over.pence, over.going_back_pence) == (OVER.pence, OVER.pence)


def seen(books: Books, fund: str) -> FundMonth:
    found = fund_month(books.asha, fund, OCTOBER)
    assert found is not None
    return found


@pytest.mark.parametrize("fund", ["isf-P001", "isf-P002"])
def test_the_forecast_of_the_year_is_that_of_the_page_of_the_fund(issued: Books, fund: str) -> None:
    """What was used, and what each line is forecast to cost beyond what it cost so far: here the page’s own line of all lines."""
    statement, page = issued.statement(fund), seen(issued, fund)
    assert statement.forecast is not None
    ahead = [row.ahead for row in page.plan if row.ahead is not None]
    forecast = total_or_not_known(each.pence for each in ahead)
    assert forecast is not None
    outside = sum(row.given.pence for row in page.plan if row.ahead is None)
    assert statement.forecast.pence == forecast + sum(each.committed_pence for each in ahead) + outside
    budget = statement.budgets[-1]
    assert statement.forecast.less_pence == (budget.budget_pence or 0) - statement.forecast.pence
    assert statement.forecast.day == "2027-03-31"
