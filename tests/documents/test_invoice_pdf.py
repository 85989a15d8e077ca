"""An invoice on paper: everything a payer needs, a draft that cannot be taken for one, and long ones that break well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basics.money import Money
from invoicing.invoice import Invoice
from ringfence.documents.printing import invoice_pdf
from tests.documents import pdf_checks
from tests.documents.document_records import COUNCIL, COUNCIL_DRAFT, INSTALMENT, INVOICES, NO_LINES, TWO_HUNDRED

every_invoice = pytest.mark.parametrize("record", INVOICES.values(), ids=INVOICES)


@every_invoice
def test_an_invoice_is_made_to_pdf_ua_1(record: Invoice) -> None:
    pdf = invoice_pdf(record)
    assert pdf_checks.faults(pdf) == []
    assert pdf_checks.package_faults(pdf) == []


def test_an_invoice_carries_all_that_a_payer_needs() -> None:
    words = pdf_checks.text(invoice_pdf(COUNCIL))
    needed = [
        "Invoice HS-000123", "4 Quay Street", "accounts@harbour.example", "Northshire Council", "County Hall", "5 November 2026",
        "5 December 2026", "Order number 4500071234", "your reference NSC-88213", "1 to 31 October 2026",
        "01/10/2026 Support at home, one worker 1 h 30 m £24.40 an hour £36.60", "Total to pay £439.20", COUNCIL.vat_words,
        "Sort code: 00-00-00", "seal 7f3a-91c2",
    ]
    assert [part for part in needed if part not in words] == []


def test_a_draft_says_that_it_is_no_invoice_and_has_no_number() -> None:
    words = pdf_checks.text(invoice_pdf(COUNCIL_DRAFT))
    assert words.startswith("DRAFT: Nothing has been charged yet. Please do not pay from this page.")
    assert "DRAFT – not an invoice" in words
    assert "Invoice HS" not in words


def test_each_of_two_hundred_lines_is_printed_once_under_heads_on_every_page() -> None:
    pdf = invoice_pdf(TWO_HUNDRED)
    words, pages = pdf_checks.text(pdf), pdf_checks.page_texts(pdf)
    for number, line in enumerate(TWO_HUNDRED.lines, 1):
        assert words.count(f"Visit {number}, support at home with washing and a meal 45 m £24.40 an hour {Money(line.pence)}") == 1
    with_lines = [page for page in pages if "Visit " in page]
    assert len(with_lines) > 4
    assert all("Day What Quantity Rate Amount" in page for page in with_lines)
    assert f"Total to pay {Money(TWO_HUNDRED.total_pence)}" in words


def test_a_line_for_some_days_prints_them_as_they_are_written() -> None:
    instalment = replace(COUNCIL.lines[0], day="1 to 28 October 2026", words="Instalment 7 of 13")
    words = pdf_checks.text(invoice_pdf(replace(COUNCIL, lines=(instalment,))))
    assert "1 to 28 October 2026 Instalment 7 of 13" in words


def test_a_column_in_which_no_line_says_anything_is_left_out() -> None:
    words = pdf_checks.text(invoice_pdf(INSTALMENT))
    assert "What Quantity Amount Support for person P-0001, 5 October to 1 November 2026 1 £1,764.01" in words
    assert "Total to pay £7,056.10" in words


def test_an_invoice_without_lines_says_so() -> None:
    assert "There is nothing to pay for in this period." in pdf_checks.text(invoice_pdf(NO_LINES))


def test_the_same_invoice_gives_the_same_bytes() -> None:
    first = invoice_pdf(COUNCIL)
    invoice_pdf(TWO_HUNDRED)
    assert invoice_pdf(COUNCIL) == first
