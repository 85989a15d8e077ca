"""What a need of so many points comes to by a council’s table, and how the final budget differs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basics.errors import NotKnown
from basics.money import Money
from isf.points_budget import Band, Per, PointsTable, indicative, more

A_POINT = PointsTable("northshore", Per.YEAR, "Invented for this test", Decimal("48.20"))
BANDS = PointsTable("eastmere", Per.WEEK, "Invented for this test", bands=(
    Band(Decimal(1), Decimal(20), Money(60_00)), Band(Decimal(21), Decimal(40), Money(150_00))))
POINTS = st.decimals(min_value=0, max_value=500, places=2)


def test_points_at_a_price_are_rounded_once_and_explained() -> None:
    found = indicative(A_POINT, Decimal("62.5"))
    assert (found.pounds, found.per) == (Money(3_012_50), Per.YEAR)
    assert found.steps == ("62.5 points at £48.20 a point are £3,012.50 a year, by northshore (Invented for this test).",)


@pytest.mark.parametrize(("points", "pence", "step"), [
    ("10", 1_000_00, "The table gives £1,000.00 a year at least, so it is £1,000.00."),
    ("900", 30_000_00, "The table gives £30,000.00 a year at most, so it is £30,000.00."),
])
def test_the_table_may_give_at_least_and_at_most(points: str, pence: int, step: str) -> None:
    table = PointsTable("northshore", Per.YEAR, "Invented", Decimal("48.20"), (), Money(1_000_00), Money(30_000_00))
    found = indicative(table, Decimal(points))
    assert (found.pounds.pence, found.steps[-1]) == (pence, step)


@pytest.mark.parametrize(("points", "pence"), [("1", 60_00), ("20", 60_00), ("21", 150_00), ("40", 150_00)])
def test_both_ends_of_a_band_are_in_it(points: str, pence: int) -> None:
    assert indicative(BANDS, Decimal(points)).pounds == Money(pence)


@pytest.mark.parametrize("points", ["0.5", "20.5", "41"])
def test_points_of_no_band_are_not_known_and_never_the_nearest(points: str) -> None:
    with pytest.raises(NotKnown, match=rf"No band of eastmere has {points} points"):
        indicative(BANDS, Decimal(points))


@settings(max_examples=40, deadline=None)
@given(POINTS, POINTS)
def test_more_points_never_come_to_less(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    table = PointsTable("northshore", Per.YEAR, "Invented", Decimal("48.2071"), (), Money(500_00), Money(20_000_00))
    assert indicative(table, low).pounds <= indicative(table, high).pounds


def test_the_final_budget_is_told_beside_the_indicative_one() -> None:
    assert more(Money(3_012_50), Per.YEAR, Money(2_900_00), Per.YEAR) == Money(-112_50)
    assert more(Money(60_00), Per.WEEK, Money(3_120_00), Per.YEAR) is None
