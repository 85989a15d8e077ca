"""What the pages of an invoice or a credit note add to their record: which words of the vocabulary, and when."""

from __future__ import annotations

from basics.money import Money
from basics.vocabulary import listed, say
from invoicing.invoice import Adjustment, Invoice
from ringfence.documents.words import dotted, seal_words

WIDE, LAST = 1, 4
"""Of the columns: what the line is for has the room that is left, and with the amount it always stands."""


def of(record: Invoice, what: str) -> str:
    """The words of an invoice, or those of a credit note."""
    return say(f"{'credit' if record.credits else 'invoice'}.{what}", number=record.number_words)


def title(record: Invoice) -> str:
    return say("invoice.draft-title") if record.draft else of(record, "title")


def footer(record: Invoice) -> str:
    named = say("invoice.draft-title") if record.draft else of(record, "footer")
    return dotted((record.provider, named, seal_words(record.seal)))


def pay(record: Invoice) -> tuple[str, list[str]]:
    """What to do now: how to pay, or what a credit note changes."""
    if record.credits:
        return say("credit.to-do"), list(listed("credit.to-do"))
    return say("invoice.pay"), list(record.pay_to)


def facts(record: Invoice) -> list[tuple[str, str]]:
    """The facts at the head, label and value; what is not there is left out."""
    found = (("date", record.issued_words), ("takes-off", record.credits), ("why", record.why), ("due", record.due_words),
             ("order", record.order_number), ("person", record.person_words), ("period", record.period_words))
    return [(say(f"invoice.{label}"), value) for label, value in found if value]


def adjusted(record: Invoice) -> list[tuple[str, str, str, str]]:
    """Each period that was billed before and is put right: what it was, what it is, and why."""
    return [(each.period_words, str(Money(each.before_pence)), _now(each), each.why) for each in record.adjustments]


def adjusted_note(record: Invoice) -> str:
    """The same in one line, where there is no table; empty where nothing is put right."""
    return "; ".join(say("invoice.adjusted-note", period=period, before=before, now=now, why=why) for period, before, now, why in adjusted(record))


def _now(each: Adjustment) -> str:
    return say("invoice.adjusted-next") if each.now_pence is None else str(Money(each.now_pence))
