"""The day on which the books begin here: what the old books show as totals, to be met to the penny. A section of the apply file."""

from __future__ import annotations

from collections.abc import Iterator

from basics.money import Money
from basics.periods import day_in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import OnADay
from ringfence.importing.problems import Finding


class GoingLiveControl(FileModel):
    """The totals as the old books show them at the end of the day, each of its own: overspend is never taken off what others hold."""

    funds: a.Count
    available: a.Pounds
    held: a.Pounds
    overspent: a.Pounds
    available_minutes: a.Count
    unpaid_invoices: a.Count
    unpaid_pounds: a.Pounds
    credits_not_placed: a.Count
    pounds_not_placed: a.Pounds
    next_invoice_number: a.CountAboveNil


class UnpaidInvoice(FileModel):
    """An invoice of the old books that its payer has not paid, or the part of it that is not paid."""

    number: a.Reference
    person: a.Reference
    fund: a.AFundKind
    funder: a.Reference
    pounds: a.PoundsAboveNil
    due_on: a.Day


class GoingLive(OnADay):
    """What was brought over by the end of a day, with its control totals."""

    kind = "going live"
    known_by = ("going_live",)
    going_live: a.Reference
    control: GoingLiveControl
    unpaid: a.Several[UnpaidInvoice] = ()
    words: a.Words

    @property
    def about(self) -> str:
        return f"going live {self.going_live} with the books of {day_in_words(self.on)}: {self.words}"

    def consistency(self) -> Iterator[Finding]:
        """A list that does not come to its own totals is wrong whatever the books say."""
        seen = set[str]()
        for n, each in enumerate(self.unpaid):
            if each.number in seen:
                yield Finding(("unpaid", n, "number"), f"{each.number} stands here twice.", "Take one out, or join the two.")
            seen.add(each.number)
        listed = Money.total([each.pounds for each in self.unpaid])
        if len(self.unpaid) != self.control.unpaid_invoices:
            yield Finding(("control", "unpaid_invoices"), f"is {self.control.unpaid_invoices}, and {len(self.unpaid)} are listed.",
                          "Find the invoice that is missing or too many; do not change the control total to fit.")
        if listed != self.control.unpaid_pounds:
            gap = Money(abs(listed.pence - self.control.unpaid_pounds.pence))
            yield Finding(("control", "unpaid_pounds"),
                          f"is {self.control.unpaid_pounds}, and the invoices come to {listed}: a difference of {gap}.",
                          "Find the invoice that is wrong or missing; do not change the control total to fit.")
