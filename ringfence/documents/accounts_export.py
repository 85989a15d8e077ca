"""Invoices, receipts and entries as other accounting programs take them: Xero, Sage 50, QuickBooks Online, and a plain journal.

Columns and their order are those of each program’s import (docs/exports.md). No VAT is charged on any line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from basics.errors import Problem
from basics.money import Money
from basics.periods import day_in_figures
from invoicing.einvoice import Category, Line
from ringfence.documents.csv_out import WINDOWS, OutFile, csv_file, in_windows, said

XERO = ("*ContactName", "EmailAddress", "POAddressLine1", "POAddressLine2", "POAddressLine3", "POAddressLine4", "POCity", "PORegion",
        "POPostalCode", "POCountry", "*InvoiceNumber", "Reference", "*InvoiceDate", "*DueDate", "InventoryItemCode", "*Description", "*Quantity",
        "*UnitAmount", "Discount", "*AccountCode", "*TaxType", "TrackingName1", "TrackingOption1", "TrackingName2", "TrackingOption2", "Currency",
        "BrandingTheme")
SAGE = ("Type", "Account Reference", "Nominal A/C Ref", "Department Code", "Date", "Reference", "Details", "Net Amount", "Tax Code", "Tax Amount",
        "Exchange Rate", "Extra Reference", "User Name", "Project Refn", "Cost Code Refn")
QUICKBOOKS = ("*InvoiceNo", "*Customer", "*InvoiceDate", "*DueDate", "Terms", "Location", "Memo", "Item(Product/Service)", "ItemDescription",
              "ItemQuantity", "ItemRate", "*ItemAmount", "*ItemTaxCode", "ItemTaxAmount", "Currency", "Service Date")
JOURNAL = ("Date", "Reference", "Fund", "Account", "Code", "Payer", "Debit", "Credit", "Words")

XERO_TAX = {Category.EXEMPT: "Exempt Income", Category.OUTSIDE: "No VAT"}
SAGE_TAX = {Category.EXEMPT: "T2", Category.OUTSIDE: "T9"}
QUICKBOOKS_TAX = {Category.EXEMPT: "Exempt", Category.OUTSIDE: "No VAT"}
SAGE_ACCOUNT, SAGE_REFERENCE, SAGE_DETAILS = 8, 30, 60
INVOICES_IN_A_XERO_FILE = 500
CURRENCY, NIL = "GBP", "0.00"


@dataclass(frozen=True)
class InvoiceOut:
    """One invoice as the provider’s accounts know it: `payer` is their word for who pays, `reference` the order number, or what it is about."""

    number: str
    payer: str
    account: str
    issued_on: date
    due_on: date
    reference: str
    category: Category
    lines: tuple[Line, ...]
    pence: int


@dataclass(frozen=True)
class ReceiptOut:
    """What a payer paid, by one bank line, for one fund."""

    account: str
    on: date
    line: str
    fund: str
    pence: int


@dataclass(frozen=True)
class EntryOut:
    """One side of an entry: which account of the fund, its code, and debit (above nil) or credit (below)."""

    on: date
    reference: str
    fund: str
    account: str
    code: str
    payer: str
    pence: int
    words: str


def xero(stem: str, invoices: Sequence[InvoiceOut], code: str) -> list[OutFile]:
    """Sales invoices for Xero, 500 in a file at most."""
    parts = [invoices[n:n + INVOICES_IN_A_XERO_FILE] for n in range(0, len(invoices), INVOICES_IN_A_XERO_FILE)]
    return [_of_invoices(f"{stem}-{n}.csv", XERO, part, [_xero(each, line, code) for each in part for line in each.lines])
            for n, part in enumerate(parts, start=1)]


def quickbooks(stem: str, invoices: Sequence[InvoiceOut], code: str) -> list[OutFile]:
    """Sales invoices for QuickBooks Online. `code` is the product or service that support is sold as."""
    return [_of_invoices(f"{stem}.csv", QUICKBOOKS, invoices, [_quickbooks(each, line, code) for each in invoices for line in each.lines])]


def sage(stem: str, invoices: Sequence[InvoiceOut], receipts: Sequence[ReceiptOut], *, income: str, bank: str) -> tuple[list[OutFile], list[Problem]]:
    """Sage 50’s audit trail: an SI for each invoice (an SC where it asks for less than nil) and an SA for each receipt, in files of their own.

    Every letter that Windows-1252 does not have is named.
    """
    notes: list[Problem] = []

    def letters(row: tuple[str, ...], place: str) -> tuple[str, ...]:
        written, problems = zip(*(in_windows(cell, place) for cell in row), strict=True)
        notes.extend(problem for found in problems for problem in found)
        return written

    sold = [letters(_sage_invoice(each, income), f"invoice {each.number}") for each in invoices]
    paid = [letters(_sage_receipt(each, bank), f"bank line {each.line}") for each in receipts]
    files = [csv_file(f"{stem}-invoices.csv", SAGE, sold, documents=len(invoices), pence=sum(each.pence for each in invoices), encoding=WINDOWS),
             csv_file(f"{stem}-receipts.csv", SAGE, paid, documents=len(receipts), pence=sum(each.pence for each in receipts), encoding=WINDOWS)]
    return [each for each in files if each.rows], list(dict.fromkeys(notes))


def journal(name: str, sides: Sequence[EntryOut]) -> OutFile:
    """A journal of debits and credits; its sum is what was debited, which is what was credited."""
    rows = ((each.on.isoformat(), said(each.reference), said(each.fund), said(each.account), said(each.code), said(each.payer),
             Money(each.pence).plain if each.pence > 0 else "", Money(-each.pence).plain if each.pence < 0 else "", said(each.words))
            for each in sides)
    return csv_file(name, JOURNAL, rows, documents=len({each.reference for each in sides}), pence=sum(each.pence for each in sides if each.pence > 0))


def _of_invoices(name: str, headings: Sequence[str], invoices: Sequence[InvoiceOut], rows: Sequence[Sequence[str]]) -> OutFile:
    return csv_file(name, headings, rows, documents=len(invoices), pence=sum(each.pence for each in invoices))


def _xero(each: InvoiceOut, line: Line, code: str) -> Sequence[str]:
    told = {"*ContactName": said(each.payer), "*InvoiceNumber": said(each.number), "Reference": said(each.reference),
            "*InvoiceDate": day_in_figures(each.issued_on), "*DueDate": day_in_figures(each.due_on), "*Description": said(line.words),
            "*Quantity": f"{line.quantity:f}", "*UnitAmount": f"{line.price:f}", "*AccountCode": said(code), "*TaxType": XERO_TAX[each.category],
            "Currency": CURRENCY}
    return [told.get(heading, "") for heading in XERO]


def _quickbooks(each: InvoiceOut, line: Line, code: str) -> Sequence[str]:
    told = {"*InvoiceNo": said(each.number), "*Customer": said(each.payer), "*InvoiceDate": day_in_figures(each.issued_on),
            "*DueDate": day_in_figures(each.due_on), "Memo": said(each.reference), "Item(Product/Service)": said(code),
            "ItemDescription": said(line.words), "ItemQuantity": f"{line.quantity:f}", "ItemRate": f"{line.price:f}",
            "*ItemAmount": Money(line.pence).plain, "*ItemTaxCode": QUICKBOOKS_TAX[each.category], "ItemTaxAmount": NIL, "Currency": CURRENCY,
            "Service Date": day_in_figures(line.period.first)}
    return [told.get(heading, "") for heading in QUICKBOOKS]


def _sage_invoice(each: InvoiceOut, income: str) -> tuple[str, ...]:
    kind = "SI" if each.pence >= 0 else "SC"
    return _sage(kind, each.account, income, each.issued_on, each.number, f"Support, {each.reference}", each.pence, SAGE_TAX[each.category],
                 each.reference)


def _sage_receipt(each: ReceiptOut, bank: str) -> tuple[str, ...]:
    return _sage("SA", each.account, bank, each.on, each.line, f"Paid for {each.fund}", each.pence, SAGE_TAX[Category.OUTSIDE], each.fund)


def _sage(kind: str, account: str, nominal: str, on: date, reference: str, details: str, pence: int, tax: str, extra: str) -> tuple[str, ...]:
    return (kind, said(account), said(nominal), "", day_in_figures(on), said(reference, SAGE_REFERENCE), said(details, SAGE_DETAILS),
            Money(abs(pence)).plain, tax, NIL, "1", said(extra, SAGE_REFERENCE), "", "", "")
