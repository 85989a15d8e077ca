"""Income is what was given: each control account is the sum of its schedule, and the journal comes to nil."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isf.month_accounts import Counted, Position, Treatment, control_totals, journal, position, reversal
from isf.nominal import Nominal

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 1)
pence = st.integers(0, 10_000_00)
counted = st.builds(Counted, fund=st.sampled_from(["isf-P001", "isf-P002", "spot-P003"]), payer=st.just(""), given=pence, invoiced=pence,
                    received=pence, owed_back=st.integers(0, 50_000), provision=st.integers(0, 50_000),
                    brought=st.integers(0, 50_000))
treatments = st.builds(Treatment, agent=st.booleans(), restricted=st.booleans(), cost_centre=st.sampled_from(["", "N", "S"]))
positions = st.lists(st.builds(position, counted, pence, treatments), max_size=6)


def where(given: int, invoiced: int, received: int, owed_back: int = 0) -> dict[str, int]:
    """What stands in each column, where something does."""
    found = position(Counted("isf-P001", "", given, invoiced, received, owed_back), 0, Treatment())
    return {name: amount for name in ("accrued", "unspent", "ahead", "early", "owed_back", "adjustment") if (amount := getattr(found, name))}


@pytest.mark.parametrize(("given", "invoiced", "received", "owed_back", "expected"), [
    (500, 500, 500, 0, {}),
    (500, 500, 0, 0, {}),
    (500, 0, 0, 0, {"accrued": 500, "adjustment": 500}),
    (500, 1000, 1000, 0, {"unspent": 500, "adjustment": -500}),
    (500, 1000, 0, 0, {"ahead": 500, "adjustment": -500}),
    (500, 1000, 700, 0, {"unspent": 200, "ahead": 300, "adjustment": -500}),
    (0, 0, 1000, 0, {"unspent": 1000, "early": 1000}),
    (500, 300, 1000, 0, {"accrued": 200, "unspent": 500, "early": 500, "adjustment": 200}),
    (300, 1000, 1000, 700, {"owed_back": 700, "adjustment": -700}),
    (300, 1000, 1000, 500, {"unspent": 200, "owed_back": 500, "adjustment": -700}),
], ids=["invoiced and paid", "invoiced and not paid", "given and not invoiced", "paid in advance", "invoiced in advance", "partly paid",
        "paid before anything", "paid before it was invoiced", "all that is left goes back", "some of it goes back"])
def test_where_one_fund_stands(given: int, invoiced: int, received: int, owed_back: int, expected: dict[str, int]) -> None:
    assert where(given, invoiced, received, owed_back) == expected


@settings(max_examples=60)
@given(positions)
def test_the_journal_comes_to_nil_and_so_does_its_reversal_with_it(found: list[Position]) -> None:
    lines = journal(found, OCTOBER)
    assert sum(each.pence for each in lines) == 0
    both = (*lines, *reversal(lines, NOVEMBER))
    assert {(each.account, each.cost_centre): sum(one.pence for one in both if (one.account, one.cost_centre) == (each.account, each.cost_centre))
            for each in both if each.pence} == {(each.account, each.cost_centre): 0 for each in lines}


@settings(max_examples=60)
@given(positions)
def test_each_control_account_is_the_sum_of_its_column(found: list[Position]) -> None:
    sums = {Nominal.ACCRUED: sum(each.accrued for each in found), Nominal.AHEAD: -sum(each.ahead for each in found),
            Nominal.EARLY: sum(each.early for each in found), Nominal.BACK: -sum(each.owed_back for each in found),
            Nominal.PROVISION: -sum(each.provision for each in found)}
    controls = control_totals(found)
    assert {account: controls.get(account, 0) for account in sums} == sums
    assert -sum(controls.get(account, 0) for account in (Nominal.LIABILITY, Nominal.AGENT, Nominal.RESTRICTED)) == sum(each.unspent for each in found)


@settings(max_examples=60)
@given(counted, pence)
def test_what_was_invoiced_and_the_journal_make_the_income_that_was_given(now: Counted, before: int) -> None:
    found = position(now, before, Treatment())
    assert now.invoiced + found.adjustment == now.given
    assert found.income == now.given - now.brought - before


@settings(max_examples=60)
@given(counted, counted)
def test_what_is_paid_ahead_in_one_fund_never_hides_what_is_owed_in_another(one: Counted, other: Counted) -> None:
    both = [position(one, 0, Treatment()), position(other, 0, Treatment())]
    controls = control_totals(both)
    assert controls.get(Nominal.ACCRUED, 0) == sum(control_totals([each]).get(Nominal.ACCRUED, 0) for each in both)
    assert controls.get(Nominal.LIABILITY, 0) == sum(control_totals([each]).get(Nominal.LIABILITY, 0) for each in both)


@pytest.mark.parametrize(("treatment", "account"), [
    (Treatment(), Nominal.LIABILITY), (Treatment(agent=True), Nominal.AGENT), (Treatment(restricted=True), Nominal.RESTRICTED)])
def test_what_is_unspent_stands_where_it_was_decided(treatment: Treatment, account: Nominal) -> None:
    found = control_totals([position(Counted("isf-P001", "", 500, 1000, 1000), 0, treatment)])
    assert found == {Nominal.INCOME: 500, account: -500}
