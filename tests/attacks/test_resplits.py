"""A contract is divided anew only by an approved version: nobody’s part is raised out of another person’s money."""

from __future__ import annotations

from ringfence.store import schema


def split_in_two(books):
    """£100.00 for each of two people, from one council; all of it has come."""
    origin = books.origin("allocation", 20_000, parts={1: 10_000, 2: 10_000})
    paid = books.origin("bank_in", 20_000, parts={1: 10_000, 2: 10_000})
    for fund in (1, 2):
        books.entry("due", "available", 10_000, fund=fund, origin_id=origin)
        books.entry("held", "due", 10_000, fund=fund, origin_id=paid)
    return origin


def test_a_promise_given_up_in_one_fund_is_not_promised_to_another(books):
    """The first half of a re-split needs no origin; without the second half the money is the council’s again, and nobody’s."""
    origin = split_in_two(books)
    books.entry("available", "due", 4_000, fund=1)
    with books.refused("rule"):
        books.entry("due", "available", 4_000, fund=2)
    with books.refused("part_exceeded"):
        books.entry("due", "available", 4_000, fund=2, origin_id=origin)
    assert books.balance("available", fund=2) == -10_000


def test_what_one_part_released_is_not_drawn_by_another_of_the_same_split(books):
    origin = split_in_two(books)
    books.entry("available", "due", 10_000, fund=1)
    with books.refused("part_over_origin"):
        books.part(origin, 2, 10_000)
    with books.refused("barrier_fund"):
        books.entry("due", "available", 4_000, fund=2, origin_id=origin, debit_account_id=books.account(1, "due"))


def test_a_new_version_of_the_parts_counts_for_nobody_until_somebody_else_approves_it(books):
    split_in_two(books)
    books.entry("available", "due", 4_000, fund=1)
    later = books.origin("allocation", 4_000, parts={2: 4_000}, approved=False)
    with books.refused("part_not_approved"):
        books.entry("due", "available", 4_000, fund=2, origin_id=later)
    batch = books.all(f"SELECT batch_id FROM origin WHERE id = {later}")[0][0]
    with books.refused("approver_is_preparer"):
        books.approve(batch, by=1)
    books.approve(batch)
    with books.refused("part_exceeded"):
        books.entry("due", "available", 4_001, fund=2, origin_id=later)
    with books.refused("part_not_approved"):
        books.entry("due", "available", 4_000, fund=1, origin_id=later)
    with books.refused("part_after_approval"):
        books.part(later, 1, 1, batch=batch)
    books.entry("due", "available", 4_000, fund=2, origin_id=later)


def test_a_part_that_is_approved_is_not_rewritten_into_another_version(books):
    origin = split_in_two(books)
    for statement in (f"UPDATE part SET amount = 14000 WHERE origin_id = {origin} AND fund_id = 2",
                      f"UPDATE part SET fund_id = 2 WHERE origin_id = {origin} AND fund_id = 1",
                      f"UPDATE origin SET amount = 24000 WHERE id = {origin}"):
        assert books.guard_against(statement) in (books.bars, "append_only")
        assert books.guard_against(statement, as_owner=True) in ("append_only", "kept_by_guard")


def test_a_part_never_goes_below_what_was_used(books):
    split_in_two(books)
    books.entry("available", "owed_provider", 7_000, fund=1)
    with books.refused("floor_available"):
        books.entry("available", "due", 3_001, fund=1)


def test_money_of_one_fund_is_not_counted_as_come_for_another_by_a_resplit(books):
    split_in_two(books)
    books.entry("available", "owed_funder", 4_000, fund=1)
    with books.refused("rule"):
        books.entry("owed_funder", "held", 4_000, fund=1)
    with books.refused("rule"):
        books.entry("held", "due", 4_000, fund=2)
    back = books.origin("bank_out", 4_000, parts={1: 4_000})
    books.entry("owed_funder", "held", 4_000, fund=1, origin_id=back)
    with books.refused("rule"):
        books.entry("held", "due", 4_000, fund=2, origin_id=back)
    with books.refused("part_not_approved"):
        books.entry("held", "due", 4_000, fund=2, origin_id=books.origin("bank_in", 4_000, parts={1: 4_000}))


def test_an_instalment_moves_between_two_funds_only_by_changes_that_are_approved(books):
    """The invoice asks for what stands, and a change that nobody approved does not stand."""
    row = books.instalment(10_000)
    books.add(schema.schedule_part, schedule_row_id=row, fund_id=2, funder_id=1, pence=10_000)
    batch = books.batch()
    for fund, pence in ((1, 4_000), (2, 16_000)):
        books.change_instalment(row, pence, batch=batch, fund=fund)
    invoice = books.invoice(1)
    with books.refused("invoice_line"):
        books.line(invoice, 16_000, schedule_row=row, fund=2)
    books.line(invoice, 10_000, schedule_row=row, fund=2)
    with books.refused("schedule_change"):
        books.change_instalment(row, 16_000, version=2, fund=2)
