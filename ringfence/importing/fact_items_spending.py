"""What is bought from a fund, whose bill it is, what was misspent, and worries about somebody’s money.

A purchase that was asked about, and a worry, move no money and are one person’s to note. A bill and misspent money ask somebody to pay, so two
people agree them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from basics.periods import day_in_words
from isf.spending import QUESTIONS, Answer, Kind
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, needed_with
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import SaidOfAFund
from ringfence.importing.problems import Finding

AKind = Annotated[Kind, a.choice(Kind)]


class Answered(FileModel):
    """One of the three questions, answered."""

    answer: bool
    who: a.Words
    on: a.Day

    @property
    def as_answer(self) -> Answer:
        return Answer(self.answer, self.who, self.on)


class _Bought(SaidOfAFund):
    """Something to be paid for: what a rule looks at."""

    bought: AKind = Field(alias="kind")
    pounds: a.PoundsAboveNil
    line: a.Reference | None = None


class PurchaseItem(_Bought):
    """Something that somebody wants to buy, and what was answered to the three questions."""

    kind = "purchase"
    known_by = ("purchase",)
    purchase: a.Reference
    legal: Answered | None = None
    disrepute: Answered | None = None
    works: Answered | None = None

    @property
    def answers(self) -> tuple[tuple[str, Answer], ...]:
        return tuple((name, said.as_answer) for name in QUESTIONS if (said := getattr(self, name)) is not None)

    @property
    def about(self) -> str:
        answered = len(self.answers)
        return f"purchase {self.purchase} for {self.person}, {self.pounds}: {self.words}; {answered} of {len(QUESTIONS)} questions answered"


class Bill(_Bought):
    """What somebody else asks a fund to pay."""

    kind = "bill"
    known_by = ("bill",)
    bill: a.Reference
    supplier: a.Words
    number: a.Words
    due_on: a.Day | None = None
    purchase: a.Reference | None = None

    @property
    def about(self) -> str:
        return f"bill {self.bill} from {self.supplier}, {self.pounds}, for {self.person}: {self.words}"

    def consistency(self) -> Iterator[Finding]:
        if self.due_on is not None and self.due_on < self.on:
            yield Finding(("due_on",), "is before the day of the bill.", "Check the two days.")


class Misspent(SaidOfAFund):
    """Money of a fund that went where it should not have, and who must put it back by when."""

    kind = "misspent"
    known_by = ("misspent",)
    misspent: a.Reference
    pounds: a.PoundsAboveNil
    who: a.Words
    by: a.Day

    @property
    def about(self) -> str:
        return f"{self.pounds} of {self.person} was misspent ({self.misspent}): {self.words}; {self.who} puts it back by {day_in_words(self.by)}"

    def consistency(self) -> Iterator[Finding]:
        if self.by < self.on:
            yield Finding(("by",), "is before “on”.", "Check the two days.")


class Worry(SaidOfAFund):
    """A worry about somebody’s money: who raised it, with whom at the council, and what came of it."""

    kind = "worry"
    known_by = ("worry",)
    worry: a.Reference
    raised_by: a.Words
    raised_with: a.Words | None = None
    raised_on: a.Day | None = None
    outcome: a.Words | None = None
    outcome_on: a.Day | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        for one, other in (("raised_with", "raised_on"), ("outcome", "outcome_on")):
            yield from needed_with(raw, one, other)
            yield from needed_with(raw, other, one)

    @property
    def about(self) -> str:
        came_of_it = f"; it ended on {day_in_words(self.outcome_on)}: {self.outcome}" if self.outcome_on else ""
        return f"worry {self.worry} about the money of {self.person}: {self.words}{came_of_it}"

    def consistency(self) -> Iterator[Finding]:
        for name in ("raised_on", "outcome_on"):
            day = getattr(self, name)
            if day is not None and day < self.on:
                yield Finding((name,), "is before the day of the worry.", "Check the two days.")
