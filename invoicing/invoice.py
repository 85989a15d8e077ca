"""An invoice as data: one record that every form of it prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InvoiceLine:
    """One line: a visit at the rate of its day, or an instalment of a contract for one person's fund.

    `quantity_words` and `rate_words` are finished text ("1 h 30 m", "£24.40 an hour"); `pence` is what the line asks for.
    """

    day: str
    words: str
    quantity_words: str
    rate_words: str
    pence: int


@dataclass(frozen=True)
class Adjustment:
    """A period that was billed before and is put right here: what its visits were, what they are now, and why. Of a credit note, `now_pence`
    is None where what stands instead comes on the next invoice."""

    period_words: str
    before_pence: int
    now_pence: int | None
    why: str


@dataclass(frozen=True)
class Invoice:
    """What one funder is asked for. A draft has no number (`number_words` is empty) and says that it is a draft."""

    key: str
    number_words: str
    draft: bool
    practice: bool
    provider: str
    provider_address: tuple[str, ...]
    provider_contact: str
    pay_to: tuple[str, ...]
    """How to pay: account name, sort code, account number, or what the provider said."""
    bill_to: str
    bill_to_address: tuple[str, ...]
    person_words: str
    """Who the support was for, as this payer knows them: a reference for a council, the name only to the person themselves."""
    order_number: str
    period_words: str
    issued_words: str
    due_words: str
    lines: tuple[InvoiceLine, ...]
    total_pence: int
    vat_words: str
    """How VAT stands, with its reason, ready to print."""
    seal: str
    credits: str = ""
    """Of a credit note: the invoice that it takes its lines off, ready to print. Empty for an invoice."""
    why: str = ""
    """Of a credit note: why these lines are not owed."""
    held: tuple[str, ...] = ()
    """Of a draft that is held: why it is not issued."""
    adjustments: tuple[Adjustment, ...] = ()
    """Of what was billed before and is put right: each period once for each reason."""
