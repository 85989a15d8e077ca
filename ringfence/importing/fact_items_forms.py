"""In which form somebody’s statements are made, and when they were last asked: a section of the file of `record`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from isf.statement_forms import Form
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import FactOfAPerson, OnADay
from ringfence.importing.problems import Finding

AForm = Annotated[Form, a.choice(Form)]


class StatementForm(FactOfAPerson, OnADay):
    """How one person, or whoever reads for them, needs their statements. The same again with a later `reviewed_on` is a review of it."""

    kind = "statement_form"
    known_by = ("person",)
    form: AForm
    reviewed_on: a.Day | None = None
    needs: a.Words | None = None

    @property
    def about(self) -> str:
        why = f": {self.needs}" if self.needs else ""
        return f"statements of {self.person} in {self.form.value}{why}"

    def consistency(self) -> Iterator[Finding]:
        if self.reviewed_on is not None and self.reviewed_on < self.on:
            yield Finding(("reviewed_on",), "is before the day on which it was recorded, “on”.", "Check the two days.")
