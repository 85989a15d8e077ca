"""No account falls below its floor, and the provider never draws what it has not earned."""

from __future__ import annotations

import pytest

from isf.accounts import ROLES, Floor, Unit
from ringfence.store.guard_list import GUARDS


def test_cash_never_falls_below_nothing(books):
    books.allocate(10_000)
    books.receive(3_000)
    books.entry("available", "owed_provider", 10_000)
    with books.refused("floor_held"):
        books.entry("owed_provider", "held", 3_001, origin_id=books.origin("bank_out", 3_001))


def test_not_even_a_reversal_takes_cash_below_nothing(books):
    books.allocate(10_000)
    received = books.receive(3_000)
    books.entry("available", "owed_provider", 3_000)
    books.entry("owed_provider", "held", 3_000, origin_id=books.origin("bank_out", 3_000))
    with books.refused("floor_held"):
        books.reverse(received)


def test_what_a_person_may_use_is_never_overdrawn_except_by_a_reversal(books):
    promised = books.allocate(10_000)
    books.entry("available", "owed_provider", 10_000)
    with books.refused("floor_available"):
        books.entry("available", "owed_provider", 1)
    books.reverse(promised)
    assert books.balance("available") == 10_000
    with books.refused("floor_available"):
        books.entry("available", "owed_provider", 1)
    books.allocate(4_000)
    assert books.balance("available") == 6_000


def test_what_is_set_aside_is_never_overdrawn(books):
    books.allocate(10_000)
    books.entry("available", "banked", 2_000)
    with books.refused("floor_banked"):
        books.entry("banked", "available", 2_001)


def test_time_set_aside_is_never_overdrawn_even_by_a_reversal(books):
    books.entry("agreed", "available", 600, unit="minutes", origin_id=books.origin("allocation", 600, unit="minutes"))
    saved = books.entry("available", "banked", 60, unit="minutes")
    books.entry("banked", "available", 60, unit="minutes")
    with books.refused("floor_banked"):
        books.reverse(saved)


def test_a_draw_never_exceeds_what_is_owed(books):
    books.allocate(10_000)
    books.receive(10_000)
    books.entry("available", "owed_provider", 4_000)
    with books.refused("draw_too_much"):
        books.entry("owed_provider", "held", 4_001, origin_id=books.origin("bank_out", 4_001))


def test_overspend_is_not_paid_out_of_the_next_months_money(books):
    """£40 was charged within the budget and £25 beyond it: £40 may be drawn, though £65 is owed and £100 is held."""
    books.allocate(10_000)
    books.receive(10_000)
    books.entry("available", "owed_provider", 4_000)
    books.entry("borne", "owed_provider", 2_500)
    with books.refused("draw_too_much"):
        books.entry("owed_provider", "held", 4_001, origin_id=books.origin("bank_out", 4_001))
    books.entry("owed_provider", "held", 4_000, origin_id=books.origin("bank_out", 4_000))


def test_no_more_overspend_is_put_right_than_is_carried(books):
    books.allocate(10_000)
    books.entry("borne", "owed_provider", 2_500)
    with books.refused("floor_borne"):
        books.entry("available", "borne", 2_501)


def test_the_provider_is_not_paid_more_than_it_charged(books):
    books.entry("due", "owed_provider", 5_000, event_id=books.charge(5_000))
    with books.refused("floor_owed_provider"):
        books.entry("owed_provider", "due", 5_001, origin_id=books.origin("bank_in", 5_001))


@pytest.mark.parametrize(("role", "guard"), [("owed_funder", "floor_owed_funder"), ("owed_person", "floor_owed_person")])
def test_no_more_goes_back_than_is_owed_back(books, role, guard):
    books.allocate(10_000)
    books.receive(10_000)
    books.entry("available", role, 100)
    with books.refused(guard):
        books.entry(role, "held", 101, origin_id=books.origin("bank_out", 101))


def test_what_the_provider_collected_is_not_paid_over_twice(books):
    books.allocate(10_000)
    books.entry("with_provider", "due", 100, origin_id=books.origin("bank_in", 100))
    with books.refused("floor_with_provider"):
        books.entry("held", "with_provider", 101, origin_id=books.origin("bank_transfer", 101))


@pytest.mark.parametrize("role", [role for role in ROLES if role.floor is not Floor.NONE], ids=lambda role: f"{role.name} {role.unit}")
def test_every_floor_has_a_guard_of_its_own(role):
    assert f"floor_{role.name}" in GUARDS
    assert role.unit in Unit
