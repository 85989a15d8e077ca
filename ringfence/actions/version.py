"""Which state of the books somebody is looking at: what was read under one version may be kept until it changes."""

from __future__ import annotations

from sqlalchemy import func, select

from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.store.schema import approval, batch, caseload, document_file, stand_in, user_account, user_leave, user_role

COUNTED = select(*(select(what).scalar_subquery() for what in (
    func.max(batch.c.id), func.count(approval.c.batch_id), func.count(document_file.c.document_id), func.count(user_account.c.id),
    func.count(user_role.c.version), func.count(user_leave.c.left_on), func.count(stand_in.c.version), func.count(caseload.c.version))))
"""What grows with everything that is written, or given to a user, asked in one question: it is asked whenever a page is drawn."""


def books_version(acting: Acting) -> str:
    """A text that changes with everything that is written: whatever is written belongs to a batch, its approval or its files.

    It changes with the roles of users too, so that nobody is shown what was read for them before they lost the right to it."""
    with acting.reading(Right.COME_IN) as connection:
        return " ".join(str(count or 0) for count in connection.execute(COUNTED).one())
