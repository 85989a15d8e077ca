"""A fund's entries as a bank statement: the balance runs from entry to entry, and ends where the statement ends."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from basics.errors import NotAllowed
from basics.periods import Month
from ringfence.actions.fund_history import Balance, Lines, balances_of, count_lines, lines_of
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, part, visit

EVERYTHING = 1_000


def lines(books: Books, fund: str, balance: Balance = Balance.MONEY_HELD, month: Month = OCTOBER) -> Lines:
    return lines_of(books.asha, fund, balance, month.first, month.last, size=EVERYTHING)


@pytest.fixture
def paid(issued: Books) -> Books:
    """Money that came in, and what the provider drew of it."""
    issued.apply({
        "bank_lines": [bank_line("B-1", "2026-11-03", "900.00", parts=[part("isf-P001", "900.00", funder="southgate")])],
        "draws": [{"line": "B-2", "on": "2026-11-09", "words": "Support given in October",
                   "parts": [{"person": "P001", "fund": "isf", "pounds": "120.00"}]}]})
    return issued


def test_the_money_held_ends_where_the_statement_ends(issued: Books) -> None:
    for (_, fund), statement in issued.statements(OCTOBER).items():
        found = lines(issued, fund)
        assert (found.opening, found.closing) == (statement.money.opening_pence, statement.money.closing_pence), fund
        assert sum(line.effect for line in found.lines) == found.closing - found.opening


def test_the_budget_left_ends_where_the_statement_ends(issued: Books) -> None:
    for fund in ("isf-P001", "isf-P002"):
        assert lines(issued, fund, Balance.BUDGET_LEFT).closing == issued.statement(fund).budgets[-1].left_pence


def test_overspend_takes_the_budget_left_below_nil_as_the_statement_does(delivered: Books) -> None:
    delivered.visits(*(visit(f"V-{n}", "P002", f"2026-10-{n:02}", "00:00", "23:00") for n in range(11, 21)), name="long.csv")
    delivered.month_end()
    found = lines(delivered, "isf-P002", Balance.BUDGET_LEFT)
    assert found.closing == delivered.statement("isf-P002").budgets[-1].left_pence
    assert found.closing < 0
    assert "beyond what was left: we carry it" in found.lines[-1].what


@pytest.mark.parametrize("balance", list(Balance))
def test_each_balance_is_the_one_before_and_the_effect(paid: Books, balance: Balance) -> None:
    for fund in ("isf-P001", "isf-P002", "spot-P003", "reserve-SG-2026", "provider"):
        found = lines_of(paid.asha, fund, balance, OCTOBER.first, NOVEMBER.last, size=EVERYTHING)
        assert [line.balance for line in found.lines[:1]] == [found.opening + line.effect for line in found.lines[:1]]
        assert all(line.balance == before.balance + line.effect for before, line in pairwise(found.lines))
        assert [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))
        assert all(line.effect for line in found.lines)


def test_pages_follow_each_other_without_a_gap(issued: Books) -> None:
    whole = lines(issued, "isf-P001").lines
    assert count_lines(issued.asha, "isf-P001", Balance.MONEY_HELD, OCTOBER.first, OCTOBER.last) == len(whole) > 2
    pages = [lines_of(issued.asha, "isf-P001", Balance.MONEY_HELD, OCTOBER.first, OCTOBER.last, size=2, skip=skip).lines
             for skip in range(0, len(whole), 2)]
    assert tuple(line for page in pages for line in page) == whole


def test_only_the_days_asked_for_are_shown_and_the_balance_comes_from_before(paid: Books) -> None:
    found = lines(paid, "isf-P001", Balance.MONEY_HELD, NOVEMBER)
    assert found.opening == paid.statement("isf-P001").money.closing_pence
    assert [(line.on, line.what, line.who, line.effect) for line in found.lines] == [
        (date(2026, 11, 3), "Southgate Council paid in, on 3 November", "Southgate Council", 90_000)]


def test_a_draw_moves_inside_the_money_held_and_leaves_the_bank(paid: Books) -> None:
    found = lines(paid, "isf-P001", Balance.IN_THE_BANK, NOVEMBER)
    assert [(line.effect, line.balance) for line in found.lines] == [(90_000, 90_000), (-12_000, 78_000)]
    assert found.lines[1].what == "Paid to us for support: Support given in October"


def test_support_is_said_in_words_with_its_time_its_carer_and_its_house(issued: Books) -> None:
    assert [(line.what, line.who) for line in lines(issued, "isf-P001").lines] == [
        ("Outreach, 2 h", "carer C1"), ("Shared support, 2 h, a share of shared support", "carer C1, at Elm House"), ("Outreach, 3 h", "carer C1")]
    assert {line.who for line in lines(issued, "spot-P003").lines} == {
        "Southgate Council, carer C1", "Southgate Council, carer C2", "Northvale Integrated Care Board, carer C1",
        "Northvale Integrated Care Board, carer C2"}


def test_what_was_promised_names_its_payer_and_its_split(issued: Books) -> None:
    first = lines(issued, "isf-P001", Balance.BUDGET_LEFT).lines[:2]
    assert [(line.what, line.who, line.effect) for line in first] == [
        ("Promised – Split of SG-2026, version 1", "Southgate Council", 540_000),
        ("Promised – Split of SG-2026, version 1", "The person", 60_000)]


def test_hours_are_left_where_hours_were_agreed_and_given_elsewhere(issued: Books) -> None:
    assert Balance.HOURS_LEFT in balances_of(issued.asha, "isf-P001")
    assert lines(issued, "isf-P001", Balance.HOURS_LEFT).closing == 12_000 - 120 - 180 - 120
    assert balances_of(issued.asha, "spot-P003") == [Balance.MONEY_HELD, Balance.HOURS_GIVEN]
    given = lines(issued, "spot-P003", Balance.HOURS_GIVEN)
    assert given.closing == 120
    assert not any("beyond" in line.what for line in given.lines), "nothing was agreed that it could be beyond"


def test_hours_beyond_what_was_agreed_take_what_is_left_below_nil(delivered: Books) -> None:
    delivered.visits(*(visit(f"V-{n}", "P002", f"2026-10-{n:02}", "00:00", "23:00") for n in range(11, 21)), name="long.csv")
    delivered.month_end()
    found = lines(delivered, "isf-P002", Balance.HOURS_LEFT)
    assert found.closing == 6_000 - 90 - 120 - 10 * 23 * 60
    assert "beyond the hours agreed" in found.lines[-1].what


def test_a_correction_points_at_what_it_puts_back_and_is_pointed_at(delivered: Books) -> None:
    delivered.visits(visit("V-9", "P001", "2026-10-20", "09:00", "10:00"), name="second.csv")
    delivered.month_end()
    delivered.undo(delivered.imports()[-1])
    correction, = lines(delivered, "isf-P001", month=NOVEMBER).lines
    mistaken = lines(delivered, "isf-P001").lines[-1]
    assert correction.what.startswith("Correction: outreach, 1 h.")
    assert (correction.on, correction.happened_on, correction.effect) == (date(2026, 11, 1), date(2026, 10, 20), -mistaken.effect)
    assert correction.puts_back == (mistaken.on, mistaken.number)
    assert mistaken.put_back_on == correction.on
    assert (mistaken.puts_back, correction.put_back_on) == (None, None)


def test_what_is_counted_late_says_so_and_keeps_the_day_it_is_about(issued: Books) -> None:
    issued.visits(visit("V-21", "P001", "2026-10-30", "09:00", "10:00"), name="late.csv")
    issued.month_end(NOVEMBER)
    late = lines(issued, "isf-P001", month=NOVEMBER).lines[0]
    assert (late.what, late.on, late.happened_on) == ("Outreach, 1 h, counted late", date(2026, 11, 1), date(2026, 10, 30))


def test_the_providers_own_fund_is_what_empty_places_cost(issued: Books) -> None:
    assert balances_of(issued.asha, "provider") == [Balance.EMPTY_PLACES]
    found = lines(issued, "provider", Balance.EMPTY_PLACES)
    assert [(line.what, line.effect) for line in found.lines] == [("An empty place, 2 h, a share of shared support", 6_000)]


def test_only_a_user_of_these_books_reads_the_entries(issued: Books) -> None:
    for ask in (lambda who: balances_of(who, "isf-P001"),
                lambda who: lines_of(who, "isf-P001", Balance.MONEY_HELD, OCTOBER.first, OCTOBER.last, size=5),
                lambda who: count_lines(who, "isf-P001", Balance.MONEY_HELD, OCTOBER.first, OCTOBER.last)):
        with pytest.raises(NotAllowed):
            ask(issued.acting("nobody"))
