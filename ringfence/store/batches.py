"""Who acts, what was proposed together, and who approved it. One person prepares, another approves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, TableClause, select

from basics.errors import InputError, NotAllowed
from ringfence.store.nameless import readable
from ringfence.store.rows import add, one
from ringfence.store.schema import approval, batch, user_account


@dataclass(frozen=True)
class Batch:
    """Something prepared: an import, an apply file, a month end. It counts once `approved_by` is set, for what needs approval."""

    id: int
    key: str
    kind: str
    digest: str
    prepared_by: str
    body: str
    approved_by: str | None
    prepared_at: str


def add_user(connection: Connection, name: str, recorded_at: str) -> int:
    """Add somebody who may act. Raises `InputError` where the name is taken."""
    if one(connection, user_account, name=name):
        raise InputError(f"There is a user called {name} already.", "Choose another name, or act --as them.")
    return add(connection, user_account, name=name, recorded_at=recorded_at)


def users(connection: Connection) -> list[str]:
    return list(connection.execute(select(user_account.c.name).order_by(user_account.c.id)).scalars())


def user_id(connection: Connection, name: str) -> int:
    """The id of a user. Raises `NotAllowed` for nobody, or somebody unknown."""
    if not name:
        raise NotAllowed("Nobody is named as acting.", "Say who you are with --as USER.")
    found = one(connection, user_account, name=name)
    if found is None:
        known = ", ".join(users(connection)) or "nobody yet"
        raise NotAllowed(f"{name} is not a user here ({known}).", f"Add them first: ringfence user add {name}")
    return int(found.id)


def open_batch(connection: Connection, *, kind: str, key: str, digest: str, prepared_by: str, recorded_at: str, body: str) -> int:
    """Record what somebody prepared; its key says what it is about, so the same cannot be prepared twice."""
    return add(connection, batch, key=key, kind=kind, digest=digest, prepared_by=user_id(connection, prepared_by),
               recorded_at=recorded_at, body=body)


def approve(connection: Connection, batch_id: int, approved_by: str, recorded_at: str) -> None:
    """Record the approval. The database refuses the preparer's own."""
    add(connection, approval, batch_id=batch_id, approved_by=user_id(connection, approved_by), recorded_at=recorded_at)


def by_key(connection: Connection, key: str) -> Batch | None:
    return _first(connection, batch.c.key == key)


def by_id(connection: Connection, batch_id: int) -> Batch | None:
    return _first(connection, batch.c.id == batch_id)


def by_digest(connection: Connection, digest: str) -> Batch | None:
    """The batch whose digest starts with `digest` (at least eight characters), newest first."""
    if len(digest) < 8:
        raise InputError(f"“{digest}” is too short to name a digest.", "Give at least its first eight characters.")
    return _first(connection, batch.c.digest.startswith(digest, autoescape=True))


def of_kind(connection: Connection, kind: str) -> list[Batch]:
    told = readable(connection, batch)
    return [_batch(row) for row in connection.execute(_query(told).where(told.c.kind == kind).order_by(told.c.id))]


def waiting_of(connection: Connection, user: int, kinds: Iterable[str]) -> list[str]:
    """The keys of what somebody prepared that nobody has approved, of these kinds."""
    query = (select(batch.c.key).outerjoin(approval, approval.c.batch_id == batch.c.id)
             .where(batch.c.prepared_by == user, approval.c.batch_id.is_(None), batch.c.kind.in_(list(kinds))).order_by(batch.c.id))
    return list(connection.execute(query).scalars())


def _query(told: TableClause = batch) -> Any:
    preparer, approver = user_account.alias("preparer"), user_account.alias("approver")
    return (
        select(told.c.id, told.c.key, told.c.kind, told.c.digest, preparer.c.name.label("prepared_by"), told.c.body,
               approver.c.name.label("approved_by"), told.c.recorded_at.label("prepared_at"))
        .join(preparer, preparer.c.id == told.c.prepared_by)
        .outerjoin(approval, approval.c.batch_id == told.c.id)
        .outerjoin(approver, approver.c.id == approval.c.approved_by)
    )


def _first(connection: Connection, condition: Any) -> Batch | None:
    row = connection.execute(_query().where(condition).order_by(batch.c.id.desc())).first()
    return _batch(row) if row else None


def _batch(row: Row[Any]) -> Batch:
    return Batch(**row._mapping)
