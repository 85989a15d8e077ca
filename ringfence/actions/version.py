"""Which state of the books somebody is looking at: what was read under one version may be kept until it changes."""

from __future__ import annotations

from sqlalchemy import func, select

from ringfence.actions.acting import Acting
from ringfence.store.schema import approval, batch, document_file, user_account

COUNTED = select(*(select(what).scalar_subquery() for what in (
    func.max(batch.c.id), func.count(approval.c.batch_id), func.count(document_file.c.document_id), func.count(user_account.c.id))))
"""What grows with everything that is written, asked in one question: it is asked whenever a page is drawn."""


def books_version(acting: Acting) -> str:
    """A text that changes with everything that is written: whatever is written belongs to a batch, its approval or its files."""
    with acting.reading() as connection:
        return " ".join(str(count or 0) for count in connection.execute(COUNTED).one())
