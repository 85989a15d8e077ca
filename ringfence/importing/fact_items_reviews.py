"""Facts of a fund that one person may record alone: sections of the file of `record`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import SaidOfAFund
from ringfence.importing.problems import Finding

ReviewKind = Literal["six weeks", "twelve weeks", "yearly", "on a change"]
AReviewKind = Annotated[ReviewKind, a.choice(ReviewKind)]


class Review(SaidOfAFund):
    """A review of a person’s support: when it was, which one, what came of it, and the day of the next where one was agreed."""

    kind = "review"
    known_by = ("review",)
    review: a.Reference
    which: AReviewKind
    next_on: a.Day | None = None

    @property
    def about(self) -> str:
        return f"review {self.review} of {self.person}, {self.which}: {self.words}"

    def consistency(self) -> Iterator[Finding]:
        if self.next_on is not None and self.next_on <= self.on:
            yield Finding(("next_on",), "is not after this review.", "Check the two days.")
