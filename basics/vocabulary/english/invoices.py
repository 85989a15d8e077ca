"""An invoice, a credit note, and the page with an address that goes before them by post."""

from __future__ import annotations

WORDS = {
    # An invoice and a credit note
    "invoice.title": "Invoice {number}", "credit.title": "Credit note {number}",
    "invoice.footer": "invoice {number}", "credit.footer": "credit note {number}",
    "invoice.practice": "Practice: not a real invoice", "credit.practice": "Practice: not a real credit note",
    "invoice.draft": "Nothing has been charged yet. Please do not pay from this page.",
    "invoice.held": "Held", "invoice.adjusted": "What is put right from before", "invoice.adjusted-next": "on your next invoice",
    "invoice.adjusted-note": "{period}: was {before}, is {now}, because: {why}",
    "invoice.draft-title": "DRAFT – not an invoice",
    "invoice.from": "From", "invoice.to": "To",
    "invoice.for": "What this is for", "credit.for": "What is taken off",
    "invoice.total": "Total to pay", "credit.total": "Total taken off",
    "invoice.nothing": "There is nothing to pay for in this period.",
    "invoice.pay": "How to pay", "credit.to-do": "What to do",
    "invoice.date": "Date", "invoice.takes-off": "Takes off", "invoice.why": "Why", "invoice.due": "Payment due",
    "invoice.order": "Order number", "invoice.person": "For", "invoice.period": "Period",

    # A page with an address
    "cover.title": "Papers from {provider}",
    "cover.titled": "{title}, {days}",
}

LISTS = {
    "invoice.columns": ("Day", "What", "Quantity", "Rate", "Amount"),
    "invoice.adjusted-columns": ("Billed before", "Was", "Is now", "Why"),
    "credit.to-do": ("Please take this off what you owe us for that invoice.", "If you have paid it, we take it off what we ask you for next."),
}
