"""What stands of a contract that is split: its instalments part by part, and what every version of its split gave each fund."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, text

VERSION = " version "
"""Between a contract and the number of a later version, in the key of its origin: “allocation SG-2026 version 2”."""


class InstalmentChanged(NamedTuple):
    """By how much one approved file changed one fund's part of an instalment: below nil where it took something out."""

    contract: str
    batch_id: int
    n: int
    fund: str
    pence: int


def allocation_key(contract: str, version: int = 1) -> str:
    return f"allocation {contract}" + (f"{VERSION}{version}" if version > 1 else "")


def instalments(connection: Connection, contract: str) -> list[Row[Any]]:
    """Each part of each instalment as it stands, in order; `asked` where its instalment was invoiced, here or before the contract came here."""
    query = text(
        "SELECT r.id, r.n, r.from_on, r.to_on, r.invoice_on, r.due_on, f.key AS fund, u.reference AS funder, s.pence,"
        " CASE WHEN r.invoice_on < c.live_from OR EXISTS (SELECT 1 FROM invoice_line l WHERE l.schedule_row_id = r.id) THEN 1 ELSE 0 END AS asked"
        " FROM schedule_row r JOIN contract c ON c.id = r.contract_id JOIN schedule_standing s ON s.schedule_row_id = r.id"
        " JOIN fund f ON f.id = s.fund_id JOIN funder u ON u.id = s.funder_id WHERE c.reference = :contract ORDER BY r.n, f.key, u.reference")
    return list(connection.execute(query, {"contract": contract}))


def allocated(connection: Connection, contract: str) -> dict[tuple[str, str], int]:
    """What each fund has of a contract by all versions of its split, in pence by (fund, payer), before anything of it was settled."""
    found: dict[tuple[str, str], int] = {}
    for key, pence in _posted(connection, contract, "pence", "|"):
        _, fund, funder = key.split("|")
        found[fund, funder] = found.get((fund, funder), 0) + pence
    return found


def agreed_minutes(connection: Connection, contract: str) -> dict[str, int]:
    """The minutes that go with it, by fund."""
    found: dict[str, int] = {}
    for key, minutes in _posted(connection, contract, "minutes", " minutes|"):
        fund = key.split("|")[1]
        found[fund] = found.get(fund, 0) + minutes
    return found


def _posted(connection: Connection, contract: str, unit: str, mark: str) -> Iterable[tuple[str, int]]:
    """What each event of the contract's versions gave, or took. The entries are found by the files that brought the versions."""
    query = text(
        "SELECT v.key, sum(CASE WHEN c.role = 'available' THEN e.amount ELSE -e.amount END) FROM origin o JOIN entry e ON e.batch_id = o.batch_id"
        " JOIN event v ON v.id = e.event_id JOIN account c ON c.id = e.credit_account_id"
        " WHERE (o.key = :first OR substr(o.key, 1, length(:later)) = :later) AND o.kind = 'allocation' AND o.unit = 'pence'"
        " AND substr(v.key, 1, length(o.key || :mark)) = o.key || :mark AND e.unit = :unit GROUP BY v.key")
    first = allocation_key(contract)
    found = connection.execute(query, {"first": first, "later": first + VERSION, "mark": mark, "unit": unit})
    return ((key, int(amount)) for key, amount in found)


def received(connection: Connection) -> dict[tuple[str, str], int]:
    """What every payer has paid into each fund, in pence by (fund, payer)."""
    query = text(
        "SELECT f.key, u.reference, sum(CASE WHEN e.reverses_id IS NULL THEN e.amount ELSE -e.amount END)"
        " FROM account a JOIN funder u ON u.id = a.funder_id"
        " JOIN fund f ON f.id = a.fund_id JOIN entry e ON e.fund_id = a.fund_id AND e.unit = 'pence'"
        " AND ((e.reverses_id IS NULL AND e.credit_account_id = a.id) OR (e.reverses_id IS NOT NULL AND e.debit_account_id = a.id))"
        " JOIN account o ON o.id = CASE WHEN e.reverses_id IS NULL THEN e.debit_account_id ELSE e.credit_account_id END"
        " WHERE a.role = 'due' AND o.role IN ('held', 'with_provider', 'owed_provider') GROUP BY f.key, u.reference")
    return {(fund, funder): int(pence) for fund, funder, pence in connection.execute(query)}


def later_versions(connection: Connection) -> dict[tuple[str, int], tuple[int, int]]:
    """For every later version of a split, by its contract and the file that brought it: what it raised and what it lowered, in pence."""
    query = text(
        "SELECT o.key, o.batch_id, o.amount, (SELECT coalesce(sum(e.amount), 0) FROM entry e JOIN event v ON v.id = e.event_id"
        " JOIN account d ON d.id = e.debit_account_id WHERE e.batch_id = o.batch_id AND e.unit = 'pence' AND d.role = 'available'"
        " AND substr(v.key, 1, length(o.key) + 1) = o.key || '|') AS lowered"
        " FROM origin o WHERE o.kind = 'allocation' AND o.unit = 'pence' AND o.key LIKE 'allocation % version %'")
    return {(row.key.removeprefix("allocation ").partition(VERSION)[0], row.batch_id): (int(row.amount), int(row.lowered))
            for row in connection.execute(query)}


def changed_instalments(connection: Connection) -> list[InstalmentChanged]:
    """Every approved change of a part of an instalment, held against what stood before it."""
    query = text(
        "SELECT c.reference, g.batch_id, r.n, f.key AS fund, g.pence - coalesce((SELECT b.pence FROM schedule_change b"
        " WHERE b.schedule_row_id = g.schedule_row_id AND b.fund_id = g.fund_id AND b.funder_id = g.funder_id"
        " AND b.version = (SELECT max(x.version) FROM schedule_change x JOIN approval y ON y.batch_id = x.batch_id"
        "  WHERE x.schedule_row_id = g.schedule_row_id AND x.fund_id = g.fund_id AND x.funder_id = g.funder_id AND x.version < g.version)),"
        " (SELECT p.pence FROM schedule_part p WHERE p.schedule_row_id = g.schedule_row_id AND p.fund_id = g.fund_id"
        "  AND p.funder_id = g.funder_id), 0) AS pence"
        " FROM schedule_change g JOIN approval a ON a.batch_id = g.batch_id JOIN schedule_row r ON r.id = g.schedule_row_id"
        " JOIN contract c ON c.id = r.contract_id JOIN fund f ON f.id = g.fund_id ORDER BY c.reference, g.batch_id, r.n, f.key")
    return [InstalmentChanged(*row) for row in connection.execute(query)]


def released(connection: Connection) -> dict[tuple[int, str], int]:
    """What was promised and will not be paid any more, by the file that settled it and the fund, in pence: overspend in it, which the provider
    carries, with the rest."""
    query = text(
        "SELECT g.batch_id, f.key, sum(e.amount) FROM (SELECT DISTINCT batch_id, fund_id FROM schedule_change) g"
        " JOIN entry e ON e.batch_id = g.batch_id AND e.fund_id = g.fund_id JOIN fund f ON f.id = g.fund_id JOIN event v ON v.id = e.event_id"
        " JOIN account d ON d.id = e.debit_account_id JOIN account c ON c.id = e.credit_account_id"
        " WHERE (d.role = 'available' OR (d.role = 'borne' AND v.kind = 'ending')) AND c.role = 'due' AND e.unit = 'pence'"
        " GROUP BY g.batch_id, f.key")
    return {(batch, fund): int(pence) for batch, fund, pence in connection.execute(query)}
