"""Seals: what a batch wrote, as one digest in a chain, so that what is changed or taken away afterwards shows."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from ringfence.store.schema import entry, seal


def seal_entries(connection: Connection, batch_id: int) -> str:
    """Seal the entries of a batch: sha256 over their business columns in the order of their keys, chained to the seal before."""
    count, digest = digest_of_entries(connection, batch_id)
    return seal_rows(connection, batch_id, "entries", count, digest)


_SEALED = " || '\x1f' || ".join((
    "e.key", "f.key", "e.unit", "d.key", "c.key", "CAST(e.amount AS TEXT)", "e.happened_on", "e.posted_on", "v.key", "COALESCE(o.key, '')",
    "COALESCE(r.key, '')"))
_AT_ONCE = 5_000


def digest_of_entries(connection: Connection, batch_id: int) -> tuple[int, str]:
    """How many entries a batch has, and the sha256 of their business columns (no ids, no time of recording) in key order.

    Only keys are put in order, and the rest is read a few thousand at a time: an encrypted file sorts in memory, and a month may have
    more than fit.
    """
    order = entry.c.key.collate("C") if connection.dialect.name == "postgresql" else entry.c.key
    ids = array("q", connection.execute(select(entry.c.id).where(entry.c.batch_id == batch_id).order_by(order)).scalars())
    query = (
        f"SELECT {_SEALED}"
        " FROM entry e JOIN fund f ON f.id = e.fund_id JOIN account d ON d.id = e.debit_account_id"
        " JOIN account c ON c.id = e.credit_account_id JOIN event v ON v.id = e.event_id LEFT JOIN origin o ON o.id = e.origin_id"
        " LEFT JOIN entry r ON r.id = e.reverses_id WHERE e.id IN ")
    digest = hashlib.sha256()
    for first in range(0, len(ids), _AT_ONCE):
        some = ", ".join(map(str, ids[first:first + _AT_ONCE]))  # written out: so many bound one by one take longer than their rows
        lines = connection.exec_driver_sql(f"{query}({some})").scalars().all()
        digest.update((("\n" if first else "") + "\n".join(sorted(lines))).encode())
    return len(ids), digest.hexdigest()


def sha256_of_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def seal_rows(connection: Connection, batch_id: int, covers: str, rows: int, digest: str) -> str:
    """Add a seal to the chain over `digest`, and return it."""
    last = connection.execute(select(seal.c.n, seal.c.sha256).order_by(seal.c.n.desc()).limit(1)).one_or_none()
    previous = last.sha256 if last else ""
    sha256 = chained(previous, digest)
    connection.execute(insert(seal).values(n=(last.n if last else 0) + 1, batch_id=batch_id, covers=covers, rows=rows, previous=previous,
                                           sha256=sha256))
    return sha256


def seal_of(connection: Connection, batch_id: int) -> str:
    """The seal over a batch's entries; empty where it has none."""
    query = select(seal.c.sha256).where(seal.c.batch_id == batch_id, seal.c.covers == "entries")
    return connection.execute(query).scalar_one_or_none() or ""


def chained(previous: str, digest: str) -> str:
    return hashlib.sha256(f"{previous}\n{digest}".encode()).hexdigest()
