"""The list of funds: every figure is one that the ledger or a statement has, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from basics.errors import NotAllowed
from basics.periods import Month
from isf.accounts import FundKind
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import lock_month
from ringfence.actions.people_and_funds import ListedFund, Standing, in_words, list_funds
from ringfence.actions.positions import positions
from ringfence.documents import words
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, by_delivery, part, visit


def listed(books: Books) -> dict[str, ListedFund]:
    return {fund.fund: fund for fund in list_funds(books.asha).funds}


def test_before_any_statement_only_what_the_ledger_has_is_known(delivered: Books) -> None:
    found = list_funds(delivered.asha)
    assert found.stated is None
    assert [(fund.fund, fund.standing, fund.budget_pence, fund.used_pence, fund.left_pence) for fund in found.funds if fund.person] == [
        (key, Standing.NO_STATEMENT, None, None, None) for key in ("isf-P001", "isf-P002", "spot-P003", "spot-P004")]


def test_budget_used_left_and_status_are_those_of_the_statement_and_of_the_position(issued: Books) -> None:
    said = issued.statements(OCTOBER)
    assert list_funds(issued.asha).stated == OCTOBER
    of_people = {key: fund for key, fund in listed(issued).items() if fund.person}
    assert len(of_people) == len(said) == 4
    for key, fund in of_people.items():
        year, position = said[str(OCTOBER), key].budgets[-1], positions(issued.asha, fund.person, OCTOBER)[key]
        assert (fund.budget_pence, fund.used_pence, fund.left_pence) == (year.budget_pence, year.used_pence, year.left_pence)
        assert (fund.budget_pence, fund.used_pence, fund.left_pence) == (position.budget_pence, position.used_pence, position.left_pence)
        assert fund.standing.lower().startswith({"over": "more", "under": "less"}.get(position.status, position.status))


def test_the_money_held_is_the_statements_until_something_is_posted_after_it(issued: Books) -> None:
    assert {key: fund.held_pence for key, fund in listed(issued).items() if fund.person} == {
        key: statement.money.closing_pence for (_, key), statement in issued.statements(OCTOBER).items()}
    before = listed(issued)["isf-P001"]
    issued.apply({"bank_lines": [bank_line("B-1", "2026-11-03", "900.00", parts=[part("isf-P001", "900.00", funder="southgate")])]})
    after = listed(issued)["isf-P001"]
    assert after == replace(before, held_pence=before.held_pence + 90_000)


def test_the_next_month_end_takes_the_place_of_the_last(issued: Books) -> None:
    issued.visits(visit("V-20", "P001", "2026-11-02", "09:00", "12:00"), name="november.csv")
    issued.month_end(NOVEMBER)
    assert list_funds(issued.asha).stated == NOVEMBER
    year = issued.statement("isf-P001", NOVEMBER).budgets[-1]
    assert listed(issued)["isf-P001"].used_pence == year.used_pence != issued.statement("isf-P001").budgets[-1].used_pence


def test_support_beyond_what_was_left_has_the_status_of_the_statement_and_what_we_carry_apart(delivered: Books) -> None:
    delivered.visits(*(visit(f"V-{n}", "P002", f"2026-10-{n:02}", "00:00", "23:00") for n in range(11, 21)), name="long.csv")
    delivered.month_end()
    found = listed(delivered)["isf-P002"]
    statement = delivered.statement("isf-P002")
    assert found.standing == words.status(statement.status)[1] == "More used than planned"
    assert found.carried_pence == statement.carried_pence > 0
    assert found.left_pence is not None
    assert found.left_pence < 0


def test_each_payer_is_named_and_somebody_who_pays_for_themselves_is_the_person(agreed: Books) -> None:
    found = listed(agreed)
    assert found["isf-P001"].payers == ("Southgate Council", "The person")
    assert set(found["spot-P003"].payers) == {"Southgate Council", "Northvale Integrated Care Board"}
    assert found["spot-P004"].payers == ("The person",)
    assert (found["isf-P001"].contract, found["spot-P004"].contract) == ("SG-2026", "")
    assert in_words(found["isf-P001"].payers) == "Southgate Council and the person"
    assert in_words(found["spot-P004"].payers) == "The person"
    assert in_words(()) == "Nobody yet"


def test_where_nobody_pays_today_who_paid_last_is_named(agreed: Books) -> None:
    agreed.apply({"fundings": [by_delivery("P005", "northvale", to="2026-06-30"), by_delivery("P005", "southgate", **{"from": "2026-12-01"})]})
    assert listed(agreed)["spot-P005"].payers == ("Northvale Integrated Care Board",)
    early = Acting(agreed.store, "asha", datetime(2026, 1, 5, tzinfo=UTC))
    assert {fund.fund: fund for fund in list_funds(early).funds}["spot-P005"].payers == ("Northvale Integrated Care Board",)
    late = Acting(agreed.store, "asha", datetime(2026, 12, 5, tzinfo=UTC))
    assert {fund.fund: fund for fund in list_funds(late).funds}["spot-P005"].payers == ("Southgate Council",)


def test_the_reserve_and_the_providers_own_fund_are_nobodys_and_the_providers_holds_no_money(issued: Books) -> None:
    found = {key: fund for key, fund in listed(issued).items() if not fund.person}
    assert {fund.kind for fund in found.values()} == {FundKind.CONTRACT_RESERVE, FundKind.PROVIDER}
    assert {fund.standing for fund in found.values()} == {Standing.NOBODYS}
    assert found["provider"].held_pence == 0 != issued.balance("provider", "owed_provider")
    assert found["reserve-SG-2026"].name == "Reserve of SG-2026"


def test_only_a_user_of_these_books_reads_the_list(agreed: Books) -> None:
    with pytest.raises(NotAllowed):
        list_funds(agreed.acting("nobody"))


def test_a_month_locked_before_the_first_statement_is_not_taken_for_an_issued_one(agreed: Books) -> None:
    lock_month(agreed.asha, Month(2026, 9))
    assert list_funds(agreed.asha).stated is None
