"""Facts of a fund about its money that two people agree: sections of the apply file."""

from __future__ import annotations

from basics.periods import day_in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import FactOfAFund, Lasting


class Earmark(FactOfAFund, Lasting):
    """Money of a fund that is kept for a need that was identified: it is no surplus until `until`, or until it is given up with nil pounds."""

    kind = "earmark"
    known_by = ("earmark",)
    earmark: a.Reference
    pounds: a.Pounds
    words: a.Words
    until: a.Day

    @property
    def about(self) -> str:
        return f"earmark {self.earmark} of {self.pounds} for {self.person} until {day_in_words(self.until)}: {self.words}"
