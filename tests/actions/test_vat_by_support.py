"""VAT by kind of support: what is exempt and what is outside its scope are asked for on two invoices of one payer, each with its own words.

Southgate pays for two hours of outreach of P005 at £24.00, which is exempt, and for one swimming session at £6.00, which its terms say is outside the
scope of VAT.
"""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from basics.errors import Refused
from ringfence.actions.exports_made import Export
from ringfence.actions.month_controls import control_totals
from ringfence.actions.verifying import verify
from ringfence.documents.einvoice_official import is_installed, official_findings
from tests.actions.exported_books import GROUP_7, sent, settings
from tests.actions.provider_books import Books, by_delivery, plan_line, refused, terms, visit

CLUB = "Paid for by a grant: not a supply"
BY_KIND: dict[str, Any] = {"charged_time": "nearest 15", "cancelled_visits": "as planned", "funder_share": "by line", "vat_words": GROUP_7,
                           "vat_by_support": [{"support": "swimming", "vat": "outside the scope", "vat_words": CLUB}]}
EXEMPT, OUTSIDE = f"Exempt from VAT: {GROUP_7}", f"Outside the scope of VAT: {CLUB}"


def agree(books: Books, **changed: Any) -> Books:
    books.apply(settings())
    books.apply({"terms": [terms("By kind", **BY_KIND | changed)],
                 "fundings": [by_delivery("P005", "southgate", terms="By kind", order_number="SG-5")],
                 "plan": [plan_line("P005", "outreach", 120), plan_line("P005", "swimming", rate="swim", times_per_week=1)]})
    books.visits(visit("V-10", "P005", "2026-10-20", "09:00", "11:00"), visit("V-11", "P005", "2026-10-21", support="swimming"), name="more.csv")
    return books


def of_p005(books: Books) -> dict[str, int]:
    return {record.vat_words: record.total_pence for record in books.invoices().values() if record.person_words.startswith("Person P005")}


def test_what_is_exempt_and_what_is_outside_the_scope_have_an_invoice_each_with_its_words(delivered: Books) -> None:
    books = agree(delivered)
    assert all(each.agrees for each in control_totals(books.asha, books.preview()))
    books.month_end()
    assert of_p005(books) == {EXEMPT: 4_800, OUTSIDE: 600}
    assert books.balance("spot-P005", "due", "southgate") == 5_400
    assert verify(books.store, referee=True) == []


def test_each_electronic_invoice_has_one_category_and_outside_the_scope_bears_no_vat_number(delivered: Books) -> None:
    books = agree(delivered)
    books.month_end()
    found = [file.content for file in sent(books, Export.EINVOICE).files if b"P005" in file.content]
    said = {tuple(sorted({each.text for each in etree.fromstring(content).iterfind(".//{*}TaxCategory/{*}ID")})):
            bool(etree.fromstring(content).findall(".//{*}AccountingSupplierParty//{*}PartyTaxScheme")) for content in found}
    assert said == {("E",): True, ("O",): False}
    if is_installed():
        assert [list(each) for each in official_findings(found)] == [[], []]


def test_a_credit_note_says_how_vat_stood_on_the_line_that_it_takes_off(delivered: Books) -> None:
    books = agree(delivered)
    books.month_end()
    books.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-11", "carer": "C1", "on": "2026-11-02", "taken_back": True,
                                       "words": "The pool was shut"}]})
    (record,), = books.rows("SELECT record FROM document WHERE kind = 'credit_note'")
    assert CLUB in record
    assert GROUP_7 not in record
    assert verify(books.store, referee=True) == []


def test_one_invoice_for_everybody_stays_apart_by_how_vat_stands(delivered: Books) -> None:
    books = agree(delivered, invoices="together")
    books.apply({"fundings": [by_delivery("P003", "southgate", share=60, terms="By kind", order_number="SG-3")]})
    books.month_end()
    ours = {record.vat_words: record.total_pence for record in books.invoices().values() if record.bill_to == "Southgate Council" and (
        record.person_words.startswith(("2 people", "Person P005")))}
    assert ours == {EXEMPT: 4_800 + 3_000, OUTSIDE: 600}


def test_terms_that_say_only_how_vat_stands_for_one_kind_stop_the_invoice_of_the_others(delivered: Books) -> None:
    books = agree(delivered, vat=None)
    with pytest.raises(Refused, match="do not say how VAT stands"):
        books.month_end()


def test_an_instalment_does_not_go_by_kinds_of_support(delivered: Books) -> None:
    delivered.apply({"terms": [terms("Block", vat_by_support=BY_KIND["vat_by_support"])]})
    with pytest.raises(Refused, match="an instalment does not say which"):
        delivered.month_end()


def test_a_kind_of_support_is_said_once(agreed: Books) -> None:
    (_, what), = refused(agreed, {"terms": [terms("By kind", vat_by_support=BY_KIND["vat_by_support"] * 2)]})
    assert what == "“swimming” stands there twice."


def test_two_invoices_under_one_order_do_not_go_beyond_its_sum_together(delivered: Books) -> None:
    """£48.00 and £6.00 under an order for £50.00: each alone would fit."""
    books = agree(delivered)
    books.apply({"fundings": [by_delivery("P005", "southgate", terms="By kind")],
                 "orders": [{"person": "P005", "fund": "spot", "funder": "southgate", "number": "PO-9", "from": "2026-10-01", "to": "2026-10-31",
                             "pounds": "50.00"}]})
    held, = books.preview().held
    assert (held.draft.pence, "is for £50.00. £48.00 is invoiced" in held.reasons[0].what) == (600, True)
