"""What is recorded of a person’s plan: needs in points, budgets, the plan itself, its outcomes, and what the council answered.

What two people agree are sections of the apply file; what came of an outcome at a review is a section of the file of `record`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from basics.periods import day_in_words
from isf.outcomes import Answer, Found
from isf.points_budget import Band, Per, PointsTable, in_pounds
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, exactly_one, has, needed_when, needed_with
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import FactOfAPerson, FromADay, Lasting, OnADay
from ringfence.importing.problems import Finding, wrong

About = Literal["plan", "change"]
AnAbout = Annotated[About, a.choice(About)]
APer = Annotated[Per, a.choice(Per)]
AnAnswer = Annotated[Answer, a.choice(Answer)]
AFound = Annotated[Found, a.choice(Found)]
ANYWHERE = "Check the two."
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _sha256(value: object) -> str:
    if isinstance(value, str) and _SHA256.fullmatch(text := value.strip().lower()):
        return text
    raise wrong("is not the sha256 of a file.", "Give its 64 letters and figures between quotes: sha256sum FILE prints them.")


class PointsBand(FileModel):
    """What a need of so many points comes to."""

    from_points: a.Points
    to_points: a.Points
    pounds: a.Pounds


class PointsTableItem(FromADay):
    """A council’s table that turns points of need into an indicative budget, from a day."""

    kind = "points table"
    known_by = ("points_table", "from_on")
    points_table: a.Reference
    source: a.Words
    per: APer
    pounds_per_point: a.RatePounds | None = None
    bands: Annotated[a.Several[PointsBand], Field(min_length=1)] | None = None
    at_least: a.Pounds | None = None
    at_most: a.Pounds | None = None

    @property
    def about(self) -> str:
        how = f"{in_pounds(self.pounds_per_point)} a point" if self.pounds_per_point is not None else f"{len(self.bands or ())} bands of points"
        return f"points table {self.points_table} from {day_in_words(self.from_on)}, {how}, a {self.per}: {self.source}"

    @property
    def table(self) -> PointsTable:
        """The table as the rule reads it."""
        bands = sorted((Band(each.from_points, each.to_points, each.pounds) for each in self.bands or ()), key=lambda each: each.from_points)
        return PointsTable(self.points_table, self.per, self.source, self.pounds_per_point, tuple(bands), self.at_least, self.at_most)

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from exactly_one(raw, "pounds_per_point", "bands")

    def consistency(self) -> Iterator[Finding]:
        if self.at_least is not None and self.at_most is not None and self.at_most < self.at_least:
            yield Finding(("at_most",), "is less than “at_least”.", ANYWHERE)
        bands = self.table.bands
        for band in bands:
            if band.to_points < band.from_points:
                yield Finding(("bands",), f"has a band from {band.from_points:f} to {band.to_points:f} points.", ANYWHERE)
        for one, other in pairwise(bands):
            if other.from_points <= one.to_points:
                yield Finding(("bands",), f"has two bands for {other.from_points:f} points.", "Let each band begin above the one before.")


class Assessment(FactOfAPerson, OnADay):
    """What somebody needs, in points, and the indicative budget that they were told of."""

    kind = "assessment"
    known_by = ("assessment",)
    assessment: a.Reference
    points: a.Points
    points_table: a.Reference | None = None
    indicative_on: a.Day | None = None
    indicative_pounds: a.Pounds | None = None
    words: a.Words

    @property
    def about(self) -> str:
        by = f" by {self.points_table}" if self.points_table else ""
        return f"assessment {self.assessment} of {self.person}, {self.points.normalize():f} points{by}: {self.words}"

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_with(raw, "indicative_on", "indicative_pounds")

    def consistency(self) -> Iterator[Finding]:
        if self.indicative_on is not None and self.indicative_on < self.on:
            yield Finding(("indicative_on",), "is before “on”.", "Check the two days.")


class FinalBudget(FactOfAPerson, OnADay):
    """What a funder agreed to as somebody’s budget, once their plan was agreed."""

    kind = "final budget"
    known_by = ("final_budget",)
    final_budget: a.Reference
    funder: a.Reference
    pounds: a.Pounds
    per: APer
    words: a.Words

    @property
    def about(self) -> str:
        return f"final budget {self.final_budget} of {self.person} by {self.funder}, {self.pounds} a {self.per}: {self.words}"


class SupportPlan(FactOfAPerson, OnADay):
    """A plan that is written: its risks, and how support goes on if it breaks down."""

    kind = "support plan"
    known_by = ("support_plan",)
    support_plan: a.Reference
    words: a.Words
    risks: a.Several[a.Words] = ()
    if_it_breaks_down: a.Words | None = None

    @property
    def about(self) -> str:
        return f"support plan {self.support_plan} of {self.person}, of {day_in_words(self.on)}: {self.words}"


class Outcome(FactOfAPerson, Lasting):
    """What somebody wants to reach with their plan."""

    kind = "outcome"
    known_by = ("outcome",)
    outcome: a.Reference
    words: a.Words

    @property
    def about(self) -> str:
        return f"outcome {self.outcome} for {self.person}: {self.words}"


class PlanAnswer(FactOfAPerson, OnADay):
    """What a funder answered to a plan, or to a change of one that is too big to go ahead by itself."""

    kind = "plan answer"
    known_by = ("plan_answer",)
    plan_answer: a.Reference
    funder: a.Reference
    about_: AnAbout = Field(alias="about")
    from_on: a.Day = Field(alias="from")
    answer: AnAnswer
    words: a.Words
    shared_on: a.Day | None = None
    asked_pounds: a.Pounds | None = None
    agreed_pounds: a.Pounds | None = None

    @property
    def about(self) -> str:
        what = "the plan" if self.about_ == "plan" else "a change of the plan"
        sums = f", {self.agreed_pounds} a year" if self.agreed_pounds is not None else ""
        return f"answer {self.plan_answer} of {self.funder} to {what} of {self.person}: {self.answer}{sums}, because: {self.words}"

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_when(raw, "agreed_pounds", "answer", Answer.AGREED)
        if has(raw, "agreed_pounds") and raw.get("answer") in (Answer.REFUSED, Answer.REFERRED):
            yield Finding(("agreed_pounds",), f"is there, and the answer is “{raw['answer']}”.", "Take it out, or correct the answer.")

    def consistency(self) -> Iterator[Finding]:
        if self.shared_on is not None and self.shared_on < self.on:
            yield Finding(("shared_on",), "is before “on”.", "An answer is shared once it is there: check the two days.")


class OutcomeFound(FactOfAPerson, OnADay):
    """What was found of an outcome at a review, and by what evidence."""

    kind = "outcome found"
    known_by = ("outcome_found",)
    outcome_found: a.Reference
    outcome: a.Reference
    found: AFound
    evidence: a.Words | None = None
    evidence_sha256: Annotated[str, PlainValidator(_sha256)] | None = None

    @property
    def about(self) -> str:
        seen = self.evidence or f"the file {(self.evidence_sha256 or '')[:12]}"
        return f"outcome {self.outcome} of {self.person} is {self.found} on {day_in_words(self.on)} ({self.outcome_found}): {seen}"

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        if not has(raw, "evidence") and not has(raw, "evidence_sha256"):
            yield Finding((), "has no evidence.", "Say in “evidence” what shows it, or give the sha256 of a file in “evidence_sha256”.")
