"""Debtors in the app: the figures are the action's, on any day; one payer opens; letters are noted once they went out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from basics.money import Money
from invoicing.aged_debt import Bucket
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.debtors import debtors
from ringfence.actions.recording import record_content
from ringfence.actions.reminding import reminders
from tests.screens.conftest import Open, html_of, text_of


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def test_every_figure_is_that_of_the_action(open_page: Open, books_file: Path) -> None:
    found, text = debtors(acting(books_file)), text_of(open_page("debtors"))
    assert (f"{Money(found.overdue_pence)} that is overdue" if found.overdue_pence else "Nothing is overdue") in text
    assert f"{Money(found.open_pence)}" in text
    assert all(f"{Money(found.total(bucket))}" in text for bucket in Bucket)


def test_a_day_before_stands_in_the_address(open_page: Open, books_file: Path) -> None:
    at = acting(books_file)
    day = max(one.amounts.issued_on for each in debtors(at).debtors for one in each.invoices)
    text = text_of(open_page("debtors", **{"as-at": day.isoformat()}))
    assert f"{Money(debtors(at, day).open_pence)}" in text
    assert day < at.today
    assert "Letters are written for today" in text


def test_a_payer_opens_to_its_people_and_invoices(open_page: Open, books_file: Path) -> None:
    payer = max(debtors(acting(books_file)).debtors, key=lambda each: each.open_pence)
    page = open_page("debtors", payer=payer.payer)
    assert f"{Money(payer.open_pence)} that is open" in text_of(page)
    assert all(f"/invoices?invoice={one.amounts.number}" in html_of(page) for one in payer.invoices[:5])


def test_a_payer_that_is_not_there_is_told_in_words(open_page: Open) -> None:
    page = open_page("debtors", payer="<script>x</script>")
    assert "Nothing stands of" in text_of(page)
    assert "<script>x" not in html_of(page)


def test_before_anything_is_asked_for_the_page_says_so(open_page: Open, tmp_path: Path) -> None:
    books = tmp_path / "empty.db"
    add_user(make_books(str(books), provider="Harbour", sample=True, key=None), "asha", added_by="asha", at=datetime.now(UTC))
    assert "Nobody has been asked for anything yet" in text_of(open_page("debtors", books=books))


def test_letters_are_noted_as_sent_and_a_hostile_query_is_shown_as_words(open_page: Open, books_file: Path) -> None:
    asha = acting(books_file)
    late = next((each for each in debtors(asha).debtors if any(one.is_overdue for one in each.invoices)), None)
    if late is None:
        pytest.skip("Nothing of the sample is overdue today.")
    steps = [{"days": 1, "tone": "friendly"}]
    applied = apply_content(asha, {
        "reminder_terms": [{"ladder": "test", "funder": late.payer, "from": "2026-01-01", "steps": steps, "source": "Test"}],
        "payer_contacts": [{"funder": late.payer, "from": "2026-01-01", "name": "Finance & <b>co</b>", "address": ["1 Road"], "basis": "consent",
                            "source": "Test"}]}, "ladder.yaml")
    approve(acting(books_file, "ben"), applied.digest)
    page = open_page("debtors")
    assert "Finance &amp; &lt;b&gt;co" in html_of(page)
    next(button for button in page.button if button.label.startswith("Note ")).click().run()
    assert "noted as sent" in text_of(page)
    assert reminders(asha).letters == ()
    number = next(one.amounts.number for one in late.invoices)
    record_content(asha, {"invoice_queries": [{"query": "Q-1", "invoice": number, "on": asha.today, "raised_by": "<i>Ruth</i>", "words": "Why?",
                                               "reply_by": asha.today}]}, "query.yaml")
    assert "&lt;i&gt;Ruth" in html_of(open_page("invoices", invoice=str(number)))
