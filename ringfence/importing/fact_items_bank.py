"""What one person notes about bank files: which column of a bank's table is which, and what a payer says that a payment is for.

Neither moves money: what is placed of a line is prepared by one person and approved by another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from basics.money import Money
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, at_most_one, exactly_one, has
from ringfence.importing.bank_columns import Columns
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import FromADay, OnADay
from ringfence.importing.problems import Finding


class BankColumns(FromADay):
    """The headings of a bank's table, kept under a name for the next file."""

    kind = "bank columns"
    known_by = ("bank_columns",)
    bank_columns: a.Reference
    under: a.Words = Field(alias="date")
    words: Annotated[a.Several[a.Words], Field(min_length=1)]
    pounds: a.Words | None = None
    paid_in: a.Words | None = None
    paid_out: a.Words | None = None
    balance: a.Words | None = None
    account: a.Several[a.Words] | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from exactly_one(raw, "pounds", "paid_in")
        yield from at_most_one(raw, "pounds", "paid_out")
        if has(raw, "paid_in") and not has(raw, "paid_out"):
            yield Finding(("paid_out",), "is missing, and “paid_in” is there.", "Name the column of money out too.")

    @property
    def about(self) -> str:
        return f"columns of a bank’s table, {self.bank_columns}: the day is under “{self.under}”"


def columns_said(said: Mapping[str, object]) -> Columns:
    """The columns that a fact keeps."""
    item = BankColumns.model_validate(said)
    return Columns(item.bank_columns, item.under, item.words, item.pounds or "", item.paid_in or "", item.paid_out or "", item.balance or "",
                   item.account or ())


class AdvisedPart(FileModel):
    invoice: a.CountAboveNil | None = None
    credit_note: a.CountAboveNil | None = None
    pounds: a.PoundsMoved

    @property
    def about(self) -> tuple[str, int]:
        """What it is about, as the file names it, and its number."""
        return ("invoice", self.invoice) if self.invoice is not None else ("credit_note", self.credit_note or 0)


class Remittance(OnADay):
    """A remittance advice: a payer's word on which invoices one payment is for."""

    kind = "remittance"
    known_by = ("remittance",)
    remittance: a.Reference
    pays: Annotated[a.Several[AdvisedPart], Field(min_length=1)]

    def consistency(self) -> Iterator[Finding]:
        seen = set[tuple[str, int, bool]]()
        for n, part in enumerate(self.pays):
            name, number = part.about
            key = name, number, part.pounds.pence > 0
            if (part.invoice is None) == (part.credit_note is None):
                yield Finding(("pays", n), "names an invoice and a credit note, or neither.", "Name one of the two.")
            elif part.credit_note is not None and part.pounds.pence > 0:
                yield Finding(("pays", n, "pounds"), "is above nil for a credit note.", "What is taken off has a minus.")
            elif key in seen:
                yield Finding(("pays", n, name), f"{number} stands there twice.", "Join the two.")
            seen.add(key)
        if (total := Money.total(part.pounds for part in self.pays)).pence <= 0:
            yield Finding(("pays",), f"comes to {total}.", "Only what is paid can be placed: ask the payer about it.")

    @property
    def about(self) -> str:
        paid = sum(part.pounds.pence > 0 for part in self.pays)
        return f"remittance advice {self.remittance} of {Money.total(part.pounds for part in self.pays)}, for {paid} invoices"
