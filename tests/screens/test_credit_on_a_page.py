"""A credit started on the page of one invoice, and several invoices noted as sent on the list: told first, then done as it was told."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.books import add_user, open_books
from ringfence.actions.crediting import credit_notes
from ringfence.actions.crediting_lines import lines_asked
from ringfence.actions.invoice_standing import Standing, Status, invoice_standings
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.rights import Role
from tests.screens.conftest import Open, html_of, text_of

WHY = "Ruth Bell rang: nobody came <b>"
SEVERAL = "Note that several were sent"


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def standings(books_file: Path) -> dict[int, Standing]:
    return invoice_standings(acting(books_file))


def an_invoice_of(books_file: Path, *, visits: bool) -> int:
    """An invoice that asks for visits, an open one, or one that asks for an instalment and that nobody has credited."""
    found = (number for number, each in reversed(standings(books_file).items()) if (each.amounts.open if visits else not each.amounts.credited))
    return next(number for number in found if any(
        each.may_be_credited and each.is_instalment is not visits for each in lines_asked(acting(books_file), number)))


def choose_credit(page: AppTest) -> AppTest:
    return page.segmented_control[0].set_value("Start a credit").run()


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label.startswith(label)).click().run()


def test_what_a_credit_would_do_is_shown_and_just_that_is_asked_for_and_counts_once_another_approves(open_page: Open, books_file: Path) -> None:
    number = an_invoice_of(books_file, visits=True)
    line, before = lines_asked(acting(books_file), number)[0], standings(books_file)[number].amounts
    page = choose_credit(open_page("invoices", invoice=str(number)))
    page.multiselect[0].set_value([line.n])
    next(box for box in page.text_input if box.label == "Why").set_value(WHY)
    press(page, "Show what it would do")
    assert f"Off this invoice, {number:06d} {Money(line.printed.pence)}" in text_of(page)
    assert f"The charge of {Money(line.printed.pence)} for visit {line.visit}" in text_of(page)
    assert waiting_for_approval(acting(books_file)) == [], "Nothing is kept by looking."
    press(page, "Ask for this credit: 1 line")
    assert "waits for another person under" in text_of(page)
    (waits,) = waiting_for_approval(acting(books_file))
    assert "asha asked already for a credit of this invoice" in text_of(choose_credit(page))
    approve(acting(books_file, "ben"), waits.digest)
    after = standings(books_file)[number].amounts
    assert (after.credited, after.open) == (before.credited + line.printed.pence, before.open - line.printed.pence)
    assert {note.words for note in credit_notes(acting(books_file)) if note.invoice == number} >= {WHY}


def test_a_credit_without_a_line_or_a_reason_is_told_and_nothing_is_offered(open_page: Open, books_file: Path) -> None:
    page = choose_credit(open_page("invoices", invoice=str(an_invoice_of(books_file, visits=True))))
    press(page, "Show what it would do")
    assert "Nobody said why" in text_of(page)
    assert not [button for button in page.button if button.label.startswith("Ask for this credit")]


def test_of_an_instalment_a_sum_is_credited_and_a_sum_is_of_one_line(open_page: Open, books_file: Path) -> None:
    number = an_invoice_of(books_file, visits=False)
    page = choose_credit(open_page("invoices", invoice=str(number)))
    assert "this one is not asked for again" in text_of(page)
    for name, said in (("Pounds, if not the whole of the line", "1.50"), ("Why", WHY)):
        next(box for box in page.text_input if box.label == name).set_value(said)
    press(page, "Show what it would do")
    assert "A sum is given, and not one line chosen." in text_of(page)
    page.multiselect[0].set_value([1])
    press(page, "Show what it would do")
    assert f"Off this invoice, {number:06d} £1.50" in text_of(page)
    press(page, "Ask for this credit: 1 line, £1.50 in all")
    (waits,) = waiting_for_approval(acting(books_file))
    approve(acting(books_file, "ben"), waits.digest)
    assert standings(books_file)[number].amounts.credited == 150


def test_several_invoices_are_noted_as_sent_with_their_count_and_value_told_first(open_page: Open, books_file: Path) -> None:
    every = standings(books_file)
    unsent = {number: each for number, each in every.items() if not each.sent and each.amounts.open}
    assert len(unsent) > 2
    kept = next(iter(unsent))
    page = open_page("invoices")
    worth = Money(sum(each.amounts.asked for each in unsent.values()))
    assert f"{len(unsent):,} are open and nobody noted that they were sent: {worth}." in text_of(page)
    next(box for box in page.multiselect if box.label == "Leave out").set_value([kept]).run()
    value = Money(sum(each.amounts.asked for number, each in unsent.items() if number != kept))
    press(page, f"Note {len(unsent) - 1:,} invoices, {value}, as sent")
    assert f"Noted as sent: {len(unsent) - 1:,} invoices, {value}." in text_of(page)
    now = standings(books_file)
    assert [number for number in unsent if not now[number].sent] == [kept]
    assert all(now[number].status is not Status.ISSUED for number in unsent if number != kept)


def test_only_what_the_filters_find_is_noted(open_page: Open, books_file: Path) -> None:
    page = open_page("invoices", search="nobody has this name")
    assert not [box for box in page.multiselect if box.label == "Leave out"]


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUDITOR])
def test_who_may_not_record_is_offered_neither(open_page: Open, books_file: Path, role: Role) -> None:
    add_user(open_books(str(books_file), key=None), "uma", added_by="asha", at=datetime.now(UTC), roles=[role])
    assert SEVERAL not in [each.label for each in open_page("invoices", user="uma").expander]
    assert list(open_page("invoices", user="uma", invoice=str(an_invoice_of(books_file, visits=True))).segmented_control) == []


def test_a_settled_invoice_says_so_once(open_page: Open, books_file: Path) -> None:
    number, one = next((number, each) for number, each in standings(books_file).items() if not each.amounts.open and not each.queries)
    first_line = re.search(r'<p class="rf-first-line">(.*?)</p>', html_of(open_page("invoices", invoice=str(number))))
    assert first_line is not None
    assert first_line[1] == f"It is settled: nothing of {Money(one.amounts.asked)} is open."
