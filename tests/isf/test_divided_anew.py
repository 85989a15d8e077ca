"""Dividing what is still to come: every instalment keeps its sum, and nobody whose sum is the same is moved by a penny."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.periods import Period
from basics.share import share
from isf.resplit import Standing, minutes_after, resplit
from isf.schedule import Instalment, divide_over_funds

FUNDS = [(f"isf-P{n}", "council") for n in range(4)]
SUMS = st.lists(st.integers(0, 50_000), min_size=4, max_size=4).filter(any)


def rows_of(total: int, whole: dict[tuple[str, str], int], months: int, asked: int) -> list[Standing]:
    first = date(2026, 4, 1)
    periods = [Period(first + timedelta(days=28 * n), first + timedelta(days=28 * n + 27)) for n in range(months)]
    sums = share(total, dict.fromkeys(range(months), 1))
    instalments = [Instalment(n + 1, period, period.first, period.first, sums[n]) for n, period in enumerate(periods)]
    return [Standing(row, parts, row.n <= asked) for row, parts in zip(instalments, divide_over_funds(instalments, whole), strict=True)]


@settings(max_examples=60)
@given(before=SUMS, weights=SUMS, months=st.integers(1, 13), asked=st.integers(0, 4), begins=st.integers(0, 3))
def test_every_instalment_keeps_its_sum_and_what_one_has_more_others_have_less(before, weights, months, asked, begins) -> None:
    total = sum(before)
    old = dict(zip(FUNDS, before, strict=True))
    new = share(total, dict(zip(FUNDS, weights, strict=True)))
    rows = rows_of(total, old, months, asked)[min(begins, months - 1):]
    made = resplit(rows, old, new)
    sums = {row.instalment.n: row.instalment.pence for row in rows if not row.asked}
    assert {n: sum(parts.values()) for n, parts in made.parts.items()} == sums
    assert all(pence >= 0 for parts in made.parts.values() for pence in parts.values())
    assert sum(made.asked.values()) == sum(made.to_come.values()) == 0
    assert sum(map(made.raised, made.keys)) == sum(made.released(key) + made.going_back(key) for key in made.keys)
    assert all(made.moved(key) == made.raised(key) - made.released(key) - made.going_back(key) for key in made.keys)
    assert not [key for key in made.keys if old[key] == new[key]]


@settings(max_examples=60)
@given(before=SUMS, weights=SUMS, months=st.integers(1, 13))
def test_a_whole_contract_divided_anew_gives_each_just_the_new_sum(before, weights, months) -> None:
    old = dict(zip(FUNDS, before, strict=True))
    new = share(sum(before), dict(zip(FUNDS, weights, strict=True)))
    made = resplit(rows_of(sum(before), old, months, 0), old, new)
    assert {key: old[key] + made.moved(key) for key in FUNDS} == new


def test_hours_are_the_old_ones_until_the_day_and_the_new_from_then_on() -> None:
    assert minutes_after(12_000, 9_000, Fraction(4, 6)) == 10_000
    assert minutes_after(12_000, 0, Fraction(1, 2)) == 6_000
