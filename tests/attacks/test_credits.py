"""What an issued invoice asked for is taken back by an approved credit note alone, line by line, and once."""

from __future__ import annotations

import pytest

from ringfence.store import schema
from tests.attacks.conftest import DAY


@pytest.fixture
def invoiced(books):
    """An issued invoice of two lines, £1.00 and £2.00, and the entries behind them."""
    events = [books.posted_charge(pence) for pence in (100, 200)]
    invoice = books.invoice(1, 300)
    for n, (event, pence) in enumerate(zip(events, (100, 200), strict=True), start=1):
        books.line(invoice, pence, event=event, n=n)
    return invoice, events


def note(books, invoice, pence=100, number=1, *, words="Nobody came", batch=None):
    return books.add(schema.credit_note, number=number, invoice_id=invoice, issued_on=DAY, pence=pence, words=words,
                     batch_id=batch or books.batch(approved=True))


def line(books, credit, invoice, pence=100, *, of=1, n=1):
    books.add(schema.credit_line, credit_note_id=credit, n=n, invoice_id=invoice, invoice_n=of, pence=pence)


def entry_of(books, event):
    return books.all(f"SELECT id FROM entry WHERE event_id = {event}")[0][0]


def test_a_line_is_credited_and_then_its_charge_put_back(books, invoiced):
    invoice, (event, other) = invoiced
    with books.refused("invoiced_delivery"):
        books.reverse(entry_of(books, event))
    line(books, note(books, invoice), invoice)
    books.reverse(entry_of(books, event))
    with books.refused("invoiced_delivery"):
        books.reverse(entry_of(books, other))


def test_a_visit_is_withdrawn_only_once_every_payer_of_it_is_credited(books, invoiced):
    invoice, (event, _) = invoiced
    delivery, = books.all(f"SELECT delivery_id FROM charge WHERE event_id = {event}")[0]
    with books.refused("invoiced_delivery"):
        books.add(schema.withdrawal, delivery_id=delivery, batch_id=1)
    line(books, note(books, invoice), invoice)
    books.add(schema.withdrawal, delivery_id=delivery, batch_id=1)


def test_a_credit_note_is_approved_says_why_and_is_of_an_issued_invoice(books, invoiced):
    invoice, _ = invoiced
    for wrong in ({"batch": books.batch()}, {"words": ""}):
        with books.refused("credit_note"):
            note(books, invoice, **wrong)
    with books.refused("credit_note"):
        note(books, 424_242)


def test_credit_notes_are_numbered_without_a_gap(books, invoiced):
    invoice, _ = invoiced
    with books.refused("credit_note_number"):
        note(books, invoice, number=2)
    note(books, invoice)
    with books.refused("credit_note_number"):
        note(books, invoice, number=3)


def test_a_line_is_credited_whole_and_of_the_invoice_that_the_note_is_for(books, invoiced):
    invoice, _ = invoiced
    other = books.invoice(2, 50)
    books.line(other, 50, event=books.posted_charge(50))
    credit = note(books, invoice)
    for wrong in ({"pence": 99}, {"pence": 101}, {"of": 3}):
        with books.refused("credit_note"):
            line(books, credit, invoice, **wrong)
    with books.refused("credit_note"):
        line(books, credit, other, 50)
    line(books, credit, invoice)
    with books.refused("credit_note"):
        line(books, credit, invoice, 200, of=2, n=2)


def test_nothing_is_credited_twice(books, invoiced):
    invoice, _ = invoiced
    line(books, note(books, invoice), invoice)
    with books.refused("credit_note"):
        line(books, note(books, invoice, number=2), invoice)


def test_an_instalment_is_not_credited_as_support_is(books):
    """No charge stands behind it that could be put back."""
    row, invoice = books.instalment(100), books.invoice(1)
    books.line(invoice, 100, schedule_row=row)
    with books.refused("credit_note"):
        line(books, note(books, invoice), invoice)
