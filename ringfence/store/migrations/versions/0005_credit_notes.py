"""Credit notes: what was asked for on an issued invoice and is not owed."""

from alembic import op

from ringfence.store.schema import metadata

revision = "0005"
down_revision = "0004"

TABLES = ("credit_note", "credit_line")


def upgrade() -> None:
    metadata.create_all(op.get_bind(), [metadata.tables[name] for name in TABLES])
