"""What a voice reads out of a statement and an invoice: the words of their data, line by line, in the order of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from basics.money import Money
from basics.periods import Month, day_in_figures, minutes_in_words
from invoicing.invoice import Invoice
from isf.statement import Statement
from ringfence.documents.printing import invoice_pdf, statement_pdf
from ringfence.documents.words import day_for_tables, quantity
from tests.documents import pdf_checks
from tests.documents.document_records import BELOW_NIL, DANNY, INVOICES, OVER_THE_CAP, READ_IN_TWO_WAYS

STATEMENTS = {"ordinary": DANNY, "below nil": BELOW_NIL, "over the cap": OVER_THE_CAP, "read in two ways": READ_IN_TWO_WAYS}


def of_statement(record: Statement) -> Iterator[str]:
    """Every name, day, reason, line and sum of the record, in the order of its fields."""
    money = record.money
    yield from (record.known_as, record.period_words, record.name, record.provider, record.headline, str(Money(max(money.opening_pence, 0))))
    for line in (*money.paid_in, *money.paid_out, *money.put_right):
        yield from (line.words, str(Money(line.pence)))
    yield str(Money(max(money.closing_pence, 0)))
    yield from filter(None, [money.paid_ahead_words])
    for over in record.over_cap:
        yield from (str(Money(over.pence)), over.funder, *(text for each in over.whose if len(over.whose) > 1
                                                            for text in (str(Money(each.pence)), each.name)))
    for given in record.given:
        yield from (given.words, given.price_words, quantity(given.planned, given.measure), quantity(given.given, given.measure),
                    str(Money(given.pence)))
    yield str(Money(record.given_total_pence))
    for short in record.shortfalls:
        yield from (short.day, short.words, minutes_in_words(short.minutes), short.reason)
    for wrong in record.corrections:
        yield from (wrong.month, wrong.words, wrong.why, str(Money(wrong.before_pence)), str(Money(wrong.after_pence)))
    for budget in record.budgets:
        yield from (budget.words, str(Money(budget.budget_pence or 0)), str(Money(budget.used_pence or 0)))
    if record.forecast:
        yield str(Money(record.forecast.pence))
    for contact in record.contacts:
        yield from (contact.words, contact.name, contact.telephone)


def of_invoice(record: Invoice) -> Iterator[str]:
    yield from (record.number_words, record.provider, *record.provider_address, record.provider_contact, record.bill_to, *record.bill_to_address)
    yield from filter(None, (record.issued_words, record.due_words, record.order_number, record.person_words, record.period_words))
    for line in record.lines:
        yield from filter(None, (day_for_tables(line.day), line.words, line.quantity_words, line.rate_words, str(Money(line.pence))))
    yield from (str(Money(record.total_pence)), record.vat_words, *record.pay_to)


def out_of_order(pdf: bytes, words: Iterator[str]) -> list[str]:
    """The words that are not read out after those before them; a line may end anywhere, and the foot of a page stands between two."""
    text, place, found = re.sub(r"\s+", " ", pdf_checks.text(pdf)), 0, []
    for each in words:
        at = text.find(re.sub(r"\s+", " ", each), place)
        if at < 0:
            found.append(each)
        else:
            place = at + len(each)
    return found


@pytest.mark.parametrize("size_pt", [15, 18])
@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_read_out_in_the_order_of_its_data(name: str, size_pt: int) -> None:
    record = STATEMENTS[name]
    assert out_of_order(statement_pdf(record, size_pt=size_pt), of_statement(record)) == []


@pytest.mark.parametrize("size_pt", [11, 22])
@pytest.mark.parametrize("name", ["ordinary", "instalment"])
def test_an_invoice_is_read_out_in_the_order_of_its_data(name: str, size_pt: int) -> None:
    record = INVOICES[name]
    words = list(of_invoice(record))
    if size_pt > 18:  # what a line is for stands before its day there
        days = {day_in_figures(day) for day in Month(2026, 10).period}
        words = [each for each in words if each not in days]
    assert out_of_order(invoice_pdf(record, size_pt=size_pt), iter(words)) == []


def test_two_words_that_changed_places_are_found() -> None:
    assert out_of_order(statement_pdf(DANNY), iter(("Swimming", "Shared support"))) == ["Shared support"]
