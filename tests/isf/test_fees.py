"""Fees: a percentage is over the fee before and to the penny, what is short a year, and which fee of a service stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import Money
from isf.fees import Fee, Per, fee_said, standing

ASKED = date(2026, 1, 15)
FEE = Fee("EAST", "Eastmere Council", "Outreach", Per.HOUR, Money(2200), Money(2409), ASKED, Money(2300), Money(2325), date(2026, 4, 1), 24,
          5200, "asha")
"""The example of docs/offers.md."""


def test_a_percentage_is_over_the_fee_before_to_the_penny() -> None:
    assert fee_said("9.5%", Money(2200)) == fee_said(" +9.5 % ", Money(2200)) == Money(2409)
    assert fee_said("-2%", Money(2200)) == Money(2156)
    assert fee_said("0.5%", Money(2100)) == Money(2111), "half a penny goes up"
    assert fee_said("£1,234.50", None) == Money(123450)


@pytest.mark.parametrize(("text", "before"), [
    ("4%", None), ("-100%", Money(2200)), ("0", Money(2200)), ("-1.00", None), ("4,5%", Money(2200)), ("a lot", None)])
def test_what_is_no_fee_is_refused(text: str, before: Money | None) -> None:
    with pytest.raises(InputError):
        fee_said(text, before)


def test_short_is_what_was_asked_less_what_was_agreed_or_is_offered_until_then() -> None:
    assert FEE.short_a_year == Money(84 * 5200)
    assert replace(FEE, agreed=None, agreed_from=None).short_a_year == Money(109 * 5200)
    assert replace(FEE, agreed=None, offered=None).short_a_year is None
    assert replace(FEE, a_year=None).short_a_year is None
    assert replace(FEE, agreed=Money(2500)).short_a_year == Money(-91 * 5200), "more was agreed than asked"


def test_each_step_says_by_how_much_it_is_over_the_fee_before() -> None:
    assert [FEE.over_before(each) for each in (FEE.asked, FEE.offered, FEE.agreed)] == [Decimal("9.5"), Decimal("4.5"), Decimal("5.7")]
    assert FEE.told == "For an hour: asked on 15/01/2026 (+9.5%), offered (+4.5%), agreed (+5.7%) from 01/04/2026."
    assert replace(FEE, before=None, offered=None, agreed=None, agreed_from=None, per=Per.WEEK).told == (
        "For a week: asked on 15/01/2026, not agreed yet.")


@given(st.lists(st.tuples(st.sampled_from(["EAST", "WEST"]), st.sampled_from(["Outreach", "Day support"]), st.integers(0, 9))))
def test_the_fee_that_was_asked_last_by_a_day_stands_for_each_service(said: list[tuple[str, str, int]]) -> None:
    fees = [replace(FEE, payer=payer, service=service, asked_on=ASKED + timedelta(days)) for payer, service, days in said]
    on = ASKED + timedelta(5)
    found = standing(fees, on)
    known = {(payer, service) for payer, service, days in said if days <= 5}
    assert {(each.payer, each.service) for each in found} == known
    assert len(found) == len(known)
    for each in found:
        assert each.asked_on == max(fee.asked_on for fee in fees if (fee.payer, fee.service) == (each.payer, each.service) and fee.asked_on <= on)


def test_what_is_not_agreed_comes_first_and_then_what_is_furthest_from_what_was_asked() -> None:
    open_, near, far = (replace(FEE, service="c", agreed=None, agreed_from=None, offered=None), replace(FEE, service="a"),
                        replace(FEE, service="b", a_year=9000))
    assert [each.service for each in standing([near, far, open_], ASKED)] == ["c", "b", "a"]
