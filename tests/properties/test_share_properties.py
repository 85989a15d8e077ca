"""What always holds when a whole is divided, over sums and weights that nobody would think of."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.share import cumulative_share, share

TOTALS = st.integers(0, 10**12)
EITHER_WAY = st.integers(-(10**12), 10**12)
WEIGHT = st.one_of(
    st.just(0), st.integers(0, 10**6), st.decimals(0, 10**6, places=4, allow_nan=False, allow_infinity=False),
    st.fractions(0, 100, max_denominator=997),
)
SOME_WEIGHT = st.lists(WEIGHT, min_size=1, max_size=30).filter(any)
KEYED = SOME_WEIGHT.map(lambda weights: {f"P{n:02d}": weight for n, weight in enumerate(weights)})

quiet = settings(deadline=None, max_examples=150)
Weights = dict[str, Decimal | int | Fraction]


def exact_parts(total: int, weights: Weights) -> dict[str, Fraction]:
    whole = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    return {key: total * Fraction(weight) / whole for key, weight in weights.items()}


@quiet
@given(EITHER_WAY, KEYED)
def test_the_parts_add_to_the_whole(total: int, weights: Weights) -> None:
    assert sum(share(total, weights).values()) == total


@quiet
@given(TOTALS, KEYED)
def test_no_part_of_a_sum_is_below_nil(total: int, weights: Weights) -> None:
    assert min(share(total, weights).values()) >= 0


@quiet
@given(EITHER_WAY, KEYED)
def test_a_weight_of_nil_gets_nil(total: int, weights: Weights) -> None:
    parts = share(total, weights)
    assert all(parts[key] == 0 for key, weight in weights.items() if not weight)


@quiet
@given(EITHER_WAY, KEYED)
def test_each_part_is_less_than_a_penny_from_exact(total: int, weights: Weights) -> None:
    parts = share(total, weights)
    assert all(abs(parts[key] - exact) < 1 for key, exact in exact_parts(total, weights).items())


@quiet
@given(EITHER_WAY, KEYED, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(total: int, weights: Weights, chance: object) -> None:
    rows = list(weights.items())
    chance.shuffle(rows)  # type: ignore[attr-defined]
    assert share(total, dict(rows)) == share(total, weights)


@quiet
@given(TOTALS, KEYED)
def test_a_negative_total_mirrors_the_positive_one(total: int, weights: Weights) -> None:
    assert share(-total, weights) == {key: -part for key, part in share(total, weights).items()}


@quiet
@given(TOTALS, KEYED)
def test_who_weighs_more_never_gets_less(total: int, weights: Weights) -> None:
    parts = share(total, weights)
    by_weight = sorted(weights, key=lambda key: weights[key])
    assert all(parts[less] <= parts[more] for less, more in pairwise(by_weight) if weights[less] < weights[more])


@quiet
@given(TOTALS, KEYED, st.integers(1, 1000))
def test_weights_in_other_units_divide_the_same(total: int, weights: Weights, times: int) -> None:
    assert share(total, {key: Fraction(weight) * times for key, weight in weights.items()}) == share(total, weights)


@quiet
@given(EITHER_WAY, SOME_WEIGHT)
def test_instalments_add_to_the_year(total: int, weights: list[Decimal | int | Fraction]) -> None:
    assert sum(cumulative_share(total, weights)) == total


@quiet
@given(TOTALS, SOME_WEIGHT)
def test_no_instalment_is_below_nil_and_none_for_no_days_is_above(total: int, weights: list[Decimal | int | Fraction]) -> None:
    parts = cumulative_share(total, weights)
    assert min(parts) >= 0
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@quiet
@given(EITHER_WAY, SOME_WEIGHT)
def test_what_was_due_by_any_instalment_is_the_nearest_penny_to_exact(total: int, weights: list[Decimal | int | Fraction]) -> None:
    parts = cumulative_share(total, weights)
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    due = accumulate(total * Fraction(weight) / whole for weight in weights)
    assert all(abs(given_so_far - exact) <= Fraction(1, 2) for given_so_far, exact in zip(accumulate(parts), due, strict=True))


@quiet
@given(EITHER_WAY, SOME_WEIGHT)
def test_no_instalment_is_more_than_a_penny_from_exact(total: int, weights: list[Decimal | int | Fraction]) -> None:
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    parts = cumulative_share(total, weights)
    assert all(abs(part - total * Fraction(weight) / whole) <= 1 for part, weight in zip(parts, weights, strict=True))


@quiet
@given(TOTALS, SOME_WEIGHT)
def test_negative_instalments_mirror_the_positive_ones(total: int, weights: list[Decimal | int | Fraction]) -> None:
    assert cumulative_share(-total, weights) == [-part for part in cumulative_share(total, weights)]


@quiet
@given(TOTALS, st.integers(1, 400))
def test_equal_parts_differ_by_a_penny_at_most(total: int, people: int) -> None:
    parts = share(total, dict.fromkeys(range(people), 1)).values()
    assert set(parts) <= {total // people, math.ceil(total / Fraction(people))}
