"""Adding a row, and reading the latest version of rows that are never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, Table, TableClause, insert, select

from ringfence.store.engine import next_id


def add(connection: Connection, table: Table, **values: Any) -> int:
    """Insert one row and return its id (0 for a table that has none)."""
    if "id" in table.c:
        values["id"] = next_id(connection, table)
    connection.execute(insert(table).values(**values))
    return int(values.get("id", 0))


def one(connection: Connection, table: Table, **wanted: Any) -> Row[Any] | None:
    """The row whose columns hold just these values, or None."""
    query = select(table)
    for name, value in wanted.items():
        query = query.where(table.c[name] == value)
    return connection.execute(query).one_or_none()


def latest(connection: Connection, table: TableClause, key: Iterable[str], *conditions: Any, **wanted: Any) -> list[Row[Any]]:
    """Rows with a `version`, of which only the latest for each `key` counts, in the order of the key."""
    query = select(table).where(*conditions)
    for name, value in wanted.items():
        query = query.where(table.c[name] == value)
    columns = [table.c[name] for name in key]
    known_by = itemgetter(*(list(table.c).index(column) for column in columns))
    found = {known_by(row): row for row in connection.execute(query.order_by(*columns, table.c.version))}
    return list(found.values())
