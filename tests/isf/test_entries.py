"""Each event of a fund: which accounts it moves, and what it does to the money held for the person."""

from datetime import date

import pytest

from basics.periods import Month
from isf.accounts import INSIDE_MONEY_HELD, ROLES, RULES, Unit
from isf.entries import (
    Entry,
    Event,
    allocation,
    empty_place,
    entry,
    extra,
    posted_on,
    support_by_delivery,
    support_under_a_schedule,
    time_agreed,
    time_given,
)

DAY = date(2026, 10, 19)
COUNCIL = "northshore"


def event(kind: str) -> Event:
    return Event(f"{kind}|1", kind, "F-DANNY")


def sides(entries: list[Entry]) -> list[tuple[str, str, int]]:
    return [(one.debit[0], one.credit[0], one.amount) for one in entries]


def effect(debit: str, credit: str, amount: int = 100) -> int:
    (one,) = entry(event("any"), (debit, None), (credit, None), amount, DAY)
    return one.money_held_effect


def test_an_allocation_is_a_promise_and_not_yet_money():
    made = allocation(event("allocation"), COUNCIL, 26_280_00, DAY, "AL-1")
    assert sides(made) == [("due", "available", 26_280_00)]
    assert made[0].debit == ("due", COUNCIL)
    assert sum(one.money_held_effect for one in made) == 0


@pytest.mark.parametrize(("debit", "credit"), [("held", "due"), ("with_provider", "due"), ("owed_provider", "due"), ("borne", "due"),
                                               ("held", "available")])
def test_money_that_comes_in_counts_wherever_it_is_paid(debit, credit):
    assert effect(debit, credit) == 100


@pytest.mark.parametrize(("debit", "credit"), [("available", "owed_provider"), ("due", "owed_provider"), ("available", "borne"),
                                               ("owed_funder", "held"), ("owed_person", "held"), ("void_cost", "owed_provider")])
def test_support_and_money_given_back_take_from_what_is_held(debit, credit):
    assert effect(debit, credit) == -100


@pytest.mark.parametrize(("debit", "credit"), [("owed_provider", "held"), ("held", "with_provider"), ("borne", "owed_provider"),
                                               ("owed_provider", "borne")])
def test_draws_transfers_and_overspend_do_not_show(debit, credit):
    assert effect(debit, credit) == 0


@pytest.mark.parametrize(("debit", "credit"), [("due", "available"), ("available", "banked"), ("banked", "available"),
                                               ("available", "due"), ("available", "owed_funder"), ("available", "owed_person")])
def test_promises_and_money_set_aside_do_not_show(debit, credit):
    assert effect(debit, credit) == 0


def test_time_is_never_money_held():
    for one in (*time_agreed(event("allocation"), 600, DAY, "AL-1"), *time_given(event("visit"), 600, 60, DAY)):
        assert one.unit is Unit.MINUTES
        assert one.money_held_effect == 0


def test_what_is_beyond_what_was_left_is_carried_by_the_provider():
    made = support_under_a_schedule(event("visit"), 100_00, 60_00, DAY)
    assert sides(made) == [("available", "owed_provider", 60_00), ("borne", "owed_provider", 40_00)]
    assert sum(one.money_held_effect for one in made) == -60_00


@pytest.mark.parametrize("left_pence", [0, -1])
def test_with_nothing_left_all_of_it_is_carried(left_pence):
    assert sides(support_under_a_schedule(event("visit"), 100_00, left_pence, DAY)) == [("borne", "owed_provider", 100_00)]


def test_support_within_what_is_left_is_one_entry():
    assert sides(support_under_a_schedule(event("visit"), 60_00, 60_00, DAY)) == [("available", "owed_provider", 60_00)]


def test_support_paid_by_delivery_is_a_debt_of_its_funder():
    (made,) = support_by_delivery(event("visit"), "westmoor", 24_40, DAY)
    assert (made.debit, made.credit, made.origin) == (("due", "westmoor"), ("owed_provider", None), None)


def test_time_beyond_what_was_agreed_is_over_the_plan():
    assert sides(time_given(event("visit"), 90, 60, DAY)) == [("available", "delivered", 60), ("agreed", "delivered", 30)]


def test_an_extra_pays_first_for_the_overspend_that_was_carried():
    made = extra(event("extra"), COUNCIL, 100_00, 40_00, DAY, "EX-1")
    assert sides(made) == [("due", "available", 100_00), ("available", "borne", 40_00)]
    assert [one.origin for one in made] == ["EX-1", None]
    assert sum(one.money_held_effect for one in made) == -40_00


def test_an_extra_smaller_than_the_overspend_pays_for_part_of_it():
    assert sides(extra(event("extra"), COUNCIL, 30_00, 40_00, DAY, "EX-1"))[1] == ("available", "borne", 30_00)


def test_an_empty_place_is_paid_for_in_the_fund_of_the_provider():
    assert sides(empty_place(event("void"), 96_00, DAY, "SC-1")) == [("void_cost", "owed_provider", 96_00)]


def test_an_amount_of_nil_makes_no_entry():
    assert allocation(event("allocation"), COUNCIL, 0, DAY, "AL-1") == []


def test_the_two_entries_of_one_event_have_two_keys():
    made = extra(event("extra"), COUNCIL, 100_00, 40_00, DAY, "EX-1")
    assert len({one.key for one in made}) == 2


def test_every_event_keeps_to_the_rules():
    made = [
        *allocation(event("allocation"), COUNCIL, 1, DAY, "o"), *time_agreed(event("allocation"), 1, DAY, "o"),
        *extra(event("extra"), COUNCIL, 2, 1, DAY, "o"), *support_under_a_schedule(event("visit"), 2, 1, DAY),
        *support_by_delivery(event("visit"), COUNCIL, 1, DAY), *time_given(event("visit"), 2, 1, DAY),
        *empty_place(event("void"), 1, DAY, "o"),
    ]
    lawful = {(rule.debit, rule.credit, rule.unit) for rule in RULES}
    assert {(one.debit[0], one.credit[0], one.unit) for one in made} <= lawful


def test_every_rule_is_between_two_accounts_of_its_unit_and_stands_once():
    accounts = {(role.name, role.unit) for role in ROLES}
    assert all({(rule.debit, rule.unit), (rule.credit, rule.unit)} <= accounts for rule in RULES)
    assert len({(rule.debit, rule.credit, rule.unit, rule.origin) for rule in RULES}) == len(RULES)


def test_the_money_held_is_made_of_pence_accounts():
    assert {(name, Unit.PENCE) for name in INSIDE_MONEY_HELD} <= {(role.name, role.unit) for role in ROLES}


@pytest.mark.parametrize(("closed_through", "posted"), [(None, DAY), (Month(2026, 9), DAY), (Month(2026, 10), date(2026, 11, 1)),
                                                        (Month(2026, 12), date(2027, 1, 1))])
def test_what_happened_in_a_closed_month_is_posted_in_the_first_open_one(closed_through, posted):
    assert posted_on(DAY, closed_through) == posted
