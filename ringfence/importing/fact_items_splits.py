"""What a council agreed of a split: its method, and each person’s sum by itself. Sections of the file of `record`.

Two agreements come before a split is in force (the Care Act guidance: a split may not be used to cut a personal budget): the council
agrees the method, and the social work team approves each sum.
"""

from __future__ import annotations

from basics.periods import day_in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import OnADay


class _Agreed(OnADay):
    """Who at the council said so, on which day, and where it is written."""

    contract: a.Reference
    version: a.CountAboveNil
    by: a.Words
    source: a.Words

    @property
    def _said_by(self) -> str:
        return f"{self.by} on {day_in_words(self.on)} ({self.source})"


class MethodAgreed(_Agreed):
    """The council agreed how a version of the split divides its contract."""

    kind = "method agreed"
    known_by = ("contract", "version")
    method: a.AMethod

    @property
    def about(self) -> str:
        return f"method of {self.contract}, version {self.version}, {self.method}: agreed by {self._said_by}"


class SumApproved(_Agreed):
    """The social work team approved what one person has by a version of the split."""

    kind = "sum approved"
    known_by = ("contract", "version", "person")
    person: a.Reference
    pounds: a.Pounds

    @property
    def about(self) -> str:
        return f"{self.pounds} for {self.person} by {self.contract}, version {self.version}: approved by {self._said_by}"
