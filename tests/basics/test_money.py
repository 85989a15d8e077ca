"""Money: one door in, whole pence inside."""

import dataclasses
from decimal import Decimal

import pytest

from basics.errors import InputError
from basics.money import LARGEST_PENCE, NIL, Money


@pytest.mark.parametrize(("typed", "pence"), [
    ("0", 0), ("12", 1200), ("12.5", 1250), ("12.50", 1250), ("0.05", 5), ("1234.50", 123450), ("1,234.50", 123450),
    ("1,234,567.89", 123456789), ("£12", 1200), ("£1,234.50", 123450), ("  12.50  ", 1250), ("-12", -1200), ("-£12.00", -1200),
    ("£-12.00", -1200), ("£ 1,234.50", 123450), (" £ 12 ", 1200), ("£\N{NO-BREAK SPACE}12.50", 1250), ("-£ 12.00", -1200),
    ("\N{MINUS SIGN}12.34", -1234), ("-0", 0), ("007", 700), ("100,000,000,000", LARGEST_PENCE),
])
def test_what_a_person_types_is_read_to_the_penny(typed: str, pence: int) -> None:
    assert Money.parse(typed) == Money(pence)


@pytest.mark.parametrize("typed", [
    "", " ", "£", "-", "twelve", "12.345", "12.", ".50", "1,23", "1,2345", "12,34.50", "1.234,50", "1 234", "12 p", "12p", "$12",
    "12 £", "- 12", "£ 1 234", "1,234 .50", "1, 234", "£ ",
    "(12.00)", "+12", "--12", "-£-12", "££12", "1e3", "0x10", "nan", "inf", "12.5.0", "12\n13", "١٢", "1٢", "½", "=1+1",
])
def test_what_is_not_pounds_and_pence_is_refused_with_the_way_to_write_it(typed: str) -> None:
    with pytest.raises(InputError, match=r"is not an amount of money\. Write pounds and pence"):
        Money.parse(typed)


def test_an_amount_with_too_many_digits_is_refused() -> None:
    with pytest.raises(InputError, match="larger than any amount kept here"):
        Money.parse("100000000000.01")


@pytest.mark.parametrize("not_pence", [12.0, 0.1, True, Decimal(12), "12", None])
def test_only_whole_pence_are_money(not_pence: object) -> None:
    with pytest.raises(TypeError, match="Money is whole pence"):
        Money(not_pence)  # type: ignore[arg-type]


@pytest.mark.parametrize(("pence", "shown", "plain"), [
    (0, "£0.00", "0.00"), (5, "£0.05", "0.05"), (-5, "-£0.05", "-0.05"), (123450, "£1,234.50", "1234.50"),
    (-123456789, "-£1,234,567.89", "-1234567.89"),
])
def test_money_is_shown_with_its_sign_in_front_and_two_decimals(pence: int, shown: str, plain: str) -> None:
    assert (str(Money(pence)), Money(pence).plain) == (shown, plain)


@pytest.mark.parametrize("pence", [0, 1, -1, 99, -100, 123456789, LARGEST_PENCE])
def test_what_is_shown_can_be_typed_back(pence: int) -> None:
    assert Money.parse(str(Money(pence))) == Money.parse(Money(pence).plain) == Money(pence)


def test_money_adds_subtracts_and_compares_exactly() -> None:
    assert Money(10) + Money(20) - Money(45) == Money(-15) == -Money(15)
    assert Money.total([Money(1), Money(2), Money(3)]) == Money(6)
    assert Money.total([]) == NIL
    assert Money(-1) < NIL < Money(1)
    assert Money(123456).pounds == Decimal("1234.56")


def test_only_nil_is_false() -> None:
    assert not NIL
    assert Money(1)
    assert Money(-1)


def test_money_cannot_be_changed_once_made() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Money(1).pence = 2  # type: ignore[misc]
