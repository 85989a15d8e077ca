"""Where each issued invoice stands on a day: sent, part-paid, paid, disputed, credited or written off, and what is open of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from invoicing.aged_debt import days_late
from ringfence.actions.acting import Acting
from ringfence.actions.debts_open import Amounts, DebtsOpen, debts_open
from ringfence.actions.receipts_open import PAID_AS
from ringfence.importing.fact_items_debts import InvoiceQuery, InvoiceSent, ReminderSent
from ringfence.store import bank_lines, debts, facts


class Status(StrEnum):
    """What became of an invoice. Whether its day has passed is told beside it."""

    ISSUED = "Issued"
    SENT = "Sent"
    PART_PAID = "Part-paid"
    DISPUTED = "Disputed"
    PAID = "Paid"
    CREDITED = "Credited"
    WRITTEN_OFF = "Written off"


@dataclass(frozen=True)
class Query:
    """Something asked about an invoice. `outcome` is empty while nobody has answered it."""

    reference: str
    invoice: int
    on: date
    raised_by: str
    words: str
    reply_by: date
    outcome: str
    outcome_on: date | None

    @property
    def is_open(self) -> bool:
        return self.outcome_on is None


@dataclass(frozen=True)
class Sent:
    """When, how and to whom an invoice went."""

    on: date
    how: str
    to: str


@dataclass(frozen=True)
class Reminded:
    """A reminder that went out about an invoice."""

    reference: str
    step: int
    on: date
    how: str


@dataclass(frozen=True)
class Standing:
    """One invoice as it stands on a day."""

    amounts: Amounts
    status: Status
    days_late: int
    sent: tuple[Sent, ...]
    queries: tuple[Query, ...]
    reminders: tuple[Reminded, ...]

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0 and self.amounts.open > 0


@dataclass(frozen=True)
class Noted:
    """What is noted of invoices by a day, by number."""

    sent: Mapping[int, list[Sent]]
    queries: Mapping[int, list[Query]]
    reminders: Mapping[int, list[Reminded]]
    reminders_before: Mapping[str, list[Reminded]]
    """Of invoices that were brought over, by their number in the books before these."""


def noted(connection: Connection, on: date) -> Noted:
    """Everything that was noted of invoices by a day. A query that was answered later was still open then."""
    sent, queries, reminders = defaultdict[int, list[Sent]](list), defaultdict[int, list[Query]](list), defaultdict[int, list[Reminded]](list)
    before = defaultdict[str, list[Reminded]](list)
    for fact in facts.facts(connection, InvoiceSent.kind):
        went = InvoiceSent.model_validate(fact.said)
        if went.on <= on:
            sent[went.invoice].append(Sent(went.on, went.how, went.to))
    for fact in facts.facts(connection, InvoiceQuery.kind):
        asked = InvoiceQuery.model_validate(fact.said)
        if asked.on <= on:
            answered = asked.outcome_on is not None and asked.outcome_on <= on
            queries[asked.invoice].append(Query(asked.query, asked.invoice, asked.on, asked.raised_by, asked.words, asked.reply_by,
                                                (asked.outcome or "") if answered else "", asked.outcome_on if answered else None))
    for fact in facts.facts(connection, ReminderSent.kind):
        letter = ReminderSent.model_validate(fact.said)
        if letter.on <= on:
            reminded = Reminded(letter.reminder, letter.step, letter.on, letter.how)
            for number in letter.invoices:
                reminders[number].append(reminded)
            for of_old in letter.brought_over:
                before[of_old].append(reminded)
    return Noted(sent, queries, reminders, before)


def invoice_standings(acting: Acting) -> dict[int, Standing]:
    """Every issued invoice as it stands today, by number. Where the clock of the machine was put back, an invoice is dated later than today: it
    is among them, and all stand as on the day of the last."""
    with acting.reading() as connection:
        on = max(acting.today, debts.last_issued_on(connection) or acting.today)
        return standings(debts_open(connection, on), noted(connection, on))


def paid_towards(acting: Acting, number: int) -> list[bank_lines.Placed]:
    """The parts of bank lines that were said to be for one invoice; what named none clears the oldest first and is not among them."""
    with acting.reading() as connection:
        placed, said = bank_lines.placed(connection), bank_lines.said_to_pay(connection)
        invoiced = bank_lines.invoice_of_instalment(connection) if said else {}
    found = []
    for each in placed:
        as_, _, about = each.what_for.partition(" ")
        whole = said.get(each.line) if as_ in PAID_AS and not about else None
        is_whole = whole is not None and (whole.invoices == (number,) or (
            whole.instalment is not None and invoiced.get((*whole.instalment, each.funder)) == number))
        if is_whole or (as_ in PAID_AS and about == str(number)):
            found.append(each)
    return found


def standings(owed: DebtsOpen, known: Noted) -> dict[int, Standing]:
    """Every invoice that was issued by the day of the debts, by number."""
    return {number: _standing(amounts, known, owed.aged.on) for number, amounts in owed.invoices.items()}


def standings_brought_over(owed: DebtsOpen, known: Noted) -> list[Standing]:
    """The same of every invoice that was brought over. It went out before these books began."""
    return [Standing(each, _status(each, is_sent=True, is_disputed=False), days_late(each.due_on, owed.aged.on), (), (),
                     tuple(known.reminders_before.get(each.number_before, ()))) for each in owed.brought_over]


def _standing(amounts: Amounts, known: Noted, on: date) -> Standing:
    sent, queries = tuple(known.sent.get(amounts.number, ())), tuple(known.queries.get(amounts.number, ()))
    return Standing(amounts, _status(amounts, is_sent=bool(sent), is_disputed=any(each.is_open for each in queries)),
                    days_late(amounts.due_on, on), sent, queries, tuple(known.reminders.get(amounts.number, ())))


def _status(amounts: Amounts, *, is_sent: bool, is_disputed: bool) -> Status:
    if is_disputed:
        return Status.DISPUTED
    if not amounts.open:
        if amounts.written_off:
            return Status.WRITTEN_OFF
        return Status.CREDITED if amounts.credited and not amounts.paid else Status.PAID
    if amounts.paid:
        return Status.PART_PAID
    return Status.SENT if is_sent else Status.ISSUED
