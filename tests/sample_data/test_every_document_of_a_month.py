"""Every document of the sample’s last issued month, in every form: made to PDF/UA-1, whole, and saying what its record says.

A few are tried each time, and all of them where `RINGFENCE_TEST_EVERY_DOCUMENT` is set.
"""

from __future__ import annotations

import os

import pytest

from basics.money import Money
from isf.statement import Statement
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.statement_list import statements_of, what_they_say
from ringfence.documents.records import invoice_from_json
from ringfence.documents.statement_files import ENDINGS, INVOICES, PRINTED
from ringfence.store import billing, documents_issued, month_figures
from sample_data.build import OPEN_MONTH
from tests.documents import pdf_checks
from tests.documents.test_read_out_in_order import of_invoice, of_statement, out_of_order

EVERYTHING = bool(os.environ.get("RINGFENCE_TEST_EVERY_DOCUMENT"))
SAMPLED = 3


def few(found: list[int]) -> list[int]:
    return found if EVERYTHING else found[::max(1, len(found) // SAMPLED)][:SAMPLED]


@pytest.fixture(scope="module")
def records(sample: Acting) -> list[Statement]:
    ids = [one.document_id for one in statements_of(sample, OPEN_MONTH.previous).statements]
    return list(what_they_say(sample, few(ids)).values())


def faults(pdf: bytes) -> list[str]:
    return [*pdf_checks.faults(pdf), *pdf_checks.syntax_faults(pdf), *(pdf_checks.package_faults(pdf) if EVERYTHING else ())]


def said(record: Statement) -> list[str]:
    """The figures of a statement in the order in which every form of it says them."""
    money = record.money
    lines = (*money.paid_in, *money.paid_out, *money.put_right)
    pence = [max(money.opening_pence, 0), *(line.pence for line in lines), max(money.closing_pence, 0), *(line.pence for line in record.given),
             *([record.given_total_pence] if record.given else []),
             *(p for line in record.corrections for p in (line.before_pence, line.after_pence)),
             *(p for line in record.budgets for p in (line.budget_pence, line.used_pence) if p is not None)]
    return [str(Money(abs(each))) for each in pence]


def stand_in_order(text: str, figures: list[str]) -> bool:
    place = 0
    for figure in figures:
        place = text.find(figure, place) + len(figure)
        if place < len(figure):
            return False
    return True


@pytest.mark.parametrize("form", Form)
def test_every_statement_says_its_figures_in_their_order_in_every_form(records: list[Statement], form: Form) -> None:
    for record in records:
        made = PRINTED[ENDINGS[form]](record)
        if form.is_on_paper:
            assert faults(made) == []
        words = pdf_checks.text(made) if form.is_on_paper else made.decode()
        assert stand_in_order(words, said(record)), f"{record.fund_key} in {form.value}"
        if form is Form.STANDARD:
            assert out_of_order(made, of_statement(record)) == [], record.fund_key
    assert records
    print(f"{len(records)} statements in {form.value}")  # noqa: T201


@pytest.mark.parametrize("ending", INVOICES)
def test_every_invoice_is_made_to_pdf_ua_1_in_every_size(sample: Acting, ending: str) -> None:
    with sample.reading() as connection:
        batch, = (row for row in month_figures.month_batches(connection, "month_end", f"month_end {OPEN_MONTH.previous} ") if row.approved_by)
        ids = [row.id for row in billing.documents_of_batch(connection, batch.id) if row.kind == "invoice"]
        texts = documents_issued.records(connection, few(ids))
    for text in texts.values():
        record = invoice_from_json(text)
        pdf = INVOICES[ending](record)
        assert faults(pdf) == []
        assert stand_in_order(pdf_checks.text(pdf), [*(str(Money(line.pence)) for line in record.lines), str(Money(record.total_pence))])
        if ending == "pdf":
            assert out_of_order(pdf, of_invoice(record)) == [], record.number_words
    assert texts
    print(f"{len(texts)} invoices as {ending}")  # noqa: T201
