"""An instalment is credited only with the entry that lowers the same promise, in sums that never exceed its line, and for good."""

from __future__ import annotations

import pytest

from ringfence.store import schema
from tests.attacks.conftest import COUNCIL, DAY, OTHER_COUNCIL


@pytest.fixture
def asked(books):
    """£5.00 promised to each of two funds, and an issued invoice of £3.00 for an instalment of the first, £2.00 for one of the second."""
    for fund in (1, 2):
        books.allocate(500, fund=fund)
    invoice = books.invoice(1, 500)
    for n, (fund, pence) in enumerate(((1, 300), (2, 200)), start=1):
        books.line(invoice, pence, schedule_row=books.instalment(pence, fund=fund), n=n, fund=fund)
    return invoice


def note(books, invoice, pence=100):
    number = books.all("SELECT coalesce(max(number), 0) + 1 FROM credit_note")[0][0]
    return books.add(schema.credit_note, number=number, invoice_id=invoice, issued_on=DAY, pence=pence, words="Too much was asked",
                     batch_id=books.batch(approved=True))


def lowered(books, pence=100, *, fund=1, funder=COUNCIL, amount=0):
    """An origin of a credit, and the entry from it: both of so many pence, where the origin is not given its own amount."""
    origin = books.origin("credit", amount or pence, parts={fund: amount or pence})
    return origin, books.entry("available", "due", pence, fund=fund, credit_funder=funder, origin_id=origin)


def credit(books, invoice, origin, pence=100, *, of=1, n=1, whole=None):
    books.add(schema.credit_line, credit_note_id=note(books, invoice, whole or pence), n=n, invoice_id=invoice, invoice_n=of, pence=pence,
              origin_id=origin)


def test_a_line_is_credited_in_sums_and_never_beyond_it(books, asked):
    for _ in range(2):
        credit(books, asked, lowered(books)[0])
    with books.refused("credit_of_instalment"):
        credit(books, asked, lowered(books, 101)[0], 101)
    credit(books, asked, lowered(books)[0])
    with books.refused("credit_of_instalment"):
        credit(books, asked, lowered(books, 1)[0], 1)


def test_rows_of_one_statement_do_not_exceed_the_line_together(books, asked):
    first, second = lowered(books, 200)[0], lowered(books, 200)[0]
    made = note(books, asked, 400)
    with books.refused("credit_of_instalment"):
        books.sql("INSERT INTO credit_line (credit_note_id, n, invoice_id, invoice_n, pence, origin_id)"
                  f" VALUES ({made}, 1, {asked}, 1, 200, {first}), ({made}, 2, {asked}, 1, 200, {second})")


def test_no_instalment_is_credited_without_its_entry(books, asked):
    for origin in (books.origin("credit", 100), 424_242):
        with books.refused("credit_of_instalment"):
            credit(books, asked, origin)


def test_the_promise_of_another_fund_is_not_lowered_in_its_place(books, asked):
    with books.refused("credit_of_instalment"):
        credit(books, asked, lowered(books, fund=2)[0])


def test_the_promise_of_another_payer_is_not_lowered_in_its_place(books, asked):
    with books.refused("credit_of_instalment"):
        credit(books, asked, lowered(books, funder=OTHER_COUNCIL)[0])


def test_the_promise_is_lowered_by_what_is_credited_neither_more_nor_less(books, asked):
    for pence in (99, 101):
        with books.refused("credit_of_instalment"):
            credit(books, asked, lowered(books, pence)[0])
    with books.refused("credit_of_instalment"):
        credit(books, asked, lowered(books, 100, amount=150)[0])


def test_money_that_came_from_elsewhere_is_no_credit(books, asked):
    origin = books.origin("extra", 100)
    books.entry("due", "available", 100, origin_id=origin)
    with books.refused("credit_of_instalment"):
        credit(books, asked, origin)


def test_nothing_and_less_than_nothing_are_no_credit(books, asked):
    origin, _ = lowered(books)
    for pence in (0, -100):
        with books.refused("credit_of_instalment"):
            credit(books, asked, origin, pence, whole=100)


def test_one_entry_stands_behind_one_credit(books, asked):
    origin, _ = lowered(books)
    credit(books, asked, origin)
    with books.refused("key"):
        credit(books, asked, origin)


def test_what_was_put_back_stands_behind_no_credit(books, asked):
    origin, entry = lowered(books)
    books.reverse(entry)
    with books.refused("credit_of_instalment"):
        credit(books, asked, origin)


def test_the_entry_of_a_credit_is_not_put_back(books, asked):
    origin, entry = lowered(books)
    credit(books, asked, origin)
    with books.refused("credit_of_instalment"):
        books.reverse(entry)


def test_nothing_else_comes_from_what_is_credited(books, asked):
    origin, _ = lowered(books)
    with books.refused("part_exceeded"):
        books.entry("available", "due", 1, origin_id=origin)
    with books.refused("part_not_approved"):
        books.entry("available", "due", 1, fund=2, origin_id=origin)
    for debit, credited in (("due", "available"), ("held", "due"), ("available", "owed_provider"), ("available", "owed_funder")):
        with books.refused("rule"):
            books.entry(debit, credited, 1, origin_id=origin)


def test_no_credit_counts_that_nobody_approved(books, asked):
    origin = books.origin("credit", 100, approved=False)
    with books.refused("part_not_approved"):
        books.entry("available", "due", 100, origin_id=origin)


def test_no_promise_is_credited_that_was_used(books, asked):
    books.entry("available", "owed_provider", 450)
    origin = books.origin("credit", 100)
    with books.refused("floor_available"):
        books.entry("available", "due", 100, origin_id=origin)


def test_a_line_for_support_is_not_credited_as_an_instalment(books, asked):
    invoice = books.invoice(2, 100)
    books.line(invoice, 100, event=books.posted_charge(100))
    with books.refused("credit_note"):
        credit(books, invoice, lowered(books)[0])
