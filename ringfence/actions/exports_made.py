"""What each kind of export holds: which rows of the books, in which files. Nothing is recorded here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError, Problem, Refused
from basics.people import Person
from basics.periods import LONDON, Period
from invoicing.einvoice import Kind, Line
from invoicing.payer_rules import PayerRules
from isf.nominal import Nominal
from ringfence.actions.einvoices import SetAside, einvoice_files
from ringfence.actions.invoices_out import Leaving, leaving, unnamed
from ringfence.actions.nominal_codes import needed
from ringfence.documents import accounts_export
from ringfence.documents.accounts_export import SAGE_ACCOUNT, EntryOut, InvoiceOut, ReceiptOut
from ringfence.documents.csv_out import OutFile
from ringfence.documents.delivery_export import About, VisitOut, delivery_file
from ringfence.store import outgoing, registry, terms_kept

BY_DELIVERY = "delivery"
CREDIT_NUMBER = "CN-"
"""In front of the number of a credit note: accounting programs keep the numbers of both in one list."""


class Export(StrEnum):
    """What can go out."""

    XERO = "xero"
    SAGE = "sage"
    QUICKBOOKS = "quickbooks"
    JOURNAL = "journal"
    DELIVERY = "delivery"
    EINVOICE = "einvoice"


@dataclass(frozen=True)
class Asked:
    """What somebody asks for. `funder` is whose delivery file it is; `names` puts names of people and payers where references stand."""

    kind: Export
    period: Period
    funder: str = ""
    names: bool = False


@dataclass(frozen=True)
class Known:
    """What an export takes from elsewhere, kept with it so that the same files can be made again."""

    codes: Mapping[Nominal, str]
    accounts: Mapping[str, str]
    """How the provider’s accounts know each payer."""
    on: date
    n: int


@dataclass(frozen=True)
class Made:
    """The files, the ids of the rows that they hold by table, what to tell, and how many rows were left out because they were not wanted;
    `withdrawn` names those of them that have been withdrawn since. `aside` is what was wanted and cannot be written: no file holds it."""

    files: list[OutFile]
    covered: dict[str, list[int]]
    notes: list[Problem] = field(default_factory=list)
    before: int = 0
    withdrawn: list[Problem] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)


Wanted = Callable[[str, int], bool]
"""Whether a row of a table, by its id, is to go out."""


def make(connection: Connection, asked: Asked, known: Known, wanted: Wanted) -> Made:
    """Everything of the period that is wanted. Raises `Refused` or `InputError` where something is missing that the other system needs."""
    makers = {Export.JOURNAL: _journal, Export.DELIVERY: _delivery, Export.EINVOICE: _einvoice}
    return makers.get(asked.kind, _accounts)(connection, asked, known, wanted)


def accounts_of_payers(connection: Connection) -> dict[str, str]:
    """How the provider’s accounts know each payer: by a reference of their own where one was given."""
    said = registry.body_of_funder(connection)
    return {payer: said.get(payer, {}).get("accounts_reference", payer) for payer in registry.funders(connection)}


def stem(asked: Asked, n: int) -> str:
    return f"{asked.kind}-{n:04d}"


def _accounts(connection: Connection, asked: Asked, known: Known, wanted: Wanted) -> Made:
    found = leaving(connection, asked.period)
    chosen = [each for each in found if wanted(each.table, each.row.id)]
    people = registry.people(connection)
    invoices = [_invoice(each, asked, known, people) for each in chosen]
    covered, before = _by_table(chosen), len(found) - len(chosen)
    if asked.kind is Export.SAGE:
        return _sage(connection, asked, known, wanted, invoices, covered, before)
    write = accounts_export.xero if asked.kind is Export.XERO else accounts_export.quickbooks
    return Made(write(stem(asked, known.n), invoices, _code(asked, known, Nominal.INCOME)) if invoices else [], covered, before=before)


def _sage(connection: Connection, asked: Asked, known: Known, wanted: Wanted, invoices: list[InvoiceOut], covered: dict[str, list[int]],
          before: int) -> Made:
    rows = outgoing.receipts(connection, asked.period.first, asked.period.last)
    chosen = [row for row in rows if wanted("entry", row.id)]
    receipts = [ReceiptOut(known.accounts[row.funder], date.fromisoformat(row.posted_on), row.line, row.fund, row.amount) for row in chosen]
    accounts = [account for account, held in ((Nominal.INCOME, invoices), (Nominal.BANK, receipts)) if held]
    codes = needed(known.codes, accounts, asked.period.last)
    _short_enough({*(each.account for each in invoices), *(each.account for each in receipts)})
    files, notes = accounts_export.sage(stem(asked, known.n), invoices, receipts, income=codes.get(Nominal.INCOME, ""),
                                        bank=codes.get(Nominal.BANK, ""))
    return Made(files, covered | {"entry": [row.id for row in chosen]}, notes, before + len(rows) - len(chosen))


def _by_table(chosen: Collection[Leaving]) -> dict[str, list[int]]:
    return {table: [each.row.id for each in chosen if each.table == table] for table in dict.fromkeys(each.table for each in chosen)}


def _short_enough(accounts: Collection[str]) -> None:
    long = sorted(each for each in accounts if len(each) > SAGE_ACCOUNT)
    if long:
        raise Refused("Sage takes 8 characters for an account, so nothing was written:", [
            Problem(f"payer {each}", f"“{each}” has {len(each)}.", "Give the funder a shorter reference in the accounts, in an apply file.")
            for each in long])


def _invoice(each: Leaving, asked: Asked, known: Known, people: Mapping[str, Person]) -> InvoiceOut:
    credit = each.kind is Kind.CREDIT_NOTE
    number = f"{CREDIT_NUMBER if credit else ''}{each.number}"
    if each.category is None:
        raise InputError(f"Invoice {number} does not say how VAT stands.", "Enter it by hand, or leave its days out.")
    account = known.accounts[each.row.funder]
    lines = each.lines if asked.names else unnamed(each, people)
    return InvoiceOut(number, each.record.bill_to if asked.names else account, account, date.fromisoformat(each.row.issued_on),
                      date.fromisoformat(each.row.due_on), each.record.order_number or each.about, each.category,
                      tuple(map(_taken_off, lines)) if credit else lines, -each.record.total_pence if credit else each.record.total_pence)


def _taken_off(line: Line) -> Line:
    """A line of a credit note as a line of an invoice below nil."""
    return replace(line, quantity=-line.quantity, pence=-line.pence)


def _journal(connection: Connection, asked: Asked, known: Known, wanted: Wanted) -> Made:
    rows = outgoing.entries(connection, asked.period.first, asked.period.last)
    chosen = [row for row in rows if wanted("entry", row.id)]
    codes = needed(known.codes, sorted({Nominal(role) for row in chosen for role in (row.debit_role, row.credit_role)}), asked.period.last)
    sides = [EntryOut(date.fromisoformat(row.posted_on), f"E{row.id}", row.fund, role, codes[Nominal(role)], known.accounts.get(payer or "", ""),
                      sign * row.amount, f"{row.kind}, {row.happened_on}")
             for row in chosen
             for sign, role, payer in ((1, row.debit_role, row.debit_payer), (-1, row.credit_role, row.credit_payer))]
    files = [accounts_export.journal(f"{stem(asked, known.n)}.csv", sides)] if sides else []
    return Made(files, {"entry": [row.id for row in chosen]}, before=len(rows) - len(chosen))


def _einvoice(connection: Connection, asked: Asked, _known: Known, wanted: Wanted) -> Made:
    found = [each for each in leaving(connection, asked.period) if not each.is_to_a_person]
    chosen = [each for each in found if wanted(each.table, each.row.id)]
    written = einvoice_files(connection, chosen)
    return Made([file for _, file in written.files], _by_table([each for each, _ in written.files]), written.notes, len(found) - len(chosen),
                aside=written.aside)


def _delivery(connection: Connection, asked: Asked, known: Known, wanted: Wanted) -> Made:
    """Support that this payer pays for. What was withdrawn after it was sent is told: the file has no row that takes one back."""
    if asked.funder not in known.accounts:
        raise InputError(f"“{asked.funder}” is not a payer here." if asked.funder else "A delivery file goes to one payer, and none is named.",
                         f"Name one with --funder: {', '.join(sorted(known.accounts))}.")
    rows = outgoing.charges(connection, asked.funder, asked.period.first, asked.period.last)
    chosen = [row for row in rows if wanted("charge", row.event_id) and row.withdrawn is None]
    people, seen = registry.people(connection), dict[tuple[str, str | None], list[str]]()
    contracts = outgoing.contracts_of(connection, asked.funder)
    for row in chosen:
        seen.setdefault((row.visit, row.person), []).append(row.carer)
    rules = PayerRules(terms_kept.orders(connection), terms_kept.known_as(connection))
    visit = partial(_visit, people=people if asked.names else {}, carers=seen, contracts=contracts, rules=rules, payer=asked.funder)
    about = About(stem(asked, known.n), f"Support given, {asked.period}", known.on, registry.provider(connection)["name"])
    gone = [Problem(f"visit {row.visit}", "It was sent before and has been withdrawn since.", "Tell the payer: the file cannot take a visit back.")
            for row in rows if row.withdrawn is not None and not wanted("charge", row.event_id)]
    files = [delivery_file(f"{stem(asked, known.n)}.csv", about, [visit(row) for row in chosen])] if chosen else []
    before = sum(not wanted("charge", row.event_id) for row in rows)
    return Made(files, {"charge": [row.event_id for row in chosen]}, before=before, withdrawn=gone)


def _visit(row: Row[Any], *, people: Mapping[str, Person], carers: Mapping[tuple[str, str | None], list[str]],
           contracts: Mapping[str, str], rules: PayerRules, payer: str) -> VisitOut:
    """One row. A person stands as the payer knows them, where that is known; support under an order with that order’s number."""
    came, day = list(dict.fromkeys(carers[row.visit, row.person])), date.fromisoformat(row.support_on)
    return VisitOut(
        contract=rules.number(row.fund, payer, day) or contracts.get(row.fund, ""),
        person=rules.reference(row.fund, payer) or row.person or "", name=people[row.person].name if row.person in people else "",
        reference=row.visit,
        on=day, starts_at=datetime.fromisoformat(row.starts_at).astimezone(LONDON) if row.starts_at else None,
        minutes=row.actual_minutes, charged_minutes=row.minutes, pence=row.pence if row.how == BY_DELIVERY else 0, support=row.support_type,
        first=row.carer == came[0], carers=len(came))


def _code(asked: Asked, known: Known, account: Nominal) -> str:
    return needed(known.codes, [account], asked.period.last)[account]
