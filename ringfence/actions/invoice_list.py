"""Issued invoices: the list of all of them, and one with its lines and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from basics.errors import InputError
from basics.people import Person
from basics.periods import Month, Period
from invoicing.invoice import Invoice
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import short_seal
from ringfence.documents.records import invoice_from_json
from ringfence.store import documents_issued, registry
from ringfence.store.documents_issued import ISSUE_HELD

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class IssuedInvoice:
    """An issued invoice in one line. `for_whom` is the person as we know them, how many people, or the instalment of a contract; `month` its
    month end, or, where it was held and issued between two of them, the month in which it was issued."""

    number: int
    payer: str
    for_whom: str
    period: Period
    issued_on: date
    due_on: date
    pence: int
    month: Month
    document_id: int
    was_held: bool = False


@dataclass(frozen=True)
class OpenedInvoice:
    """One invoice as it was issued, and who prepared and approved it."""

    row: IssuedInvoice
    record: Invoice
    prepared_by: str
    prepared_at: datetime
    approved_by: str
    approved_at: datetime
    seal: str


def list_invoices(acting: Acting) -> tuple[IssuedInvoice, ...]:
    """Every issued invoice, the latest first."""
    return _listed(acting, None)


def open_invoice(acting: Acting, number: int) -> OpenedInvoice:
    """One invoice with its lines. Raises `InputError` where no invoice has that number."""
    found = _listed(acting, number) if 0 < number <= LARGEST_NUMBER else ()
    if not found:
        raise InputError(f"There is no invoice {number}.", "Open one from the list of invoices.")
    with acting.reading() as connection:
        kept = documents_issued.document_with_history(connection, found[0].document_id)
    assert kept is not None, "an issued invoice has its document"
    return OpenedInvoice(found[0], invoice_from_json(kept.record), kept.prepared_by, datetime.fromisoformat(kept.recorded_at),
                         kept.approved_by, datetime.fromisoformat(kept.approved_at), short_seal(kept.seal))


def _listed(acting: Acting, number: int | None) -> tuple[IssuedInvoice, ...]:
    with acting.reading() as connection:
        people = registry.people(connection)
        payers = {key: one.name for key, one in registry.funders(connection).items()}
        return tuple(_issued(row, people, payers) for row in documents_issued.invoices(connection, number))


def _issued(row: Row[Any], people: Mapping[str, Person], payers: Mapping[str, str]) -> IssuedInvoice:
    for_whom = f"{row.contract}, instalment {row.instalment}" if row.contract else _person(people, row.person, row.funds)
    was_held, issued_on = row.batch.startswith(f"{ISSUE_HELD} "), date.fromisoformat(row.issued_on)
    return IssuedInvoice(
        row.number, payers[row.funder], for_whom, Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on)),
        issued_on, date.fromisoformat(row.due_on), row.pence, Month.of(issued_on) if was_held else Month.parse(row.batch.split()[1]),
        row.document_id, was_held)


def _person(people: Mapping[str, Person], key: str | None, funds: int | None) -> str:
    if not key:
        return f"{funds} people" if funds and funds > 1 else ""
    return f"{people[key].known_as} ({key})"
