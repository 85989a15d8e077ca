"""What the command and the page say of a plan, in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from basics.money import Money
from basics.periods import day_in_words
from isf.outcomes import Answer
from isf.position import Thresholds
from isf.steps import Reached, Standing, State
from ringfence.actions.plan_facts import AnswerAt, Final, Needs, OutcomeAt, PlanFacts, Written
from ringfence.actions.plans import ChangeAt


def where(standing: Standing) -> str:
    """“At support since 1 June 2026, 153 days.”"""
    if standing.now is None:
        return "Nothing is recorded of any step."
    if standing.now.on is None:
        return f"At {standing.now.step}; nobody recorded since when."
    return f"At {standing.now.step} since {day_in_words(standing.now.on)}, {days(standing.now.days)}."


def days(count: int | None) -> str:
    """“1 day”, “153 days”; “not known”."""
    return "not known" if count is None else f"{count:,} day{'' if count == 1 else 's'}"


def reached(step: Reached) -> str:
    """The day on which a step was reached, or that it is not known, or still to come."""
    return day_in_words(step.on) if step.on else {State.NOT_KNOWN: "Not known", State.TO_COME: "To come", State.REACHED: "Not known"}[step.state]


def needs_and_budget(facts: PlanFacts) -> Iterator[str]:
    """Points, the indicative budget and how it was worked out, the final one, and the difference."""
    if facts.needs:
        yield from _needs(facts.needs)
    if facts.final:
        yield _final(facts.final)
    elif facts.needs:
        yield "No final budget is recorded: what is told above is indicative."


def _needs(needs: Needs) -> Iterator[str]:
    yield f"{needs.points.normalize():f} points on {day_in_words(needs.on)}: {needs.words}."
    if needs.worked_out:
        yield f"The indicative budget is {needs.worked_out.pounds} a {needs.worked_out.per}. {' '.join(needs.worked_out.steps)}"
    else:
        yield f"The indicative budget is not worked out. {needs.why_not}"
    if needs.told is not None:
        on = f" on {day_in_words(needs.told_on)}" if needs.told_on else ""
        differs = needs.worked_out is not None and needs.told != needs.worked_out.pounds
        yield f"The council told an indicative budget of {needs.told}{on}{', which is not what its table gives' if differs else ''}."


def _final(final: Final) -> str:
    if final.more is None:
        than = "how that compares with the indicative budget is not known"
    elif final.more.pence == 0:
        than = "as the indicative budget was"
    else:
        than = f"{Money(abs(final.more.pence))} {'more' if final.more.pence > 0 else 'less'} than the indicative budget"
    return f"The final budget is {final.pounds} a {final.per} from {final.payer}, given on {day_in_words(final.on)}: {than}."


def written(plan: Written) -> Iterator[str]:
    """The plan in a sentence, what could go wrong, and who covers if it breaks down."""
    yield f"Plan of {day_in_words(plan.on)}: {plan.words}."
    if plan.risks:
        yield f"What could go wrong: {'; '.join(plan.risks)}."
    yield f"If it breaks down: {plan.if_it_breaks_down or 'not known'}."


def found(outcome: OutcomeAt) -> str:
    """“Partly met on 20 July 2026: six swims of eight”; that nobody has looked at it yet."""
    if outcome.found is None or outcome.found_on is None:
        return "Not looked at yet"
    seen = outcome.evidence or f"file {outcome.evidence_sha256[:12]}"
    return f"{outcome.found.capitalize()} on {day_in_words(outcome.found_on)}: {seen}"


def answer(said: AnswerAt) -> str:
    """What a funder said, how much, why, and when it was shared."""
    sums = "; ".join(filter(None, (f"{said.asked} a year was asked" if said.asked is not None else "",
                                   f"{said.agreed} agreed" if said.agreed is not None else "")))
    shared = f"Shared with the person on {day_in_words(said.shared_on)}." if said.shared_on else "Not shared with the person yet."
    return f"{said.answer.capitalize()} on {day_in_words(said.on)}{f' ({sums})' if sums else ''}: {said.why}. {shared}"


def change(each: ChangeAt) -> str:
    """Whether a change goes ahead or is asked, and what came of it."""
    if not each.ruling.is_asked:
        return f"Goes ahead: {each.ruling.why}"
    if each.answer is None:
        return f"To be asked, since {each.ruling.why}: no answer is recorded"
    return f"Asked, since {each.ruling.why}: {each.answer.answer} on {day_in_words(each.answer.on)}"


def is_open(each: ChangeAt) -> bool:
    """Whether a change still waits for somebody: it is asked, and neither agreed nor refused."""
    return each.ruling.is_asked and (each.answer is None or each.answer.answer is Answer.REFERRED)


def method(thresholds: Thresholds) -> str:
    """How the forecast is made, and from where something is over or under."""
    return ("The forecast is what was given, and the plan of the days to come at the pace of the year so far. "
            f"More than {thresholds.over_percent}% above the plan is over, more than {thresholds.under_percent}% below is under.")
