"""One contract, a fund for each: what a split promises, and what it will not do."""

from decimal import Decimal

import pytest

from basics.errors import InputError, Refused
from isf.split import Allocation, Claim, Method, Split, TopSlice, split

PEOPLE = [Claim(person="A", points=Decimal(100), minutes=6000), Claim(person="B", points=Decimal(60), minutes=3000),
          Claim(person="C", points=Decimal(40), minutes=1000)]


def sums(divided: Split) -> dict[str, int]:
    return {allocation.person: allocation.pence for allocation in divided.allocations}


def problems_of(contract_pence: int, method: Method, claims: list[Claim], *top_slices: TopSlice) -> list[str]:
    with pytest.raises(Refused) as refused:
        split(contract_pence, method, claims, top_slices)
    return [str(problem) for problem in refused.value.problems]


def test_allocations_and_top_slices_are_the_contract() -> None:
    divided = split(100_001, Method.POINTS, PEOPLE, [TopSlice("reserve", percent=Decimal("3")), TopSlice("void reserve", pence=5000)])
    assert divided.top_slices == (("reserve", 3000), ("void reserve", 5000))
    assert divided.allocated_pence == sum(sums(divided).values()) == 92_001
    assert divided.top_sliced_pence + divided.allocated_pence == 100_001


def test_top_slices_come_first_and_each_is_a_part_of_the_whole_contract() -> None:
    divided = split(100_000, Method.EQUAL, PEOPLE, [TopSlice("reserve", percent=Decimal(10)), TopSlice("training", percent=Decimal(10))])
    assert divided.top_slices == (("reserve", 10_000), ("training", 10_000))


def test_half_a_penny_of_a_top_slice_is_a_penny() -> None:
    assert split(100_050, Method.EQUAL, PEOPLE, [TopSlice("reserve", percent=Decimal(1))]).top_slices == (("reserve", 1001),)


def test_hours_stand_beside_pounds_whatever_the_method() -> None:
    for method in (Method.EQUAL, Method.POINTS, Method.HOURS):
        assert [allocation.minutes for allocation in split(1000, method, PEOPLE).allocations] == [6000, 3000, 1000]
    assert split(1000, Method.EQUAL, [Claim(person="A")]).allocations == (Allocation("A", 1000),)


def test_hours_are_the_weights_of_an_hours_split() -> None:
    assert sums(split(1000, Method.HOURS, PEOPLE)) == {"A": 600, "B": 300, "C": 100}


def test_points_of_nil_get_nil() -> None:
    assert sums(split(1000, Method.POINTS, [PEOPLE[0], Claim(person="Z", points=Decimal(0))])) == {"A": 1000, "Z": 0}


def test_the_order_of_the_list_moves_no_penny() -> None:
    one_way = split(100, Method.EQUAL, PEOPLE)
    other_way = split(100, Method.EQUAL, PEOPLE[::-1])
    assert sums(one_way) == sums(other_way) == {"A": 34, "B": 33, "C": 33}
    assert [allocation.person for allocation in other_way.allocations] == ["C", "B", "A"]


def test_amounts_that_the_council_has_set_are_what_each_gets() -> None:
    set_by_council = [Claim(person="A", amount_pence=70_001), Claim(person="B", amount_pence=26_999)]
    assert sums(split(100_000, Method.AMOUNTS, set_by_council, [TopSlice("reserve", percent=Decimal(3))])) == {"A": 70_001, "B": 26_999}


@pytest.mark.parametrize(("amount", "said"), [(26_998, "£0.01 too little"), (27_000, "£0.01 too much"), (0, "£269.99 too little")])
def test_amounts_that_do_not_add_up_are_refused_saying_by_how_much(amount: int, said: str) -> None:
    claims = [Claim(person="A", amount_pence=70_001), Claim(person="B", amount_pence=amount)]
    (problem,) = problems_of(100_000, Method.AMOUNTS, claims, TopSlice("reserve", percent=Decimal(3)))
    assert f"to allocate: {said}" in problem
    assert "£970.00 is there to allocate" in problem


def test_layers_that_cost_the_contract_are_met_exactly() -> None:
    claims = [Claim(person="A", cost_pence=127_700), Claim(person="B", cost_pence=85_700)]
    assert sums(split(213_400, Method.LAYERS, claims)) == {"A": 127_700, "B": 85_700}


