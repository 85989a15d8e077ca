"""A line of a credit note may take off a part of an instalment: it names what its entry comes from, and a line may be credited more than once."""

from alembic import op
from sqlalchemy import select

from ringfence.store.constitution import add_missing
from ringfence.store.schema import credit_line

revision = "0007"
down_revision = "0006"

BEFORE = ("credit_note_id", "n", "invoice_id", "invoice_n", "pence")


def upgrade() -> None:
    """The table is made anew with the rows that it had, because SQLite takes no key off a table; nothing else points at it."""
    connection = op.get_bind()
    kept = [row._asdict() for row in connection.execute(select(*(credit_line.c[name] for name in BEFORE)))]
    credit_line.drop(connection)
    credit_line.create(connection)
    if kept:
        connection.execute(credit_line.insert(), kept)
    add_missing(connection)
