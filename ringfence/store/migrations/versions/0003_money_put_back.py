"""A part of a bank line stays used when its money is put back: what is kept of earlier lines says so too."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("""
        UPDATE part_use SET used = (
          SELECT coalesce(sum(amount), 0) FROM entry
          WHERE entry.origin_id = part_use.origin_id AND entry.fund_id = part_use.fund_id AND entry.reverses_id IS NULL)
        WHERE origin_id IN (SELECT id FROM origin WHERE kind LIKE 'bank%')""")
