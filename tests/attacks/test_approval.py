"""A part counts from its approval, by somebody else, and nothing slips in afterwards."""

from __future__ import annotations

from ringfence.store import schema


def test_nobody_approves_what_they_prepared(books):
    batch = books.batch(prepared_by=1)
    with books.refused("approver_is_preparer"):
        books.approve(batch, by=1)


def test_nobody_unknown_approves_and_nothing_unknown_is_approved(books):
    with books.refused("approver_is_preparer"):
        books.approve(books.batch(), by=77)
    with books.refused("approver_is_preparer"):
        books.approve(987_654)


def test_an_approved_batch_takes_no_more_parts(books):
    origin = books.origin("allocation", 20_000, parts={1: 5_000}, approved=False)
    batch = books.all(f"SELECT batch_id FROM origin WHERE id = {origin}")[0][0]
    books.approve(batch)
    with books.refused("part_after_approval"):
        books.part(origin, 2, 5_000, batch=batch)


def test_a_batch_approved_empty_is_not_filled_later(books):
    batch = books.batch(approved=True)
    with books.refused("part_after_approval"):
        books.part(books.origin("allocation", 20_000, parts={}), 1, 20_000, batch=batch)
    with books.refused("part_after_approval"):
        books.add(schema.origin, key="late", kind="allocation", unit="pence", amount=1, happened_on="2026-10-05", batch_id=batch)


def test_parts_never_come_to_more_than_their_origin(books):
    origin = books.origin("bank_in", 10_000, parts={1: 6_000})
    with books.refused("part_over_origin"):
        books.part(origin, 2, 4_001)
    books.part(origin, 2, 4_000)
    with books.refused("part_over_origin"):
        books.part(origin, 1, 1)


def test_parts_put_in_together_never_come_to_more_than_their_origin(books):
    origin, batch = books.origin("bank_in", 10_000, parts={}), books.batch()
    with books.refused("part_over_origin"):
        books.sql("INSERT INTO part (id, origin_id, fund_id, unit, amount, batch_id) VALUES "
                  f"(1, {origin}, 1, 'pence', 6000, {batch}), (2, {origin}, 2, 'pence', 6000, {batch})")


def test_a_part_is_of_an_origin_in_its_own_unit(books):
    with books.refused("origin_missing"):
        books.part(books.origin("allocation", 100, parts={}), 1, 100, unit="minutes")
    with books.refused("origin_missing"):
        books.part(123_456, 1, 100)


def test_an_origin_starts_with_nothing_placed(books):
    with books.refused("kept_by_guard"):
        books.add(schema.origin, key="o", kind="bank_in", unit="pence", amount=10, placed=5, happened_on="2026-10-05",
                  batch_id=books.batch())
