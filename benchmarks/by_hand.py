"""The price of one kind of package as numpy arithmetic, written out by hand: what a replay is held against.

It knows this one formula, the order of its numbers and nothing else. It works in the same blocks as the replay does, because in whole
arrays it would be slower than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

ROWS_TIMES_COLUMNS = 2**15
SNAP = 1 + 2**-42
NI_THRESHOLD, PENSION_TRIGGER, PENSION_LOWER, PENSION_UPPER = 96, 10000 / 52, 6240 / 52, 50270 / 52


class NumbersOfPackage(NamedTuple):
    """What differs from package to package."""

    wage: float
    addition: float
    hours: float
    visits: float
    short_hours: float
    short_workers: float
    long_hours: float
    long_workers: float
    travel_minutes: float
    travel_miles: float
    pay_per_mile: float
    ni_rate: float
    training: float
    sickness: float
    leader: float
    development: float
    office: float
    insurance: float
    contingency: float
    surplus: float
    is_weekly: float


def price_by_hand(packages: Numbers, scenarios: Mapping[str, Numbers]) -> NDArray[np.int64]:
    """The price of an hour and of a week in pence, by package and scenario. `packages` has a row for each number, those that are quoted by
    the hour first; `scenarios` has what each driver is multiplied by."""
    across = len(scenarios["wage"])
    found = np.empty((2, packages.shape[1], across), dtype=np.int64)
    weekly_from = int((packages[-1] == 0).sum())
    each = ROWS_TIMES_COLUMNS // across
    for first, last, is_weekly in ((0, weekly_from, False), (weekly_from, packages.shape[1], True)):
        for start in range(first, last, each):
            rows = slice(start, min(start + each, last))
            package = NumbersOfPackage(*packages[:, rows, None])
            found[:, rows] = _block(package, scenarios, is_weekly)
    return found


def _block(package: NumbersOfPackage, scenario: Mapping[str, Numbers], is_weekly: bool) -> tuple[Numbers, Numbers]:
    pay = package.wage * scenario["wage"] + package.addition
    support = pay * package.hours
    travel = pay * (package.travel_minutes * package.visits / 60)
    mileage = package.pay_per_mile * scenario["pay_per_mile"] * (package.travel_miles * package.visits)
    worked = support + travel
    earning = worked * (1 + package.training / 100 + package.sickness * scenario["sickness"] / 100)
    all_pay = earning * (1 + 5.6 / 46.4)
    direct = all_pay * (1 + _on_costs(pay, package, scenario["ni_rate"])) + mileage
    full = direct * (1 + package.development / 100 + package.office * scenario["office"] / 100) + (package.leader + package.insurance) * package.hours
    price = full * (1 + package.contingency / 100) / (1 - package.surplus / 100)
    if is_weekly:
        week = np.ceil(price * (100 / 7 / SNAP)) * 7
        return np.floor(week / package.hours * SNAP + 0.5), week
    hour = np.ceil(price / package.hours * (100 / 4 / SNAP)) * 4
    return hour, np.floor(hour * package.hours * SNAP + 0.5)


def _on_costs(pay: Numbers, package: NumbersOfPackage, ni_factor: Numbers) -> Numbers:
    """National Insurance and pension on a pound of the team’s pay."""
    short, long = pay * package.short_hours, pay * package.long_hours
    rate = package.ni_rate * ni_factor / 100
    costs = (_for_one(short, rate) * package.short_workers + _for_one(long, rate) * package.long_workers)
    return costs / (short * package.short_workers + long * package.long_workers)


def _for_one(week: Numbers, ni_rate: Numbers) -> Numbers:
    banded = np.maximum(np.minimum(week, PENSION_UPPER) - PENSION_LOWER, 0) * 0.03
    return np.maximum(week - NI_THRESHOLD, 0) * ni_rate + np.where(week > PENSION_TRIGGER, banded, 0)


def as_rows(packages: Sequence[NumbersOfPackage]) -> Numbers:
    """The numbers of the packages, a row for each kind."""
    return np.array(packages, dtype=np.float64).T.copy()
