"""What is recorded of a fund besides money, changed instalments, the closing of a fund, and bills of others."""

from alembic import op

from ringfence.store.constitution import add_missing
from ringfence.store.schema import metadata

revision = "0002"
down_revision = "0001"

TABLES = ("schedule_change", "fact", "fund_closing")


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection, [metadata.tables[name] for name in TABLES])
    add_missing(connection)
