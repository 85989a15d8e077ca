"""Our figures for the published cases of costs and charges: each kind of case run by the rules that a price or a charge goes by.

Published figures are those that came with Ringfence: a case does not change with what a provider adds of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from basics.money import Money
from basics.rounding import TimeRule, charged_minutes, half_away_from_nil, hourly_line
from costing.direct import EMPTY_PLACES, direct_support
from costing.figure import Figure, Unit, fixed, rounded, share
from costing.package import AutoEnrolment, Contract, Holiday, HolidayMethod, NationalInsurance, Package, Per, Section, SleepIns
from costing.parameter import Parameters
from costing.price import Price, money, price, to_the_penny
from costing.staff import auto_enrolment, holiday_pay, national_insurance, pay_per_week
from costing.terms import Sickness, StatutorySickPay
from costing.time_off import sick_pay_per_year
from costing.work import pay_per_night
from invoicing.price_list import OnHolidays, PriceList, rate_of_day
from invoicing.public_holidays import ACTUAL, BOTH, NO_DAY, SUBSTITUTE
from invoicing.visit_bands import banded_line
from ringfence.importing.cases_file import FOLDER, CaseFile
from ringfence.importing.costing_package import read_package
from ringfence.importing.overheads_file import read_overheads
from ringfence.importing.parameters import built_in_parameters

Found = dict[str, Decimal]

HOUR, WEEK, ADD_TO, ROUNDING = "Price of an hour", "Price of a week", "What the lines add to", "Rounding"


def of_price(case: CaseFile) -> Found:
    """The price of each cost file with its lines; where there are several, each under the name of its package."""
    found: dict[str, Decimal] = {}
    for package in map(_package, case.files):
        before = f"{package.name}: " if len(case.files) > 1 else ""
        found |= {before + name: value for name, value in _of_package(price(package))}
    return found


def peer_house(case: CaseFile) -> Found:
    """A place of a shared house; its hour, as a peer counts the hours; and the empty place, where those who live there carry it."""
    package, people = _package(case.files[0]), case.inputs["people_who_pay"]
    priced, lines = price(package), direct_support(replace(package, empty_percent=_of(case.inputs["empty_percent"])))
    (carried,) = (line for line in lines if line.label == EMPTY_PLACES)
    return {**dict(_of_package(priced)), "Price of an hour, by the peer’s hours": to_the_penny(priced.per_week / case.inputs["peer_hours"]).value,
            "Empty place, carried by all who pay": to_the_penny(carried * people).value}


def overheads(case: CaseFile) -> Found:
    """The direct and the full cost of each service, and what all come to."""
    divided = read_overheads(FOLDER / case.files[0])
    found = {"All services": Money.total(each.full_cost for each in divided.services).pounds,
             "Overheads": Money.total(each.overheads for each in divided.services).pounds}
    for each in divided.services:
        found |= {f"{each.service.name}, full cost": each.full_cost.pounds, f"{each.service.name}, direct": each.direct.pounds}
    return found


def employer_costs(case: CaseFile) -> Found:
    """What each worker on the National Living Wage is paid for a week, and what their employer owes on it."""
    found: dict[str, Decimal] = {}
    for name, worker in case.inputs["workers"].items():
        pay = _living_wage_week(worker)
        insurance, pension = _by_law(pay, worker["on"])
        found |= {f"{name}: pay": to_the_penny(pay).value,
                  f"{name}: National Insurance": to_the_penny(insurance).value, f"{name}: pension": to_the_penny(pension).value,
                  f"{name}: National Insurance, of pay": _percent(insurance, pay), f"{name}: pension, of pay": _percent(pension, pay)}
    return found


def holiday(case: CaseFile) -> Found:
    """What weeks of leave cost on a hundred pounds, either way."""
    hundred, weeks = _of(100), _of(case.inputs["weeks"])
    return {method.value: _two_places(holiday_pay(hundred, Holiday(weeks, method)).exact) for method in HolidayMethod}


def sleep_in(case: CaseFile) -> Found:
    """What a night is paid, for each number of hours that the worker is awake in it beyond those always paid."""
    given = case.inputs
    nights = {name: SleepIns(_of(1), _of(given["flat"]), _of(given["paid_hours"]), _of(hours)) for name, hours in given["disturbed_hours"].items()}
    return {name: pay_per_night(night, _of(given["pay_per_hour"])).value for name, night in nights.items()}


def sick_pay(case: CaseFile) -> Found:
    """What each worker is paid for being sick in a year: in full, or what the law asks for on the day."""
    found = {}
    for name, worker in case.inputs["workers"].items():
        week = _of(worker["pay"]) if "pay" in worker else _living_wage_week(worker)
        spells = _of(worker["spells"]) if "spells" in worker else None
        sickness = Sickness(_of(worker["days"]), _of(worker["days_per_week"]), spells, None if worker.get("in_full") else sick_pay_law(worker["on"]))
        found[name] = to_the_penny(sick_pay_per_year(week, sickness)).value
    return found


def regulator_fee(case: CaseFile) -> Found:
    """The regulator's fee for a year of one location, in whole pounds."""
    location, person = (_published(key, case.inputs["on"]) for key in ("cqc_fee_per_location_per_year", "cqc_fee_per_person_per_year"))
    fee = location + person * case.inputs["people"]
    return {"Fee of the location": Decimal(half_away_from_nil(fee.exact))}


