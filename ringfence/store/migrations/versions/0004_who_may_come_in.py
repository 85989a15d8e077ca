"""Roles, passphrases, stand-ins, leavers, and who else may read statements. Whoever could act until now keeps every role that finance has."""

from alembic import op

from ringfence.store.schema import metadata

revision = "0004"
down_revision = "0003"

TABLES = ("user_role", "user_passphrase", "user_identity", "user_leave", "stand_in", "caseload", "reader", "reader_grant")
ROLES = ("administrator", "finance manager", "approver")


def upgrade() -> None:
    metadata.create_all(op.get_bind(), [metadata.tables[name] for name in TABLES])
    for role in ROLES:
        op.execute(f"INSERT INTO user_role (user_account_id, role, version, from_on, to_on, given_by, recorded_at) "
                   f"SELECT id, '{role}', 1, '', '', id, recorded_at FROM user_account")
