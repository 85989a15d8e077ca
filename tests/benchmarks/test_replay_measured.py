"""What the replay is measured beside makes the same prices, so that the times are of the same work."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import numpy as np

from benchmarks import replay as measured
from benchmarks.by_hand import NumbersOfPackage, as_rows, price_by_hand
from costing.price import money, price
from costing.replay import Change, How, Replay
from costing.scenario import Scenario

PACKAGES, SCENARIOS = 40, 900


def test_replay_numpy_by_hand_and_one_by_one_make_the_same_prices():
    random = Random(3)
    numbers = sorted((measured._numbers(random) for _ in range(PACKAGES)), key=lambda each: each["is_weekly"])
    packages = [measured._package(each) for each in numbers]
    figures = [(priced.per_hour, priced.per_week) for priced in map(price, packages)]
    factors = [{driver: Decimal(random.randint(900, 1200)) / 1000 for driver in measured.DRIVERS} for _ in range(SCENARIOS)]
    targets = measured._targets(packages)
    assert {len(target.leaves) for target in targets.values()} == {PACKAGES}
    scenarios = [Scenario("", tuple(Change(targets[driver], How.TIMES, factor) for driver, factor in each.items())) for each in factors]
    found = Replay(figures, list(targets.values())).pence(scenarios)
    columns = {driver: np.array([each[driver] for each in factors], dtype=np.float64) for driver in measured.DRIVERS}
    assert (found == price_by_hand(as_rows([NumbersOfPackage(**each) for each in numbers]), columns)).all()
    assert [[money(figure).pence for figure in each] for each in figures] != found[:, :, 0].T.tolist()


def test_one_by_one_is_checked_against_the_replay_as_it_is_measured(monkeypatch):
    monkeypatch.setattr(measured, "PACKAGES", 2)
    monkeypatch.setattr(measured, "SCENARIOS", 1)
    monkeypatch.setattr(measured, "ONE_BY_ONE", 3)
    random = Random(4)
    numbers, factors = [measured._numbers(random) for _ in range(2)], [dict.fromkeys(measured.DRIVERS, Decimal("1.1"))]
    changed = [price(measured._package(each | {driver: each[driver] * Decimal("1.1") for driver in measured.DRIVERS})) for each in numbers]
    found = np.array([[[money(each.per_hour).pence] for each in changed], [[money(each.per_week).pence] for each in changed]])
    assert measured._one_by_one(numbers, factors, found, random) > 0
