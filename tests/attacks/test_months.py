"""Days exist, months close in order, and nothing is posted behind a closed one."""

from __future__ import annotations

import pytest

from ringfence.store import schema


@pytest.fixture
def open_books(books):
    books.allocate(10_000)
    return books


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "2026-1-5", "5 October 2026", "", "2026-10-05T00:00:00", "2026-10-05 "])
def test_a_day_that_does_not_exist_is_refused(open_books, day):
    with open_books.refused("entry_dates"):
        open_books.entry("available", "owed_provider", 1, happened_on=day, posted_on=day)
    if day:
        with open_books.refused("real_date"):
            open_books.add(schema.rate, code="r", from_on=day, to_on="2027-03-31", version=1, batch_id=1)


def test_an_entry_is_posted_on_the_day_it_happened(open_books):
    for posted_on in ("2026-10-04", "2026-10-06", "2026-11-01", "2026-02-30"):
        with open_books.refused("entry_dates"):
            open_books.entry("available", "owed_provider", 1, happened_on="2026-10-05", posted_on=posted_on)


def test_what_happened_in_a_closed_month_is_posted_on_the_first_of_the_next(open_books):
    open_books.lock("2026-09", "issued")
    with open_books.refused("month_closed"):
        open_books.entry("available", "owed_provider", 1, happened_on="2026-09-30")
    for posted_on in ("2026-10-02", "2026-11-01"):
        with open_books.refused("entry_dates"):
            open_books.entry("available", "owed_provider", 1, happened_on="2026-09-30", posted_on=posted_on)
    open_books.entry("available", "owed_provider", 1, happened_on="2026-09-30", posted_on="2026-10-01")


def test_december_is_followed_by_january(open_books):
    open_books.lock("2026-12")
    open_books.entry("available", "owed_provider", 1, happened_on="2026-12-31", posted_on="2027-01-01")


def test_every_month_before_a_closed_one_is_closed(open_books):
    open_books.lock("2026-09")
    with open_books.refused("month_closed"):
        open_books.entry("available", "owed_provider", 1, happened_on="2026-03-05")


def test_not_even_a_reversal_is_posted_in_a_closed_month(open_books):
    wrong = open_books.entry("available", "owed_provider", 1, happened_on="2026-09-30")
    open_books.lock("2026-09")
    with open_books.refused("month_closed"):
        open_books.reverse(wrong)
    open_books.reverse(wrong, posted_on="2026-10-01")


def test_months_close_in_order_and_once(books):
    books.lock("2026-09", "issued")
    for month, step in (("2026-08", "locked"), ("2026-09", "issued"), ("2026-13", "locked"), ("2026-10", "shut"), ("October", "locked")):
        with books.refused("lock_order"):
            books.lock(month, step)
    books.lock("2026-09", "locked")
    for step in ("locked", "issued"):
        with books.refused("lock_order"):
            books.lock("2026-09", step)
    books.lock("2026-11")


def test_a_lock_is_not_taken_off_by_changing_or_removing_it(books):
    books.lock("2026-09")
    for statement in ("UPDATE month_lock SET month = '2026-01'", "DELETE FROM month_lock"):
        with books.refused(books.bars):
            books.sql(statement)
        with books.refused("append_only"):
            books.sql_as_owner(statement)


def test_a_month_opens_again_only_by_an_approved_decision(books):
    lock = books.lock("2026-09")
    with books.refused("reopen"):
        books.add(schema.month_reopen, month_lock_id=lock, batch_id=books.batch())
    books.add(schema.month_reopen, month_lock_id=lock, batch_id=books.batch(approved=True, kind="reopen"))
    books.allocate(100)
    books.entry("available", "owed_provider", 1, happened_on="2026-09-30")
    books.lock("2026-09")


def test_only_the_last_closed_month_opens_again(books):
    first, _ = books.lock("2026-08"), books.lock("2026-09")
    for lock in (first, 999_999):
        with books.refused("reopen"):
            books.add(schema.month_reopen, month_lock_id=lock, batch_id=books.batch(approved=True, kind="reopen"))


def test_a_month_whose_statements_are_issued_stays_closed(books):
    issued, locked = books.lock("2026-09", "issued"), books.lock("2026-09", "locked")
    for lock in (issued, locked):
        with books.refused("reopen"):
            books.add(schema.month_reopen, month_lock_id=lock, batch_id=books.batch(approved=True, kind="reopen"))
