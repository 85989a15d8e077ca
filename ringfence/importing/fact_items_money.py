"""Facts of a fund about its money that two people agree: sections of the apply file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from basics.periods import day_in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import FactOfAFund
from ringfence.importing.problems import Finding


class Earmark(FactOfAFund):
    """Money of a fund that is kept for a need that was identified: it is no surplus until `until`, or until it is given up with nil pounds."""

    kind = "earmark"
    known_by = ("earmark",)
    earmark: a.Reference
    pounds: a.Pounds
    words: a.Words
    from_on: a.Day = Field(alias="from")
    until: a.Day

    @property
    def day(self) -> date:
        return self.from_on

    @property
    def about(self) -> str:
        return f"earmark {self.earmark} of {self.pounds} for {self.person} until {day_in_words(self.until)}: {self.words}"

    def consistency(self) -> Iterator[Finding]:
        if self.until < self.from_on:
            yield Finding(("until",), "is before “from”.", "Check the two days.")
