"""An electronic invoice or credit note as data: what EN 16931 asks for and what we know of it.

It says what the frozen invoice says, line by line, with the figures behind its words. It goes to organisations only, and no supported
person is named in it. Source: EN 16931-1 (the “BT” numbers are its terms) and Peppol BIS Billing 3.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from basics.periods import Period
from basics.rounding import MINUTES_PER_HOUR, line

ONE = Decimal(1)


class Kind(StrEnum):
    """What the document is, with the code that the standard has for it (BT-3)."""

    INVOICE = "380"
    CREDIT_NOTE = "381"


class Category(StrEnum):
    """How VAT stands (BT-118)."""

    EXEMPT = "E"
    OUTSIDE = "O"


class Scheme(StrEnum):
    """What kind of number an electronic address is, with its code in the list of schemes (BT-34, BT-49)."""

    VAT = "9932"
    GLN = "0088"
    DUNS = "0060"


UNITS = {"hour": "HUR", "day": "DAY", "week": "WEE", "month": "MON", "mile": "SMI", "visit": "C62", "night": "C62", "item": "C62"}
"""What a price is for, as UNECE recommendation 20 codes it. What has no code of its own is counted by ones."""


@dataclass(frozen=True)
class Endpoint:
    """Where a party receives electronic invoices: the kind of number, and the number."""

    scheme: Scheme
    number: str


@dataclass(frozen=True)
class Party:
    """Who sells or who buys. Both are in the United Kingdom. `registration` is a charity or company number (BT-30)."""

    name: str
    address: tuple[str, ...] = ()
    endpoint: Endpoint | None = None
    vat_number: str = ""
    registration: str = ""


@dataclass(frozen=True)
class Line:
    """What one line asks for. `quantity` × `price` (pounds for one unit) is `pence`, rounded half up once."""

    words: str
    quantity: Decimal
    unit: str
    price: Decimal
    pence: int
    period: Period


@dataclass(frozen=True)
class Before:
    """The invoice that a credit note puts right (BT-25, BT-26)."""

    number: str
    issued_on: date


@dataclass(frozen=True)
class EInvoice:
    """One invoice, or credit note, to one organisation. Amounts of a credit note are what is credited, above nil."""

    kind: Kind
    number: str
    issued_on: date
    due_on: date
    period: Period
    seller: Party
    buyer: Party
    category: Category | None
    reason: str
    """Why there is no VAT (BT-120)."""
    lines: tuple[Line, ...]
    total_pence: int
    note: str = ""
    buyer_reference: str = ""
    order_number: str = ""
    contract: str = ""
    before: Before | None = None
    payment_words: str = ""
    iban: str = ""


def priced_line(words: str, period: Period, pence: int, *, minutes: int = 0, times: int = 1, price: Decimal | None = None,
                per: str = "item") -> Line:
    """A line with its quantity and price where the two give its pence exactly; else one of what it asks for, and the words say the rest.

    A payer’s share of a visit, or 100 minutes of an hour’s price, has no quantity with few decimals that gives the amount. Below nil the
    quantity is, never the price.
    """
    quantity = Decimal(minutes) / MINUTES_PER_HOUR if minutes else Decimal(times)
    quantity = -abs(quantity) if pence < 0 else quantity
    if price is not None and quantity == round(quantity, 4) and line(price, quantity).pence == pence:
        return Line(words, round(quantity, 4).normalize(), UNITS[per], price, pence, period)
    return Line(words, ONE if pence >= 0 else -ONE, UNITS["item"], Decimal(abs(pence)).scaleb(-2), pence, period)
