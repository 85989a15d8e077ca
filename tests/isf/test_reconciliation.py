"""What must be held for people is the sum of their positive balances, whoever else has overspent; a difference is never hidden."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from isf.reconciliation import FundCash, Item, Kept, Reconciled, in_order, is_overdue

DAY = date(2026, 10, 31)
PENCE = st.integers(0, 10**7)
FUNDS = st.lists(st.tuples(PENCE, PENCE, PENCE, PENCE), max_size=6).map(
    lambda rows: tuple(FundCash(f"isf-{n}", held, owed + borne, borne, collected) for n, (held, owed, borne, collected) in enumerate(rows)))


def reconciled(funds, bank, kept=Kept.APART, **more):
    return Reconciled(DAY, kept, bank, tuple(funds), **more)


def test_an_overspend_never_lowers_what_must_be_held_for_others():
    """The going-live case: A holds £1,126.60, B is overspent by £84.15, C holds £402.00. £1,528.60 must be there, and never £1,444.45."""
    funds = [FundCash("isf-A", 112_660, 0, 0, 0), FundCash("isf-B", 0, 8_415, 8_415, 0), FundCash("isf-C", 40_200, 0, 0, 0)]
    found = reconciled(funds, 152_860)
    assert (found.must_be_held_pence, found.borne_pence, found.difference_pence) == (152_860, 8_415, 0)
    assert [each.fund for each in found.overspent] == ["isf-B"]


def test_what_is_earned_and_not_yet_drawn_is_told_apart():
    """£100 held, £60 of support given: £40 is the person’s. £90 given of which £30 is carried: still £60 is earned."""
    assert (FundCash("f", 10_000, 6_000, 0, 0).earned, FundCash("f", 10_000, 9_000, 3_000, 0).earned) == (6_000, 6_000)
    assert FundCash("f", 1_000, 6_000, 0, 0).must_be_held == 0


@given(FUNDS)
def test_held_is_what_must_be_held_and_what_is_earned_for_every_fund(funds):
    found = reconciled(funds, 0)
    assert found.held_pence == found.must_be_held_pence + found.earned_pence
    assert all(0 <= each.must_be_held <= each.held for each in funds)


@given(FUNDS, st.integers(0, 10**7))
def test_another_funds_overspend_changes_nothing_of_what_must_be_held(funds, borne):
    before = reconciled(funds, 0).must_be_held_pence
    assert reconciled([*funds, FundCash("isf-over", 0, borne, borne, 0)], 0).must_be_held_pence == before


@given(FUNDS, st.integers(-10**6, 10**6))
def test_the_difference_is_what_the_bank_says_beside_what_it_should(funds, off):
    nobodys, way = (Item("a line", 500),), (Item("a cheque", -200),)
    held = sum(each.held for each in funds)
    found = reconciled(funds, held + 300 + off, nobodys=nobodys, on_the_way=way)
    assert (found.expected_pence, found.difference_pence, found.unexplained_pence) == (held + 300, off, off)
    assert reconciled(funds, held + 300 + off, nobodys=nobodys, on_the_way=way, explained=(Item("found", off),)).unexplained_pence == 0


@given(FUNDS, PENCE)
def test_money_that_lies_with_the_providers_own_only_never_falls_short(funds, bank):
    found = reconciled(funds, bank, Kept.WITH_OURS)
    assert found.difference_pence == min(0, bank - found.must_be_held_pence)


@given(FUNDS, st.randoms())
def test_the_order_of_the_funds_does_not_matter(funds, chance):
    mixed = list(funds)
    chance.shuffle(mixed)
    assert in_order(mixed) == in_order(funds)


def test_a_reconciliation_is_overdue_after_five_weeks():
    assert not is_overdue(DAY, DAY + timedelta(days=35))
    assert is_overdue(DAY, DAY + timedelta(days=36))
    assert is_overdue(None, DAY)
