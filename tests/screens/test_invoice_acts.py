"""What happened to an invoice, and letters to a payer that are held, said on the page: the same actions as the command’s, for whoever may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.books import add_user, open_books
from ringfence.actions.debtors import debtors
from ringfence.actions.invoice_standing import Standing, Status, invoice_standings
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.rights import Role
from tests.screens.conftest import Open, html_of, text_of


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def an_open_invoice(books_file: Path) -> Standing:
    return next(each for each in invoice_standings(acting(books_file)).values() if each.amounts.open and not each.sent and not each.queries)


def again(books_file: Path, one: Standing) -> Standing:
    return invoice_standings(acting(books_file))[one.amounts.number]


def choose(page: AppTest, what: str) -> AppTest:
    return page.segmented_control[0].set_value(what).run()


def write(page: AppTest, **boxes: str) -> None:
    for label, text in boxes.items():
        next(box for box in page.text_input if box.label.startswith(label.replace("_", " "))).set_value(text)


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label.startswith(label)).click().run()


def test_an_invoice_is_noted_as_sent_and_then_stands_as_sent(open_page: Open, books_file: Path) -> None:
    one = an_open_invoice(books_file)
    page = choose(open_page("invoices", invoice=str(one.amounts.number)), "Note that it was sent")
    write(page, To_whom="Accounts <b>payable</b>")
    press(page, "Note that it was sent")
    assert "was sent." in text_of(page)
    assert [each.to for each in again(books_file, one).sent] == ["Accounts <b>payable</b>"]
    assert "Sent to Accounts &lt;b&gt;payable" in html_of(page)


def test_a_query_has_a_day_for_its_reply_and_is_open_until_its_answer_is_noted(open_page: Open, books_file: Path) -> None:
    one = an_open_invoice(books_file)
    page = open_page("invoices", invoice=str(one.amounts.number))
    assert "Note an answer" not in page.segmented_control[0].options
    choose(page, "Note a query")
    write(page, Who_asked="Ruth Bell", What_they="Was the visit given?")
    reply = acting(books_file).today + timedelta(days=14)
    next(box for box in page.date_input if box.label == "To be answered by").set_value(reply)
    press(page, "Note the query")
    query = again(books_file, one).queries[0]
    assert (query.raised_by, query.reply_by, query.is_open, again(books_file, one).status) == ("Ruth Bell", reply, True, Status.DISPUTED)
    choose(page, "Note an answer")
    write(page, What_came="It was; the timesheet was sent")
    press(page, "Note the answer")
    assert not again(books_file, one).queries[0].is_open
    assert "It was; the timesheet was sent" in text_of(page)


def test_what_is_missing_of_a_query_is_told_as_the_command_tells_it_and_what_was_typed_stays(open_page: Open, books_file: Path) -> None:
    one = an_open_invoice(books_file)
    page = choose(open_page("invoices", invoice=str(one.amounts.number)), "Note a query")
    write(page, Who_asked="Ruth Bell")
    press(page, "Note the query")
    text = text_of(page)
    assert "There is a problem" in text
    assert "To be answered by : is missing." in text
    assert "What they asked, or what they dispute : is blank." in text
    assert "Ruth Bell" in [box.value for box in page.text_input]
    assert again(books_file, one).queries == ()


def test_a_write_off_is_asked_for_once_and_counts_when_another_person_approves_it(open_page: Open, books_file: Path) -> None:
    one = an_open_invoice(books_file)
    page = choose(open_page("invoices", invoice=str(one.amounts.number)), "Ask for a write-off")
    press(page, f"Ask to write off {Money(one.amounts.open)}")
    assert "There is a problem" in text_of(page), "Nobody said why."
    write(page, Why="Trustees, 18 November")
    press(page, f"Ask to write off {Money(one.amounts.open)}")
    assert "waits for another person under" in text_of(page)
    assert again(books_file, one).amounts.open == one.amounts.open
    assert "asha asked for that already" in text_of(choose(page, "Ask for a write-off"))
    (waits,) = waiting_for_approval(acting(books_file))
    assert "of 1 invoice written off" in " ".join(button.label for button in open_page("approvals", user="ben").button)
    approve(acting(books_file, "ben"), waits.digest)
    assert again(books_file, one).status is Status.WRITTEN_OFF
    assert "Ask for a write-off" not in open_page("invoices", invoice=str(one.amounts.number)).segmented_control[0].options


def test_letters_to_a_payer_are_held_with_a_reason_and_go_again_after_the_last_day(open_page: Open, books_file: Path) -> None:
    payer = debtors(acting(books_file)).debtors[0].payer
    page = open_page("debtors", payer=payer)
    assert "End the hold" not in page.segmented_control[0].options
    choose(page, "Hold the letters")
    next(box for box in page.selectbox if box.label == "Because of").set_value("breathing space")
    write(page, What_was="Notice of 1 November")
    press(page, "Hold every letter")
    held = next(each.held for each in debtors(acting(books_file)).debtors if each.payer == payer)
    assert held is not None
    assert (held.why, held.words, held.until) == ("breathing space", "Notice of 1 November", None)
    assert "No letters: breathing space" in text_of(page)
    choose(page, "End the hold")
    press(page, "End the hold on that day")
    now = acting(books_file)
    held = next(each.held for each in debtors(now).debtors if each.payer == payer)
    assert held is not None
    assert held.until == now.today, "That day is the last of it."


def test_a_claim_of_interest_is_noted_and_is_not_offered_again(open_page: Open, books_file: Path) -> None:
    payer = next((each for each in debtors(acting(books_file)).debtors if each.late), None)
    if payer is None:
        pytest.skip("Nothing of the sample was paid late by today.")
    page = open_page("debtors", payer=payer.payer)
    assert f"All {len(payer.late)} invoice" in text_of(page)
    choose(page, "Note a claim of interest")
    write(page, How="By letter")
    press(page, "Note the claim")
    assert "Noted: interest was claimed on" in text_of(page)
    assert all(each.late == () for each in debtors(acting(books_file)).debtors if each.payer == payer.payer)
    assert "Note a claim of interest" not in page.segmented_control[0].options


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUDITOR])
def test_who_may_not_record_is_not_offered_it(open_page: Open, books_file: Path, role: Role) -> None:
    one, payer = an_open_invoice(books_file), debtors(acting(books_file)).debtors[0].payer
    add_user(open_books(str(books_file), key=None), "uma", added_by="asha", at=datetime.now(UTC), roles=[role])
    for page in (open_page("invoices", user="uma", invoice=str(one.amounts.number)), open_page("debtors", user="uma", payer=payer)):
        assert list(page.segmented_control) == []
        assert "A finance manager notes what happens to it." in text_of(page)
