"""Packages of many shapes, made by code: together they hold every kind of line that a price can have.

Each shape is a cost file of its own; its numbers are drawn by a generator that is seeded with its name, so they are the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from costing.price import Price
from ringfence.actions.costing import as_cost_file, price_of_content

Content = dict[str, Any]
SHAPES: dict[str, Callable[[Numbers], Content]] = {}
VARIANTS = 3
PAYLOADS = ("=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://x.example")', "'=1+1",
            "|calc", "%0A=1+1", "{=1+1}", ";=1+1", ",=1+1", '"=1+1"', " =1+1")
"""Names that a careless export would turn into formulas."""


@dataclass
class Numbers:
    """Numbers for one package, drawn in turn."""

    drawn: random.Random

    def __call__(self, least: int, most: int, places: int = 2) -> Decimal:
        """A number with so many decimals, above nil."""
        return Decimal(self.drawn.randint(least * 10**places + 1, most * 10**places)).scaleb(-places)


def shape(make: Callable[[Numbers], Content]) -> Callable[[Numbers], Content]:
    SHAPES[make.__name__.replace("_", " ")] = make
    return make


def contents() -> dict[str, Content]:
    """Every shape with its numbers, by name."""
    return {f"{name}, {n}": make(Numbers(random.Random(f"{name} {n}"))) for name, make in SHAPES.items() for n in range(1, VARIANTS + 1)}


def priced(name: str, content: Content) -> Price:
    return price_of_content(as_cost_file(content), name)


def file_of(per: str, step: int, support: Content, **rest: Any) -> Content:
    return {"name": "A package", "on": date(2026, 10, 1), "quote": {"per": per, "step_pence": step}, "support": support, **rest}


def a_week(n: Numbers, **more: Any) -> Content:
    return {"hours_per_week": n(2, 60), "visits_per_week": n(2, 40, 0), "weeks_per_year": 52, **more}


def staff(n: Numbers, **more: Any) -> Content:
    return {"pay_per_hour": "national_living_wage", "addition_per_hour": n(0, 3),
            "contracts": [{"hours_per_week": 16, "workers": 2}, {"hours_per_week": n(20, 40), "workers": n(1, 6, 1)}],
            "paid_time": [{"line": "Training", "percent": n(1, 6), "earns_holiday": True},
                          {"line": "Sick pay", "percent": n(1, 5), "earns_holiday": False}],
            "holiday": {"weeks_per_year": Decimal("5.6"), "method": "of_worked_pay"}, "national_insurance": "by_law", "pension": "by_law", **more}


def plain_staff(n: Numbers, **more: Any) -> Content:
    return {"pay_per_hour": n(12, 20), "holiday": "none", "national_insurance": "none", "pension": "none", **more}


def per_cent(line: str, n: Numbers, basis: str) -> Content:
    return {"line": line, "percent": n(1, 11), "basis": basis}


def amounts(n: Numbers, *pers: str) -> list[Content]:
    return [{"line": f"Something for each {per}", "amount": n(1, 90), "per": per} for per in pers]


ALL_PERS = ("hour", "visit", "week", "month", "year")


@shape
def outreach_by_the_hour(n: Numbers) -> Content:
    travel = {"per": "visit", "minutes": n(5, 20, 0), "miles": n(1, 6, 1), "pay_per_mile": Decimal("0.45")}
    return file_of("hour", 4, a_week(n), staff=staff(n, travel=travel), co_ordination=[per_cent("Team leader", n, "on_cost")],
                   company_costs=[per_cent("Office", n, "on_cost")], contingency={"percent": n(1, 4), "basis": "on_cost"},
                   surplus={"percent": n(1, 5), "basis": "of_price"})


@shape
def travel_for_each_hour(n: Numbers) -> Content:
    return file_of("hour", 1, a_week(n), staff=staff(n, travel={"per": "hour", "minutes": n(1, 12), "miles": n(1, 9), "pay_per_mile": n(0, 1)}))


@shape
def a_mix_of_visits(n: Numbers) -> Content:
    travel = {"per": "visit", "minutes": n(5, 15, 0), "miles": n(1, 4), "pay_per_mile": Decimal("0.45")}
    parts = [{"kind": "visits", "line": f"Visits of {length} minutes", "minutes": length, "per_week": n(1, 14, 0)} for length in (15, 30, 45, 60)]
    parts.append({"kind": "visits", "line": "Visits by two", "minutes": 30, "per_week": 7, "staff_at_once": 2, "travel": travel})
    return file_of("week", 7, {"weeks_per_year": 52, "parts": parts}, staff=staff(n, travel=travel), company_costs=amounts(n, "visit"))


@shape
def a_shared_home_with_empty_places(n: Numbers) -> Content:
    parts = [{"kind": "shared", "line": "Shared support", "hours_per_week": n(70, 160), "places": 5},
             {"kind": "sleep_ins", "line": "Sleep-ins", "nights_per_week": 7, "flat_per_night": n(40, 80),
              "disturbed_hours_per_night": Decimal("0.5"), "places": 5},
             {"kind": "hours", "line": "One to one", "hours_per_week": n(2, 30)},
             {"kind": "hours", "line": "By two at once", "hours_per_week": n(1, 9), "staff_at_once": 2}]
    return file_of("hour", 4, {"weeks_per_year": "365/7", "empty_percent": n(1, 20), "parts": parts}, staff=staff(n),
                   other_direct=[{"line": "House car", "amount": n(90, 300), "per": "month", "places": 5}])


@shape
def waking_nights(n: Numbers) -> Content:
    parts = [{"kind": "waking_nights", "line": "Waking nights", "nights_per_week": 7, "hours_per_night": n(8, 10), "places": 3},
             {"kind": "waking_nights", "line": "Second waking night", "nights_per_week": n(1, 3, 0), "hours_per_night": 9, "staff_at_once": 2}]
    return file_of("week", 1, {"weeks_per_year": "365/7", "parts": parts}, staff=staff(n))


@shape
def sleep_ins_beside_hours(n: Numbers) -> Content:
    nights = {"nights_per_week": n(1, 7, 0), "flat_per_night": n(40, 70), "paid_hours_per_night": n(0, 2), "disturbed_hours_per_night": n(0, 1)}
    return file_of("week", 7, a_week(n), staff=staff(n, sleep_ins=nights))


@shape
def on_call_by_a_senior(n: Numbers) -> Content:
    parts = [{"kind": "hours", "line": "Support", "hours_per_week": n(5, 40)},
             {"kind": "on_call", "line": "On call", "times_per_week": 7, "flat_per_time": n(10, 30), "worked_hours_per_time": n(0, 1), "places": 4,
              "grade": "Senior"}]
    return file_of("hour", 4, {"weeks_per_year": 50, "parts": parts}, staff=staff(n), grades=[{"grade": "Senior", **staff(n)}])


@shape
def sessions_in_a_group(n: Numbers) -> Content:
    parts = [{"kind": "sessions", "line": "Day centre", "minutes": n(120, 360, 0), "per_week": n(1, 5, 0), "staff_at_once": 3, "people": n(7, 15, 0)}]
    return file_of("hour", 1, {"weeks_per_year": n(40, 50, 0), "parts": parts}, staff=staff(n))


@shape
def several_grades(n: Numbers) -> Content:
    parts = [{"kind": "hours", "line": f"Hours of a {grade}", "hours_per_week": n(1, 30), "grade": grade} for grade in ("carer", "senior", "nurse")]
    return file_of("hour", 4, {"weeks_per_year": 52, "parts": parts},
                   grades=[{"grade": grade, **staff(n)} for grade in ("carer", "senior", "nurse")])


@shape
def percentages_of_pay(n: Numbers) -> Content:
    of = {"national_insurance": {"percent": n(5, 15), "of": "all_pay"}, "pension": {"percent": n(1, 9), "of": "worked_pay"},
          "other": [{"line": "Levy", "percent": Decimal("0.5"), "of": "all_pay"}, {"line": "Uniform", "percent": n(0, 1), "of": "worked_pay"}]}
    return file_of("hour", 1, a_week(n), staff=staff(n, **of))


@shape
def holiday_of_all_paid_weeks(n: Numbers) -> Content:
    return file_of("hour", 1, a_week(n), staff=staff(n, holiday={"weeks_per_year": n(5, 8), "method": "of_all_paid"}))


@shape
def part_timers_below_the_thresholds(n: Numbers) -> Content:
    contracts = [{"hours_per_week": n(3, 7), "workers": n(1, 9, 0)}, {"hours_per_week": n(9, 14), "workers": 2}]
    return file_of("hour", 1, a_week(n), staff=staff(n, contracts=contracts))


@shape
def highly_paid(n: Numbers) -> Content:
    return file_of("hour", 1, a_week(n), staff=staff(n, pay_per_hour=n(30, 60), contracts=[{"hours_per_week": n(35, 48), "workers": 3}]))


@shape
def everything_of_the_price(n: Numbers) -> Content:
    of_price = {"percent": n(1, 6), "basis": "of_price"}
    return file_of("hour", 4, a_week(n), staff=staff(n), co_ordination=[per_cent("Team", n, "of_price"), *amounts(n, *ALL_PERS)],
                   company_costs=[per_cent("Office", n, "of_price"), per_cent("Insurance", n, "on_cost")], contingency=of_price,
                   surplus={"percent": n(1, 6), "basis": "on_cost"})


@shape
def amounts_of_every_kind(n: Numbers) -> Content:
    company = [{**each, "line": f"{each['line']}, company"} for each in amounts(n, *ALL_PERS)]
    return file_of("week", 7, a_week(n), staff=plain_staff(n), other_direct=[{**each, "line": f"{each['line']}, direct", "times": n(1, 9)}
                                                                             for each in amounts(n, *ALL_PERS)],
                   co_ordination=amounts(n, *ALL_PERS), company_costs=company, contingency={"amount": n(1, 9), "per": "week"},
                   surplus={"amount": n(1, 9), "per": "hour"})


@shape
def bought_once_shared_and_given(n: Numbers) -> Content:
    bought = [{"line": "Bath lift", "amount": n(300, 900), "per": "once", "over_weeks": n(52, 156, 0)},
              {"line": "Set-up", "amount": n(300, 900), "per": "once", "over_weeks": 104, "people": 3},
              {"line": "Household budget", "amount": n(30, 90), "per": "week", "people": 3},
              {"line": "Volunteers", "amount": n(10, 15), "per": "hour", "times": 2, "charged": False}]
    return file_of("hour", 4, a_week(n), staff=plain_staff(n), other_direct=bought)


@shape
def several_funders(n: Numbers) -> Content:
    funders = [{"funder": "Council", "percent": n(20, 60)}, {"funder": "Lottery", "percent": n(5, 20), "takes_contingency": False},
               {"funder": "Person", "pounds_per_week": n(5, 30)}, {"funder": "Health", "takes_contingency": False}]
    return file_of("week", 1, a_week(n), staff=staff(n), contingency={"percent": n(1, 6), "basis": "on_cost"}, funders=funders)


@shape
def funders_in_equal_parts(n: Numbers) -> Content:
    return file_of("week", 7, a_week(n), staff=plain_staff(n), funders=[{"funder": name, "percent": 25} for name in ("D", "B", "A", "C")])


@shape
def without_staff(n: Numbers) -> Content:
    return file_of("hour", 1, a_week(n), other_direct=[{"line": "Support planning", "amount": n(20, 45), "per": "hour"}])


@shape
def a_hundred_and_thirty_lines(n: Numbers) -> Content:
    return file_of("week", 1, a_week(n), other_direct=[{"line": f"Thing {k}", "amount": n(0, 9), "per": "week"} for k in range(130)])


@shape
def equal_lines_that_do_not_divide(n: Numbers) -> Content:
    lines = [{"line": line, "amount": n.drawn.randint(1, 40), "per": "week"} for line in "CABD"]
    return file_of("hour", 1, {"hours_per_week": 7}, other_direct=lines)


@shape
def names_that_begin_like_formulas(n: Numbers) -> Content:
    names = [payload for payload in PAYLOADS if payload.strip() == payload]
    return file_of("hour", 4, a_week(n), other_direct=[{"line": line, "amount": n(1, 9), "per": "week"} for line in [*names, "A1", "R1C1", "TRUE"]],
                   funders=[{"funder": "=1+1"}]) | {"name": "=SUM(A1:A9)"}


@shape
def a_rate_from_memory(n: Numbers) -> Content:
    return file_of("hour", 1, a_week(n), staff=plain_staff(n, pay_per_hour="minimum_wage_18_to_20")) | {"on": date(2023, 10, 1)}


@shape
def unsocial_hours_and_an_agency(n: Numbers) -> Content:
    parts = [{"kind": "hours", "line": "By day", "hours_per_week": n(20, 60)}, {"kind": "hours", "line": "At weekends", "hours_per_week": n(5, 16)}]
    unsocial = [{"line": "Evenings", "percent": n(10, 30), "hours_per_week": n(1, 9)}, {"line": "Weekends", "percent": 50, "parts": ["At weekends"]},
                {"line": "Early starts", "percent": n(5, 20), "percent_of_hours": n(5, 20)}]
    more = {"bank_holidays": {"days_per_year": 8, "pay_multiple": 2}, "agency": {"percent_of_hours": n(2, 20), "rate_per_hour": n(18, 30)},
            "vacancies": {"percent_of_hours": n(2, 20), "overtime_multiple": Decimal("1.5")}}
    return file_of("hour", 4, {"weeks_per_year": 52, "parts": parts}, staff=staff(n, unsocial_hours=unsocial, **more))


@shape
def sickness_by_law_and_the_pay_bill(n: Numbers) -> Content:
    contracts = [{"hours_per_week": n(5, 9), "workers": 1}, {"hours_per_week": n(20, 38), "workers": n(2, 9, 0)}]
    training = [{"line": "Training", "hours_per_year": n(10, 40, 0), "earns_holiday": True}]
    away = {"days_per_year": n(3, 12), "days_per_week": 5, "pay": "by_law"}
    bill = {"pay_bill_per_year": n(3_100_000, 9_000_000, 0), "apprenticeship_levy": "by_law",
            "employment_allowance": {"claimed": True, "reason": "It is a charity"}}
    return file_of("week", 1, a_week(n), staff=staff(n, contracts=contracts, paid_time=training, sickness=away), organisation=bill)


@shape
def sickness_before_the_reform(n: Numbers) -> Content:
    away = {"days_per_year": n(3, 12), "days_per_week": 5, "spells_per_year": n(1, 3), "pay": "by_law"}
    vacancies = {"percent_of_hours": n(2, 20), "agency_rate_per_hour": n(18, 30)}
    return file_of("hour", 1, a_week(n), staff=staff(n, paid_time=[], sickness=away, vacancies=vacancies)) | {"on": date(2025, 10, 1)}


@shape
def a_cap_on_overheads(n: Numbers) -> Content:
    return file_of("hour", 4, a_week(n), staff=staff(n, paid_time=[], sickness={"days_per_year": n(3, 12), "days_per_week": 5, "pay": "full"}),
                   co_ordination=[per_cent("Team", n, "of_price")], company_costs=amounts(n, "hour"),
                   cap={"percent": n(5, 12), "basis": "of_price", "lines": ["Team", "Something for each hour"]})


def over_a_year(n: Numbers, **more: Any) -> Content:
    away = {"days_per_year": n(3, 12), "days_per_week": 5, "spells_per_year": n(1, 3), "pay": "by_law"}
    travel = {"per": "visit", "minutes": n(5, 20, 0), "miles": n(1, 6, 1), "pay_per_mile": "mileage_first_10000_miles"}
    held = staff(n, paid_time=[], sickness=away, travel=travel)
    return file_of("hour", 4, a_week(n), staff=held, contingency={"percent": n(1, 6), "basis": "on_cost"},
                   surplus={"percent": n(1, 6), "basis": "of_price"}) | {"on": date(2025, 10, 1), "until": date(2026, 9, 30), **more}


@shape
def a_year_in_which_rates_change(n: Numbers) -> Content:
    return over_a_year(n, pay_periods={"weeks": 4, "first_day": date(2026, 3, 23)})


@shape
def a_year_of_monthly_pay(n: Numbers) -> Content:
    return over_a_year(n, pay_periods={"months": 1, "first_day": date(2026, 3, 15)})


@shape
def vat_that_is_borne(n: Numbers) -> Content:
    bought = [{"line": "Bath lift", "amount": n(300, 900), "per": "once", "over_weeks": 104, "vat_percent": 20},
              {"line": "Phone", "amount": n(3, 9), "per": "week", "vat_percent": 20, "vat_recovered_percent": n(5, 50)}]
    return file_of("week", 1, a_week(n), staff=plain_staff(n), other_direct=bought,
                   company_costs=[{"line": "IT", "amount": n(1, 9), "per": "hour", "vat_percent": 20, "vat_recovered_percent": 10}])
