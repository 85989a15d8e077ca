"""Money in one person’s fund never pays for another’s support, and none appears in a fund from nowhere."""

from __future__ import annotations

import pytest

from isf.accounts import RULES
from ringfence.store import schema


def test_an_entry_cannot_take_from_one_fund_and_give_to_another(books):
    books.allocate(10_000)
    with books.refused("barrier_fund"):
        books.entry("available", "owed_provider", 5_000, credit_account_id=books.account(2, "owed_provider"))
    with books.refused("barrier_fund"):
        books.entry("available", "owed_provider", 5_000, fund=2, debit_account_id=books.account(1, "available"))


def test_pounds_do_not_become_minutes_in_one_entry(books):
    books.allocate(10_000)
    with books.refused("barrier_fund"):
        books.entry("available", "delivered", 60, debit_account_id=books.account(1, "available"),
                    credit_account_id=books.account(1, "delivered", "minutes"))


def test_the_composite_keys_say_the_barrier_too(linked_books):
    linked_books.allocate(10_000)
    with linked_books.refused("barrier_fund"):
        linked_books.entry("available", "owed_provider", 5_000, credit_account_id=linked_books.account(2, "owed_provider"))


@pytest.mark.parametrize("kind", ["bank_in", "opening", "allocation", "shared_cost"])
def test_two_step_what_one_fund_buys_is_not_received_by_another(books, kind):
    """Fund 1 buys something for £100, and fund 2 received £100: each row is legal by itself."""
    books.allocate(10_000, fund=1)
    books.receive(10_000, fund=1)
    books.entry("available", "owed_provider", 10_000, fund=1)
    books.entry("owed_provider", "held", 10_000, fund=1, origin_id=books.origin("bank_out", 10_000))
    origin = books.origin(kind, 10_000, parts={1: 10_000})
    legal = {"bank_in": ("held", "due"), "opening": ("held", "available"), "allocation": ("due", "available"),
             "shared_cost": ("available", "owed_provider")}[kind]
    with books.refused("part_not_approved"):
        books.entry(*legal, 10_000, fund=2, origin_id=origin)
    with books.refused("rule"):
        books.entry("held", "due", 10_000, fund=2)


def test_a_receipt_put_back_from_one_person_is_not_placed_again_beyond_what_came(books):
    origin = books.origin("bank_in", 10_000, parts={1: 10_000})
    first = books.entry("held", "due", 10_000, origin_id=origin)
    books.reverse(first)
    with books.refused("part_over_origin"):
        books.part(origin, 2, 10_000)
    with books.refused("part_not_approved"):
        books.entry("held", "due", 10_000, fund=2, origin_id=origin)


def test_a_part_of_a_bank_line_is_used_once_even_where_it_is_put_back(books):
    """The money is placed anew by another line of parts: posted here again, it would stand in two funds."""
    origin = books.origin("bank_in", 10_000, parts={1: 6_000, 2: 4_000})
    books.reverse(books.entry("held", "due", 6_000, origin_id=origin))
    for pence in (6_000, 1):
        with books.refused("part_exceeded"):
            books.entry("held", "due", pence, origin_id=origin)
    books.entry("held", "due", 4_000, fund=2, origin_id=origin)


def test_nobody_is_entitled_before_the_split_is_approved(books):
    origin = books.origin("allocation", 20_000, parts={1: 12_000, 2: 8_000}, approved=False)
    with books.refused("part_not_approved"):
        books.entry("due", "available", 12_000, origin_id=origin)


def test_an_entry_never_takes_more_than_its_own_funds_part(books):
    origin = books.origin("allocation", 20_000, parts={1: 12_000, 2: 8_000})
    books.entry("due", "available", 11_999, origin_id=origin)
    with books.refused("part_exceeded"):
        books.entry("due", "available", 2, origin_id=origin)
    books.entry("due", "available", 1, origin_id=origin)


def test_rows_put_in_together_share_one_part(books):
    """A guard that looked at each row by itself would let both through."""
    origin = books.origin("allocation", 20_000, parts={1: 12_000, 2: 8_000})
    row = ("allocation", books.account(1, "due"), books.account(1, "available"), books.event())
    rows = ", ".join(f"({n}, '{row[0]}-{n}', 1, 'pence', {row[1]}, {row[2]}, 7000, '2026-10-05', '2026-10-05', '', {row[3]}, {origin}, 1)"
                     for n in (1, 2))
    with books.refused("part_exceeded"):
        books.sql("INSERT INTO entry (id, key, fund_id, unit, debit_account_id, credit_account_id, amount, happened_on, posted_on, "
                  f"recorded_at, event_id, origin_id, batch_id) VALUES {rows}")


@pytest.mark.parametrize(("debit", "credit"), [
    ("held", "due"), ("with_provider", "due"), ("held", "with_provider"), ("owed_provider", "held"), ("owed_funder", "held"),
    ("owed_person", "held"), ("owed_provider", "due"),
])
def test_cash_neither_comes_nor_goes_without_a_bank_line(books, debit, credit):
    with books.refused("rule"):
        books.entry(debit, credit, 100)
    with books.refused("rule"):
        books.entry(debit, credit, 100, origin_id=books.origin("shared_cost", 100))


def test_every_rule_that_touches_cash_names_an_origin():
    assert all(rule.origin for rule in RULES if {"held", "with_provider"} & {rule.debit, rule.credit})


def test_an_origin_that_is_not_there_is_not_the_same_as_none(books):
    books.allocate(1_000)
    with books.refused("origin_missing"):
        books.entry("available", "owed_provider", 100, origin_id=999_999)


def test_an_origin_in_pounds_gives_no_minutes(books):
    origin = books.origin("allocation", 6_000)
    with books.refused("origin_missing"):
        books.entry("agreed", "available", 60, unit="minutes", origin_id=origin)


def test_two_roles_that_no_rule_joins_do_not_meet(books):
    with books.refused("rule"):
        books.entry("held", "banked", 100)
    with books.refused("rule"):
        books.entry("due", "due", 100, origin_id=books.origin("extra", 100))  # the same account on both sides


def test_an_entry_records_what_happened_in_its_own_fund(books):
    books.allocate(1_000)
    with books.refused("event_fund"):
        books.entry("available", "owed_provider", 100, event_id=books.event(fund=2))


def test_an_account_has_no_twin_and_belongs_to_a_fund_that_exists(books):
    with books.refused("account_shape"):
        books.add(schema.account, key="twin", fund_id=1, unit="pence", role="held", funder_id=None)
    with books.refused("account_shape"):
        books.add(schema.account, key="stray", fund_id=99, unit="pence", role="held", funder_id=None)
    with books.refused("account_shape"):
        books.add(schema.account, key="new role", fund_id=1, unit="pence", role="gift", funder_id=None)
    with books.refused("account_shape"):
        books.add(schema.account, key="due from nobody", fund_id=1, unit="pence", role="due", funder_id=None)


def test_an_entry_is_of_a_batch_that_is_there(books):
    books.allocate(1_000)
    with books.refused("foreign_key"):
        books.entry("available", "owed_provider", 100, batch_id=4_242)


def test_the_tables_own_checks_are_named_too(linked_books):
    with linked_books.refused("foreign_key"):
        linked_books.add(schema.explanation, origin_id=4_242, batch_id=1)
    with linked_books.refused("check"):
        linked_books.entry("available", "owed_provider", 0)
    with linked_books.refused("not_empty"):
        linked_books.add(schema.person, id=70, reference=None)
