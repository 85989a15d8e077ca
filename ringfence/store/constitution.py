"""The roles and rules of the ledger as rows, where the guards read them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from isf.accounts import ROLES, RULES
from ringfence.store.schema import role, rule


def add_missing(connection: Connection) -> None:
    """Write every role and rule that is not there yet. Only a migration may: the guards are out while it runs."""
    roles = set(connection.execute(select(role.c.name, role.c.unit)))
    rules = set(connection.execute(select(rule.c.debit_role, rule.c.credit_role, rule.c.unit, rule.c.origin_kind)))
    new_roles = [{"name": each.name, "unit": each.unit.value, "side": each.side, "floor": each.floor.value}
                 for each in ROLES if (each.name, each.unit.value) not in roles]
    new_rules = [{"debit_role": each.debit, "credit_role": each.credit, "unit": each.unit.value, "origin_kind": kind, "needs": each.needs}
                 for each in RULES if (each.debit, each.credit, each.unit.value, kind := each.origin.value if each.origin else "") not in rules]
    for table, rows in ((role, new_roles), (rule, new_rules)):
        if rows:
            connection.execute(table.insert(), rows)