def uplift(case: CaseFile) -> Found:
    """Each hourly rate after its percentage, rounded up to the step."""
    step = _of(case.inputs["step_pence"])
    return {name: rounded(_of(rate["before"]) + share(_of(rate["percent"]), _of(rate["before"])), step).value
            for name, rate in case.inputs["rates"].items()}


def visit_bands(case: CaseFile) -> Found:
    """A visit by the price of the longest band that it fills."""
    bands = {int(minutes): pounds for minutes, pounds in case.inputs["bands"].items()}
    return {"Charge": banded_line(case.inputs["minutes"], bands, case.inputs["rate_per_hour"]).pounds}


def charged_time(case: CaseFile) -> Found:
    """The same visit under each rule of charged time."""
    minutes, rate = case.inputs["minutes"], case.inputs["rate_per_hour"]
    return {rule.value: hourly_line(rate, charged_minutes(minutes, rule)).pounds for rule in TimeRule}


def public_holidays(case: CaseFile) -> Found:
    """An hour on each of some days, under each reading of which days have the holiday price."""
    given = case.inputs
    listed = PriceList("weekday", weekend="weekend", public_holiday="public_holiday")
    return {reading: sum((Decimal(given[rate_of_day(listed, "weekday", day, OnHolidays("", reading, given["nation"]))]) for day in given["days"]),
                         Decimal(0)) for reading in (ACTUAL, SUBSTITUTE, BOTH, NO_DAY)}


def _of_package(found: Price) -> Iterator[tuple[str, Decimal]]:
    yield from ((line.label, line.shown.pounds) for line in found.lines)
    yield from ((HOUR, money(found.per_hour).pounds), (WEEK, money(found.per_week).pounds), ("Hours of a week", found.hours_per_week.value))
    yield from ((ADD_TO, Money.total(line.shown for line in found.lines).pounds), (ROUNDING, found.rounding.pounds))
    yield from ((f"{part.section.value}, of the price", part.share_percent) for part in found.parts)
    direct, *overheads = (found.full_cost[section] for section in (Section.DIRECT, Section.COORDINATION, Section.COMPANY))
    of_a_week = 1 if found.quoted_per is Per.WEEK else found.hours_per_week.exact
    yield "Direct support, in all", _two_places(direct / of_a_week)
    for name, cost in zip(("Service co-ordination", "Company costs", "Both"), [*overheads, sum(overheads)], strict=True):
        yield f"{name}, on direct support", _two_places(cost * 100 / direct)


def _living_wage_week(worker: Mapping[str, Any]) -> Figure:
    return pay_per_week(_published("national_living_wage", worker["on"]), Contract(_of(worker["hours"]), _of(1)))


def _by_law(pay: Figure, on: date) -> tuple[Figure, Figure]:
    insurance = NationalInsurance(_published("employer_ni_rate", on), _published("employer_ni_threshold_per_week", on))
    pension = AutoEnrolment(*(_published(key, on) for key in (
        "employer_pension_minimum", "pension_trigger_per_year", "pension_band_lower_per_year", "pension_band_upper_per_year")))
    return national_insurance(pay, insurance), auto_enrolment(pay, pension)


def sick_pay_law(on: date) -> StatutorySickPay:
    """The least that the law asks for on a day."""
    week, waiting, floor = (_published(f"statutory_sick_pay_{key}", on) for key in ("per_week", "waiting_days", "earnings_floor_per_week"))
    most = "statutory_sick_pay_most_of_earnings"
    return StatutorySickPay(week, waiting, floor, _published(most, on) if on >= _known()[most].values[0].starts_on else None)


@cache
def _known() -> Parameters:
    return built_in_parameters()


def _published(key: str, on: date) -> Figure:
    return _known().figure(key, on)


def _package(file: str) -> Package:
    return read_package(FOLDER / file, otherwise=_known)


def _of(value: Decimal | int) -> Figure:
    return fixed(value, "", Unit.NUMBER)


def _percent(part: Figure, whole: Figure) -> Decimal:
    return _two_places(part.exact * 100 / whole.exact)


def _two_places(value: Fraction) -> Decimal:
    return Decimal(half_away_from_nil(value * 100)).scaleb(-2)
