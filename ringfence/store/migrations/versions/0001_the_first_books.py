"""The first tables, and the constitution of the ledger."""

from alembic import op

from ringfence.store.constitution import add_missing
from ringfence.store.schema import metadata

revision = "0001"
down_revision = None

TABLES = (
    "setting", "user_account", "batch", "approval", "person", "person_detail", "funder", "funder_detail", "provider_detail", "contract",
    "terms", "rate", "house", "house_place", "fund", "funding", "plan_line", "schedule_row", "schedule_part", "role", "rule", "account",
    "origin", "part", "explanation", "event", "entry", "conversion", "balance", "part_use", "month_lock", "month_reopen", "delivery",
    "withdrawal", "conflict", "charge", "invoice", "invoice_line", "seal", "document", "document_file",
)


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection, [metadata.tables[name] for name in TABLES])
    add_missing(connection)