def test_layers_that_cost_more_or_less_than_the_contract_are_its_weights() -> None:
    claims = [Claim(person="A", cost_pence=300), Claim(person="B", cost_pence=100)]
    assert sums(split(100, Method.LAYERS, claims)) == {"A": 75, "B": 25}
    assert sums(split(4000, Method.LAYERS, claims)) == {"A": 3000, "B": 1000}


def test_a_void_keeps_its_part_and_raises_nobody_elses() -> None:
    full = split(100_000, Method.EQUAL, [Claim(person=place) for place in "ABCD"])
    with_a_void = split(100_000, Method.EQUAL, [*(Claim(person=place) for place in "ABC"), Claim(person="D", empty_place=True)])
    assert sums(with_a_void) == sums(full)
    assert [allocation.person for allocation in with_a_void.allocations if allocation.empty_place] == ["D"]


def test_everything_that_stands_in_the_way_is_said_at_once() -> None:
    claims = [Claim(person="A"), Claim(person="B", minutes=-5), Claim(person="C", minutes=60), Claim(person="C", minutes=60)]
    assert problems_of(-1, Method.HOURS, claims, TopSlice("reserve"), TopSlice("reserve", percent=Decimal(-1))) == [
        "contract: its sum is -£0.01. Give a sum above nil.",
        "top-slice reserve: is declared 2 times. Declare it once.",
        "top-slice reserve: needs either a percentage or a sum. Give one of the two.",
        "top-slice reserve: is below nil. Give a percentage or a sum, nil or more.",
        "person C: is listed 2 times. List each person once.",
        "person A: has no hours, and the split is by hours. Give the hours; write 0 where there are none.",
        "person B: has hours below nil. Give hours of nil or more.",
    ]


@pytest.mark.parametrize(("method", "lacks"), [
    (Method.POINTS, "points"), (Method.HOURS, "hours"), (Method.LAYERS, "costed layers"), (Method.AMOUNTS, "amount")])
def test_nobody_is_split_by_what_they_do_not_have(method: Method, lacks: str) -> None:
    assert any(problem.startswith(f"person A: has no {lacks}") for problem in problems_of(100, method, [Claim(person="A")]))


def test_a_contract_cannot_be_split_between_nobody() -> None:
    assert problems_of(100, Method.EQUAL, []) == [
        "people: there is nobody to split the contract between. List at least one person."]


def test_a_contract_cannot_be_split_by_points_that_are_all_nil() -> None:
    (problem,) = problems_of(100, Method.POINTS, [Claim(person="A", points=Decimal(0))])
    assert problem.startswith("people: nobody has any points")


def test_points_that_are_no_number_are_refused() -> None:
    (problem,) = problems_of(100, Method.POINTS, [Claim(person="A", points=Decimal("NaN"))])
    assert problem.startswith("person A: has points below nil")


def test_top_slices_cannot_take_more_than_the_contract() -> None:
    (problem,) = problems_of(10_000, Method.EQUAL, PEOPLE, TopSlice("reserve", percent=Decimal(60)), TopSlice("training", pence=4001))
    assert problem.startswith("top-slices: they come to £100.01, which is £0.01 more than the contract.")


def test_a_top_slice_is_a_percentage_or_a_sum_and_not_both() -> None:
    (problem,) = problems_of(10_000, Method.EQUAL, PEOPLE, TopSlice("reserve", percent=Decimal(3), pence=300))
    assert "needs either a percentage or a sum" in problem


@pytest.mark.parametrize("contract_pence", [0, -1])
def test_a_contract_of_nothing_is_not_split(contract_pence: int) -> None:
    (problem,) = problems_of(contract_pence, Method.EQUAL, PEOPLE)
    assert problem.endswith("Give a sum above nil.")


@pytest.mark.parametrize("parts", [(99,), (101,), (-1, 101)])
def test_what_does_not_add_to_its_contract_is_no_split(parts: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=r"the contract is £1\.00"):
        Split(Method.EQUAL, 100, (), tuple(Allocation(f"P{n}", pence) for n, pence in enumerate(parts)))
