"""Every word that the pages of an invoice or a credit note add to their record."""

from __future__ import annotations

from invoicing.invoice import Invoice
from ringfence.documents.words import dotted, seal_words

DRAFT_INVOICE_TITLE = "DRAFT – not an invoice"
DRAFT_INVOICE = "Nothing has been charged yet. Please do not pay from this page."
INVOICE_COLUMNS = ("Day", "What", "Quantity", "Rate", "Amount")
INVOICE_WIDE = "What"
INVOICE_ALWAYS = (INVOICE_WIDE, "Amount")
INVOICE_TOTAL, CREDIT_TOTAL = "Total to pay", "Total taken off"
FROM, BILL_TO, HOW_TO_PAY, WHAT_FOR = "From", "To", "How to pay", "What this is for"
CREDITED_FOR = "What is taken off"
NO_LINES = "There is nothing to pay for in this period."
WHAT_NOW = "What to do"
CREDIT_TO_DO = ("Please take this off what you owe us for that invoice.", "If you have paid it, we take it off what we ask you for next.")


def title(record: Invoice) -> str:
    if record.draft:
        return DRAFT_INVOICE_TITLE
    return f"{'Credit note' if record.credits else 'Invoice'} {record.number_words}"


def practice(record: Invoice) -> str:
    return f"Practice: not a real {'credit note' if record.credits else 'invoice'}"


def footer(record: Invoice) -> str:
    named = DRAFT_INVOICE_TITLE if record.draft else f"{'credit note' if record.credits else 'invoice'} {record.number_words}"
    return dotted((record.provider, named, seal_words(record.seal)))


def facts(record: Invoice) -> list[tuple[str, str]]:
    """The facts at the head, label and value; what is not there is left out."""
    found = (("Date", record.issued_words), ("Takes off", record.credits), ("Why", record.why), ("Payment due", record.due_words),
             ("Order number", record.order_number), ("For", record.person_words), ("Period", record.period_words))
    return [(label, value) for label, value in found if value]
