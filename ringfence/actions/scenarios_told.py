"""What scenarios come to, said in a sentence: the same on a page, on the board’s paper and by command."""

from __future__ import annotations

from decimal import Decimal

from basics.money import NIL, Money
from basics.vocabulary import both, say
from costing.assumptions import Assumption
from costing.explain import in_words
from costing.figure import Unit
from costing.replay import How
from costing.scenario import Scenario
from costing.scenario_inputs import in_unit
from ringfence.actions.scenarios import Compared

WHOLE = Decimal(100)


def finding(compared: Compared) -> str:
    """What it comes to, in a sentence: the scenario that leaves least, beside the base."""
    if not compared.results:
        return say("finding.no-scenario", left=left_in_words(compared.base.whole.surplus))
    worst = min(compared.results, key=lambda result: result.whole.surplus)
    base, whole = compared.base.whole, worst.whole
    causes = [_moved("cost", whole.cost - base.cost), _moved("income", whole.income - base.income)]
    because = both(list(filter(None, causes))) or say("finding.nothing-moves")
    return say("finding", scenario=called(worst.scenario), because=because, becomes=_becomes(base.surplus, whole.surplus))


def _moved(what: str, by: Money) -> str:
    return say(f"finding.{what}.{'more' if by > NIL else 'less'}", money=max(by, -by)) if by else ""


def _becomes(before: Money, after: Money) -> str:
    if before == after:
        return say("finding.still", left=left_in_words(after))
    if before >= NIL:
        key = "finding.surplus.lost" if after < NIL else f"finding.surplus.{'rises' if after > before else 'falls'}"
    else:
        key = "finding.loss.made-good" if after >= NIL else f"finding.loss.{'falls' if after > before else 'rises'}"
    return say(key, before=max(before, -before), after=max(after, -after))


def left_in_words(surplus: Money) -> str:
    return say("board.loss", money=-surplus) if surplus < NIL else say("board.surplus", money=surplus)


def end_in_words(about: Assumption, value: Decimal) -> str:
    """One end of a range, in its unit: “94%”, “7% more”, “0.5 points less”, “no change”."""
    if about.how is How.SET:
        return in_words(in_unit(about.target, value))
    by = (value - 1) * WHOLE if about.how is How.TIMES else value
    if not by:
        return say("range.no-change")
    figure = in_unit(about.target, abs(by))
    if about.how is How.TIMES:
        much = f"{abs(by).normalize():f}%"
    else:
        much = say("range.points", value=f"{abs(by).normalize():f}") if figure.unit is Unit.PERCENT else in_words(figure)
    return say("range.more" if by > 0 else "range.less", much=much)


def called(scenario: Scenario) -> str:
    return say("board.called.assumed" if scenario.assumed else "board.called", name=scenario.name)
