"""The file of `ringfence record`: what one person may note of a fund by themselves. Format: docs/formats/record.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ringfence.importing.apply_checks import Sections, each_item_once
from ringfence.importing.apply_file import SaidFile, Written, parse_sections
from ringfence.importing.fact_items import FactItem
from ringfence.importing.fact_items_absences import AbsenceSaid
from ringfence.importing.fact_items_bank import BankColumns, Remittance
from ringfence.importing.fact_items_debts import InvoiceQuery, InvoiceSent, LatePaymentClaimed, PaymentHold, ReminderSent
from ringfence.importing.fact_items_forms import StatementForm
from ringfence.importing.fact_items_plan import OutcomeFound
from ringfence.importing.fact_items_reviews import Review
from ringfence.importing.fact_items_spending import PurchaseItem, Worry
from ringfence.importing.fact_items_splits import MethodAgreed, SumApproved
from ringfence.importing.fact_items_support import SupportReason
from ringfence.importing.problems import Finding
from ringfence.importing.yaml_text import read_yaml_text

RECORDS: Mapping[str, type[FactItem]] = {
    "reviews": Review, "outcomes_found": OutcomeFound, "purchases": PurchaseItem, "worries": Worry,
    "methods_agreed": MethodAgreed,
    "sums_approved": SumApproved,
    "bank_columns": BankColumns, "remittances": Remittance,
    "support_reasons": SupportReason, "absences": AbsenceSaid, "statement_forms": StatementForm,
    "invoices_sent": InvoiceSent, "invoice_queries": InvoiceQuery, "payment_holds": PaymentHold, "reminders_sent": ReminderSent,
    "late_payment_claims": LatePaymentClaimed,
}


class RecordFile(SaidFile):
    """Everything that one such file says."""

    reviews: tuple[Review, ...] = ()
    outcomes_found: tuple[OutcomeFound, ...] = ()
    purchases: tuple[PurchaseItem, ...] = ()
    worries: tuple[Worry, ...] = ()
    methods_agreed: tuple[MethodAgreed, ...] = ()
    sums_approved: tuple[SumApproved, ...] = ()
    bank_columns: tuple[BankColumns, ...] = ()
    remittances: tuple[Remittance, ...] = ()
    support_reasons: tuple[SupportReason, ...] = ()
    absences: tuple[AbsenceSaid, ...] = ()
    statement_forms: tuple[StatementForm, ...] = ()
    invoices_sent: tuple[InvoiceSent, ...] = ()
    invoice_queries: tuple[InvoiceQuery, ...] = ()
    payment_holds: tuple[PaymentHold, ...] = ()
    reminders_sent: tuple[ReminderSent, ...] = ()
    late_payment_claims: tuple[LatePaymentClaimed, ...] = ()


def read_record(path: Path) -> RecordFile:
    """Read and check a file. Raises `Refused` with every problem of it, or `InputError` where it is not YAML at all."""
    text = read_yaml_text(path)
    return parse_sections(Written(text.name, text.data, text.lines), RecordFile, RECORDS, _once)


def parse_record(data: Mapping[str, object], place: str) -> RecordFile:
    """The same for what code has built."""
    return parse_sections(Written(place, data), RecordFile, RECORDS, _once)


def _once(sections: Sections) -> Iterator[Finding]:
    return each_item_once(sections)
