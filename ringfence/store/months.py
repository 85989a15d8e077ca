"""Which months of the books are closed. A month is closed when its statements are issued, and for good when it is locked."""

from __future__ import annotations

from sqlalchemy import Connection, select

from basics.periods import Month
from ringfence.store.rows import add
from ringfence.store.schema import month_lock, month_reopen

ISSUED, LOCKED = "issued", "locked"


def closed_through(connection: Connection) -> Month | None:
    """The last closed month; every month before it is closed too. None where nothing is."""
    months = _standing(connection)
    return max(months) if months else None


def steps(connection: Connection, month: Month) -> set[str]:
    """How far a month has come: issued, locked, both or neither. A lock holds for every month before it too."""
    standing = _standing(connection)
    locked = {LOCKED} if any(LOCKED in found for each, found in standing.items() if each >= month) else set()
    return standing.get(month, set()) | locked


def close(connection: Connection, month: Month, step: str, batch_id: int) -> None:
    """Close a month to entries. The database refuses one that lies before a closed month."""
    add(connection, month_lock, month=str(month), step=step, batch_id=batch_id)


def reopen(connection: Connection, month: Month, batch_id: int) -> None:
    """Take the lock off the last closed month; the database refuses it without approval, or where statements are issued."""
    query = select(month_lock.c.id).where(month_lock.c.month == str(month), month_lock.c.step == LOCKED).order_by(month_lock.c.id.desc())
    add(connection, month_reopen, month_lock_id=connection.execute(query).scalars().first(), batch_id=batch_id)


def _standing(connection: Connection) -> dict[Month, set[str]]:
    query = (
        select(month_lock.c.month, month_lock.c.step)
        .outerjoin(month_reopen, month_reopen.c.month_lock_id == month_lock.c.id)
        .where(month_reopen.c.month_lock_id.is_(None))
    )
    found: dict[Month, set[str]] = {}
    for month, step in connection.execute(query):
        found.setdefault(Month.parse(month), set()).add(step)
    return found
