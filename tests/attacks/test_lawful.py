"""The guards refuse what is wrong and nothing else: every rule can be posted when its conditions hold."""

from __future__ import annotations

import pytest

from isf.accounts import RULES, Rule
from ringfence.store import schema

ONE_PENNY_OR_MINUTE = 1
KEPT_IS_SUMMED = """
SELECT account.id FROM account JOIN balance ON balance.account_id = account.id
WHERE balance.amount <> coalesce((SELECT sum(amount) FROM entry WHERE debit_account_id = account.id), 0)
                      - coalesce((SELECT sum(amount) FROM entry WHERE credit_account_id = account.id), 0)"""
USED_IS_SUMMED = """
SELECT origin_id FROM part_use WHERE used <> coalesce((
  SELECT sum(CASE WHEN reverses_id IS NULL THEN entry.amount WHEN origin.kind LIKE 'bank%' THEN 0 ELSE -entry.amount END)
  FROM entry JOIN origin ON origin.id = entry.origin_id
  WHERE entry.origin_id = part_use.origin_id AND entry.fund_id = part_use.fund_id), 0)"""


@pytest.fixture
def full(linked_books):
    """A fund with something in every account that has a floor."""
    linked_books.allocate(100_000)
    linked_books.receive(50_000)
    linked_books.entry("with_provider", "due", 5_000, origin_id=linked_books.origin("bank_in", 5_000))
    for debit, credit, pence in (("available", "owed_provider", 20_000), ("available", "banked", 3_000), ("borne", "owed_provider", 4_000),
                                 ("available", "owed_funder", 1_000), ("available", "owed_person", 1_000)):
        linked_books.entry(debit, credit, pence)
    linked_books.entry("agreed", "available", 6_000, unit="minutes", origin_id=linked_books.origin("allocation", 6_000, unit="minutes"))
    linked_books.entry("available", "banked", 600, unit="minutes")
    return linked_books


def lawful(books, rule: Rule, amount: int = ONE_PENNY_OR_MINUTE) -> int:
    fund = 3 if rule.debit == "void_cost" else 1  # only the provider's own fund carries empty places
    row = {"fund": fund}
    if rule.origin is not None:
        row["origin_id"] = books.origin(rule.origin.value, amount, unit=rule.unit.value, parts={fund: amount})
    if rule.needs == "charge":
        row["event_id"] = books.charge(amount)
    if rule.needs == "conversion":
        row["event_id"] = books.event()
        books.add(schema.conversion, event_id=row["event_id"], minutes=amount, rate_per_hour="20.00", pence=33, agreement="minuted")
    between_payers = {"debit_funder": 2} if rule.debit == rule.credit == "due" else {}
    return books.entry(rule.debit, rule.credit, amount, unit=rule.unit.value, **between_payers, **row)


def test_every_rule_can_be_posted_and_put_back(full):
    posted = [lawful(full, rule) for rule in RULES]
    for entry in reversed(posted):
        full.reverse(entry)
    assert full.all(KEPT_IS_SUMMED) == []
    assert full.all(USED_IS_SUMMED) == []


def test_an_origin_is_needed_exactly_where_the_rule_names_one(full):
    for rule in RULES:
        if rule.origin is None:
            continue
        others = {other.origin for other in RULES if (other.debit, other.credit, other.unit) == (rule.debit, rule.credit, rule.unit)}
        if None not in others:
            with full.refused("rule"):
                full.entry(rule.debit, rule.credit, 1, unit=rule.unit.value, fund=3 if rule.debit == "void_cost" else 1,
                           **({"debit_funder": 2} if rule.debit == rule.credit else {}))
