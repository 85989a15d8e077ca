"""Reconciliation as a page: the action’s figures, what was typed stays, nothing is asked while a penny is not explained, another signs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.books import add_user, make_books
from ringfence.actions.desk import books
from ringfence.actions.reconciling import reconcile, reconciliations
from tests.screens.conftest import Open, html_of, text_of


def acting(user: str = "asha") -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def test_the_page_says_what_the_action_says_and_that_it_is_overdue(open_page: Open) -> None:
    text = text_of(open_page("reconciliation"))
    found = reconcile(acting(), acting().today, Money(0))
    assert "Last signed off for 30 September 2026. The next is overdue" in text
    assert f"Must be held for people {Money(found.must_be_held_pence)}" in text
    assert f"The bank should say {Money(found.expected_pence)}" in text
    assert "The bank says" not in text  # nobody has typed it yet
    first = found.funds[0]
    assert f"{first.fund} {Money(first.held)} {Money(first.earned)} {Money(first.must_be_held)}" in text


def test_what_cannot_be_read_stays_and_is_told(open_page: Open) -> None:
    page = open_page("reconciliation")
    page.text_input(key="reconcile-bank").set_value("a lot")
    page.text_area(key="reconcile-said").set_value("a cheque")
    page = page.run()
    text = text_of(page)
    assert "“a lot” is not an amount of money." in text
    assert "What the rest of the difference is, line 1 : “a cheque” is not words and pounds." in text
    assert (page.text_input(key="reconcile-bank").value, page.text_area(key="reconcile-said").value) == ("a lot", "a cheque")


def test_nobody_is_asked_before_the_last_penny_is_explained_and_then_another_signs(open_page: Open) -> None:
    page = open_page("reconciliation")
    found = reconcile(acting(), acting().today, Money(0))
    page.text_input(key="reconcile-bank").set_value(Money(found.expected_pence - 650).plain)
    page = page.run()
    assert "The bank says £6.50 less than it should, and nothing explains it." in text_of(page)
    assert not [each for each in page.button if each.key == "reconcile-ask"]
    page.text_area(key="reconcile-said").set_value(f"{found.funds[0].fund}: <b>Cheque</b> & 12 = -6.50")
    page = page.run()
    assert "Not explained £0.00" in text_of(page)
    page.button(key="reconcile-ask").click()
    page = page.run()
    assert "is prepared. Somebody other than asha signs it off" in text_of(page)
    assert "Awaiting approval" in text_of(page)
    assert "<b>Cheque" not in html_of(page)
    approve(acting("ben"), reconciliations(acting()).all[0].digest)
    text = text_of(page.run())
    assert "Last signed off for" in text
    assert "overdue" not in text
    assert "signed off by ben" in text


def test_books_without_money_say_so(open_page: Open, tmp_path: Path) -> None:
    made = make_books(str(tmp_path / "new.db"), provider="Halden Support", sample=True, key=None)
    add_user(made, "asha", added_by="asha", at=datetime.now(UTC))
    made.close()
    text = text_of(open_page("reconciliation", books=tmp_path / "new.db"))
    assert "No fund holds any money on that day." in text
    assert "None has been prepared yet." in text
