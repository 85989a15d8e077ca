"""What the books say, without the numbers of their rows and the time at which they were recorded; and the documents of a folder."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from ringfence.store.engine import Store
from ringfence.store.schema import metadata

Business = dict[str, tuple[int, str]]


def business(store: Store) -> Business:
    """For each table how many rows it has, and the sha256 of their business columns, in no order."""
    found: Business = {}
    with store.reading() as connection:
        for name, table in sorted(metadata.tables.items()):
            columns = [column for column in table.columns if column.name not in ("id", "recorded_at") and not column.name.endswith("_id")]
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(*columns))) if columns else []
            found[name] = (len(rows), sha256("\n".join(rows).encode()).hexdigest())
    return found


def documents(out: Path) -> dict[str, bytes]:
    """What stands in the folder under a name of its own; what was cut short has none yet."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file() and not path.name.startswith(".")}
