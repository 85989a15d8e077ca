"""Our own check of an electronic invoice, before it is written: every problem at once, each with what to do.

It is stricter than the official rules, which forgive two pence a line and know neither Peppol’s rules nor who is supported. Sources:
EN 16931-1 (“BR” rules), Peppol BIS Billing 3.0 (“PEPPOL” rules), HMRC for VAT numbers, GS1 for GLN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from stdnum import ean, iban
from stdnum.exceptions import ValidationError
from stdnum.gb import vat

from basics.errors import Problem
from basics.money import Money
from basics.periods import day_in_words
from basics.rounding import line as line_at
from invoicing.einvoice import UNITS, Category, EInvoice, Endpoint, Kind, Line, Party, Scheme

DUNS_DIGITS = 9
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Found = Iterator[tuple[str, str, str]]
"""Where it stands within the invoice, what is wrong, and what to do."""


def problems(invoice: EInvoice, names: Collection[str] = ()) -> list[Problem]:
    """Everything for which a receiver, or we ourselves, would refuse it. `names` are those of the people whom it is about."""
    called = f"invoice {invoice.number or 'without a number'}" if invoice.kind is Kind.INVOICE else f"credit note {invoice.number}"
    found = [Problem(f"{called}, {where}", what, to_do) for check in _CHECKS for where, what, to_do in check(invoice)]
    return found + [Problem(f"{called}, {where}", what, to_do) for where, what, to_do in _named(invoice, names)]


def _heading(invoice: EInvoice) -> Found:
    if not invoice.number:
        yield "number", "It has no number: it is a draft.", "Issue it by month end first."
    if invoice.due_on < invoice.issued_on:
        yield ("due", f"It is due on {day_in_words(invoice.due_on)}, before it was issued on {day_in_words(invoice.issued_on)}.",
               "Check the days to pay.")
    if not invoice.buyer_reference and not invoice.order_number:
        yield ("buyer reference", "It has neither a buyer reference nor an order number (PEPPOL-R003).",
               "Ask the payer for one, and give it with the funder, or the order number with the funding, in an apply file.")
    if invoice.kind is Kind.CREDIT_NOTE and invoice.before is None:
        yield "invoice before", "A credit note must say which invoice it puts right.", "Name that invoice and its day."


def _vat(invoice: EInvoice) -> Found:
    if invoice.category is None:
        yield "VAT", "How VAT stands is not known, or is neither exempt nor outside the scope.", "Say in the terms how VAT stands, in an apply file."
        return
    if not invoice.reason.strip():
        yield ("VAT", f"Category {invoice.category} needs its reason (BR-{invoice.category}-10).",
               "Give the words of VAT in the terms, in an apply file, like “VAT Act 1994, Schedule 9, Group 7”.")
    if invoice.category is Category.EXEMPT and not invoice.seller.vat_number:
        yield ("provider", "An exempt invoice needs the provider’s VAT number (BR-E-02).",
               "Give it under Settings. A provider who is not registered is outside the scope, not exempt.")
    if invoice.category is Category.OUTSIDE and invoice.seller.vat_number:
        yield ("provider", "An invoice outside the scope of VAT bears no VAT number (BR-O-02), and one is given.",
               "A provider registered for VAT makes exempt supplies: correct how VAT stands in the terms, or take the number out.")
    if not invoice.seller.vat_number and not invoice.seller.registration:
        yield ("provider", "It has neither a VAT number nor a registration (BR-CO-26).",
               "Give the charity or company number with the provider, in an apply file.")


def _parties(invoice: EInvoice) -> Found:
    for who, party in (("provider", invoice.seller), ("payer", invoice.buyer)):
        if not party.name.strip():
            yield who, "The name is missing.", "Give it in an apply file."
        yield from _endpoint(who, party.endpoint)
        if party.vat_number:
            yield from _vat_number(who, party)
    if invoice.iban and not iban.is_valid(invoice.iban):
        yield "provider", f"“{invoice.iban}” is not an IBAN: its check digits do not fit.", "Copy it from the bank’s letter."


def _vat_number(who: str, party: Party) -> Found:
    if not party.vat_number.startswith("GB"):
        yield who, f"The VAT number “{party.vat_number}” does not begin with GB.", "Write GB in front of it."
    elif not vat.is_valid(party.vat_number):
        yield who, f"“{party.vat_number}” is not a VAT number: its check digits do not fit.", "Copy it from the certificate."


def _endpoint(who: str, endpoint: Endpoint | None) -> Found:
    if endpoint is None:
        yield (who, "There is no address for electronic invoices (PEPPOL-R010, R020).",
               "Give “endpoint” under “einvoice”: a VAT number, a GLN or a DUNS number.")
        return
    checks: dict[Scheme, tuple[Callable[[str], bool], str]] = {
        Scheme.VAT: (_is_vat_address, "a VAT number that begins with GB and whose check digits fit"),
        Scheme.GLN: (_is_gln, "a GLN of 13 digits whose last is its check digit"),
        Scheme.DUNS: (lambda number: len(number) == DUNS_DIGITS and number.isascii() and number.isdigit(), "a DUNS number of nine digits"),
    }
    fits, wanted = checks[endpoint.scheme]
    if not fits(endpoint.number):
        yield who, f"The electronic address “{endpoint.number}” is not {wanted} (scheme {endpoint.scheme}).", "Ask whose address it is."


def _is_vat_address(number: str) -> bool:
    return number.startswith("GB") and bool(vat.is_valid(number))


def _is_gln(number: str) -> bool:
    try:
        return len(ean.validate(number)) == 13 and number.isdigit()
    except ValidationError:
        return False


def _lines(invoice: EInvoice) -> Found:
    if not invoice.lines:
        yield "lines", "It has no line (BR-16).", "Issue an invoice that asks for something."
    for n, line in enumerate(invoice.lines, start=1):
        for what, to_do in _line(invoice, line):
            yield f"line {n}", what, to_do


def _line(invoice: EInvoice, line: Line) -> Iterator[tuple[str, str]]:
    if not line.words.strip():
        yield "It does not say what it is for (BR-25).", "Give the plan line its words."
    if line.unit not in UNITS.values():
        yield f"“{line.unit}” is not a unit that is used here.", f"Use one of {', '.join(sorted(set(UNITS.values())))}."
    if line.price < 0:
        yield f"Its price, {line.price}, is below nil (BR-27).", "Make the quantity less than nil, or write a credit note."
    if not line.quantity:
        yield "Its quantity is nil.", "Leave the line out."
    elif (comes_to := line_at(line.price, line.quantity)) != Money(line.pence):
        yield (f"{line.quantity} at £{line.price} is {comes_to}, and it asks for {Money(line.pence)}.",
               "Correct the quantity, the price or the amount; a difference of a penny is a difference.")
    if line.period.first not in invoice.period or line.period.last not in invoice.period:
        yield f"It is for {line.period}, outside the invoice’s {invoice.period} (PEPPOL-R110).", "Widen the period of the invoice."


def _total(invoice: EInvoice) -> Found:
    lines = sum(line.pence for line in invoice.lines)
    if lines != invoice.total_pence:
        yield "total", f"Its lines add to {Money(lines)}, and its total is {Money(invoice.total_pence)}.", "Run: ringfence verify"
    if invoice.total_pence < 0:
        yield "total", f"It asks for {Money(invoice.total_pence)}, less than nil.", "Write a credit note, which says what is credited above nil."


def _letters(invoice: EInvoice) -> Found:
    for where, text in _texts(invoice):
        if bad := _NOT_IN_XML.search(text):
            yield where, f"It has a character that cannot stand in the file (U+{ord(bad[0]):04X}).", "Write it again without that character."


def _named(invoice: EInvoice, names: Collection[str]) -> Found:
    for where, text in _texts(invoice):
        for name in sorted(filter(None, names)):
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                yield where, "It names a person who is supported.", "Use the person’s reference: change the words of the plan line."


def _texts(invoice: EInvoice) -> Iterator[tuple[str, str]]:
    """Everything in words that goes into the file, with where it stands."""
    yield from (("number", invoice.number), ("note", invoice.note), ("buyer reference", invoice.buyer_reference),
                ("order number", invoice.order_number), ("contract", invoice.contract), ("VAT", invoice.reason),
                ("payment", invoice.payment_words))
    for who, party in (("provider", invoice.seller), ("payer", invoice.buyer)):
        yield from ((who, text) for text in (party.name, *party.address, party.registration))
    yield from ((f"line {n}", line.words) for n, line in enumerate(invoice.lines, start=1))


_CHECKS: tuple[Callable[[EInvoice], Found], ...] = (_heading, _vat, _parties, _lines, _total, _letters)
