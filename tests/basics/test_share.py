"""Dividing a whole: the odd pennies and what cannot be divided."""

from decimal import Decimal
from fractions import Fraction

import pytest

from basics.errors import InputError
from basics.share import cumulative_share, share


def test_the_odd_pennies_go_to_the_largest_remainders() -> None:
    assert share(123457, {"council": 65, "icb": 25, "family": 10}) == {"council": 80247, "icb": 30864, "family": 12346}


def test_a_tie_goes_to_the_smaller_key_whatever_the_order_of_the_rows() -> None:
    assert share(100, {"A": 1, "B": 1, "C": 1}) == share(100, {"C": 1, "B": 1, "A": 1}) == {"A": 34, "B": 33, "C": 33}


def test_the_parts_come_in_the_order_of_the_weights() -> None:
    assert list(share(100, {"C": 1, "A": 1, "B": 1})) == ["C", "A", "B"]


def test_a_credit_is_shared_as_the_charge_was() -> None:
    assert share(-1875, {"icb": Decimal("37.5"), "council": Decimal("62.5")}) == {"icb": -703, "council": -1172}


def test_nothing_shared_is_nothing_for_each() -> None:
    assert share(0, {"A": 1, "B": 2}) == share(0, {"A": 0, "B": 0}) == {"A": 0, "B": 0}
    assert share(0, {}) == {}


@pytest.mark.parametrize("weights", [{}, {"A": 0}, {"A": Decimal(0), "B": 0}])
def test_a_sum_cannot_be_shared_between_nobody(weights: dict[str, int]) -> None:
    with pytest.raises(InputError, match="no weight to share it by"):
        share(1, weights)


@pytest.mark.parametrize("weight", [-1, Decimal("-0.01"), Fraction(-1, 3)])
def test_a_weight_below_nil_is_refused_and_named(weight: Decimal | int | Fraction) -> None:
    with pytest.raises(InputError, match="The weight of B is below nil"):
        share(100, {"A": 1, "B": weight})


@pytest.mark.parametrize("weight", ["NaN", "Infinity", "-Infinity"])
def test_a_weight_that_is_no_number_is_refused(weight: str) -> None:
    with pytest.raises(InputError, match="not a number to share by"):
        share(100, {"A": 1, "B": Decimal(weight)})


@pytest.mark.parametrize("bad", [0.5, True])
def test_a_float_is_neither_a_total_nor_a_weight(bad: float) -> None:
    with pytest.raises(TypeError):
        share(bad, {"A": 1})  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        share(1, {"A": bad})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        cumulative_share(bad, [1, 1])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        cumulative_share(1, [bad, 1])  # type: ignore[list-item]


def test_instalments_spread_their_odd_pennies_over_the_year() -> None:
    assert cumulative_share(10, [1, 1, 1]) == [3, 4, 3]
    assert cumulative_share(-10, [1, 1, 1]) == [-3, -4, -3]
    assert cumulative_share(2281250, [28] * 13 + [1]) == [175000] * 13 + [6250]


def test_instalments_of_nothing_are_nothing_and_instalments_for_no_days_are_refused() -> None:
    assert cumulative_share(0, [1, 2]) == cumulative_share(0, [0, 0]) == [0, 0]
    assert cumulative_share(0, []) == []
    with pytest.raises(InputError, match="no weight to share it by"):
        cumulative_share(5, [0, 0])
