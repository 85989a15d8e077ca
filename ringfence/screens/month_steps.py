"""The five steps of a month end, and at which of them it is: the books say so, and never the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from ringfence.actions.month_review import MonthReview
from ringfence.actions.month_standing import MonthStanding
from ringfence.screens.components.markup import how_many, tag

DONE, NOW, LATER = "Done", "Now", "Later"


@dataclass(frozen=True)
class Step:
    """One step: its name, whether it is done, now or later, and what there is to say about it."""

    name: str
    state: str
    words: str


def steps_of(standing: MonthStanding, review: MonthReview | None) -> list[Step]:
    """The steps as they stand. `review` is what was worked out last, where it still fits the books."""
    prepared = standing.prepared
    before = review.before or standing.before if review else standing.before
    names = ["Check", "Calculate", f"Differences from {before.first:%B}" if before else "Differences", "Approve", "Issue"]
    words = [_check(standing, review), _calculate(review), "", "", ""]
    if standing.papers:
        words[2:] = ["", f"{prepared.approved_by} approved what {prepared.by} prepared" if prepared else "",
                     f"{how_many(standing.papers.invoices, 'invoice')}, {how_many(standing.papers.statements, 'statement')}"]
        return [Step(name, DONE, word) for name, word in zip(names, words, strict=True)]
    if prepared:
        words[3] = f"Prepared by {prepared.by}: another person approves"
    at = 3 if prepared else 2 if review else 1 if standing.visits else 0
    states = [DONE] * at + [NOW] + [LATER] * (len(names) - at - 1)
    if at == 2 and review and (review.problems or review.not_ready):
        states = [NOW, DONE, LATER, LATER, LATER]
    return [Step(*each) for each in zip(names, states, words, strict=True)]


def _check(standing: MonthStanding, review: MonthReview | None) -> str:
    if review is None:
        return f"{how_many(standing.visits, 'visit row')} in the books"
    stops = len(review.problems) + len(review.not_ready)
    return f"{how_many(stops, 'thing')} to put right" if stops else "Nothing stops it"


def _calculate(review: MonthReview | None) -> str:
    return f"{how_many(len(review.invoices), 'invoice')}, {Money(review.invoiced_pence)}" if review else ""


def show_steps(steps: Sequence[Step]) -> None:
    """The steps as a list in their order; where it is, is said in words."""
    items = Markup("").join(
        Markup('<li class="rf-step-{}"{}><span class="rf-step-name"><span class="rf-step-number">{}</span> {}</span> {}{}</li>').format(
            step.state.lower(), Markup(' aria-current="step"') if step.state == NOW else "", n, step.name, tag(step.state),
            Markup('<span class="rf-step-words">{}</span>').format(step.words) if step.words else "")
        for n, step in enumerate(steps, start=1))
    st.html(Markup('<ol class="rf-steps" aria-label="Steps of the month end">{}</ol>').format(items))
