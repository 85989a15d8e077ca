"""Files that were brought in, and what each of them brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text

from ringfence.store.deliveries import IN_CONFLICT
from ringfence.store.schema import batch, conflict, delivery, person_detail, withdrawal


@dataclass(frozen=True)
class Listed:
    """An import in one line: what kind of file, who brought it in and when, in ISO text, and who approved it where that is needed."""

    id: int
    kind: str
    prepared_by: str
    prepared_at: str
    approved_by: str | None


def every_import(connection: Connection, kinds: Sequence[str]) -> list[Listed]:
    """The imports of these kinds, in the order in which they came."""
    query = text(
        "SELECT b.id, b.kind, p.name AS prepared_by, b.recorded_at AS prepared_at, v.name AS approved_by FROM batch b"
        " JOIN user_account p ON p.id = b.prepared_by LEFT JOIN approval a ON a.batch_id = b.id LEFT JOIN user_account v ON v.id = a.approved_by"
        " WHERE b.kind IN :kinds ORDER BY b.id").bindparams(bindparam("kinds", expanding=True))
    return [Listed(**row._mapping) for row in connection.execute(query, {"kinds": list(kinds)})]


def bodies(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """What was kept of each import: the name of its file, or the whole of an apply file."""
    return {row.id: row.body for row in connection.execute(select(batch.c.id, batch.c.body).where(batch.c.id.in_(ids)))}


def counts(connection: Connection, ids: Sequence[int]) -> dict[str, dict[int, int]]:
    """How much each import brought: visits, those of them that were withdrawn, rows in conflict, names of people."""
    taken_back = (select(delivery.c.batch_id, func.count()).join(withdrawal, withdrawal.c.delivery_id == delivery.c.id)
                  .where(delivery.c.batch_id.in_(ids)).group_by(delivery.c.batch_id))
    queries = {name: select(table.c.batch_id, func.count()).where(table.c.batch_id.in_(ids)).group_by(table.c.batch_id)
               for name, table in (("visits", delivery), ("conflicts", conflict), ("people", person_detail))} | {"withdrawn": taken_back}
    return {name: {row[0]: int(row[1]) for row in connection.execute(query)} for name, query in queries.items()}


def undone(connection: Connection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Who took back an import, and when, for those that were taken back."""
    query = text("SELECT b.key, u.name, b.recorded_at FROM batch b JOIN user_account u ON u.id = b.prepared_by"
                 " WHERE b.key IN :keys").bindparams(bindparam("keys", expanding=True))
    keys = {f"undo of import {one}": one for one in ids}
    return {keys[row.key]: row for row in connection.execute(query, {"keys": list(keys)})}


def visits_of(connection: Connection, import_id: int, first: int, most: int) -> list[Row[Any]]:
    """So many rows of an import of visits from `first` on, in the order of its file, with whom each was for."""
    query = text(
        "SELECT d.row_number, d.visit, d.carer, coalesce(p.reference, h.reference) AS subject, d.support_type, d.happened_on, d.starts_at,"
        " d.ends_at, d.planned_minutes, d.actual_minutes, d.outcome, d.reason FROM delivery d LEFT JOIN person p ON p.id = d.person_id"
        " LEFT JOIN house h ON h.id = d.house_id WHERE d.batch_id = :batch ORDER BY d.row_number, d.id LIMIT :most OFFSET :first")
    return list(connection.execute(query, {"batch": import_id, "most": most, "first": first}))


def days_of(connection: Connection, import_id: int) -> tuple[str, str] | None:
    """The first and the last day of the visits of an import."""
    row = connection.execute(select(func.min(delivery.c.happened_on), func.max(delivery.c.happened_on))
                             .where(delivery.c.batch_id == import_id)).one()
    return (row[0], row[1]) if row[0] else None


def people_of(connection: Connection, import_id: int, first: int, most: int) -> list[Row[Any]]:
    """So many people whose name an import brought, from `first` on: the reference, the name, and whether there was one before."""
    query = text(
        "SELECT p.reference, d.name, d.known_as, d.version FROM person_detail d JOIN person p ON p.id = d.person_id"
        " WHERE d.batch_id = :batch ORDER BY p.reference LIMIT :most OFFSET :first")
    return list(connection.execute(query, {"batch": import_id, "most": most, "first": first}))


def conflicts_of(connection: Connection, import_id: int | None) -> list[Row[Any]]:
    """The rows in conflict that an import listed, or, of all imports, those that are not settled yet, the last first."""
    query = select(conflict).order_by(conflict.c.id.desc())
    return list(connection.execute(query.where(IN_CONFLICT if import_id is None else conflict.c.batch_id == import_id)))
