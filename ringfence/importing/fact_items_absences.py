"""Who is away, from when and until when: a section of the file of `record`."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from basics.periods import day_in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import FactOfAPerson, FromADay
from ringfence.importing.problems import Finding
from ringfence.importing.terms_fields import ABecause


class AbsenceSaid(FactOfAPerson, FromADay):
    """Somebody is away. Visits that are cancelled meanwhile are charged as the terms say of absences, and support given then is a question."""

    kind = "absence"
    known_by = ("person", "from_on")
    to_on: a.Day | None = Field(default=None, alias="to")
    because: ABecause
    taken_back: bool = False

    def consistency(self) -> Iterator[Finding]:
        if self.to_on and self.to_on < self.from_on:
            yield Finding(("to",), f"is {day_in_words(self.to_on)}, before “from”, {day_in_words(self.from_on)}.", "Check the two days.")

    @property
    def about(self) -> str:
        if self.taken_back:
            return f"{self.person} was not away from {day_in_words(self.from_on)} after all"
        until = f" to {day_in_words(self.to_on)}" if self.to_on else ", until further notice"
        return f"{self.person} is away from {day_in_words(self.from_on)}{until}: {self.because}"
