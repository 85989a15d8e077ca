"""What one fund's statement is made from, read without everybody else's: the same facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isf.statement_of import StatementFacts
from ringfence.actions.stating import facts_of_fund, statement_facts
from ringfence.store import registry
from tests.actions.provider_books import NOVEMBER, OCTOBER, SEPTEMBER, Books, bank_line, part, plan_line, visit


@pytest.fixture
def eventful(delivered: Books) -> Books:
    """October issued; then money, a late visit, an import taken back, and a plan that changes."""
    delivered.visits(visit("V-9", "P001", "2026-10-20", "09:00", "10:00"), name="second.csv")
    delivered.month_end()
    delivered.undo(delivered.imports()[-1])
    delivered.visits(visit("V-10", "P002", "2026-10-30", "09:00", "10:00"), visit("V-11", "P001", "2026-11-02", "09:00", "10:00"), name="late.csv")
    delivered.apply({"bank_lines": [bank_line("B-1", "2026-11-03", "900.00", parts=[part("isf-P001", "900.00", funder="southgate")])]})
    delivered.apply({"plan": [plan_line("P004", "outreach", 90)]})
    return delivered


def of_lines(facts: StatementFacts) -> StatementFacts:
    """The facts without the visits that did not come, and with the prices of the fund's own lines only."""
    return replace(facts, missed=(), rates={line.id: facts.rates[line.id] for line in facts.lines})


def test_one_funds_facts_are_those_that_everybodys_have_for_it(eventful: Books) -> None:
    compared = 0
    with eventful.store.reading() as connection:
        for month in (OCTOBER, NOVEMBER):
            for facts in statement_facts(connection, registry.agreements(connection), month):
                alone = facts_of_fund(connection, facts.fund_key, month)
                assert alone is not None
                assert of_lines(alone) == of_lines(facts), (facts.fund_key, month)
                compared += 1
    assert compared == 2 * 4


def test_where_nothing_stands_there_are_no_facts(issued: Books) -> None:
    with issued.store.reading() as connection:
        assert [facts_of_fund(connection, key, month) for key, month in (
            ("isf-P001", SEPTEMBER), ("provider", OCTOBER), ("reserve-SG-2026", OCTOBER), ("isf-P999", OCTOBER))] == [None] * 4
