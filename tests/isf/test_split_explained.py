"""How one person's part was worked out: the steps lead to the penny, and the odd pennies are all accounted for."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.errors import InputError
from isf.split import Claim, Method, TopSlice, split
from isf.split_explained import worked_out

THREE = [Claim(person=name, points=Decimal(1)) for name in "ABC"]


def test_a_part_is_the_exact_share_rounded_down_and_perhaps_one_odd_penny() -> None:
    divided = split(100, Method.POINTS, THREE)
    first, last = (worked_out(divided, THREE, name) for name in "AC")
    assert (first.weight, first.weights, first.exact_pence, first.odd_pennies) == (1, 3, Fraction(100, 3), 1)
    assert (first.rounded_down_pence, first.has_odd_penny, first.pence) == (33, True, 34)
    assert (last.rounded_down_pence, last.has_odd_penny, last.pence) == (33, False, 33)


def test_what_is_kept_back_is_taken_off_before_anybody_has_a_part() -> None:
    divided = split(10_000, Method.EQUAL, THREE, [TopSlice("contingency", percent=Decimal(10))])
    assert worked_out(divided, THREE, "A").left_pence == 9_000
    assert worked_out(divided, THREE, "A").odd_pennies == 0


def test_somebody_with_no_part_cannot_be_explained() -> None:
    with pytest.raises(InputError, match="D has no part in this split"):
        worked_out(split(100, Method.EQUAL, THREE), THREE, "D")


@given(st.integers(1, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_the_parts_rounded_down_and_the_odd_pennies_are_the_whole(pence: int, minutes: list[int]) -> None:
    claims = [Claim(person=f"P{n:03}", minutes=each) for n, each in enumerate(minutes)]
    divided = split(pence, Method.HOURS, claims)
    found = [worked_out(divided, claims, claim.person) for claim in claims]
    assert sum(each.rounded_down_pence for each in found) + found[0].odd_pennies == pence
    assert sum(each.has_odd_penny for each in found) == found[0].odd_pennies
    assert all(each.pence == each.rounded_down_pence + each.has_odd_penny for each in found)
    given_one = [each.remainder_pence for each in found if each.has_odd_penny]
    without = [each.remainder_pence for each in found if not each.has_odd_penny and each.weight]
    assert not given_one or not without or min(given_one) >= max(without)
