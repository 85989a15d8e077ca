"""The first tables, the constitution of the ledger, and the guards."""

from alembic import op

from isf.accounts import ROLES, RULES
from ringfence.store.guards import install_guards
from ringfence.store.schema import metadata, role, rule

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection)
    connection.execute(role.insert(), [
        {"name": each.name, "unit": each.unit.value, "side": each.side, "floor": each.floor.value} for each in ROLES
    ])
    connection.execute(rule.insert(), [
        {"debit_role": each.debit, "credit_role": each.credit, "unit": each.unit.value,
         "origin_kind": each.origin.value if each.origin else "", "needs": each.needs} for each in RULES
    ])
    install_guards(connection)
