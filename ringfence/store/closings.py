"""Which funds are closed, and since when; what stands in the way of one; and the payers of a fund, as a settlement needs them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select, text

from ringfence.store.credited import credited_by_line, of_line
from ringfence.store.engine import next_id
from ringfence.store.rows import add
from ringfence.store.schema import contract, fund, fund_closing, funder, funding, invoice_line, schedule_change, schedule_row, schedule_standing

CLOSED, OPENED = "closed", "opened"


def closed_funds(connection: Connection) -> dict[str, date]:
    """The keys of the funds that are closed, each with the day."""
    query = select(fund.c.key, fund_closing.c.step, fund_closing.c.happened_on).join(fund, fund.c.id == fund_closing.c.fund_id)
    last = {row.key: row for row in connection.execute(query.order_by(fund_closing.c.id))}
    return {key: date.fromisoformat(row.happened_on) for key, row in last.items() if row.step == CLOSED}


def close(connection: Connection, fund_id: int, step: str, on: date, batch_id: int) -> None:
    """Close a fund or open it again. The database refuses a fund in which anything is left, and a batch that is not approved."""
    add(connection, fund_closing, id=next_id(connection, fund_closing), fund_id=fund_id, step=step, happened_on=on.isoformat(), batch_id=batch_id)


def funds_of_contract(connection: Connection, reference: str) -> list[str]:
    """The keys of every fund that a contract pays, its reserve among them."""
    paid = select(funding.c.fund_id).join(contract, contract.c.id == funding.c.contract_id).where(contract.c.reference == reference)
    return list(connection.execute(select(fund.c.key).where(fund.c.id.in_(paid)).order_by(fund.c.key)).scalars())


def contracts_of_fund(connection: Connection, fund_key: str) -> list[Row[Any]]:
    """The contracts that pay a fund, the first to begin first."""
    query = (
        select(contract.c.reference, contract.c.first_on, contract.c.last_on).join(funding, funding.c.contract_id == contract.c.id)
        .join(fund, fund.c.id == funding.c.fund_id).where(fund.c.key == fund_key).distinct().order_by(contract.c.first_on)
    )
    return list(connection.execute(query))


def flows_by_payer(connection: Connection, fund_key: str) -> list[Row[Any]]:
    """Pence that moved in a fund by (debit role, credit role, credit funder); what was put back is taken off again."""
    query = text(
        "SELECT d.role AS debit_role, c.role AS credit_role, cu.reference AS credit_funder,"
        " sum(CASE WHEN b.id IS NULL THEN e.amount ELSE 0 END) AS pence"
        " FROM entry e JOIN fund f ON f.id = e.fund_id JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
        " LEFT JOIN funder cu ON cu.id = c.funder_id LEFT JOIN entry b ON b.reverses_id = e.id"
        " WHERE f.key = :fund AND e.unit = 'pence' AND e.reverses_id IS NULL GROUP BY d.role, c.role, cu.reference")
    return list(connection.execute(query, {"fund": fund_key}))


def later_promises(connection: Connection, fund_key: str, after: date) -> dict[str, int]:
    """What contracts that begin later than `after` promise to a fund, by funder, in pence: by their instalments as they stand, without what is
    credited."""
    off = credited_by_line()
    query = (
        select(funder.c.reference, func.sum(schedule_standing.c.pence - func.coalesce(off.c.pence, 0)))
        .join(schedule_row, schedule_row.c.id == schedule_standing.c.schedule_row_id)
        .join(contract, contract.c.id == schedule_row.c.contract_id).join(fund, fund.c.id == schedule_standing.c.fund_id)
        .join(funder, funder.c.id == schedule_standing.c.funder_id)
        .outerjoin(invoice_line, _invoiced()).outerjoin(off, of_line(off))
        .where(fund.c.key == fund_key, contract.c.first_on > after.isoformat()).group_by(funder.c.reference)
    )
    return {reference: int(pence) for reference, pence in connection.execute(query)}


def not_invoiced(connection: Connection, fund_key: str, payer: str, through: date) -> list[Row[Any]]:
    """The parts of instalments that a payer was not asked for yet, of contracts that had begun by `through`, the last first."""
    query = (
        select(schedule_standing, contract.c.reference.label("contract"), schedule_row.c.n)
        .join(schedule_row, schedule_row.c.id == schedule_standing.c.schedule_row_id)
        .join(contract, contract.c.id == schedule_row.c.contract_id).join(fund, fund.c.id == schedule_standing.c.fund_id)
        .join(funder, funder.c.id == schedule_standing.c.funder_id).outerjoin(invoice_line, _invoiced())
        .where(fund.c.key == fund_key, funder.c.reference == payer, invoice_line.c.invoice_id.is_(None), schedule_standing.c.pence > 0,
               schedule_row.c.invoice_on >= contract.c.live_from, contract.c.first_on <= through.isoformat())
        .order_by(schedule_row.c.from_on.desc(), schedule_row.c.n.desc())
    )
    return list(connection.execute(query))


def _invoiced() -> Any:
    """What joins a part of an instalment to the line that asked for it."""
    return ((invoice_line.c.schedule_row_id == schedule_standing.c.schedule_row_id) & (invoice_line.c.fund_id == schedule_standing.c.fund_id)
            & (invoice_line.c.funder_id == schedule_standing.c.funder_id))


class PartOfInstalment(NamedTuple):
    """One fund’s part of an instalment, by what it is known by."""

    schedule_row_id: int
    fund_id: int
    funder_id: int


def change_part(connection: Connection, row: Row[Any] | PartOfInstalment, pence: int, batch_id: int) -> None:
    """The next version of a part of an instalment: it counts once its batch is approved."""
    key = {"schedule_row_id": row.schedule_row_id, "fund_id": row.fund_id, "funder_id": row.funder_id}
    of_part = [schedule_change.c[name] == value for name, value in key.items()]
    last = connection.execute(select(func.max(schedule_change.c.version)).where(*of_part)).scalar_one() or 0
    add(connection, schedule_change, **key, version=last + 1, pence=pence, batch_id=batch_id)


def waiting_visit(connection: Connection, person: str, after: date, last: date) -> date | None:
    """The first day after `after`, up to `last`, with support for the person, alone or in the house where they have a place on that day, that is not
    charged yet."""
    query = text(
        "SELECT min(d.happened_on) FROM delivery d LEFT JOIN person p ON p.id = d.person_id"
        " WHERE d.outcome = 'given' AND d.happened_on > :after AND d.happened_on <= :last"
        " AND (p.reference = :person OR d.house_id IN (SELECT h.house_id FROM house_place h JOIN person q ON q.id = h.person_id"
        " WHERE q.reference = :person AND h.from_on <= d.happened_on AND NOT EXISTS (SELECT 1 FROM house_place n WHERE n.house_id = h.house_id"
        " AND n.place = h.place AND n.from_on <= d.happened_on AND (n.from_on > h.from_on OR (n.from_on = h.from_on AND n.version > h.version)))))"
        " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = d.id) AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.delivery_id = d.id)")
    found = connection.execute(query, {"person": person, "after": after.isoformat(), "last": last.isoformat()}).scalar_one()
    return date.fromisoformat(found) if found else None
