"""Invoices that were paid late: interest goes by the days of the money that came, until it is claimed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basics.people import FunderKind
from invoicing.late_payment import late_payment
from invoicing.paid_late import Receipt, late_parts, paid_when
from invoicing.still_open import Asked, AskedAs, still_open

PAIR = ("spot-P003", "southgate")
DUE = date(2026, 4, 30)


def day(after: int) -> date:
    return DUE + timedelta(days=after)


def invoice(number: int, pence: int, due: date = DUE) -> Asked:
    return Asked(AskedAs.INVOICE, f"invoice {number:06d}", number, "southgate", due, ((PAIR, pence),))


def receipt(pence: int, after: int, name: str = "") -> Receipt:
    return Receipt(name, PAIR, day(after), pence)


def test_a_worked_case_of_an_invoice_that_was_paid_late_in_two_parts() -> None:
    """£4,200.00 due on 30 April: £1,200.00 came 10 days late and £3,000.00 45 days late. At 12%:
    0.12 × (1,200 × 10 + 3,000 × 45) / 365 = 17,640 / 365 = £48.33, and £70.00 for a debt of £4,200.00. Worked by hand."""
    paid = paid_when([invoice(503, 4_200_00)], [receipt(3_000_00, 45), receipt(1_200_00, 10)])
    parts = late_parts(DUE, paid["invoice 000503"], 0, day(300))
    assert parts == ((1_200_00, 10), (3_000_00, 45))
    found = late_payment(FunderKind.COUNCIL, parts, Decimal(4))
    assert found is not None
    assert (found.interest_pence, found.fixed_pence, found.total_pence, found.days) == (48_33, 70_00, 118_33, 45)


def test_what_came_by_its_day_bears_nothing_and_the_fixed_sum_is_of_what_did_not() -> None:
    """£1,200.00 came on the day: £900.00 fell late, 20 days: 0.12 × 900 × 20 / 365 = £5.92, and £40.00 for a debt below £1,000.00."""
    parts = late_parts(DUE, [(day(0), 1_200_00), (day(20), 900_00)], 0, day(50))
    found = late_payment(FunderKind.ICB, parts, Decimal(4))
    assert found is not None
    assert (found.interest_pence, found.fixed_pence) == (5_92, 40_00)
    assert late_payment(FunderKind.ICB, late_parts(DUE, [(day(0), 2_100_00)], 0, day(50)), Decimal(4)) is None


def test_what_is_open_still_counts_to_the_day_that_is_looked_at_and_what_came_later_is_not_known_on_it() -> None:
    assert late_parts(DUE, [(day(5), 100), (day(30), 200)], 300, day(20)) == ((100, 5), (300, 20))


def test_after_a_claim_only_the_days_since_are_added_and_no_second_fixed_sum() -> None:
    claimed = day(30)
    assert late_parts(DUE, [(day(10), 1_000_00)], 0, day(90), claimed) == ()
    parts = late_parts(DUE, [(day(10), 1_000_00)], 3_000_00, day(40), claimed)
    assert parts == ((3_000_00, 10),)
    found = late_payment(FunderKind.COUNCIL, parts, Decimal(4), is_claimed=True)
    assert found is not None
    assert (found.interest_pence, found.fixed_pence) == (9_86, 0), "0.12 × 3,000 × 10 / 365"


def test_money_that_names_an_invoice_pays_that_one_and_the_rest_pays_the_oldest_first() -> None:
    asked = [invoice(1, 100, day(-30)), invoice(2, 100)]
    found = paid_when(asked, [receipt(100, 3, "invoice 000002"), receipt(60, 1), receipt(40, 9), receipt(50, 2, "instalment 7")])
    assert found == {"invoice 000002": ((day(3), 100),), "invoice 000001": ((day(1), 60), (day(9), 40))}


@pytest.mark.parametrize("more", [30, 100])
def test_more_than_the_named_invoice_asks_pays_the_oldest(more: int) -> None:
    found = paid_when([invoice(1, 100, day(-30)), invoice(2, 100)], [receipt(100 + more, 3, "invoice 000002")])
    assert found == {"invoice 000002": ((day(3), 100),), "invoice 000001": ((day(3), more),)}


@settings(max_examples=100)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=5),
       st.lists(st.tuples(st.integers(0, 5), st.integers(1, 700), st.integers(-40, 90)), max_size=8))
def test_what_came_and_what_is_open_are_together_what_was_asked(pence: list[int], came: list[tuple[int, int, int]]) -> None:
    asked = [invoice(n, each, day(n)) for n, each in enumerate(pence, start=1)]
    receipts = [receipt(amount, on, f"invoice {n:06d}" if 0 < n <= len(pence) else "") for n, amount, on in came]
    named: dict[tuple[str, tuple[str, str]], int] = {}
    for each in receipts:
        if each.name:
            named[each.name, PAIR] = named.get((each.name, PAIR), 0) + each.pence
    total = sum(each.pence for each in receipts)
    left = {each.name: each.pence for each in still_open(asked, {PAIR: total}, named, {PAIR: max(0, sum(pence) - total)})}
    paid = paid_when(asked, receipts)
    for each in asked:
        assert sum(amount for _, amount in paid.get(each.name, ())) + left.get(each.name, 0) == each.pence
