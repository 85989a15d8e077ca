"""Why somebody mainly needs support, as statutory returns count it: a section of the file of `record`."""

from __future__ import annotations

from typing import Annotated

from basics.periods import day_in_words
from isf.support_reasons import Client, Reason
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import FactOfAPerson, FromADay

AReason = Annotated[Reason, a.choice(Reason)]
AClient = Annotated[Client, a.choice(Client)]


class SupportReason(FactOfAPerson, FromADay):
    """The client group that the council counts somebody in, from a day."""

    kind = "support reason"
    known_by = ("person", "from_on")
    reason: AReason
    client: AClient | None = None

    @property
    def about(self) -> str:
        client = f", supported as a {self.client}" if self.client else ""
        return f"{self.person} is counted under “{self.reason}” from {day_in_words(self.from_on)}{client}"
