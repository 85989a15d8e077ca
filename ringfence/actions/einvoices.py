"""Electronic invoices to organisations: from the frozen invoice, by our own check first, and then by the official one where it is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from basics.errors import Problem
from basics.people import Person
from basics.periods import Period
from invoicing.einvoice import Category, EInvoice, Endpoint, Kind, Party, Scheme
from invoicing.einvoice_rules import problems
from ringfence.actions.invoices_out import Leaving, names_of, unnamed, without_names
from ringfence.documents.csv_out import OutFile
from ringfence.documents.einvoice import ubl
from ringfence.documents.einvoice_official import HOW_TO_INSTALL, is_installed, official_findings
from ringfence.documents.invoice_words import adjusted_note
from ringfence.store import registry, terms_kept

NOT_CHECKED = Problem("the official check", "It was not made: its rules are not installed. Our own check found nothing.", HOW_TO_INSTALL)


_FROZEN = ("VAT", "line", "total", "number", "due")
"""Where a problem stands in what was frozen when the invoice was issued."""
_AS_IT_IS = "This one is issued and stays as it is: send it as a PDF."


@dataclass(frozen=True)
class SetAside:
    """An invoice or credit note that cannot be written, with everything that is found of it. What a credit note takes off is below nil."""

    number: str
    pence: int
    problems: tuple[Problem, ...]


class Written(NamedTuple):
    """Each invoice with its file, those that were set aside, and what to tell."""

    files: list[tuple[Leaving, OutFile]]
    aside: list[SetAside]
    notes: list[Problem]


@dataclass(frozen=True)
class _Known:
    provider: Mapping[str, Any]
    payers: Mapping[str, Mapping[str, Any]]
    people: Mapping[str, Person]
    tells_kinds_apart: bool
    """Whether terms tell kinds of support apart for VAT: then what is outside its scope is meant so, though the provider is registered."""


def einvoice_files(connection: Connection, invoices: Sequence[Leaving]) -> Written:
    """A file for each invoice to an organisation. One of which our own check, or then the official one, finds something is set aside with
    all of it, and keeps none of the others from going out."""
    known = _Known(registry.provider(connection), registry.body_of_funder(connection), registry.people(connection),
                   any(each.vat_by_support for each in terms_kept.all_terms(connection)))
    written, aside = list[tuple[Leaving, OutFile]](), list[SetAside]()
    for each in (one for one in invoices if not one.is_to_a_person):
        invoice = _einvoice(known, each)
        if found := problems(invoice, names_of(known.people, each.people)):
            aside.append(SetAside(invoice.number, _signed(invoice), tuple(map(_of_issued, found))))
        else:
            written.append((each, OutFile(_name(invoice), ubl(invoice), len(invoice.lines), 1, _signed(invoice))))
    if not written or not is_installed():
        return Written(written, aside, [NOT_CHECKED] if written else [])
    findings = official_findings([file.content for _, file in written])
    aside += [SetAside(each.number, file.pence, tuple(Problem(file.name, one, "Tell us: our own check should have found it first.") for one in found))
              for (each, file), found in zip(written, findings, strict=True) if found]
    return Written([one for one, found in zip(written, findings, strict=True) if not found], aside, [])


def _of_issued(found: Problem) -> Problem:
    """A problem of an issued invoice: what it says of itself stays as it was issued, and only what is known of the parties can be given."""
    frozen = found.place.split(", ")[-1].startswith(_FROZEN)
    return Problem(found.place, found.what, f"For later invoices: {found.to_do} {_AS_IT_IS}" if frozen else found.to_do)


def _einvoice(known: _Known, each: Leaving) -> EInvoice:
    record, row = each.record, each.row
    ours, theirs = known.provider.get("einvoice", {}), known.payers.get(row.funder, {}).get("einvoice", {})
    first = min([each.period.first, *(line.period.first for line in each.lines)])
    last = max([each.period.last, *(line.period.last for line in each.lines)])
    return EInvoice(
        kind=each.kind, number=each.number, issued_on=date.fromisoformat(row.issued_on), due_on=date.fromisoformat(row.due_on),
        period=Period(first, last),
        seller=Party(record.provider, record.provider_address, _endpoint(ours), _vat_number(known, each, ours), ours.get("registration", "")),
        buyer=Party(record.bill_to, record.bill_to_address, _endpoint(theirs)), category=each.category, reason=each.vat_reason,
        lines=unnamed(each, known.people), total_pence=record.total_pence, note=_note(known, each),
        buyer_reference=theirs.get("buyer_reference", ""),
        order_number=record.order_number, contract=row.contract or "", before=each.before,
        payment_words="; ".join(record.pay_to), iban=ours.get("iban", ""))


def _vat_number(known: _Known, each: Leaving, ours: Mapping[str, Any]) -> str:
    """What is outside the scope of VAT may not bear the provider’s number (BR-O-02), though what it asks for otherwise does."""
    return "" if each.category is Category.OUTSIDE and known.tells_kinds_apart else str(ours.get("vat_number", ""))


def _note(known: _Known, each: Leaving) -> str:
    """For whom it is, and what is put right of periods that were billed before, with a reference wherever the reason names somebody."""
    adjusted = without_names(adjusted_note(each.record), names_of(known.people, each.people))
    return ". ".join(filter(None, (each.record.person_words, adjusted)))


def _name(invoice: EInvoice) -> str:
    return f"{'einvoice' if invoice.kind is Kind.INVOICE else 'ecredit'}-{invoice.number}.xml"


def _signed(invoice: EInvoice) -> int:
    """What a credit note takes off is below nil in the control file."""
    return invoice.total_pence if invoice.kind is Kind.INVOICE else -invoice.total_pence


def _endpoint(said: Mapping[str, Any]) -> Endpoint | None:
    found = said.get("endpoint")
    return Endpoint(Scheme[found["scheme"]], found["number"]) if found else None
