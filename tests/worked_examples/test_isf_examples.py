"""The worked examples of people's money: each file is worked out afresh and must come to what it says."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from basics.money import Money
from basics.periods import Month, Period, financial_year, four_weekly
from basics.rounding import TimeRule, charged_minutes, hourly_line, line
from basics.share import share
from isf.layers import House, Layer, LayerUnit, layers_cost
from isf.split import Claim, Method, Split, TopSlice, split
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sum, weekly_sums
from ringfence.importing.yaml_text import read_yaml

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("isf_*.yaml"))

Inputs = Mapping[str, Any]
Sums = dict[str, Decimal]


def pence(pounds: Decimal) -> int:
    return Money.parse(str(pounds)).pence


def pounds(parts: Mapping[Any, int]) -> Sums:
    return {key: Money(part).pounds for key, part in parts.items()}


def sums(divided: Split) -> Sums:
    return {allocation.person: Money(allocation.pence).pounds for allocation in divided.allocations}


def equal_83(given: Inputs) -> Inputs:
    divided = split(pence(given["sum"]), Method.EQUAL, [Claim(person=f"P{n:02d}") for n in range(given["people"])])
    each = list(sums(divided).values())
    return {"people_at_78313_26": each.count(Decimal("78313.26")), "people_at_78313_25": each.count(Decimal("78313.25")),
            "sum_of_all": sum(each)}


def points(given: Inputs) -> Inputs:
    claims = [Claim(person=person, points=Decimal(points)) for person, points in given["points"].items()]
    plain = split(pence(given["sum"]), Method.POINTS, claims)
    after = split(pence(given["sum"]), Method.POINTS, claims, [TopSlice("kept back", percent=Decimal(given["top_slice_percent"]))])
    return {"plain": sums(plain), "top_slice": Money(after.top_sliced_pence).pounds, "after_top_slice": sums(after)}


def house_of_4(given: Inputs) -> Inputs:
    shared = Layer("shared hours", LayerUnit.HOUR, Decimal(given["shared_hours"]), given["shared_rate_per_hour"])
    sleep_ins = Layer("sleep-ins", LayerUnit.NIGHT, Decimal(given["sleep_ins"]), given["rate_per_sleep_in"])
    own = {person: [Layer("1:1", LayerUnit.HOUR, Decimal(hours), given["own_rate_per_hour"])]
           for person, hours in given["own_hours"].items()}
    costs = layers_cost([House("house", tuple(own), (shared, sleep_ins))], own)
    totals = {person: cost.pence_per_week for person, cost in costs.items()}
    divided = split(sum(totals.values()), Method.LAYERS, [Claim(person=person, cost_pence=cost) for person, cost in totals.items()])
    (shared_each,), (sleep_in_each,) = ({dict(cost.lines)[name] for cost in costs.values()} for name in ("shared hours", "sleep-ins"))
    return {"shared_each": Money(shared_each).pounds, "sleep_in_each": Money(sleep_in_each).pounds, "totals": pounds(totals),
            "house": Money(sum(totals.values())).pounds, "split_of_the_same_sum": sums(divided)}


def ratio_1_3(given: Inputs) -> Inputs:
    three = dict.fromkeys(range(given["people"]), 1)
    each_per_hour = share(pence(given["rate_per_hour"]), three)
    each = share(line(given["rate_per_hour"], given["hours"]).pence, three)
    return {"each_per_hour": list(pounds(each_per_hour).values()), "each": list(pounds(each).values())}


def two_to_one(given: Inputs) -> Inputs:
    staff_hours = given["workers"] * given["hours_with_one_person"]
    with_three = line(given["rate_per_hour"], given["workers"] * given["hours_with_three_people"])
    return {"staff_hours": staff_hours, "cost": line(given["rate_per_hour"], staff_hours).pounds,
            "each_of_three": list(pounds(share(with_three.pence, dict.fromkeys(range(3), 1))).values())}


def house_210(given: Inputs) -> Inputs:
    claims = [Claim(person=person, minutes=hours * 60) for person, hours in given["hours"].items()]
    before = split(pence(given["sum"]), Method.HOURS, claims)
    (leaver,) = (allocation for allocation in before.allocations if allocation.person == "leaver")
    after = split(before.allocated_pence - leaver.pence, Method.HOURS, [claim for claim in claims if claim.person != "leaver"])
    hours = [sum(allocation.minutes or 0 for allocation in divided.allocations) // 60 for divided in (before, after)]
    return {"hours_of_the_house": hours[0], "hours_left_for_three": hours[1], "leaver": Money(leaver.pence).pounds,
            "before": {person: part for person, part in sums(before).items() if person != "leaver"}, "after": sums(after)}


def three_funders_hours(given: Inputs) -> Inputs:
    minutes = share(given["hours"] * 60, given["percent"])
    return {"hours": {funder: Decimal(part) / 60 for funder, part in minutes.items()}}


def three_funders_pounds(given: Inputs) -> Inputs:
    return {"pounds": pounds(share(pence(given["sum"]), given["percent"]))}


def periods(given: Inputs) -> Inputs:
    weekly, starts = given["weekly"], given["year_starts"]
    year, month = financial_year(starts), Month.of(starts).period
    return {"four_weekly": weekly_sum(weekly, four_weekly(starts, 1), WeeklyBasis.FOUR_WEEKS).pounds,
            "thirteen_periods": weekly_sum(weekly, year, WeeklyBasis.FOUR_WEEKS).pounds,
            "month_52_12": weekly_sum(weekly, month, WeeklyBasis.MONTH_52_12).pounds,
            "month_365_7_12": weekly_sum(weekly, month, WeeklyBasis.MONTH_365_7_12).pounds,
            "year_365_7": weekly_sum(weekly, year, WeeklyBasis.YEAR_365_7).pounds}


def visit_rounding(given: Inputs) -> Inputs:
    return {str(rule): hourly_line(given["rate_per_hour"], charged_minutes(given["minutes"], rule)).pounds for rule in TimeRule}


def part_month_start(given: Inputs) -> Inputs:
    october = Period(given["starts"], Month.of(given["starts"]).last)
    months = [october, Month.of(october.last + timedelta(days=1)).period]
    alone, cumulative = (weekly_sums(given["weekly"], months, WeeklyBasis.DAILY, rounding) for rounding in PeriodRounding)
    contribution = weekly_sum(given["contribution_weekly"], october, WeeklyBasis.DAILY)
    return {
        "by days, each period alone": {
            "october": alone[0].pounds, "october_contribution": contribution.pounds,
            "october_council_net": (alone[0] - contribution).pounds, "november": alone[1].pounds},
        "by days, cumulative": {
            "october": cumulative[0].pounds, "november": cumulative[1].pounds, "two_months": Money.total(cumulative).pounds},
        "month x 52/12": {"october": weekly_sum(given["weekly"], october, WeeklyBasis.MONTH_52_12).pounds},
        "month x 365/7/12": {"october": weekly_sum(given["weekly"], october, WeeklyBasis.MONTH_365_7_12).pounds},
    }


WORKED: Mapping[str, Callable[[Inputs], Inputs]] = {
    "equal-83": equal_83,
    "points": points,
    "house-of-4": house_of_4,
    "ratio-1-3": ratio_1_3,
    "two-to-one": two_to_one,
    "house-210": house_210,
    "three-funders-hours": three_funders_hours,
    "three-funders-pounds": three_funders_pounds,
    "periods": periods,
    "visit-rounding": visit_rounding,
    "part-month-start": part_month_start,
}


def read(file: Path) -> dict[str, Any]:
    return read_yaml(file)


@pytest.mark.parametrize("name", WORKED)
def test_the_example_comes_to_what_it_says(name: str) -> None:
    example = read(HERE / f"isf_{name.replace('-', '_')}.yaml")
    assert WORKED[name](example["inputs"]) == example["expected"]


def test_every_example_is_run_here_unless_it_says_where() -> None:
    assert {example["example"] for file in FILES if "run_by" not in (example := read(file))} == WORKED.keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_example_says_where_it_is_from_and_is_named_as_its_file(file: Path) -> None:
    example = read(file)
    assert file.stem == f"isf_{example['example'].replace('-', '_')}"
    assert example["kind"].split()[0] in ("published", "constructed")
    assert all(example[key] for key in ("story", "source", "inputs", "expected"))


def test_a_part_month_is_worked_from_the_day_it_starts() -> None:
    given = read(HERE / "isf_part_month_start.yaml")["inputs"]
    assert given["starts"] == date(2026, 10, 15)
    assert part_month_start(given | {"starts": date(2026, 10, 16)})["by days, each period alone"]["october"] != Decimal("1244.28")
