"""Pricing ten thousand packages under a thousand scenarios: by replay, one by one, and by numpy arithmetic written by hand for this one formula.

All three give the same pence, which is checked. One by one would take hours: it is measured on a few and multiplied, and the line says so.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.by_hand import NumbersOfPackage, as_rows, price_by_hand
from benchmarks.libreoffice import beside_libreoffice
from benchmarks.measured import Measured
from costing.figure import Figure, Typed, Unit, given, leaves_first
from costing.package import (
    Amount,
    AutoEnrolment,
    Basis,
    Contract,
    Holiday,
    HolidayMethod,
    NationalInsurance,
    Package,
    PaidTime,
    Per,
    Percentage,
    Staff,
    Support,
    Travel,
)
from costing.price import money, price
from costing.replay import Change, How, Pence, Replay, Target
from costing.scenario import Scenario

PACKAGES, SCENARIOS = 10_000, 1_000
ROUNDS, ROUNDS_IN_FULL = 5, 15
ONE_BY_ONE = 200
GOAL_ONE_BY_ONE, GOAL_BY_HAND = 500, 2
Values = dict[str, Decimal]
DRIVERS = ("wage", "ni_rate", "pay_per_mile", "sickness", "office")


def measure(full: bool) -> list[Measured]:
    """Packages a second; then the replay beside one by one, and beside the hand-written arithmetic, turn about, the middle of several rounds."""
    random = Random(1)
    numbers = sorted((_numbers(random) for _ in range(PACKAGES)), key=lambda each: each["is_weekly"])
    packages = [_package(each) for each in numbers]
    began = perf_counter()
    figures = [(priced.per_hour, priced.per_week) for priced in map(price, packages)]
    a_second = PACKAGES / (perf_counter() - began)
    factors = [{driver: Decimal(random.randint(900, 1200)) / 1000 for driver in DRIVERS} for _ in range(SCENARIOS)]
    targets = _targets(packages)
    scenarios = [Scenario("", tuple(Change(targets[driver], How.TIMES, factor) for driver, factor in each.items())) for each in factors]
    rows = as_rows([NumbersOfPackage(**each) for each in numbers])  # type: ignore[arg-type]
    columns = {driver: np.array([each[driver] for each in factors], dtype=np.float64) for driver in DRIVERS}
    before = _peak_mb()
    began = perf_counter()
    ready = Replay(figures, list(targets.values()))
    stacking = perf_counter() - began
    found = ready.pence(scenarios)
    memory = _peak_mb() - before
    assert (found == price_by_hand(rows, columns)).all(), "The replay and the arithmetic by hand differ."
    ours, theirs = _turn_about(lambda: ready.pence(scenarios), lambda: price_by_hand(rows, columns), ROUNDS_IN_FULL if full else ROUNDS)
    one_by_one = _one_by_one(numbers, factors, found, random)
    return [
        Measured("Packages priced, with every line and its share", f"{a_second:,.0f} packages/s", "", "", "", None),
        _beside_one_by_one(stacking + ours, one_by_one * PACKAGES * SCENARIOS),
        Measured(f"The same without stacking them ({stacking:.1f} s, once); {ready.shapes} shapes, {memory:.0f} MB with the answer of "
                 f"{found.nbytes / 2**20:.0f} MB", f"{ours:.2f} s", f"numpy by hand {theirs:.2f} s", f"{ours / theirs:.2f} times slower",
                 f"at most {GOAL_BY_HAND} times slower", ours <= GOAL_BY_HAND * theirs),
        beside_libreoffice(packages, stacking + ours)]


def _beside_one_by_one(ours: float, theirs: float) -> Measured:
    return Measured(f"Replay of {PACKAGES:,} packages × {SCENARIOS:,} scenarios", f"{ours:.2f} s",
                    f"one by one {theirs:,.0f} s ({ONE_BY_ONE} measured, multiplied)", f"{theirs / ours:,.0f} times as fast",
                    f"at least {GOAL_ONE_BY_ONE} times as fast", theirs >= GOAL_ONE_BY_ONE * ours)


def _turn_about(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """What each takes in the middle of so many rounds, in seconds."""
    taken: dict[Callable[[], object], list[float]] = {ours: [], theirs: []}
    for n in range(rounds):
        for work in (ours, theirs) if n % 2 else (theirs, ours):
            began = perf_counter()
            work()
            taken[work].append(perf_counter() - began)
    return median(taken[ours]), median(taken[theirs])


def _one_by_one(numbers: Sequence[Values], factors: Sequence[Values], found: Pence, random: Random) -> float:
    """Seconds for one price: the package made with the changed inputs and priced. Its pence are those of the replay."""
    seconds = 0.0
    for _ in range(ONE_BY_ONE):
        at, which = random.randrange(PACKAGES), random.randrange(SCENARIOS)
        changed = _package(numbers[at] | {driver: numbers[at][driver] * factor for driver, factor in factors[which].items()})
        began = perf_counter()
        priced = price(changed)
        seconds += perf_counter() - began
        assert [money(priced.per_hour).pence, money(priced.per_week).pence] == found[:, at, which].tolist()
    return seconds / ONE_BY_ONE


def _numbers(random: Random) -> Values:
    def between(low: int, high: int) -> Decimal:
        """From `low` to `high` hundredths."""
        return Decimal(random.randint(low, high)) / 100

    return {"wage": Decimal("12.71"), "addition": between(0, 300), "hours": between(500, 6000), "visits": Decimal(random.randint(5, 40)),
            "short_hours": between(800, 2000), "short_workers": Decimal(random.randint(1, 9)), "long_hours": between(2500, 4000),
            "long_workers": Decimal(random.randint(1, 9)), "travel_minutes": Decimal(random.randint(0, 30)), "travel_miles": between(0, 900),
            "pay_per_mile": Decimal("0.45"), "ni_rate": Decimal(15), "training": between(100, 500), "sickness": between(100, 500),
            "leader": between(100, 400), "development": between(0, 500), "office": between(300, 900), "insurance": between(10, 90),
            "contingency": between(0, 400), "surplus": between(0, 500), "is_weekly": Decimal(random.randint(0, 1))}


def _package(values: Values) -> Package:
    """Outreach with travel, quoted for an hour or a week."""
    def of(name: str) -> Figure:
        return _given(values[name], name)

    staff = Staff(
        of("wage") + of("addition"), (Contract(of("short_hours"), of("short_workers")), Contract(of("long_hours"), of("long_workers"))),
        Holiday(_given(Decimal("5.6")), HolidayMethod.OF_WORKED_PAY),
        (PaidTime("Training", of("training"), True), PaidTime("Sick pay", of("sickness"), True)),
        NationalInsurance(of("ni_rate"), _given(96)), AutoEnrolment(_given(3), _given(10000), _given(6240), _given(50270)),
        travel=Travel(Per.VISIT, of("travel_minutes"), of("travel_miles"), of("pay_per_mile")))
    weekly = bool(values["is_weekly"])
    return Package(
        "Outreach", date(2026, 10, 1), Support(of("hours"), of("visits")), Per.WEEK if weekly else Per.HOUR, _given(7 if weekly else 4), staff,
        coordination=(Amount("Team leader", of("leader"), Per.HOUR), Percentage("Development", of("development"), Basis.ON_COST)),
        company=(Percentage("Office", of("office"), Basis.ON_COST), Amount("Insurance", of("insurance"), Per.HOUR)),
        contingency=Percentage("Contingency", of("contingency"), Basis.ON_COST), surplus=Percentage("Surplus", of("surplus"), Basis.OF_PRICE))


def _given(value: Decimal | int, label: str = "") -> Figure:
    return given(value, label, Unit.NUMBER, Typed("here"))


def _targets(packages: Sequence[Package]) -> Mapping[str, Target]:
    """What the scenarios change of each package."""
    leaves = {driver: set[Figure]() for driver in DRIVERS}
    for package in packages:
        assert package.staff is not None
        assert isinstance(package.company[0], Percentage)
        held = (package.staff.pay_per_hour, *(time.percent for time in package.staff.paid_time if isinstance(time, PaidTime)),
                package.company[0].percent)
        assert isinstance(package.staff.national_insurance, NationalInsurance)
        assert package.staff.travel is not None
        for leaf in leaves_first(*held, package.staff.national_insurance.rate, *filter(None, [package.staff.travel.pay_per_mile])):
            leaves.get(leaf.label, set()).add(leaf)
    return {driver: Target(driver, frozenset(found)) for driver, found in leaves.items()}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
