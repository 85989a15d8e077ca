"""Three places that round: charged time, a line, a quoted price."""

from decimal import Decimal
from fractions import Fraction

import pytest

from basics.errors import InputError
from basics.money import Money
from basics.rounding import TimeRule, charged_minutes, half_away_from_nil, hourly_line, line, quote, tenth


@pytest.mark.parametrize(("rule", "charged"), [
    (TimeRule.BY_THE_MINUTE, [0, 1, 2, 3, 7, 8, 15, 16, 22, 23, 52, 53, 60]),
    (TimeRule.NEAREST_5, [0, 0, 0, 5, 5, 10, 15, 15, 20, 25, 50, 55, 60]),
    (TimeRule.NEAREST_15, [0, 0, 0, 0, 0, 15, 15, 15, 15, 30, 45, 60, 60]),
    (TimeRule.UP_TO_15, [0, 15, 15, 15, 15, 15, 15, 30, 30, 30, 60, 60, 60]),
])
def test_charged_time_follows_the_funders_rule(rule: TimeRule, charged: list[int]) -> None:
    assert [charged_minutes(m, rule) for m in (0, 1, 2, 3, 7, 8, 15, 16, 22, 23, 52, 53, 60)] == charged


@pytest.mark.parametrize("rule", list(TimeRule))
def test_time_below_nil_is_refused_and_a_fraction_of_a_minute_is_no_time(rule: TimeRule) -> None:
    with pytest.raises(InputError, match="less than none"):
        charged_minutes(-1, rule)
    with pytest.raises(TypeError):
        charged_minutes(52.5, rule)  # type: ignore[arg-type]


@pytest.mark.parametrize(("rate", "quantity", "pence"), [
    ("0.005", 1, 1), ("0.0049", 1, 0), ("0.015", 1, 2), ("0.025", 1, 3), ("-0.005", 1, -1), ("-0.0049", 1, 0),
    ("63.21", Decimal("5"), 31605), ("512.35", Fraction(17, 7), 124428), ("1", Fraction(1, 200), 1), ("-1", Fraction(1, 200), -1),
    ("1", Fraction(1, 3), 33), ("1", Fraction(2, 3), 67),
])
def test_half_a_penny_of_a_line_goes_away_from_nil(rate: str, quantity: Decimal | Fraction | int, pence: int) -> None:
    assert line(Decimal(rate), quantity) == Money(pence)


@pytest.mark.parametrize(("rate", "minutes", "pence"), [
    ("24.40", 40, 1627), ("24.00", 52, 2080), ("22.61", 0, 0), ("0.30", 1, 1), ("0.29", 1, 0), ("20.01", 30, 1001),
    ("7.00", 20, 233), ("7.00", 40, 467), ("-7.00", 40, -467),
])
def test_an_hourly_rate_is_divided_last(rate: str, minutes: int, pence: int) -> None:
    assert hourly_line(Decimal(rate), minutes) == Money(pence)


@pytest.mark.parametrize(("price", "step", "pence"), [
    ("20.693", 1, 2069), ("20.695", 1, 2070), ("20.69", 4, 2072), ("20.72", 4, 2072), ("20.7201", 4, 2076),
    ("500.00", 7, 50001), ("500.01", 7, 50001), ("0", 4, 0),
])
def test_a_quoted_price_goes_to_the_penny_or_up_to_its_step(price: str, step: int, pence: int) -> None:
    assert quote(Decimal(price), step) == Money(pence)


def test_a_price_that_must_divide_by_four_does() -> None:
    assert all(quote(Decimal(pence) / 100, 4).pence % 4 == 0 for pence in range(2000, 2020))


def test_a_step_that_no_council_asks_for_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be rounded to 5p"):
        quote(Decimal("20.69"), 5)


def test_a_float_never_comes_near_money() -> None:
    with pytest.raises(TypeError):
        line(24.4, 1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        line(Decimal("24.40"), 0.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        hourly_line(24.4, 60)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        hourly_line(Decimal("24.40"), True)
    with pytest.raises(TypeError):
        quote(20.69)  # type: ignore[arg-type]


@pytest.mark.parametrize(("exact", "whole"), [
    (Fraction(1, 2), 1), (Fraction(-1, 2), -1), (Fraction(49, 100), 0), (Fraction(-49, 100), 0), (Fraction(3, 2), 2), (Fraction(7), 7),
])
def test_half_a_unit_goes_away_from_nil(exact: Fraction, whole: int) -> None:
    assert half_away_from_nil(exact) == whole


@pytest.mark.parametrize(("value", "told"), [
    (Fraction(1, 3), "0.3"), (Fraction(5, 100), "0.1"), (Fraction(-5, 100), "-0.1"), (Fraction(49999999999999999999999999999999, 10**33), "0.0"),
])
def test_a_percentage_is_told_to_a_tenth_and_half_of_one_goes_away_from_nil(value: Fraction, told: str) -> None:
    assert str(tenth(value)) == told
