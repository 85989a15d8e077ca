"""What a payer asks of its invoices for one person: its order, and the reference by which it knows the person. Sections of the apply file."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from basics.periods import Period, day_in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.fact_items import FactOfAFund, FactOfAPerson, FromADay
from ringfence.importing.problems import Finding


class OrderSaid(FactOfAFund, FromADay):
    """An order of one payer for one fund: support outside its days, and beyond its sum, is not invoiced under it."""

    kind = "order"
    known_by = ("person", "fund", "funder", "from_on")
    funder: a.Reference
    number: a.Words
    to_on: a.Day = Field(alias="to")
    pounds: a.PoundsAboveNil | None = None
    taken_back: bool = False

    def consistency(self) -> Iterator[Finding]:
        if self.to_on < self.from_on:
            yield Finding(("to",), f"is {day_in_words(self.to_on)}, before “from”, {day_in_words(self.from_on)}.", "Check the two days.")

    @property
    def about(self) -> str:
        whose = f"order {self.number} of {self.funder} for the {self.fund} fund of {self.person}, {Period(self.from_on, self.to_on)}"
        if self.taken_back:
            return f"{whose}, is taken back"
        return f"{whose}, for {self.pounds}" if self.pounds else whose


class PayerReference(FactOfAPerson, FromADay):
    """How one payer knows somebody: printed on its invoices in place of our own reference alone."""

    kind = "payer reference"
    known_by = ("person", "funder")
    funder: a.Reference
    reference_there: a.Words = Field(alias="reference")
    taken_back: bool = False

    @property
    def about(self) -> str:
        return f"{self.funder} {'does not know' if self.taken_back else 'knows'} {self.person} as {self.reference_there}"
