"""Shared support divides by places; a person's own stands on top."""

from decimal import Decimal

import pytest

from basics.errors import InputError, Refused
from isf.layers import House, Layer, LayerUnit, layers_cost
from isf.split import Claim, Method, split

CORE = Layer("core hours", LayerUnit.HOUR, Decimal(113), Decimal("22.61"))
SLEEP_INS = Layer("sleep-ins", LayerUnit.NIGHT, Decimal(7), Decimal("671.50") / 7)
ELM_ROAD = House("elm-road", ("A", "B", "C", "D"), (CORE, SLEEP_INS))


def test_a_house_adds_to_what_it_shares_to_the_penny() -> None:
    costs = layers_cost([ELM_ROAD], {})
    assert {place: cost.pence_per_week for place, cost in costs.items()} == {"A": 80662, "B": 80661, "C": 80660, "D": 80660}
    assert sum(cost.pence_per_week for cost in costs.values()) == 322643


def test_an_empty_place_is_still_a_place() -> None:
    empty = House("elm-road", ("A", "B", "C", "place-4"), ELM_ROAD.shared)
    before, after = layers_cost([ELM_ROAD], {}), layers_cost([empty], {})
    assert [after[person] for person in "ABC"] == [before[person] for person in "ABC"]
    assert after["place-4"].pence_per_week == 80660


def test_shared_hours_are_divided_and_a_sleep_in_has_none() -> None:
    costs = layers_cost([ELM_ROAD], {"A": [Layer("1:1", LayerUnit.HOUR, Decimal("2.5"), Decimal(20))]})
    assert [cost.minutes_per_week for cost in costs.values()] == [1695 + 150, 1695, 1695, 1695]


def test_each_layer_of_a_cost_is_shown_under_its_name() -> None:
    costs = layers_cost([ELM_ROAD], {"B": [Layer("1:1", LayerUnit.HOUR, Decimal("2.5"), Decimal(20))]})
    assert costs["B"].lines == (("core hours", 63873), ("sleep-ins", 16788), ("1:1", 5000))


def test_someone_in_no_house_has_only_their_own_support() -> None:
    assert layers_cost([ELM_ROAD], {"E": [Layer("outreach", LayerUnit.HOUR, Decimal(4), Decimal(21))]})["E"].pence_per_week == 8400


def test_one_house_never_bears_on_another() -> None:
    other = House("oak-lane", ("E",), (Layer("core hours", LayerUnit.HOUR, Decimal(10), Decimal(20)),))
    both = layers_cost([ELM_ROAD, other], {})
    assert both == layers_cost([ELM_ROAD], {}) | layers_cost([other], {})


def test_a_person_has_one_place() -> None:
    with pytest.raises(Refused) as refused:
        layers_cost([House("elm-road", ("A", "A"), ()), House("oak-lane", ("A",), ()), House("ash-end", (), ())], {})
    assert [problem.place for problem in refused.value.problems] == ["house elm-road", "house oak-lane", "house ash-end"]


@pytest.mark.parametrize(("quantity", "rate"), [("-1", "20"), ("1", "-20"), ("NaN", "20"), ("1", "Infinity")])
def test_a_layer_below_nil_or_without_a_number_is_refused(quantity: str, rate: str) -> None:
    with pytest.raises(InputError, match="Give a number, nil or more"):
        Layer("1:1", LayerUnit.HOUR, Decimal(quantity), Decimal(rate))


def test_hours_come_to_whole_minutes() -> None:
    with pytest.raises(InputError, match="not a whole number of minutes"):
        Layer("1:1", LayerUnit.HOUR, Decimal("1.33"), Decimal(20))


def test_a_float_is_no_rate() -> None:
    with pytest.raises(TypeError):
        Layer("1:1", LayerUnit.HOUR, Decimal(1), 20.5)  # type: ignore[arg-type]


def test_places_that_cost_the_same_are_allocated_the_same_to_a_penny():
    house = House("elm", ("A", "B", "C"), (Layer("shared", LayerUnit.HOUR, Decimal("0.5"), Decimal("0.20")),))
    costs = layers_cost([house], {})
    claims = [Claim(person=place, cost_pence=cost.exact_pence_per_week) for place, cost in costs.items()]
    parts = [each.pence for each in split(1_200_000_00, Method.LAYERS, claims).allocations]
    assert parts == [400_000_00, 400_000_00, 400_000_00]
