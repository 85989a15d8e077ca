"""A fund closes at nil by two people and takes nothing more; an instalment changes only before it is asked for; a bill is paid once approved."""

import pytest


def settled(books):
    """A fund that had £100, gave it all back, and stands at nil."""
    books.allocate(10_000)
    books.receive(10_000)
    books.entry("available", "owed_funder", 10_000)
    books.entry("owed_funder", "held", 10_000, origin_id=books.origin("bank_out", 10_000))


def test_a_fund_at_nil_closes_by_two_people_and_takes_nothing_more(books):
    settled(books)
    books.close_fund(1)
    allocated = books.origin("allocation", 500)
    with books.refused("fund_closed"):
        books.entry("due", "available", 500, origin_id=allocated)
    with books.refused("fund_closed"):
        books.entry("available", "delivered", 60, unit="minutes")


def test_not_even_a_reversal_is_posted_in_a_closed_fund(books):
    entry = books.allocate(10_000)
    books.entry("available", "due", 10_000)
    books.close_fund(1)
    with books.refused("fund_closed"):
        books.reverse(entry)


@pytest.mark.parametrize("left", ["money", "promise", "overspend", "time", "banked"])
def test_a_fund_with_anything_left_in_it_does_not_close(books, left):
    if left in ("money", "promise"):
        books.allocate(10_000)
    if left == "money":
        books.receive(10_000)
    if left == "overspend":
        books.entry("borne", "owed_provider", 100)
    if left in ("time", "banked"):
        books.entry("agreed", "available", 60, unit="minutes", origin_id=books.origin("allocation", 60, unit="minutes"))
    if left == "banked":
        books.entry("available", "banked", 60, unit="minutes")
    with books.refused("fund_closing"):
        books.close_fund(1)


def test_time_that_was_given_does_not_keep_a_fund_open(books):
    books.entry("agreed", "available", 60, unit="minutes", origin_id=books.origin("allocation", 60, unit="minutes"))
    books.entry("available", "delivered", 60, unit="minutes")
    books.close_fund(1)


def test_nobody_closes_a_fund_alone_or_twice_or_opens_one_that_is_open(books):
    with books.refused("fund_closing"):
        books.close_fund(1, batch=books.batch())
    with books.refused("fund_closing"):
        books.close_fund(1, "opened")
    books.close_fund(1)
    with books.refused("fund_closing"):
        books.close_fund(1)
    with books.refused("fund_closing"):
        books.close_fund(99)


def test_a_closed_fund_is_opened_again_by_two_people_and_closes_again(books):
    books.close_fund(1)
    with books.refused("fund_closing"):
        books.close_fund(1, "opened", batch=books.batch())
    books.close_fund(1, "opened")
    books.allocate(500)
    with books.refused("fund_closing"):
        books.close_fund(1)
    books.entry("available", "due", 500)
    books.close_fund(1)


def test_closing_one_fund_leaves_the_others_open(books):
    books.close_fund(1)
    books.allocate(500, fund=2)
    assert books.balance("available", fund=2) == -500


def standing(books, row):
    return books.all(f"SELECT pence FROM schedule_standing WHERE schedule_row_id = {row}")


def test_a_change_of_an_instalment_counts_once_it_is_approved(books):
    row, batch = books.instalment(10_000), books.batch()
    books.change_instalment(row, 4_000, batch=batch)
    assert standing(books, row) == [(10_000,)]
    books.approve(batch)
    assert standing(books, row) == [(4_000,)]
    later = books.batch()
    books.change_instalment(row, 6_000, version=2, batch=later)
    assert standing(books, row) == [(4_000,)]
    books.approve(later)
    assert standing(books, row) == [(6_000,)]


def test_an_instalment_that_is_invoiced_is_not_changed_any_more(books):
    row = books.instalment(10_000)
    books.line(books.invoice(1), 10_000, schedule_row=row)
    with books.refused("schedule_change"):
        books.change_instalment(row, 4_000)


def test_a_changed_instalment_is_invoiced_as_it_stands_and_not_as_it_was(books):
    row, batch = books.instalment(10_000), books.batch()
    books.change_instalment(row, 4_000, batch=batch)
    books.approve(batch)
    invoice = books.invoice(1)
    with books.refused("invoice_line"):
        books.line(invoice, 10_000, schedule_row=row)
    books.line(invoice, 4_000, schedule_row=row)


def test_nothing_joins_a_change_that_is_approved_or_skips_a_version(books):
    row, batch = books.instalment(10_000), books.batch(approved=True)
    with books.refused("schedule_change"):
        books.change_instalment(row, 4_000, batch=batch)
    with books.refused("schedule_change"):
        books.change_instalment(row, 4_000, version=2)
    with books.refused("schedule_change"):
        books.change_instalment(row + 1_000, 4_000)


def test_a_bill_is_paid_only_as_far_as_it_was_approved(books):
    books.allocate(10_000)
    books.receive(10_000)
    with books.refused("part_not_approved"):
        books.entry("available", "owed_supplier", 3_000, origin_id=books.origin("bill", 3_000, approved=False))
    books.entry("available", "owed_supplier", 3_000, origin_id=books.origin("bill", 3_000))
    paid = books.origin("bank_out", 5_000)
    with books.refused("floor_owed_supplier"):
        books.entry("owed_supplier", "held", 3_001, origin_id=paid)
    books.entry("owed_supplier", "held", 3_000, origin_id=paid)
    assert books.balance("held") == 7_000


def test_a_bill_never_takes_more_than_the_person_may_still_use(books):
    books.allocate(2_000)
    with books.refused("floor_available"):
        books.entry("available", "owed_supplier", 3_000, origin_id=books.origin("bill", 3_000))


def test_a_bill_of_one_person_is_not_paid_from_another(books):
    books.allocate(10_000, fund=2)
    bill = books.origin("bill", 3_000, parts={1: 3_000})
    with books.refused("part_not_approved"):
        books.entry("available", "owed_supplier", 3_000, fund=2, origin_id=bill)


def test_misspent_money_is_put_back_by_a_line_of_the_bank(books):
    with books.refused("rule"):
        books.entry("held", "available", 500)
    books.entry("held", "available", 500, origin_id=books.origin("bank_in", 500))
    assert books.balance("available") == -500
