"""Scenarios for another program: every amount is text with two decimals, so that nothing turns it into a float."""

from __future__ import annotations

from collections.abc import Mapping

from costing.assumptions import Effect, Range
from costing.scenario import Outcome, Result
from ringfence.actions.scenarios import Compared, Sampling

Data = dict[str, object]


def as_data(compared: Compared, sampling: Sampling | None) -> Data:
    """The comparison: the base, each scenario, and what else was asked for."""
    data: Data = {
        "name": compared.name,
        "base": _result(compared, compared.base),
        "scenarios": [_result(compared, result) for result in compared.results],
        "break_even": [{"inputs": each.target.name, "times": None if each.times is None else str(each.times),
                        "value": None if each.value is None else f"{each.value.value:f}"} for each in compared.break_evens],
    }
    if compared.effects:
        data["tornado"] = [_effect(each) for each in compared.effects]
    if sampling is not None:
        data["ranges"] = {"seed": sampling.seed, "samples": sampling.samples, "surplus": [_range(name, each) for name, each in compared.ranges]}
    return data


def _result(compared: Compared, result: Result) -> Data:
    packages = [{"package": provided.package.name, "service": provided.service, "funder": provided.funder,
                 "price_per_hour": prices.per_hour.plain, "price_per_week": prices.per_week.plain} | _outcome(outcome)
                for provided, prices, outcome in zip(compared.provided, result.prices, result.outcomes, strict=True)]
    return {"name": result.scenario.name, "changes": list(result.scenario.told), "assumed": list(result.scenario.assumed),
            "organisation": _outcome(result.whole), "services": _each(compared.by_service(result)), "funders": _each(compared.by_funder(result)),
            "packages": packages}


def _each(outcomes: Mapping[str, Outcome]) -> list[Data]:
    return [{"name": name} | _outcome(outcome) for name, outcome in outcomes.items()]


def _outcome(outcome: Outcome) -> Data:
    return {"income": outcome.income.plain, "cost": outcome.cost.plain, "surplus": outcome.surplus.plain, "overheads": outcome.overheads.plain,
            "overheads_not_recovered": outcome.not_recovered.plain}


def _effect(effect: Effect) -> Data:
    about = effect.assumption
    return {"assumption": about.name, "inputs": about.target.name, "how": about.how.value, "low": str(about.low), "high": str(about.high),
            "surplus_at_low": effect.low.plain, "surplus_at_high": effect.high.plain, "between": effect.spread.plain}


def _range(name: str, found: Range) -> Data:
    return {"name": name, "p10": found.p10.plain, "p50": found.p50.plain, "p90": found.p90.plain, "losses": found.losses}
