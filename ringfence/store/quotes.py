"""Quotes as they were made, frozen and sealed like every document, and what was said to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from ringfence.store import billing, seals
from ringfence.store.schema import batch, document, user_account

QUOTE = "quote"
ANSWER = "quote_answer"


def quotes(connection: Connection) -> list[Row[Any]]:
    """Every quote with its record and who made it, in the order of their numbers."""
    query = (
        select(document.c.id, document.c.record, user_account.c.name.label("made_by"))
        .join(batch, batch.c.id == document.c.batch_id).join(user_account, user_account.c.id == batch.c.prepared_by)
        .where(document.c.kind == QUOTE).order_by(document.c.id)
    )
    return list(connection.execute(query))


def answers(connection: Connection) -> list[Row[Any]]:
    """Everything that was said to quotes, in the order in which it was recorded: its content, and by whom."""
    query = (
        select(batch.c.body, user_account.c.name.label("recorded_by")).join(user_account, user_account.c.id == batch.c.prepared_by)
        .where(batch.c.kind == ANSWER).order_by(batch.c.id)
    )
    return list(connection.execute(query))


def freeze(connection: Connection, frozen: billing.Frozen, batch_id: int) -> int:
    """Keep the record of a quote, sealed, and give the id of its document."""
    billing.add_documents(connection, [frozen], batch_id)
    seals.seal_rows(connection, batch_id, "documents", 1, seals.sha256_of_lines([f"{frozen.key} {frozen.sha256}"]))
    return int(connection.execute(select(document.c.id).where(document.c.key == frozen.key)).scalar_one())
