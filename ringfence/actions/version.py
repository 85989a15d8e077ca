"""Which state of the books somebody is looking at: what was read under one version may be kept until it changes."""

from __future__ import annotations

from sqlalchemy import func, select

from ringfence.actions.acting import Acting
from ringfence.store.schema import approval, batch, document_file, user_account


def books_version(acting: Acting) -> str:
    """A text that changes with everything that is written: whatever is written belongs to a batch, its approval or its files."""
    counted = (func.max(batch.c.id), func.count(approval.c.batch_id), func.count(document_file.c.document_id), func.count(user_account.c.id))
    with acting.reading() as connection:
        return " ".join(str(connection.execute(select(what)).scalar() or 0) for what in counted)
