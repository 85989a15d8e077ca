"""Visits that are put right after they came in: sections of the apply file. What an issued invoice asked for them is credited.

A visit is put right whole: every person of one carer's visit, since they share what it costs.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, PlainValidator, model_validator

from basics.periods import day_in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import OnADay
from ringfence.importing.problems import wrong

CHANGED = ("support", "date", "start", "end", "planned_minutes", "planned_carers", "outcome", "reason", "cancelled_at")
"""The columns of the file of visits that a correction may change."""


def _cell(value: object) -> str:
    """A cell as it would stand in the file of visits."""
    if isinstance(value, bool) or not isinstance(value, (str, int, date)):
        raise wrong(f"“{str(value)[:60]}” cannot stand in a file of visits.", "Write it as in that file; a time between quotes, like \"09:00\".")
    return str(value).strip()


ACell = Annotated[str, PlainValidator(_cell)]


class NowSays(FileModel):
    """What the row of the visit is to say; what is left out stays."""

    support: ACell | None = None
    date: ACell | None = None
    start: ACell | None = None
    end: ACell | None = None
    planned_minutes: ACell | None = None
    planned_carers: ACell | None = None
    outcome: ACell | None = None
    reason: ACell | None = None
    cancelled_at: ACell | None = None

    @model_validator(mode="after")
    def _something(self) -> NowSays:
        if not self.cells:
            raise wrong("changes nothing.", f"Give at least one of {', '.join(CHANGED)}; or taken_back: true for a visit that never was.")
        return self

    @property
    def cells(self) -> dict[str, str]:
        return {name: cell for name in CHANGED if (cell := getattr(self, name)) is not None}


class _PutRight(OnADay):
    known_by = ("correction",)
    correction: a.Reference
    words: a.Words


class VisitCorrected(_PutRight):
    """One carer's visit that was recorded wrongly: it is taken back, or says something else now."""

    kind = "visit corrected"
    visit: a.Reference
    carer: a.Reference
    taken_back: bool = False
    now: NowSays | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> VisitCorrected:
        if self.taken_back == (self.now is not None):
            raise wrong("says both that the visit is taken back and what it says now." if self.taken_back else
                        "does not say what becomes of the visit.", "Give taken_back: true, or now with what the visit is to say.")
        return self

    @property
    def about(self) -> str:
        return f"correction {self.correction}: visit {self.visit} of carer {self.carer}, because: {self.words}"


class VisitsRepriced(_PutRight):
    """Support charged at a rate that has another price now, for days from one to another: it is charged anew."""

    kind = "visits repriced"
    rate: a.Reference
    from_on: a.Day = Field(alias="from")
    to_on: a.Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> VisitsRepriced:
        if self.to_on < self.from_on:
            raise wrong(f"ends on {day_in_words(self.to_on)}, before it begins.", "Give the later day last.")
        return self

    @property
    def about(self) -> str:
        return (f"correction {self.correction}: support at the rate {self.rate} from {day_in_words(self.from_on)} to {day_in_words(self.to_on)} "
                f"is charged anew, because: {self.words}")
