"""Instalments that were invoiced and are not owed, or not all of them: a section of the apply file."""

from __future__ import annotations

from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import OnADay


class InstalmentCredited(OnADay):
    """One line of an invoice that asked for an instalment: so many pounds of it, or all that is left of it, are credited."""

    kind = "instalment credited"
    known_by = ("credit",)
    credit: a.Reference
    invoice: a.CountAboveNil
    line: a.CountAboveNil
    pounds: a.PoundsAboveNil | None = None
    words: a.Words

    @property
    def about(self) -> str:
        return f"credit {self.credit}: line {self.line} of invoice {self.invoice}, because: {self.words}"
