"""What scenarios come to, said in a sentence: the same on a page, on the board’s paper and by command."""

from __future__ import annotations

from basics.money import NIL, Money
from costing.scenario import Scenario
from ringfence.actions.scenarios import Compared


def finding(compared: Compared) -> str:
    """What it comes to, in a sentence: the scenario that leaves least, beside the base."""
    if not compared.results:
        return f"As it is, a year leaves {left_in_words(compared.base.whole.surplus)}. There is no scenario yet: what if …?"
    worst = min(compared.results, key=lambda result: result.whole.surplus)
    base, whole = compared.base.whole, worst.whole
    causes = [_moved("costs are", whole.cost - base.cost), _moved("income is", whole.income - base.income)]
    because = " and ".join(filter(None, causes)) or "nothing moves"
    return f"{called(worst.scenario)}: {because} in a year, and {_becomes(base.surplus, whole.surplus)}."


def _moved(what: str, by: Money) -> str:
    return f"{what} {max(by, -by)} {'more' if by > NIL else 'less'}" if by else ""


def _becomes(before: Money, after: Money) -> str:
    if before == after:
        return f"a year still leaves {left_in_words(after)}"
    if before >= NIL:
        return f"the surplus of {before} {'rises' if after > before else 'falls'} to {after}" if after >= NIL else (
            f"the surplus of {before} turns into a loss of {-after}")
    return f"the loss of {-before} {'falls' if after > before else 'rises'} to {-after}" if after < NIL else (
        f"the loss of {-before} turns into a surplus of {after}")


def left_in_words(surplus: Money) -> str:
    return f"a loss of {-surplus}" if surplus < NIL else f"a surplus of {surplus}"


def called(scenario: Scenario) -> str:
    return f"“{scenario.name}”{'*' if scenario.assumed else ''}"
