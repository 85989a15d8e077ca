"""What the accounts at month end are made of: cash, balances and invoices by fund, up to the end of a day of the books."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from isf.accounts import OriginKind
from ringfence.store.schema import (
    account,
    contract,
    credit_line,
    credit_note,
    entry,
    fund,
    funder,
    invoice,
    invoice_line,
    origin,
    schedule_row,
    schedule_standing,
)

Moved = tuple[str, str, str, str, str, str, int]
"""(fund, role debited, its payer, role credited, its payer, kind of origin, pence); no payer or origin is an empty text."""


def moved(connection: Connection, through: date) -> list[Moved]:
    """All pence posted up to the end of a day, added up by fund, accounts and kind of origin."""
    debit, credit, of_debit, of_credit = account.alias("debit"), account.alias("credit"), funder.alias("of_debit"), funder.alias("of_credit")
    columns = (fund.c.key, debit.c.role, func.coalesce(of_debit.c.reference, ""), credit.c.role, func.coalesce(of_credit.c.reference, ""),
               func.coalesce(origin.c.kind, ""))
    query = (
        select(*columns, func.sum(entry.c.amount)).select_from(entry).join(fund, fund.c.id == entry.c.fund_id)
        .join(debit, debit.c.id == entry.c.debit_account_id).join(credit, credit.c.id == entry.c.credit_account_id)
        .outerjoin(of_debit, of_debit.c.id == debit.c.funder_id).outerjoin(of_credit, of_credit.c.id == credit.c.funder_id)
        .outerjoin(origin, origin.c.id == entry.c.origin_id)
        .where(entry.c.posted_on <= through.isoformat(), entry.c.unit == "pence")
        .group_by(fund.c.key, debit.c.role, of_debit.c.reference, credit.c.role, of_credit.c.reference, origin.c.kind)
    )
    return [(key, given, payer, taken, other, kind, int(pence)) for key, given, payer, taken, other, kind, pence in connection.execute(query)]


def invoiced(connection: Connection, through: date) -> list[tuple[str, str, int]]:
    """(fund, payer, pence) of every invoice that was issued by the end of a day, and of every credit note below nil."""
    query = (
        select(fund.c.key, funder.c.reference, func.sum(invoice_line.c.pence)).join(invoice, invoice.c.id == invoice_line.c.invoice_id)
        .join(fund, fund.c.id == invoice_line.c.fund_id).join(funder, funder.c.id == invoice_line.c.funder_id)
        .where(invoice.c.issued_on <= through.isoformat()).group_by(fund.c.key, funder.c.reference)
    )
    credited = (
        select(fund.c.key, funder.c.reference, -func.sum(credit_line.c.pence)).select_from(credit_line)
        .join(credit_note, credit_note.c.id == credit_line.c.credit_note_id)
        .join(invoice_line, (invoice_line.c.invoice_id == credit_line.c.invoice_id) & (invoice_line.c.n == credit_line.c.invoice_n))
        .join(fund, fund.c.id == invoice_line.c.fund_id).join(funder, funder.c.id == invoice_line.c.funder_id)
        .where(credit_note.c.issued_on <= through.isoformat()).group_by(fund.c.key, funder.c.reference)
    )
    return [(key, payer, int(pence)) for each in (query, credited) for key, payer, pence in connection.execute(each)]


def invoiced_by_the_old_system(connection: Connection, through: date) -> list[tuple[str, str, int]]:
    """The same of the instalments that were asked for before their contract went live here, once it is live, or its funds are opened."""
    opened = select(entry.c.fund_id).join(origin, origin.c.id == entry.c.origin_id).where(
        origin.c.kind == OriginKind.OPENING, entry.c.posted_on <= through.isoformat())
    query = (
        select(fund.c.key, funder.c.reference, func.sum(schedule_standing.c.pence))
        .join(schedule_row, schedule_row.c.id == schedule_standing.c.schedule_row_id).join(contract, contract.c.id == schedule_row.c.contract_id)
        .join(fund, fund.c.id == schedule_standing.c.fund_id).join(funder, funder.c.id == schedule_standing.c.funder_id)
        .where(schedule_row.c.invoice_on < contract.c.live_from, schedule_row.c.invoice_on <= through.isoformat(),
               (contract.c.live_from <= through.isoformat()) | fund.c.id.in_(opened))
        .group_by(fund.c.key, funder.c.reference)
    )
    return [(key, payer, int(pence)) for key, payer, pence in connection.execute(query)]


def contract_of_fund(connection: Connection, on: date) -> dict[str, str]:
    """The contract by whose schedule each fund is paid on a day, or whose reserve it is: the last that had begun by then; where none had, the
    first that will, since its money may come in advance."""
    query = (
        select(fund.c.key, contract.c.reference, contract.c.first_on).select_from(schedule_standing)
        .join(fund, fund.c.id == schedule_standing.c.fund_id).join(schedule_row, schedule_row.c.id == schedule_standing.c.schedule_row_id)
        .join(contract, contract.c.id == schedule_row.c.contract_id).distinct().order_by(contract.c.first_on, contract.c.reference)
    )
    found: dict[str, str] = {}
    for key, reference, first_on in connection.execute(query):
        if key not in found or first_on <= on.isoformat():
            found[key] = reference
    return found
