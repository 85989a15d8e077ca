"""What the reader of a price must be told of what was typed, beside the published figures: a rate above a ceiling, pay below the law, rent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from basics.errors import NotKnown
from basics.periods import day_in_words
from costing.explain import in_words
from costing.figure import Figure
from costing.package import Hours, Nights, Package
from costing.parameter import Parameters

MILEAGE_CEILING, LEAST_PAY = "mileage_first_10000_miles", "national_living_wage"
_HOUSING = re.compile(r"\b(rent|rents|service charges?|mortgage|council tax|ground rent)\b", re.IGNORECASE)


def remarks(package: Package, parameters: Parameters) -> tuple[str, ...]:
    """Plain sentences, each once, about the package on each of its days."""
    found = (each for day in package.through for each in (*_mileage(day, parameters), *_pay(day, parameters)))
    return tuple(dict.fromkeys([*found, *_sleep_ins(package), *_housing(package)]))


def _mileage(package: Package, parameters: Parameters) -> Iterator[str]:
    """The rate a mile is a tax ceiling and no cost: the provider’s own rate counts, and what is above the ceiling is taxed as pay."""
    parts = (part.travel for part in package.parts if isinstance(part, Hours))
    travels = [each for each in (*(staff.travel for staff in package.all_staff), *parts) if each and each.pay_per_mile]
    ceiling = _known(parameters, MILEAGE_CEILING, package)
    for pay in {each.pay_per_mile.exact: each.pay_per_mile for each in travels if each.pay_per_mile}.values():
        if ceiling is not None and pay.exact > ceiling.exact:
            yield f"Pay of {in_words(pay)} is above {in_words(ceiling)}, up to which HMRC leaves it untaxed: what is above is taxed as pay."


def _pay(package: Package, parameters: Parameters) -> Iterator[str]:
    least = _known(parameters, LEAST_PAY, package)
    for staff in package.all_staff:
        if least is not None and staff.pay_per_hour.exact < least.exact:
            yield (f"Pay of {in_words(staff.pay_per_hour)} is below the National Living Wage of {day_in_words(package.on)}, {in_words(least)}: "
                   "right only for workers whom it does not cover.")


def _sleep_ins(package: Package) -> Iterator[str]:
    if any(isinstance(part, Nights) for part in package.parts) or any(staff.sleep_ins for staff in package.all_staff):
        yield "A flat sum for a sleep-in presumes that the worker is truly expected to sleep, and can: hours awake and working are paid in full."


def _housing(package: Package) -> Iterator[str]:
    lines: Iterable[str] = (line.label for line in (*package.other_direct, *package.coordination, *package.company))
    for label in lines:
        if _HOUSING.search(label):
            yield f"“{label}” reads like a cost of housing: rent, service charge and the like stay out of a price for support."


def _known(parameters: Parameters, key: str, package: Package) -> Figure | None:
    try:
        return parameters.figure(key, package.on) if key in parameters else None
    except NotKnown:
        return None
