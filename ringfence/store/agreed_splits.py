"""Contracts and how each is divided: what was prepared and approved, and what stands in each fund."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, text

from ringfence.store.schema import contract, funder, origin


def every_contract(connection: Connection) -> list[Row[Any]]:
    """Each contract with its payer's reference, the last to begin first."""
    query = select(contract, funder.c.reference.label("payer")).join(funder, funder.c.id == contract.c.funder_id)
    return list(connection.execute(query.order_by(contract.c.first_on.desc(), contract.c.reference)))


def divided_contracts(connection: Connection) -> set[str]:
    """The references of the contracts that are split."""
    keys = connection.execute(select(origin.c.key).where(origin.c.key.startswith("allocation "), origin.c.unit == "pence")).scalars()
    return {key.removeprefix("allocation ") for key in keys}


def prepared_with_splits(connection: Connection) -> list[Row[Any]]:
    """Apply files that hold a split, the last first: id, digest, body, who prepared and who approved each, and when."""
    query = text(
        "SELECT b.id, b.digest, b.body, p.name AS prepared_by, b.recorded_at AS prepared_at, v.name AS approved_by,"
        " a.recorded_at AS approved_at FROM batch b JOIN user_account p ON p.id = b.prepared_by LEFT JOIN approval a ON a.batch_id = b.id"
        " LEFT JOIN user_account v ON v.id = a.approved_by"
        " WHERE b.kind = 'apply' AND b.body LIKE '%\"splits\":%' ORDER BY b.id DESC")
    return list(connection.execute(query))


def paid_by_schedule(connection: Connection, contract_reference: str) -> list[Row[Any]]:
    """The fundings by schedule of a contract as they stand, with fund, person and payer."""
    query = text(
        "SELECT f.key AS fund, p.reference AS person, u.reference AS payer, u.id = c.funder_id AS is_main, g.share, g.terms_name"
        " FROM funding g JOIN fund f ON f.id = g.fund_id JOIN person p ON p.id = f.person_id JOIN funder u ON u.id = g.funder_id"
        " JOIN contract c ON c.id = g.contract_id WHERE c.reference = :reference AND g.how = 'schedule'"
        " AND NOT EXISTS (SELECT 1 FROM funding l WHERE l.fund_id = g.fund_id AND l.funder_id = g.funder_id AND l.from_on = g.from_on"
        " AND l.version > g.version) ORDER BY p.reference, g.from_on, u.reference")
    return list(connection.execute(query, {"reference": contract_reference}))


def still_to_come(connection: Connection, after: date, but: str = "") -> dict[tuple[str, str], int]:
    """What contracts (all `but` one) allocate for days later than `after`, by fund and unit: it is nobody's to use yet."""
    given = text(
        "SELECT f.key, o.unit, o.key AS origin, p.amount FROM part p JOIN origin o ON o.id = p.origin_id JOIN fund f ON f.id = p.fund_id"
        " WHERE o.kind = 'allocation' AND o.happened_on > :after")
    taken = text(
        "SELECT f.key, e.unit, v.key AS origin, -e.amount FROM entry e JOIN event v ON v.id = e.event_id JOIN fund f ON f.id = e.fund_id"
        " JOIN account d ON d.id = e.debit_account_id WHERE v.kind = 're-split' AND d.role = 'available' AND e.happened_on > :after"
        " AND e.batch_id IN (SELECT batch_id FROM origin WHERE kind = 'allocation' AND happened_on > :after)")
    found: dict[tuple[str, str], int] = {}
    for query in (given, taken):
        for key, unit, origin_key, amount in connection.execute(query, {"after": after.isoformat()}):
            if not but or origin_key.removeprefix("allocation ").partition(" ")[0].partition("|")[0] != but:
                found[key, unit] = found.get((key, unit), 0) + int(amount)
    return found
