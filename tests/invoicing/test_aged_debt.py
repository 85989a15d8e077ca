"""Who owes us, by how long: every penny that is due stands in one place, receipts clear the oldest first unless they say otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.aged_debt import Bucket, aged_debt, bucket, days_late
from invoicing.still_open import Asked, AskedAs

ON = date(2026, 11, 22)
PAIR = ("spot-P004", "peggy")
PAIRS = (PAIR, ("spot-P003", "southgate"), ("isf-P001", "southgate"))


def invoice(number: int, pence: int, days: int = 0, pair: tuple[str, str] = PAIR) -> Asked:
    """An invoice that was due so many days before the day."""
    return Asked(AskedAs.INVOICE, f"invoice {number:06d}", number, pair[1], ON - timedelta(days=days), ((pair, pence),))


@pytest.mark.parametrize(("late", "where"), [
    (-30, Bucket.NOT_YET_DUE), (0, Bucket.NOT_YET_DUE), (1, Bucket.UP_TO_30), (30, Bucket.UP_TO_30), (31, Bucket.UP_TO_60),
    (60, Bucket.UP_TO_60), (61, Bucket.UP_TO_90), (90, Bucket.UP_TO_90), (91, Bucket.OVER_90), (4000, Bucket.OVER_90)])
def test_days_count_from_the_day_after_an_invoice_was_to_be_paid(late: int, where: Bucket) -> None:
    assert bucket(ON - timedelta(days=late), ON) is where
    assert days_late(ON - timedelta(days=late), ON) == max(0, late)


def test_money_that_names_nothing_pays_the_oldest_first() -> None:
    found = aged_debt(ON, [invoice(1, 100_00, 40), invoice(2, 50_00, 5)], {PAIR: 120_00}, {}, {PAIR: 30_00})
    assert [(each.number, each.pence) for each in found.open] == [(2, 30_00)]
    assert found.debts[0].by_bucket == {Bucket.UP_TO_30: 30_00}


def test_money_that_names_an_invoice_pays_that_one() -> None:
    named = {("invoice 000002", PAIR): 50_00}
    found = aged_debt(ON, [invoice(1, 100_00, 40), invoice(2, 50_00, 5)], {PAIR: 50_00}, named, {PAIR: 100_00})
    assert [(each.number, each.pence) for each in found.open] == [(1, 100_00)]


def test_money_for_what_is_not_invoiced_yet_clears_no_invoice() -> None:
    named = {("instalment 2 of SG-2026 (peggy)", PAIR): 80_00}
    found = aged_debt(ON, [invoice(1, 100_00, 40)], {PAIR: 80_00}, named, {PAIR: 100_00})
    assert found.debts[0].open_pence == 100_00


def test_what_is_promised_and_not_asked_for_stands_apart() -> None:
    debt, = aged_debt(ON, [invoice(1, 100_00, -3)], {}, {}, {PAIR: 250_00}).debts
    assert (debt.open_pence, debt.overdue_pence, debt.not_invoiced, debt.paid_ahead) == (100_00, 0, 150_00, 0)


def test_what_is_paid_beyond_all_that_is_due_stands_apart() -> None:
    debt, = aged_debt(ON, [invoice(1, 100_00, 3)], {PAIR: 130_00}, {}, {PAIR: -30_00}).debts
    assert (debt.open_pence, debt.not_invoiced, debt.paid_ahead) == (0, 0, 30_00)


@settings(max_examples=60)
@given(st.data())
def test_what_is_listed_adds_up_to_the_ledger_to_the_penny(data: st.DataObject) -> None:
    asked = [invoice(n, data.draw(st.integers(1, 500)), data.draw(st.integers(-40, 200)), data.draw(st.sampled_from(PAIRS))) for n in range(1, 6)]
    paid = {pair: data.draw(st.integers(0, 900)) for pair in PAIRS}
    promised = {pair: data.draw(st.integers(0, 300)) for pair in PAIRS}
    due = {pair: sum(pence for each in asked for its, pence in each.parts if its == pair) + promised[pair] - paid[pair] for pair in PAIRS}
    named = {(each.name, pair): min(pence, paid[pair]) for each in asked[:1] for pair, pence in each.parts}
    found = aged_debt(ON, asked, paid, named, due)
    assert {each.pair: each.due_pence for each in found.debts} == {pair: pence for pair, pence in due.items() if pence or pair in {
        each.pair for each in found.debts}}
    assert sum(each.open_pence for each in found.debts) == sum(each.pence for each in found.open)
    assert all(min(each.open_pence, each.not_invoiced, each.paid_ahead) >= 0 and not (each.not_invoiced and each.paid_ahead) for each in found.debts)
