"""What is recorded of invoices and of who owes them: sent, queried, written off; and of payers: whom to write to, by which ladder, and when not.

Whom to write to, the ladder and what is written off are agreed by two people. What was sent, a query and a hold are one person's to note.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from basics.people import FunderKind
from basics.periods import day_in_words
from invoicing.reminders import Basis, Step, Tone, Why
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, exactly_one, needed_with
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import FromADay, Lasting, OnADay
from ringfence.importing.problems import Finding

ATone = Annotated[Tone, a.choice(Tone)]
AWhy = Annotated[Why, a.choice(Why)]
ABasis = Annotated[Basis, a.choice(Basis)]
INVOICE = "invoice"


class InvoiceSent(OnADay):
    """An invoice that went out: when, how and to whom."""

    kind = "invoice sent"
    known_by = (INVOICE, "on")
    invoice: a.CountAboveNil
    how: a.Words
    to: a.Words

    @property
    def about(self) -> str:
        return f"invoice {self.invoice:06d} was sent on {day_in_words(self.on)} to {self.to}: {self.how}"


class InvoiceQuery(OnADay):
    """Something about an invoice that somebody asked or disputes: who, by when they are to have an answer, and what came of it."""

    kind = "invoice query"
    known_by = ("query",)
    query: a.Reference
    invoice: a.CountAboveNil
    raised_by: a.Words
    words: a.Words
    reply_by: a.Day
    outcome: a.Words | None = None
    outcome_on: a.Day | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_with(raw, "outcome", "outcome_on")
        yield from needed_with(raw, "outcome_on", "outcome")

    @property
    def about(self) -> str:
        came_of_it = f"; it ended on {day_in_words(self.outcome_on)}: {self.outcome}" if self.outcome_on else (
            f"; to be answered by {day_in_words(self.reply_by)}")
        return f"query {self.query} of {self.raised_by} about invoice {self.invoice:06d}: {self.words}{came_of_it}"

    def consistency(self) -> Iterator[Finding]:
        for name in ("reply_by", "outcome_on"):
            day = getattr(self, name)
            if day is not None and day < self.on:
                yield Finding((name,), "is before the day of the query.", "Check the two days.")


class PaymentHold(Lasting):
    """Days over which a payer gets no letter about money: a query, Breathing Space, a death, or a question of capacity."""

    kind = "payment hold"
    known_by = ("hold",)
    hold: a.Reference
    funder: a.Reference
    why: AWhy
    words: a.Words

    @property
    def about(self) -> str:
        until = f"until {day_in_words(self.until)}" if self.until else "until further notice"
        return f"hold {self.hold}: no letter about money to {self.funder} from {day_in_words(self.from_on)} {until}, {self.why}: {self.words}"


class ReminderSent(OnADay):
    """A reminder that went out: to which payer, which step of the ladder, and about which invoices."""

    kind = "reminder sent"
    known_by = ("reminder",)
    reminder: a.Reference
    funder: a.Reference
    step: a.CountAboveNil
    how: a.Words
    invoices: a.Several[a.CountAboveNil] = ()
    brought_over: a.Several[a.Reference] = ()

    @property
    def about(self) -> str:
        numbers = ", ".join([*(f"{each:06d}" for each in self.invoices), *self.brought_over])
        return f"reminder {self.reminder}, step {self.step}, was sent to {self.funder} on {day_in_words(self.on)} about {numbers}: {self.how}"

    def consistency(self) -> Iterator[Finding]:
        if not (self.invoices or self.brought_over):
            yield Finding(("invoices",), "is missing, and so is “brought_over”.", "Say which invoices the letter was about.")


class LatePaymentClaimed(OnADay):
    """Interest for late payment that was asked for: on which invoices of one payer, and how."""

    kind = "late payment claimed"
    known_by = ("claim",)
    claim: a.Reference
    funder: a.Reference
    invoices: Annotated[a.Several[a.CountAboveNil], Field(min_length=1)]
    words: a.Words

    @property
    def about(self) -> str:
        numbers = ", ".join(f"{each:06d}" for each in self.invoices)
        return f"interest for late payment of {numbers} was claimed from {self.funder} on {day_in_words(self.on)} ({self.claim}): {self.words}"


class LadderStep(FileModel):
    days: a.CountAboveNil
    tone: ATone

    @property
    def as_step(self) -> Step:
        return Step(self.days, self.tone)


class ReminderTerms(FromADay):
    """A payer's ladder of reminders, or that of every payer of one kind which has none of its own."""

    kind = "reminder terms"
    known_by = ("ladder", "from_on")
    ladder: a.Reference
    funder: a.Reference | None = None
    of_kind: a.AFunderKind | None = None
    steps: Annotated[a.Several[LadderStep], Field(min_length=1)]
    source: a.Words

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from exactly_one(raw, "funder", "of_kind")

    @property
    def whose(self) -> str | FunderKind:
        """The payer, or the kind of payer."""
        return self.funder or self.of_kind or ""

    @property
    def ladder_steps(self) -> tuple[Step, ...]:
        """The steps by their days, in whatever order the file has them."""
        return tuple(sorted((each.as_step for each in self.steps), key=lambda step: step.days))

    @property
    def about(self) -> str:
        said = ", ".join(f"{each.days} days {each.tone}" for each in self.ladder_steps)
        return f"reminders to {self.funder or f'every payer that is a {self.of_kind}'} ({self.ladder}) from {day_in_words(self.from_on)}: {said}"

    def consistency(self) -> Iterator[Finding]:
        for before, after in pairwise(self.ladder_steps):
            if after.days == before.days:
                yield Finding(("steps",), f"has two letters after {after.days} days.", "Give each step days of its own.")
            if before.tone is Tone.BEFORE_A_CLAIM:
                yield Finding(("steps",), "goes on after the letter before a claim.", "That letter is the last: nothing here goes further.")


class PayerContact(FromADay):
    """Who is written to about a payer's money, and on what legal basis."""

    kind = "payer contact"
    known_by = ("funder", "from_on")
    funder: a.Reference
    name: a.Words
    address: Annotated[a.Several[a.Words], Field(min_length=1)]
    basis: ABasis
    source: a.Words

    @property
    def about(self) -> str:
        return f"letters about the money of {self.funder} go to {self.name} ({self.basis}) from {day_in_words(self.from_on)}: {self.source}"


class WrittenOff(OnADay):
    """What is left of an invoice and will not be asked for any more."""

    kind = "written off"
    known_by = ("written_off",)
    written_off: a.Reference
    invoice: a.CountAboveNil
    words: a.Words

    @property
    def about(self) -> str:
        return f"what is open of invoice {self.invoice:06d} is written off ({self.written_off}): {self.words}"
