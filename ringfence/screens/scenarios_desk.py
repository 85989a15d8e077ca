"""What a session has before it on Scenarios: the question, its answer, and what was just done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from basics.errors import RingfenceError
from costing.assumptions import BreakEven, Range
from ringfence.actions.scenarios import Compared, Sampling
from ringfence.actions.what_if import Question, answer, example_question, rates_stamp
from ringfence.screens.scenarios_typed import changed

DESK = "scenarios-desk"
COMES_OUT, WHAT_IF = "What comes out", "What if …"
MOST_KEPT = 16
WORKING = "Working out a year of each scenario …"
Ranges = Sequence[tuple[str, Range]]


@dataclass
class Desk:
    """`started` is the file of the question as it was put here: what differs from it is stored nowhere yet.

    `editing` is the name of the scenario that stands in the form; `form` numbers the forms, so that the next one starts anew. `at` says
    where a refusal is shown, and `go_to` which tab comes next. `drawn` are the ranges that were asked for.
    """

    question: Question
    compared: Compared
    started: bytes
    stamp: tuple[tuple[str, int], ...] = field(default_factory=rates_stamp)
    before: Question | None = None
    editing: str | None = None
    form: int = 0
    done: str = ""
    refused: RingfenceError | None = None
    at: str = ""
    go_to: str = ""
    drawn: dict[Sampling, Ranges] = field(default_factory=dict)

    @property
    def is_unsaved(self) -> bool:
        return self.question.file != self.started

    def put(self, question: Question, done: str) -> None:
        """Another question in the place of this one, which can be brought back. One that has no answer leaves all as it was."""
        before = self.question
        if self.change(question, done, at="start"):
            self.before, self.started = before, question.file

    def change(self, question: Question, done: str, *, at: str) -> bool:
        """The question changed; what is wrong is kept to be shown where it was asked for, and what was typed stays."""
        self.done, self.refused, self.at = "", None, at
        try:
            self.compared = answered(question)
        except RingfenceError as error:
            self.refused = error
            return False
        self.question, self.done, self.before, self.editing = question, done, None, None
        self.form += 1
        self.drawn.clear()
        return True

    def refresh(self) -> None:
        """Answer again where the provider's own rates have changed since; where there is no answer any more, the last one stands."""
        if self.stamp != rates_stamp():
            self.stamp = rates_stamp()
            self.change(self.question, "Your own rates have changed since, so this is worked out again.", at="start")

    def ranges(self, sampling: Sampling) -> Ranges:
        """Where the surplus lies over so many draws; kept, as it takes as long as it has draws."""
        if sampling not in self.drawn:
            alone = changed(changed(self.question, "scenarios", []), "break_even", [])
            self.drawn[sampling] = answer(alone, sampling=sampling).ranges
        return self.drawn[sampling]


def _said(question: Question) -> tuple[object, ...]:
    """What an answer depends on, to the byte."""
    return question.file, sorted(question.costs.items()), rates_stamp()


def _base(question: Question) -> Question:
    """What does not change with the scenarios."""
    return changed(changed(question, "scenarios", []), "assumptions", [])


def answered(question: Question) -> Compared:
    """The answer, with what each assumption does where there are some."""
    return replace(_compared(changed(question, "break_even", [])), break_evens=_break_evens(_base(question)))


@st.cache_resource(max_entries=MOST_KEPT, show_spinner=False, hash_funcs={Question: _said})
def _compared(question: Question) -> Compared:
    """The last few are kept: every session begins with the example."""
    return answer(question, with_tornado=bool(question.content.get("assumptions")))


@st.cache_resource(max_entries=MOST_KEPT, show_spinner=False, hash_funcs={Question: _said})
def _break_evens(base: Question) -> tuple[BreakEven, ...]:
    """Looked for in thousands of steps, so kept apart from what changes with each scenario."""
    return answer(base).break_evens


def desk_here() -> Desk:
    """The desk of this session, which begins with the documented example."""
    if DESK not in st.session_state:
        question = example_question()
        with st.spinner(WORKING):
            st.session_state[DESK] = Desk(question, answered(question), question.file)
    desk: Desk = st.session_state[DESK]
    return desk
