"""An electronic invoice or credit note as UBL 2.1, by EN 16931 and Peppol BIS Billing 3.0. Format: docs/formats/einvoice.md.

Nothing is checked here: `invoicing.einvoice_rules` has looked first. The same invoice gives the same bytes.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from basics.money import Money
from invoicing.einvoice import Category, EInvoice, Kind, Line, Party

CUSTOMISATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
CURRENCY, COUNTRY = "GBP", "GB"
CREDIT_TRANSFER = "30"
REGISTERED_LINES = 2
"""Lines of an address that have elements of their own; what remains is one further line."""

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_CAC, _CBC = f"{_UBL}:CommonAggregateComponents-2", f"{_UBL}:CommonBasicComponents-2"


def ubl(invoice: EInvoice) -> bytes:
    """The file, in UTF-8. Elements stand in the order of the schema; none is empty."""
    name = "Invoice" if invoice.kind is Kind.INVOICE else "CreditNote"
    root = etree.Element(f"{{{_UBL}:{name}-2}}{name}", nsmap={None: f"{_UBL}:{name}-2", "cac": _CAC, "cbc": _CBC})
    _heading(root, invoice, name)
    _references(root, invoice)
    _party(_group(root, "AccountingSupplierParty", "Party"), invoice.seller, invoice.category)
    _party(_group(root, "AccountingCustomerParty", "Party"), invoice.buyer, invoice.category)
    _payment(root, invoice)
    _totals(root, invoice)
    for n, line in enumerate(invoice.lines, start=1):
        _line(_group(root, f"{name}Line"), invoice, n, line)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _heading(root: Any, invoice: EInvoice, name: str) -> None:
    _text(root, "CustomizationID", CUSTOMISATION)
    _text(root, "ProfileID", PROFILE)
    _text(root, "ID", invoice.number)
    _text(root, "IssueDate", invoice.issued_on.isoformat())
    if invoice.kind is Kind.INVOICE:
        _text(root, "DueDate", invoice.due_on.isoformat())
    _text(root, f"{name}TypeCode", invoice.kind)
    _text(root, "Note", invoice.note)
    _text(root, "DocumentCurrencyCode", CURRENCY)
    _text(root, "BuyerReference", invoice.buyer_reference)


def _references(root: Any, invoice: EInvoice) -> None:
    period = _group(root, "InvoicePeriod")
    _text(period, "StartDate", invoice.period.first.isoformat())
    _text(period, "EndDate", invoice.period.last.isoformat())
    if invoice.order_number:
        _text(_group(root, "OrderReference"), "ID", invoice.order_number)
    if invoice.before is not None:
        before = _group(root, "BillingReference", "InvoiceDocumentReference")
        _text(before, "ID", invoice.before.number)
        _text(before, "IssueDate", invoice.before.issued_on.isoformat())
    if invoice.contract:
        _text(_group(root, "ContractDocumentReference"), "ID", invoice.contract)


def _party(party: Any, who: Party, category: Category | None) -> None:
    if who.endpoint is not None:
        _text(party, "EndpointID", who.endpoint.number, schemeID=who.endpoint.scheme)
    _text(_group(party, "PartyName"), "Name", who.name)
    address = _group(party, "PostalAddress")
    for element, line in zip(("StreetName", "AdditionalStreetName"), who.address, strict=False):
        _text(address, element, line)
    if rest := ", ".join(who.address[REGISTERED_LINES:]):
        _text(_group(address, "AddressLine"), "Line", rest)
    _text(_group(address, "Country"), "IdentificationCode", COUNTRY)
    if who.vat_number and category is not Category.OUTSIDE:
        tax = _group(party, "PartyTaxScheme")
        _text(tax, "CompanyID", who.vat_number)
        _text(_group(tax, "TaxScheme"), "ID", "VAT")
    legal = _group(party, "PartyLegalEntity")
    _text(legal, "RegistrationName", who.name)
    _text(legal, "CompanyID", who.registration)


def _payment(root: Any, invoice: EInvoice) -> None:
    if invoice.iban:
        means = _group(root, "PaymentMeans")
        _text(means, "PaymentMeansCode", CREDIT_TRANSFER)
        _text(means, "PaymentID", invoice.number)
        _text(_group(means, "PayeeFinancialAccount"), "ID", invoice.iban)
    if invoice.payment_words:
        _text(_group(root, "PaymentTerms"), "Note", invoice.payment_words)


def _totals(root: Any, invoice: EInvoice) -> None:
    tax = _group(root, "TaxTotal")
    _money(tax, "TaxAmount", 0)
    part = _group(tax, "TaxSubtotal")
    _money(part, "TaxableAmount", invoice.total_pence)
    _money(part, "TaxAmount", 0)
    _category(part, "TaxCategory", invoice.category, invoice.reason)
    total = _group(root, "LegalMonetaryTotal")
    for element in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"):
        _money(total, element, invoice.total_pence)


def _line(element: Any, invoice: EInvoice, n: int, line: Line) -> None:
    _text(element, "ID", str(n))
    quantity = "InvoicedQuantity" if invoice.kind is Kind.INVOICE else "CreditedQuantity"
    _text(element, quantity, f"{line.quantity:f}", unitCode=line.unit)
    _money(element, "LineExtensionAmount", line.pence)
    period = _group(element, "InvoicePeriod")
    _text(period, "StartDate", line.period.first.isoformat())
    _text(period, "EndDate", line.period.last.isoformat())
    item = _group(element, "Item")
    _text(item, "Name", line.words)
    _category(item, "ClassifiedTaxCategory", invoice.category)
    _text(_group(element, "Price"), "PriceAmount", f"{line.price:f}", currencyID=CURRENCY)


def _category(parent: Any, element: str, category: Category | None, reason: str = "") -> None:
    """How VAT stands: outside the scope there is no percentage, not even nil."""
    group = _group(parent, element)
    _text(group, "ID", category or "")
    if category is Category.EXEMPT:
        _text(group, "Percent", "0")
    _text(group, "TaxExemptionReason", reason)
    _text(_group(group, "TaxScheme"), "ID", "VAT")


def _group(parent: Any, *names: str) -> Any:
    for name in names:
        parent = etree.SubElement(parent, f"{{{_CAC}}}{name}")
    return parent


def _text(parent: Any, name: str, text: str, **attributes: str) -> None:
    """An element with words in it; where there are none, no element."""
    if text:
        etree.SubElement(parent, f"{{{_CBC}}}{name}", attributes).text = text


def _money(parent: Any, name: str, pence: int) -> None:
    _text(parent, name, Money(pence).plain, currencyID=CURRENCY)
