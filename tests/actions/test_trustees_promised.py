"""The trustees' page: promised money that is overdue, hours commissioned beside those given, who reconciled; and few never told."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from basics.money import Money
from basics.periods import Month, Period, financial_year
from isf.trustees import FEWEST_SHOWN, NOT_SHOWN, Count
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.debts_open import debts_open
from ringfence.actions.reconciling import propose_reconciliation, reconcile
from ringfence.actions.rights import Right
from ringfence.actions.trustees import NOT_CHARGED, trustees_page
from ringfence.actions.trustees_promised import promised_overdue
from ringfence.store import billing, months
from ringfence.store.figures import hours_agreed_and_given
from ringfence.store.returns import moved
from tests.actions.provider_books import OCTOBER, Books, bank_line, part


def overdue(books: Books, on: date) -> dict[str, int]:
    """By fund, read as trustees read."""
    with books.asha.reading(Right.FIGURES) as connection:
        return dict(promised_overdue(connection, debts_open(connection, on).aged))


def schedule(books: Books, until: date) -> dict[str, int]:
    """What the contracts promised to each fund by instalments whose day to be paid is over: read with every name."""
    with books.asha.reading() as connection:
        found: dict[str, int] = defaultdict(int)
        for each in billing.all_schedule_parts(connection):
            if each.due_on < until.isoformat():
                found[each.fund] += each.pence
    return dict(found)


def first_due(books: Books) -> date:
    with books.asha.reading() as connection:
        return min(date.fromisoformat(each.due_on) for each in billing.all_schedule_parts(connection))


def test_an_instalment_that_was_not_asked_for_is_a_promise_overdue_from_the_day_after_it_was_due(agreed: Books) -> None:
    due = first_due(agreed)
    assert overdue(agreed, due) == {}
    assert overdue(agreed, due + timedelta(days=1)) == schedule(agreed, due + timedelta(days=1)) != {}


def test_so_is_one_that_was_invoiced_and_what_the_bank_brought_is_not(issued: Books) -> None:
    later = first_due(issued) + timedelta(days=1)
    promised = schedule(issued, later)
    assert overdue(issued, later) == promised
    assert overdue(issued, issued.at.date()) == promised, "the invoice gives another month; the promise is of its own day"
    pounds = Money(promised["isf-P002"]).plain
    issued.apply({"bank_lines": [bank_line("B-9", first_due(issued).isoformat(), pounds, parts=[part("isf-P002", pounds, funder="southgate")])]})
    left = {key: value for key, value in promised.items() if key != "isf-P002"}
    assert overdue(issued, issued.at.date()) == left
    assert overdue(issued, later) == left
    assert overdue(issued, later - timedelta(days=1)) == {}


def test_pounds_promised_to_few_people_are_not_told(issued: Books) -> None:
    page = trustees_page(issued.asha, Month.of(issued.at.date()))
    promised = overdue(issued, page.on)
    said = {each.key: each.now for each in page.lines}
    people = {fund for fund in promised if fund.startswith("isf-")}
    assert 0 < len(people) < len(promised) < FEWEST_SHOWN, "the contract’s reserve is nobody’s"
    assert said["promised_in"] == Count(len(people), "fund")
    assert said["promises"] == NOT_SHOWN


def test_hours_given_stand_beside_those_commissioned_in_the_same_funds(issued: Books) -> None:
    days = Period(financial_year(OCTOBER.last).first, OCTOBER.last)
    agreed, given = defaultdict[str, int](int), defaultdict[str, int](int)
    with issued.asha.reading() as connection:
        for each in moved(connection, days.first, days.last):
            if each.unit == "minutes":
                agreed[each.fund] += each.amount * ((each.roles == ("agreed", "available")) - (each.roles == ("available", "agreed")))
                given[each.fund] += each.amount * ((each.roles[1] == "delivered") - (each.roles[0] == "delivered"))
    funds = [fund for fund, minutes in agreed.items() if minutes > 0]
    assert funds
    assert len(funds) < len([fund for fund, minutes in given.items() if minutes]), "support that is paid for as it is given was not agreed in hours"
    with issued.asha.reading(Right.FIGURES) as connection:
        found = hours_agreed_and_given(connection, days)
        assert months.closed_through(connection) == OCTOBER
    assert found == (sum(agreed[fund] for fund in funds), sum(given[fund] for fund in funds), len(funds))
    assert 0 < found[1] < found[0]


def test_hours_of_few_people_and_of_a_month_that_is_not_charged_are_not_told(issued: Books) -> None:
    page = trustees_page(issued.asha, OCTOBER)
    said = {each.key: each.now for each in page.lines}
    assert isinstance(said["commissioned_in"], Count)
    assert said["commissioned_in"].is_hidden, "two funds have hours that were agreed"
    assert {said[key] for key in ("commissioned", "commissioned_given", "even_pace")} == {NOT_SHOWN}
    assert trustees_page(issued.asha, Month.of(issued.at.date())).of("given").now == NOT_CHARGED


def test_who_reconciled_and_when_and_who_signed_it_off_is_told(issued: Books) -> None:
    assert trustees_page(issued.asha, OCTOBER).of("reconciled_by").now == "Nobody yet"
    held = reconcile(issued.asha, OCTOBER.last, Money(0))
    found = propose_reconciliation(issued.asha, reconcile(issued.asha, OCTOBER.last, Money(held.expected_pence)))
    assert trustees_page(issued.asha, OCTOBER).of("reconciled_by").now == "Nobody yet"
    approve(issued.ben, found)
    said = trustees_page(Acting(issued.store, "asha", issued.at), OCTOBER).of("reconciled_by").now
    assert isinstance(said, str)
    assert said.startswith("asha on ")
    assert said.endswith(" 2026; signed off by ben")
