"""Many more people by copying what the first hundred became: the same rows under other names, written in bulk past the same guards.

Bringing ten thousand people in one by one would take longer than what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from ringfence.store import batches, schema, seals
from ringfence.store.engine import Store, bulk_insert, next_id

FIRST_SET = "S000"
RECORDED_AT = "2026-11-03T10:00:00+00:00"
BEFORE_APPROVAL = (
    schema.person, schema.person_detail, schema.funder, schema.funder_detail, schema.contract, schema.house, schema.house_place,
    schema.fund, schema.funding, schema.plan_line, schema.schedule_row, schema.schedule_part, schema.account, schema.origin, schema.part,
    schema.event, schema.delivery)
AFTER_APPROVAL = (schema.entry,)

Rows = list[tuple[Any, ...]]
Ids = dict[tuple[str, int], int]
"""The id of a copy by the table and the id of what it is a copy of."""


def copy_set(store: Store, times: int) -> None:
    """Copy everything that has the first set’s name in it, or belongs to something that has, so many times."""
    with store.reading() as connection:
        pattern = dict(_pattern(connection))
    for n in range(1, times + 1):
        with store.writing() as connection:
            batch_id = batches.open_batch(connection, kind="apply", key=f"copy {n}", digest=f"copy {n}", prepared_by=batches.users(connection)[0],
                                          recorded_at=RECORDED_AT, body="{}")
            ids: Ids = {}
            for table in BEFORE_APPROVAL:
                _copy(connection, table, pattern[table.name], ids, f"S{n:03}", batch_id)
            batches.approve(connection, batch_id, batches.users(connection)[1], RECORDED_AT)
            for table in AFTER_APPROVAL:
                _copy(connection, table, pattern[table.name], ids, f"S{n:03}", batch_id)
            seals.seal_entries(connection, batch_id)


def _pattern(connection: Connection) -> Iterator[tuple[str, Rows]]:
    """The rows to copy of each table."""
    copied: set[tuple[str, int]] = set()
    for table in (*BEFORE_APPROVAL, *AFTER_APPROVAL):
        links = _links(table)
        rows = [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
                if any(isinstance(value, str) and FIRST_SET in value for value in row)
                or any((links[at], value) in copied for at, value in enumerate(row) if at in links)]
        if "id" in table.c:
            copied |= {(table.name, row[0]) for row in rows}
        yield table.name, rows


def _copy(connection: Connection, table: Table, rows: Rows, ids: Ids, name: str, batch_id: int) -> None:
    links, batch_at = _links(table), next((at for at, column in enumerate(table.columns) if column.name == "batch_id"), -1)
    placed_at = next((at for at, column in enumerate(table.columns) if column.name == "placed"), -1)
    first = next_id(connection, table) if "id" in table.c else 0
    if first:
        ids |= {(table.name, row[0]): first + n for n, row in enumerate(rows)}

    def value(at: int, known: Any) -> Any:
        if at == batch_at:
            return batch_id
        if at == placed_at:
            return 0
        if at == 0 and first:
            return ids[table.name, known]
        if at in links:
            return ids.get((links[at], known), known)
        return known.replace(FIRST_SET, name) if isinstance(known, str) else known

    bulk_insert(connection, table, [tuple(value(at, known) for at, known in enumerate(row)) for row in rows])


def _links(table: Table) -> dict[int, str]:
    """The columns that hold the id of a row of another table, by their position."""
    places = {column.name: at for at, column in enumerate(table.columns)}
    keys = {places[element.parent.name]: element.column.table.name for key in table.foreign_key_constraints for element in key.elements
            if element.column.name == "id"}
    return keys | {places[column.name]: column.info["table"] for column in table.columns if "table" in column.info}
