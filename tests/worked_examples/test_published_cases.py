"""The published cases of the folder `cases`: each is run afresh, and ours is theirs or differs by exactly what the case says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from basics.errors import NotKnown
from costing.changing import build
from costing.direct import EMPTY_PLACES
from costing.figure import Unit, fixed
from costing.price import price
from costing.terms import Sickness
from costing.time_off import sick_pay_per_year
from ringfence.actions.cases import RUNS, one_case
from ringfence.actions.cases_of_money import part_month
from ringfence.actions.cases_of_prices import of_price, sick_pay_law
from ringfence.importing.cases_file import ENDING, FOLDER, case_names, read_case
from ringfence.importing.costing_package import read_package

WHOLE_BOOKS = {"two-carers-unequal", "four-weekly-monthly", "mid-year-go-live", "void-four-weeks"}
INFERRED = {"caretilt", "cqc-fee-2018", "equal-83", "homecare-association-2025", "house-210", "ndis-2024", "riverside-elders", "ukhca-2014",
            "ukhca-2020", "wolverhampton-2022"}
PRICED = [name for name in case_names() if read_case(name).kind == "price"]


@pytest.mark.parametrize("name", case_names())
def test_ours_is_theirs_or_differs_by_exactly_what_the_case_says(name: str) -> None:
    case = one_case(name)
    assert {each.figure: each.difference for each in case.figures if not each.not_run} == {
        each.figure: each.stated for each in case.figures if not each.not_run}
    assert case.is_as_stated


def test_only_whole_books_are_not_run_by_the_product() -> None:
    assert {name for name in case_names() if read_case(name).kind not in RUNS} == WHOLE_BOOKS
    assert {name for name in case_names() if any(each.not_run for each in one_case(name).figures)} == WHOLE_BOOKS


def test_only_the_peer_that_leaves_something_out_differs_from_ours() -> None:
    differing = {name: [each.figure for each in one_case(name).differing] for name in case_names()}
    assert {name: figures for name, figures in differing.items() if figures} == {
        "caretilt": ["Price of an hour", "Hours of a week", "Recovered of the empty place, a week"]}


def test_a_case_of_which_something_was_inferred_says_what() -> None:
    assert {name for name in case_names() if read_case(name).inferred} == INFERRED
    for name in case_names():
        if any((each.basis or read_case(name).basis) == "inferred" for each in read_case(name).figures):
            assert name in INFERRED


@pytest.mark.parametrize("name", case_names())
def test_a_case_is_named_as_its_file_and_every_figure_once(name: str) -> None:
    case = read_case(name)
    assert case.name == name
    assert len(case.theirs) == len(case.figures)
    assert all((FOLDER / file).is_file() for file in case.files)


def test_every_file_of_the_folder_is_of_a_case() -> None:
    named = {file for name in case_names() for file in read_case(name).files} | {name + ENDING for name in case_names()}
    assert {path.name for path in FOLDER.iterdir()} == named


@pytest.mark.parametrize("name", sorted(set(PRICED) - {"ndis-2024"}))
def test_every_line_of_a_published_price_stands_beside_one_of_theirs(name: str) -> None:
    case = read_case(name)
    compared = {beside for each in case.figures for beside in each.beside}
    assert {line.label for line in price(read_package(FOLDER / case.files[0])).lines} <= compared


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.cost.yaml")), ids=lambda path: path.name)
def test_the_lines_of_a_price_add_to_it_exactly_before_any_rounding(path) -> None:
    built = build(read_package(path))
    assert sum(line.exact for _, line in built.lines) == built.price.exact


def test_an_hour_of_which_a_part_is_with_nobody_costs_its_paid_time_divided_by_utilisation() -> None:
    found = of_price(read_case("ndis-2024"))
    labour = fixed(found["Paid: Price of an hour"], "", Unit.NUMBER) / fixed(Decimal("0.92"), "", Unit.NUMBER)
    assert found["Delivered: Direct support, in all"] == labour.value.quantize(Decimal("0.01"))


def test_an_empty_place_is_carried_by_nobody_unless_somebody_says_so() -> None:
    package = read_package(FOLDER / "caretilt.cost.yaml")
    assert EMPTY_PLACES not in {line.label for line in price(package).lines}
    asked = replace(package, empty_percent=fixed(20, "One of five places", Unit.PERCENT))
    assert EMPTY_PLACES in {line.label for line in price(asked).lines}


def test_a_part_month_is_worked_from_the_day_it_starts() -> None:
    case = read_case("part-month-start")
    assert case.inputs["starts"] == date(2026, 10, 15)
    later = case.model_copy(update={"inputs": case.inputs | {"starts": date(2026, 10, 16)}})
    assert part_month(later)["First month, by days"] != case.theirs["First month, by days"]


def test_the_spells_are_asked_for_where_their_first_days_are_unpaid() -> None:
    week, five = fixed(400, "", Unit.POUNDS_PER_WEEK), fixed(5, "", Unit.DAYS)
    with pytest.raises(NotKnown, match="nobody said how many spells"):
        sick_pay_per_year(week, Sickness(five, five, None, sick_pay_law(date(2026, 4, 5))))
