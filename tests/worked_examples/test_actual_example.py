"""The worked example of actual cost: what docs/actual-cost.md works out by hand is what comes of the files."""

from __future__ import annotations

from pathlib import Path

from basics.money import Money
from ringfence.actions.actual_cost import actual_of_file

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "actual-cost.md").read_text(encoding="utf-8")
BY_HAND = {  # 100 hours: the cost after each step, and the variance of it
    "unproductive time": ("1,733.33", "108.33"),  # 120 paid hours ÷ 90 × £13.00 × 100
    "mix": ("1,760.00", "26.67"),                 # × £13.20, the grades as they were paid, at their priced cost
    "rate": ("1,826.67", "66.67"),                # £1,644.00 ÷ 90 × 100
    "nights and calls": ("1,826.67", "0.00"),
    "agency": ("1,874.00", "47.33"),              # 10 × (£23.00 - £18.27)
}


def test_befriending_cost_what_it_comes_to_by_hand() -> None:
    befriending, = actual_of_file(HERE / "actual_befriending.yaml").found.services
    explained = befriending.cost.explained
    assert (befriending.service.priced.per_hour, befriending.cost.staffing.per_hour) == (Money(1625), Money(1874))
    assert explained.priced == Money.parse("1,625.00")
    assert {step.name.lower(): (step.cost, step.variance) for step in explained.steps} == {
        name: (Money.parse(cost), Money.parse(variance)) for name, (cost, variance) in BY_HAND.items()}


def test_the_documentation_works_out_the_same() -> None:
    for name, (cost, variance) in BY_HAND.items():
        assert f"| £{cost} | {name} £{variance} |" in PAGE
