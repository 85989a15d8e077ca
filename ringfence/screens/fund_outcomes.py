"""What a person’s plan is to reach and what the council answered, and where the plan stands in the seven steps: two parts of a fund’s page."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st
from markupsafe import Markup

from basics.periods import day_in_figures
from isf.outcomes import Answer, Found
from isf.steps import Reached, Standing, State
from ringfence.actions import plan_words
from ringfence.actions.acting import Acting
from ringfence.actions.plan_facts import AnswerAt, OutcomeAt, PlanFacts
from ringfence.actions.plans import ChangeAt, PersonPlan, plan_of
from ringfence.screens.components.desk import kept
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import NOT_KNOWN, address, link, pounds, tag, under
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

FOUND = {Found.MET: "green", Found.PARTLY: "orange", Found.NOT_MET: "red"}
ANSWERED = {Answer.AGREED: "green", Answer.REFUSED: "red", Answer.REFERRED: "orange"}


def outcomes_and_steps(caller: Acting, person: str, fund: str) -> None:
    """Draw both parts. Outcomes and answers are the person’s, whichever fund they have; changes are those of this fund’s plan."""
    found = _read(caller, person)
    _outcomes(found.facts, [each for each in found.changes if each.fund == fund])
    _steps(found.standing)


@kept(64)
def _read(caller: Acting, person: str) -> PersonPlan:
    return plan_of(caller, person)


def _outcomes(facts: PlanFacts, changes: list[ChangeAt]) -> None:
    part("Outcomes and answers")
    table("Outcomes of the plan", [text("Outcome"), text("Found"), text("On")], map(_outcome, facts.outcomes),
          empty="No outcome of this plan is recorded. Outcomes come in with an apply file, on the Import page.")
    if facts.answers:
        table("What funders answered", [text("To"), text("Answer"), figures("Asked, a year"), figures("Agreed, a year"), text("Shared")],
              map(_answer, facts.answers), show_caption=True)
    if changes:
        table("Changes of the plan", [text("From"), figures("A week"), text("What became of it")], map(_change, changes), show_caption=True)
    if said := list(_behind(facts)):
        with st.expander("Needs, budget and risk"):
            st.html(Markup("").join(Markup('<p class="rf-words">{}</p>').format(sentence) for sentence in said))


def _behind(facts: PlanFacts) -> Iterator[str]:
    yield from plan_words.needs_and_budget(facts)
    if facts.written:
        yield from plan_words.written(facts.written)


def _outcome(each: OutcomeAt) -> Row:
    if each.found is None:
        return [each.words, tag("Not looked at yet", "grey"), ""]
    seen = each.evidence or f"File {each.evidence_sha256[:12]}"
    return [each.words, tag(each.found.capitalize(), FOUND[each.found]) + under(seen), day_in_figures(each.found_on) if each.found_on else NOT_KNOWN]


def _answer(each: AnswerAt) -> Row:
    to = Markup("{}{}").format(f"The {each.about}", under(f"{each.payer}, from {day_in_figures(each.from_on)}"))
    said = tag(each.answer.capitalize(), ANSWERED[each.answer]) + under(f"{day_in_figures(each.on)}: {each.why}")
    return [to, said, pounds(each.asked), "" if each.answer is not Answer.AGREED else pounds(each.agreed),
            day_in_figures(each.shared_on) if each.shared_on else tag("Not shared yet", "orange")]


def _change(each: ChangeAt) -> Row:
    words_, colour = ("Waits for an answer", "orange") if plan_words.is_open(each) else ("Goes ahead", "green")
    if each.ruling.is_asked and each.answer is not None and not plan_words.is_open(each):
        words_, colour = str(each.answer.answer).capitalize(), ANSWERED[each.answer.answer]
    return [day_in_figures(each.change.on), pounds(each.change.size), tag(words_, colour) + under(plan_words.change(each))]


def _steps(standing: Standing) -> None:
    part("Where this plan stands", plan_words.where(standing))
    table("The seven steps", [text("Step"), text("Reached"), figures("Days in it")], (_step(each, standing.now) for each in standing.steps),
          note=Markup("{} says what marks each step, and where everybody stands.").format(link("Where plans stand", address("steps"))))


def _step(each: Reached, now: Reached | None) -> Row:
    when = day_in_figures(each.on) if each.on else Markup('<span class="rf-not-known">{}</span>').format(plan_words.reached(each))
    here = Markup(" ") + tag("Now", "blue") if each is now else Markup("")
    return [Markup("{}{}").format(each.step.capitalize(), here), when, _days(each)]


def _days(each: Reached) -> str | Markup:
    if each.days is None:
        return "" if each.state is State.TO_COME else NOT_KNOWN
    return f"{each.days:,}"
