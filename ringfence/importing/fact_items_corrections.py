"""What is put right in a fund, and what somebody did not pay or the provider gives up: sections of the apply file.

Each is a fact that two people agree, with the day on which it was asked for and the reason.
"""

from __future__ import annotations

from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import SaidOfAFund


class Correction(SaidOfAFund):
    """Something posted in a fund that was a mistake: all of its entries are put back."""

    kind = "correction"
    known_by = ("correction",)
    correction: a.Reference
    entry: a.EventKey

    @property
    def about(self) -> str:
        return f"correction {self.correction} in the fund of {self.person}: “{self.entry}” is put back, because: {self.words}"


class GivenUp(SaidOfAFund):
    """Overspend that the provider carries and stops asking for."""

    kind = "given up"
    known_by = ("given_up",)
    given_up: a.Reference
    pounds: a.PoundsAboveNil

    @property
    def about(self) -> str:
        return f"{self.pounds} of overspend of {self.person} given up ({self.given_up}): {self.words}"


class NeverPaid(SaidOfAFund):
    """A promise, mostly a contribution, that its payer never paid: carried by the provider, or taken on by another funder."""

    kind = "never paid"
    known_by = ("never_paid",)
    never_paid: a.Reference
    funder: a.Reference
    taken_on_by: a.Reference | None = None
    pounds: a.PoundsAboveNil

    @property
    def about(self) -> str:
        whose = self.taken_on_by or "the provider"
        return f"{self.pounds} that {self.funder} never paid for {self.person} is taken on by {whose} ({self.never_paid}): {self.words}"
