"""What a peer's supported-living calculator leaves out, with its own inputs: the second worker's hours, and the empty place."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from costing.direct import EMPTY_PLACES, direct_support
from costing.figure import Unit, fixed
from costing.price import money, price, to_the_penny
from ringfence.importing.costing_package import read_package
from ringfence.importing.yaml_text import read_yaml

HERE = Path(__file__).parent
CASE = read_yaml(HERE / "supported_living.yaml")
PACKAGE = read_package(HERE / "supported_living.cost.yaml")
PENNY = Decimal("0.01")


def test_the_same_inputs_come_to_the_same_week():
    priced = price(PACKAGE)
    assert {line.label: line.shown.pounds for line in priced.lines if line.label in CASE["lines"]} == CASE["lines"]
    assert money(priced.per_week).pounds == CASE["price_per_week"]


def test_two_staff_at_once_are_counted_twice_in_the_price_of_an_hour_and_the_peer_counts_them_once():
    priced = price(PACKAGE)
    assert priced.hours_per_week.exact == CASE["hours"]
    assert money(priced.per_hour).pounds == CASE["price_per_hour"]
    assert (priced.per_week.value / CASE["peer_hours"]).quantize(PENNY, ROUND_HALF_UP) == CASE["peer_price_per_hour"]


def test_what_an_empty_place_loses_can_be_carried_by_those_who_live_there_and_by_the_peer_never():
    empty = fixed(20, "One of five places", Unit.PERCENT)
    carried = next(line for line in direct_support(replace(PACKAGE, empty_percent=empty)) if line.label == EMPTY_PLACES)
    assert to_the_penny(carried * CASE["people"]).value == CASE["not_recovered_per_week"]
    assert EMPTY_PLACES not in {line.label for line in price(PACKAGE).lines}
