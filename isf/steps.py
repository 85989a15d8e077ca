"""The seven steps from a need to a review, where somebody stands in them, when each was reached, and the days in each.

A step is what is recorded of it. What nobody recorded is not known: it is never taken as done because a later one is.
The steps are those of self-directed support: needs, indicative budget, plan, agreed, control, support, review (In Control’s seven steps).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest


class Step(StrEnum):
    """The steps, in their order."""

    NEEDS = "needs"
    INDICATIVE = "indicative budget"
    PLAN = "plan"
    AGREED = "agreed"
    CONTROL = "control"
    SUPPORT = "support"
    REVIEW = "review"


REACHED_WHEN: Mapping[Step, str] = {
    Step.NEEDS: "needs were assessed",
    Step.INDICATIVE: "the indicative budget was told",
    Step.PLAN: "the support plan was written",
    Step.AGREED: "the council agreed to the plan, or gave a final budget",
    Step.CONTROL: "somebody holds the budget, or a funder pays into the fund",
    Step.SUPPORT: "support was given for the first time",
    Step.REVIEW: "the first review was held",
}
"""What marks each step as reached."""


class State(StrEnum):
    """What is known of a step."""

    REACHED = "reached"
    NOT_KNOWN = "not known"
    """A later step is reached, and nobody recorded this one; or it was reached, and nobody knows when."""
    TO_COME = "to come"


@dataclass(frozen=True)
class Reached:
    """One step of somebody: when it was reached, and the days until the next was (or, of the step where they stand, until the day asked for).

    None where it is not known: nobody recorded this step or the next, or they were recorded in another order.
    """

    step: Step
    state: State
    on: date | None = None
    days: int | None = None


@dataclass(frozen=True)
class Standing:
    """All seven steps of somebody on a day. `now` is the last that they reached, None where nothing is recorded."""

    steps: tuple[Reached, ...]
    now: Reached | None

    @property
    def days(self) -> int | None:
        """The days in the step where they stand."""
        return None if self.now is None else self.now.days


def standing(known: Mapping[Step, date | None], on: date) -> Standing:
    """Where somebody stands at the end of a day. `known` has the day on which each step was reached, None where it was reached and nobody
    knows when; a step that is not in it, or is of a later day, is not recorded as reached."""
    reached = {step: day for step, day in known.items() if day is None or day <= on}
    last = max((n for n, step in enumerate(Step) if step in reached), default=-1)
    steps = list(Step)
    found = tuple(_reached(step, following, reached, n, last, on) for n, (step, following) in enumerate(zip_longest(steps, steps[1:])))
    return Standing(found, found[last] if last >= 0 else None)


def _reached(step: Step, following: Step | None, reached: Mapping[Step, date | None], n: int, last: int, on: date) -> Reached:
    if n > last:
        return Reached(step, State.TO_COME)
    day = reached.get(step)
    if day is None:
        return Reached(step, State.NOT_KNOWN)
    until = on if n == last else reached.get(following) if following else None
    days = (until - day).days if until is not None and until >= day else None
    return Reached(step, State.REACHED, day, days)
