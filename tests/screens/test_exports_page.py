"""Exports as a page: what waits, one that is sent and recorded, and refusals that say what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books
from ringfence.actions.desk import books
from ringfence.actions.exporting import Sent, export, exports, payers, waiting
from ringfence.actions.exports_made import Asked, Export
from tests.screens.conftest import Open, html_of, text_of


def acting(user: str = "asha") -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def first_sent() -> Sent:
    """Everything so far, sent to Xero."""
    whole = next(each for each in waiting(acting()) if each.kind is Export.XERO)
    return export(acting(), Asked(Export.XERO, whole.issued)).sent


def test_one_export_is_sent_recorded_and_can_be_fetched(open_page: Open) -> None:
    page = open_page("exports")
    assert "Nothing was exported yet." in text_of(page)
    whole = next(each for each in waiting(acting()) if each.kind is Export.XERO)
    page.date_input(key="export-from").set_value(whole.issued.first)
    page.date_input(key="export-to").set_value(whole.issued.last)
    page.button(key="export-send").click()
    page = page.run()
    sent, = exports(acting())
    assert (sent.asked, sent.pence, sent.documents) == (Asked(Export.XERO, whole.issued), whole.pence, whole.invoices)
    assert f"Export 1 is ready: {sent.documents} documents, {Money(sent.pence)}" in text_of(page)
    assert '"/documents/export-1.zip"' in html_of(page)
    assert "Everything that was issued has gone out." in text_of(page)


def test_what_was_sent_before_is_refused_in_words_and_what_was_chosen_stays(open_page: Open) -> None:
    page = open_page("exports")
    sent = first_sent()
    page.date_input(key="export-from").set_value(sent.asked.period.first)
    page.date_input(key="export-to").set_value(sent.asked.period.last)
    page.button(key="export-send").click()
    page = page.run()
    assert "was exported before, last by asha" in text_of(page)
    assert page.date_input(key="export-from").value == sent.asked.period.first
    assert len(exports(acting())) == 1


def test_electronic_invoices_that_are_set_aside_are_told_with_why_and_what_to_do(open_page: Open) -> None:
    page = open_page("exports")
    whole = next(each for each in waiting(acting()) if each.kind is Export.EINVOICE)
    payer = next(key for key, name in payers(acting()).items() if name == "Eastmere Borough Council")
    nowhere = {"reference": payer, "kind": "council", "name": "Eastmere Borough Council"}
    approve(acting("ben"), apply_content(acting(), {"funders": [nowhere]}, "by hand").digest)
    page.selectbox(key="export-kind").set_value(Export.EINVOICE)
    page = page.run()
    page.date_input(key="export-from").set_value(whole.issued.first)
    page.date_input(key="export-to").set_value(whole.issued.last)
    page.button(key="export-send").click()
    text = text_of(page.run())
    sent, = exports(acting())
    assert f"Export 1 is ready: {sent.documents} documents, {Money(sent.pence)}" in text
    aside, pence = whole.invoices - sent.documents, Money(whole.pence - sent.pence)
    assert aside > 1
    assert f"{aside} were set aside and not sent, {pence}." in text
    assert "Set aside: why, and what to do" in text
    assert "There is no address for electronic invoices (PEPPOL-R010, R020). Give “endpoint” under “einvoice”" in text


def test_a_delivery_file_goes_to_an_organisation(open_page: Open) -> None:
    page = open_page("exports")
    page.selectbox(key="export-kind").set_value(Export.DELIVERY)
    page = page.run()
    assert {"Northshore Council", "Eastmere Borough Council"} <= set(page.selectbox(key="export-funder").options)
    assert "Support counts by its own day." in text_of(page)


def test_a_reference_is_never_taken_for_markup(open_page: Open) -> None:
    page = open_page("exports")
    council = {"reference": "eastmere-2", "kind": "council", "name": "<b>East</b> & Co"}
    approve(acting("ben"), apply_content(acting(), {"funders": [council]}, "by hand").digest)
    page = page.run()
    page.selectbox(key="export-kind").set_value(Export.DELIVERY)
    page = page.run()
    assert "<b>East</b> & Co" in page.selectbox(key="export-funder").options
    assert "<b>East" not in html_of(page)


def test_books_without_codes_are_told_which_are_missing(open_page: Open, tmp_path: Path) -> None:
    made = make_books(str(tmp_path / "new.db"), provider="Halden Support", sample=True, key=None)
    add_user(made, "asha", added_by="asha", at=datetime.now(UTC))
    made.close()
    page = open_page("exports", books=tmp_path / "new.db")
    page.button(key="export-send").click()
    assert "There is nothing to export of" in text_of(page.run())
