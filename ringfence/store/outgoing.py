"""What goes out to other systems, read from the books: invoices and credit notes with their lines, receipts, entries and charges."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from isf.accounts import OriginKind
from ringfence.store import credits
from ringfence.store.schema import (
    account,
    charge,
    contract,
    credit_line,
    credit_note,
    delivery,
    document,
    entry,
    event,
    fund,
    funder,
    funding,
    invoice,
    invoice_line,
    origin,
    person,
    plan_line,
    rate,
    schedule_row,
    withdrawal,
)

INVOICE, CREDIT_NOTE = "invoice", "credit_note"


def invoices(connection: Connection, first: date, last: date) -> list[Row[Any]]:
    """Every invoice that was issued on these days with its payer, its frozen record, and its person or contract, by number."""
    query = (
        select(invoice.c.id, invoice.c.number, invoice.c.issued_on, invoice.c.due_on, invoice.c.from_on, invoice.c.to_on, invoice.c.pence,
               funder.c.reference.label("funder"), funder.c.kind, person.c.reference.label("person"), contract.c.reference.label("contract"),
               document.c.record)
        .join(funder, funder.c.id == invoice.c.funder_id).join(document, (document.c.invoice_id == invoice.c.id) & (document.c.kind == INVOICE))
        .outerjoin(person, person.c.id == invoice.c.person_id).outerjoin(contract, contract.c.id == invoice.c.contract_id)
        .where(_between(invoice.c.issued_on, first, last)).order_by(invoice.c.number)
    )
    return list(connection.execute(query))


def credit_notes(connection: Connection, first: date, last: date) -> list[Row[Any]]:
    """Every credit note that was issued on these days, in the same way, with the invoice that it credits and that invoice’s day."""
    query = (
        select(credit_note.c.id, credit_note.c.number, credit_note.c.issued_on, invoice.c.due_on, invoice.c.from_on, invoice.c.to_on,
               credit_note.c.pence, funder.c.reference.label("funder"), funder.c.kind, person.c.reference.label("person"),
               contract.c.reference.label("contract"), document.c.record, invoice.c.number.label("invoice"),
               invoice.c.issued_on.label("invoiced_on"))
        .join(invoice, invoice.c.id == credit_note.c.invoice_id).join(funder, funder.c.id == invoice.c.funder_id)
        .join(document, document.c.key == credits.KEY + func.cast(credit_note.c.number, document.c.key.type))
        .outerjoin(person, person.c.id == invoice.c.person_id).outerjoin(contract, contract.c.id == invoice.c.contract_id)
        .where(_between(credit_note.c.issued_on, first, last)).order_by(credit_note.c.number)
    )
    return list(connection.execute(query))


def issued(connection: Connection) -> list[tuple[str, int, date, int, str]]:
    """Every issued invoice and credit note in short: its table, id, day, pence (below nil of a credit note) and kind of payer."""
    query = select(invoice.c.id, invoice.c.issued_on, invoice.c.pence, funder.c.kind).join(funder, funder.c.id == invoice.c.funder_id)
    credited = (
        select(credit_note.c.id, credit_note.c.issued_on, -credit_note.c.pence, funder.c.kind)
        .join(invoice, invoice.c.id == credit_note.c.invoice_id).join(funder, funder.c.id == invoice.c.funder_id)
    )
    return [(table, row_id, date.fromisoformat(day), pence, kind) for table, rows in ((INVOICE, query), (CREDIT_NOTE, credited))
            for row_id, day, pence, kind in connection.execute(rows)]


def invoice_lines(connection: Connection, first: date, last: date) -> list[Row[Any]]:
    """The lines of the invoices of these days, in their order: the figures behind the words. An instalment’s line has the days of its
    instalment."""
    query = _figures(invoice_line.c.invoice_id.label("of"), invoice_line.c.n).join(invoice, invoice.c.id == invoice_line.c.invoice_id)
    return list(connection.execute(query.where(_between(invoice.c.issued_on, first, last)).order_by(invoice_line.c.invoice_id, invoice_line.c.n)))


def credit_lines(connection: Connection, first: date, last: date) -> list[Row[Any]]:
    """The lines of the credit notes of these days in the same way: each is the whole of a line of its invoice, or of an instalment a part."""
    query = (
        _figures(credit_line.c.credit_note_id.label("of"), credit_line.c.n, pence=credit_line.c.pence)
        .join(credit_line, (credit_line.c.invoice_id == invoice_line.c.invoice_id) & (credit_line.c.invoice_n == invoice_line.c.n))
        .join(credit_note, credit_note.c.id == credit_line.c.credit_note_id)
    )
    return list(connection.execute(query.where(_between(credit_note.c.issued_on, first, last)).order_by(credit_line.c.credit_note_id,
                                                                                                    credit_line.c.n)))


def _figures(*columns: Any, pence: Any = invoice_line.c.pence) -> Any:
    per = select(rate.c.code, func.min(rate.c.per).label("per")).group_by(rate.c.code).subquery()
    return (
        select(*columns, pence, charge.c.support_on, charge.c.minutes, charge.c.times, charge.c.pounds, per.c.per,
               schedule_row.c.from_on, schedule_row.c.to_on, schedule_row.c.n.label("instalment"), person.c.reference.label("person"))
        .select_from(invoice_line).join(fund, fund.c.id == invoice_line.c.fund_id).outerjoin(person, person.c.id == fund.c.person_id)
        .outerjoin(charge, charge.c.event_id == invoice_line.c.event_id).outerjoin(per, per.c.code == charge.c.rate_code)
        .outerjoin(schedule_row, schedule_row.c.id == invoice_line.c.schedule_row_id)
    )


def receipts(connection: Connection, first: date, last: date) -> list[Row[Any]]:
    """What payers paid by these days of the books and what stands: entries from a bank line against what is due. One that was put back later
    is left out with the entry that put it back."""
    debit, credit, reversing = account.alias("debit"), account.alias("credit"), entry.alias("reversing")
    query = (
        select(entry.c.id, entry.c.posted_on, entry.c.amount, fund.c.key.label("fund"), funder.c.reference.label("funder"),
               origin.c.key.label("line"))
        .join(debit, debit.c.id == entry.c.debit_account_id).join(credit, credit.c.id == entry.c.credit_account_id)
        .join(origin, origin.c.id == entry.c.origin_id).join(fund, fund.c.id == entry.c.fund_id).join(funder, funder.c.id == credit.c.funder_id)
        .outerjoin(reversing, reversing.c.reverses_id == entry.c.id)
        .where(_between(entry.c.posted_on, first, last), entry.c.unit == "pence", origin.c.kind == OriginKind.BANK_IN, credit.c.role == "due",
               entry.c.reverses_id.is_(None), reversing.c.id.is_(None)).order_by(entry.c.id)
    )
    return list(connection.execute(query))


def entries(connection: Connection, first: date, last: date) -> list[Row[Any]]:
    """Every entry in pence that was posted on these days, with its two accounts, in the order of the books."""
    debit, credit = account.alias("debit"), account.alias("credit")
    debit_payer, credit_payer = funder.alias("debit_payer"), funder.alias("credit_payer")
    query = (
        select(entry.c.id, entry.c.posted_on, entry.c.happened_on, entry.c.amount, fund.c.key.label("fund"), event.c.kind,
               debit.c.role.label("debit_role"), credit.c.role.label("credit_role"), debit_payer.c.reference.label("debit_payer"),
               credit_payer.c.reference.label("credit_payer"))
        .join(debit, debit.c.id == entry.c.debit_account_id).join(credit, credit.c.id == entry.c.credit_account_id)
        .join(fund, fund.c.id == entry.c.fund_id).join(event, event.c.id == entry.c.event_id)
        .outerjoin(debit_payer, debit_payer.c.id == debit.c.funder_id).outerjoin(credit_payer, credit_payer.c.id == credit.c.funder_id)
        .where(_between(entry.c.posted_on, first, last), entry.c.unit == "pence").order_by(entry.c.id)
    )
    return list(connection.execute(query))


def charges(connection: Connection, payer: str, first: date, last: date) -> list[Row[Any]]:
    """What one payer pays for of the support of these days, by delivery or under a contract: each carer’s part of each visit, with what was
    recorded of it and whether it was withdrawn since."""
    of_charge, of_line = funder.alias("of_charge"), funder.alias("of_line")
    query = (
        select(charge.c.event_id, charge.c.how, charge.c.support_on, charge.c.minutes, charge.c.times, charge.c.pence, delivery.c.visit,
               delivery.c.carer, delivery.c.support_type, delivery.c.starts_at, delivery.c.actual_minutes, fund.c.key.label("fund"),
               person.c.reference.label("person"), withdrawal.c.delivery_id.label("withdrawn"))
        .join(delivery, delivery.c.id == charge.c.delivery_id).join(fund, fund.c.id == charge.c.fund_id)
        .outerjoin(person, person.c.id == fund.c.person_id).outerjoin(of_charge, of_charge.c.id == charge.c.funder_id)
        .outerjoin(plan_line, plan_line.c.id == charge.c.plan_line_id).outerjoin(of_line, of_line.c.id == plan_line.c.funder_id)
        .outerjoin(withdrawal, withdrawal.c.delivery_id == charge.c.delivery_id)
        .where(_between(charge.c.support_on, first, last), func.coalesce(of_charge.c.reference, of_line.c.reference) == payer)
        .order_by(charge.c.support_on, delivery.c.visit, delivery.c.carer, charge.c.event_id)
    )
    return list(connection.execute(query))


def contracts_of(connection: Connection, payer: str) -> dict[str, str]:
    """What a payer knows each fund by: the contract that pays for it, or else the order number; by the key of the fund."""
    query = (
        select(fund.c.key, contract.c.reference, funding.c.order_number).join(fund, fund.c.id == funding.c.fund_id)
        .join(funder, funder.c.id == funding.c.funder_id).outerjoin(contract, contract.c.id == funding.c.contract_id)
        .where(funder.c.reference == payer).order_by(funding.c.from_on, funding.c.version)
    )
    return {key: reference or order_number for key, reference, order_number in connection.execute(query)}


def _between(column: Any, first: date, last: date) -> Any:
    return column.between(first.isoformat(), last.isoformat())
