"""What you pay for: the same price under a few purposes, whose shares make 100 and whose amounts make the price."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import settings

from basics.money import NIL, Money
from basics.vocabulary import listed, say
from costing.cost_of_care import cost_of_care
from costing.package import Section
from costing.paid_for import PaidFor, Purpose, paid_for
from costing.price import Price, money, price
from ringfence.actions.costing import example_content, price_of_file
from tests.costing.test_price_properties import PACKAGES
from tests.documents.price_shapes import contents, priced

DOCS_CONTENT = dict(example_content())
DOCS = Path(__file__).parents[2] / "docs" / "examples"
SHAPES = {name: priced(name, content) for name, content in contents().items()}
every_shape = pytest.mark.parametrize("found", SHAPES.values(), ids=SHAPES)


def example(name: str) -> PaidFor:
    return paid_for(price_of_file(DOCS / f"{name}.cost.yaml"))


def lines_of(record: PaidFor, purpose: Purpose) -> tuple[str, ...]:
    return next((part.lines for part in record.parts if part.purpose is purpose), ())


@settings(max_examples=60, deadline=None)
@examples(PACKAGES)
def test_the_shares_make_a_hundred_for_any_package(package):
    assert sum(part.percent for part in paid_for(price(package)).parts) == 100


@settings(max_examples=60, deadline=None)
@examples(PACKAGES)
def test_the_parts_and_the_rounding_make_the_price_of_the_week_for_any_package(package):
    found = price(package)
    record = paid_for(found)
    assert record.per_week == money(found.per_week)
    assert Money.total(part.per_week for part in record.parts) + record.rounding == record.per_week


@every_shape
def test_each_line_of_the_price_is_told_once(found: Price) -> None:
    told = [line for part in paid_for(found).parts for line in part.lines]
    assert sorted(told) == sorted(line.label for line in found.lines if line.figure.exact or line.label in told)
    assert all(part.per_week >= NIL for part in paid_for(found).parts)


@every_shape
def test_what_is_beside_direct_support_keeps_its_own_purpose(found: Price) -> None:
    weeks = {part.purpose: part.per_week for part in paid_for(found).parts}
    for section, purpose in ((Section.COORDINATION, Purpose.MANAGING), (Section.COMPANY, Purpose.RUNNING)):
        exact = found.full_cost[section] * 100
        assert abs(weeks.get(purpose, NIL).pence - exact) * 2 <= 1


def test_the_example_is_what_its_week_is_made_of() -> None:
    record = example("outreach")
    assert [(part.purpose.value, str(part.per_week), part.percent) for part in record.parts] == [
        ("support", "£265.20", 45), ("travel", "£74.64", 13), ("paid time", "£59.45", 10), ("employment", "£50.24", 9), ("bought", "£6.00", 1),
        ("managing", "£66.67", 11), ("running", "£38.01", 6), ("reserve", "£11.20", 2), ("surplus", "£17.67", 3)]
    assert (str(record.per_week), str(record.rounding), str(record.per_hour)) == ("£589.60", "£0.52", "£29.48")


def test_a_house_tells_its_nights_its_empty_places_and_who_pays() -> None:
    record = example("shared-house")
    assert "Sleep-ins" in lines_of(record, Purpose.SUPPORT)
    assert "Manager on call" in lines_of(record, Purpose.SUPPORT)
    assert lines_of(record, Purpose.EMPTY_PLACES) == ("Allowance for empty places",)
    assert "Holiday pay, Senior" in lines_of(record, Purpose.PAID_TIME)
    assert record.per_hour is None
    assert [name for name, _ in record.payers] == ["Northshire Council", "Health board"]
    assert Money.total(amount for _, amount in record.payers) == record.per_week


def test_what_is_bought_is_told_by_how_it_is_made_and_not_by_its_name() -> None:
    content = next(each for each in contents().values() if (each.get("staff") or {}).get("agency"))
    agency = paid_for(priced("agency", content))
    assert any("gency" in line for line in lines_of(agency, Purpose.SUPPORT))
    bought = {**content, "other_direct": [{"line": "Training of the person", "amount": Decimal(12), "per": "week"}]}
    assert lines_of(paid_for(priced("bought", bought)), Purpose.BOUGHT) == ("Training of the person",)


def without_on_costs(**staff: object) -> PaidFor:
    pay = {"pay_per_hour": Decimal("12.71"), "holiday": "none", "national_insurance": "none", "pension": "none", **staff}
    return paid_for(priced("plain", {**DOCS_CONTENT, "staff": {**DOCS_CONTENT["staff"], "paid_time": [], **pay}}))


def test_pay_is_pay_for_support_however_its_on_costs_are_given() -> None:
    record = without_on_costs()
    assert lines_of(record, Purpose.SUPPORT) == ("Pay for support",)
    assert lines_of(record, Purpose.TRAVEL) == ("Travel time", "Mileage")
    assert lines_of(record, Purpose.BOUGHT) == lines_of(example("outreach"), Purpose.BOUGHT)


def test_paid_time_is_paid_time_without_any_on_costs() -> None:
    record = without_on_costs(paid_time=[{"line": "Training", "percent": Decimal(3), "earns_holiday": False},
                                         {"line": "Reading", "hours_per_year": Decimal(12), "earns_holiday": False}])
    assert lines_of(record, Purpose.PAID_TIME) == ("Training", "Reading")
    assert not lines_of(record, Purpose.EMPLOYMENT)


@every_shape
def test_the_pay_for_support_is_direct_care_in_a_cost_of_care_return(found: Price) -> None:
    care = [str(line.label) for row in cost_of_care(found) if row.row == "Direct care" for line in row.lines]
    assert sorted(lines_of(paid_for(found), Purpose.SUPPORT)) == sorted(care)


def test_a_price_through_a_change_of_rates_is_told_the_same_way() -> None:
    own = dict(DOCS_CONTENT, on=date(2025, 10, 1), until=date(2026, 9, 30))
    found = paid_for(priced("through", own))
    assert {part.purpose for part in found.parts} == {part.purpose for part in example("outreach").parts}
    assert lines_of(found, Purpose.SUPPORT) == ("Pay for support",)
    assert found.days_in_words == "from 1 October 2025 to 30 September 2026"


def test_a_part_of_nothing_is_not_told() -> None:
    content = {**DOCS_CONTENT, "other_direct": [{"line": "Nothing", "amount": Decimal(0), "per": "week"}]}
    assert not lines_of(paid_for(priced("nothing", content)), Purpose.BOUGHT)


def test_the_documentation_tells_the_example_as_it_is() -> None:
    page = (DOCS.parent / "costing.md").read_text(encoding="utf-8")
    record = example("outreach")
    for part in record.parts:
        assert f"| {listed('paid.' + part.purpose)[0]} | {part.per_week} | {part.percent}% |" in page
    assert f"| Rounding | {record.rounding} | |" in page
    assert f"| {say('paid.total')} | {record.per_week} | {say('paid.share.all')} |" in page
