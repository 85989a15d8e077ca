"""What was billed before and is put right is told to the payer period by period: what it was, what it is, and why.

In October Southgate was billed £30.00 (60% of two carers’ hour at £25.00) and Northvale £20.00; Peggy £24.00 for V-6.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from invoicing.invoice import Adjustment, Invoice
from ringfence.actions.crediting import credit_notes
from ringfence.actions.exports_made import Export
from ringfence.actions.verifying import verify
from ringfence.documents.printing import invoice_pdf
from ringfence.documents.records import invoice_from_json, record_json
from tests.actions.exported_books import sent, settings
from tests.actions.provider_books import DECEMBER, NOVEMBER, Books, rate, visit

LATE = "The price from 1 October, agreed on 18 November"


def repriced(books: Books) -> None:
    books.apply({"rates": [rate("care-hour", "25.00", "2026-02-01", "2026-09-30"), rate("care-hour", "26.00", "2026-10-01", "2027-03-31")],
                 "visits_repriced": [{"correction": "VR-1", "rate": "care-hour", "from": "2026-10-01", "to": "2026-10-31", "on": "2026-11-20",
                                      "words": LATE}]})


def corrected(books: Books, **changed: Any) -> None:
    said = {"correction": "VC-1", "visit": "V-6", "carer": "C1", "on": "2026-11-20", "words": "She left at a quarter to three", **changed}
    books.apply({"visits_corrected": [said]})


def invoice_of(books: Books, key: str) -> Invoice:
    return next(record for record in books.invoices().values() if record.key == key)


def notes(books: Books) -> list[Invoice]:
    return [invoice_from_json(row[0]) for row in books.rows("SELECT record FROM document WHERE kind = 'credit_note' ORDER BY id")]


def test_a_price_agreed_late_is_told_on_the_next_invoice_as_was_is_and_why(issued: Books) -> None:
    repriced(issued)
    issued.visits(visit("V-9", "P003", "2026-11-04", "08:00", "09:00", support="care"), name="november.csv")
    issued.month_end(NOVEMBER)
    record = invoice_of(issued, "2026-11|southgate|spot-P003")
    assert record.adjustments == (Adjustment("October 2026", 3_000, 3_120, LATE),)
    assert invoice_of(issued, "2026-11|northvale|spot-P003").adjustments == (Adjustment("October 2026", 2_000, 2_080, LATE),)
    assert record.total_pence == 3_120 + 1_560, "November’s own support is no adjustment."
    assert sum(line.pence for line in record.lines) == record.total_pence
    assert verify(issued.store, referee=True) == []


def test_the_credit_note_says_which_period_it_was_and_that_the_rest_comes_on_the_next_invoice(issued: Books) -> None:
    repriced(issued)
    corrected(issued, taken_back=True, words="Nobody came")
    assert [(each.bill_to, *each.adjustments) for each in sorted(notes(issued), key=lambda each: each.bill_to)] == [
        ("Margaret Ellis", Adjustment("October 2026", 2_400, 0, "Nobody came")),
        ("Northvale Integrated Care Board", Adjustment("October 2026", 2_000, None, LATE)),
        ("Southgate Council", Adjustment("October 2026", 3_000, None, LATE))]
    assert len(credit_notes(issued.asha)) == 3


def test_a_visit_that_is_put_right_twice_is_told_against_what_was_billed(issued: Books) -> None:
    corrected(issued, now={"end": "14:45"})
    corrected(issued, now={"end": "14:30"}, correction="VC-2", words="She left at half past two")
    issued.month_end(NOVEMBER)
    record = invoice_of(issued, "2026-11|peggy|spot-P004")
    assert [(each.before_pence, each.now_pence) for each in record.adjustments] == [(2_400, 1_200)]


def test_what_was_billed_again_is_told_against_the_last_bill_and_not_the_first(issued: Books) -> None:
    corrected(issued, now={"end": "14:45"})
    issued.month_end(NOVEMBER)
    corrected(issued, now={"end": "14:30"}, correction="VC-2", words="She left at half past two")
    issued.month_end(DECEMBER)
    record = invoice_of(issued, "2026-12|peggy|spot-P004")
    assert record.adjustments == (Adjustment("October 2026", 1_800, 1_200, "She left at half past two"),)


def test_a_late_visit_that_was_never_billed_is_no_adjustment(issued: Books) -> None:
    issued.visits(visit("V-30", "P004", "2026-10-22", "09:00", "10:00"), name="late.csv")
    issued.month_end(NOVEMBER)
    assert invoice_of(issued, "2026-11|peggy|spot-P004").adjustments == ()


def test_before_now_and_why_stand_in_the_document_and_in_the_electronic_invoice(delivered: Books, tmp_path: Path) -> None:
    delivered.apply(settings())
    delivered.month_end()
    repriced(delivered)
    delivered.month_end(NOVEMBER)
    xml = {file.name: file.content.decode() for file in sent(delivered, Export.EINVOICE).files if file.name.endswith(".xml")}
    told = [content for content in xml.values() if f"October 2026: was £30.00, is £31.20, because: {LATE}" in content]
    assert len(told) == 1
    assert any(f"October 2026: was £30.00, is on your next invoice, because: {LATE}" in content for content in xml.values())
    record = invoice_of(delivered, "2026-11|southgate|spot-P003")
    assert invoice_from_json(record_json(record)) == record
    assert invoice_pdf(record).startswith(b"%PDF")
