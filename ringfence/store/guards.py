"""Every guard: its name, what it refuses in plain words, and what to do next; and how all of them are put into a database.

What each asks stands in `guards_sqlite.sql` and `guards_postgresql.sql`. What every table has alike is written here, from the
tables themselves, so that a new table is guarded from its first day. `docs/guards.md` prints this list.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, Text, UniqueConstraint, text

from ringfence.store.schema import KEPT_BY_GUARDS, metadata


@dataclass(frozen=True)
class Guard:
    """What a guard refuses, and what the person who meets it does next."""

    refuses: str
    to_do: str


_AGAIN = "Nothing of this was kept. Put the row right, then do it again."
_FLOOR = "Record less, or record what raises the account first."

GUARDS: dict[str, Guard] = {
    # the barrier, first half: an entry stays in its fund
    "barrier_fund": Guard("An entry’s two accounts must both belong to the entry’s own fund, in its unit.",
                          "Use the fund’s own accounts: money never moves from one person’s fund to another’s."),
    "event_fund": Guard("What an entry or a charge records must have happened in the same fund.", "Record an event for each fund."),
    "rule": Guard("No rule lets these two accounts meet in one entry, from this kind of origin.",
                  "See the table of rules on the page about guards."),
    "account_shape": Guard("An account needs a fund and a role that exist, a payer where it says what is due, and no twin.",
                           "Use the account that the fund has already, or give what is missing."),
    # the barrier, second half: value comes from an approved part of something real
    "origin_missing": Guard("What the entry or part says it comes from is not there, or is counted in another unit.",
                            "Record the bank line, allocation or other origin first."),
    "part_not_approved": Guard("No approved part of this origin belongs to this fund.", "Have the parts approved by somebody else first."),
    "part_exceeded": Guard("The entries of this fund would come to more than its approved parts of the origin.",
                           "Post no more than what is left of the fund’s part."),
    "part_over_origin": Guard("The parts would come to more than the origin they are parts of.", "Make the parts smaller."),
    "part_after_approval": Guard("A batch that is approved takes no more origins or parts.", "Prepare another batch, and have it approved."),
    "approver_is_preparer": Guard("A batch is approved by somebody other than who prepared it, and both must be known.",
                                  "Ask a colleague to approve it."),
    "needs_charge": Guard("Support paid for as it is given needs its charge: same event, fund, payer and pence, and posted once.",
                          "Record the charge first, or post what it says."),
    "needs_conversion": Guard("Turning banked time into pounds needs its agreement: same event, same minutes, and posted once.",
                              "Record the conversion and who agreed it first."),
    "conversion": Guard("A conversion is of more than no minutes, never below no pence, and names its agreement.", _AGAIN),
    # floors
    "floor_held": Guard("A fund’s money in the bank would fall below nothing.", _FLOOR),
    "floor_with_provider": Guard("The money that the provider has collected for a fund would fall below nothing.", _FLOOR),
    "floor_available": Guard("What a person may still use would fall below nothing.",
                             "Record what goes beyond it as borne by the provider (pounds) or over plan (time)."),
    "floor_banked": Guard("What a person has set aside would fall below nothing.", _FLOOR),
    "floor_owed_provider": Guard("The provider would be paid more than it has charged to the fund.", _FLOOR),
    "floor_borne": Guard("More overspend would be put right than the provider carries.", _FLOOR),
    "floor_owed_funder": Guard("More would be given back to a funder than is owed to it.", _FLOOR),
    "floor_owed_person": Guard("More would be given back to the person than is owed to them.", _FLOOR),
    "floor_other": Guard("An account would fall below its floor.", _FLOOR),
    "draw_too_much": Guard("The provider would draw more than the fund owes it, less the overspend that it carries.",
                           "Draw no more than what is owed less what is borne: overspend waits for the funder’s approval."),
    # corrections
    "reversal": Guard("A reversal mirrors one entry exactly, once, and is not itself reversed.",
                      "Reverse the first entry whole, then post what is right."),
    "sealed": Guard("A batch that is sealed takes no more entries.", "Prepare another batch."),
    "append_only": Guard("Nothing that is kept is changed or removed.", "Add a later version, a reversal or a withdrawal instead."),
    "replace": Guard("A row with this key is kept already, and nothing takes its place.", "Add a later version instead."),
    "key": Guard("A row with this key is kept already.", "Leave it out where it is the same; add a later version where it is not."),
    "kept_by_guard": Guard("Balances, and how much of an origin is placed or used, are kept by guards alone.",
                           "Post an entry or a part; the sums follow."),
    "constitution": Guard("Roles and rules change only with a new version of Ringfence.", "Ask for the rule in a new version."),
    # days and months
    "entry_dates": Guard("An entry’s days must exist, and it is posted on the day it happened, or on the 1st of the first open month.",
                         "Check the two days."),
    "real_date": Guard("A day is given that does not exist.", "Write days like 2026-10-31."),
    "month_closed": Guard("The month that this would be posted in is closed.", "Post it on the 1st of the first open month."),
    "lock_order": Guard("A month is closed once, as issued and then locked, and never behind one that is closed.",
                        "Close the months in their order."),
    "reopen": Guard("Only the last closed month is opened again, by an approved decision, and not once invoices of it are issued.",
                    "Have the decision approved; correct an issued month in the next one."),
    # what is asked for
    "charge_without_delivery": Guard("A charge needs a delivery that is kept and not withdrawn.", "Bring the delivery in first."),
    "invoiced_delivery": Guard("Support that stands on an issued invoice cannot be withdrawn.", "Leave it until it can be credited."),
    "invoice_line": Guard("An invoice line repeats a charge for delivered support or an instalment: same payer, fund and pence.",
                          "Draft the invoice again from what is charged and due."),
    "invoice_number": Guard("Invoice numbers follow one another without a gap.", "Use the number after the last."),
    "seal_chain": Guard("A seal is the next one, and holds the one before it.", "Seal again on the last seal."),
    # what the engines themselves refuse
    "authorizer": Guard("The app may read and add rows in the database file, and nothing else.",
                        "Use Ringfence’s own commands; tables and guards change only with a new version."),
    "grants": Guard("The app’s user may read and add rows on the server, and nothing else.",
                    "Use Ringfence’s own commands; tables and guards change only with a new version."),
    "foreign_key": Guard("A row points at another that is not there.", "Record the other first."),
    "check": Guard("A row breaks a rule of its table.", _AGAIN),
    "not_empty": Guard("Something that must be given was left empty.", _AGAIN),
    "type": Guard("A value is not of its column’s kind.", "Give whole pence and minutes, and text."),
}

BY_CONSTRAINT = {
    "fk_entry_debit_account_id_fund_id_unit": "barrier_fund",
    "fk_entry_credit_account_id_fund_id_unit": "barrier_fund",
    "fk_entry_origin_id": "origin_missing",
    "fk_part_origin_id_unit": "origin_missing",
    "fk_charge_delivery_id": "charge_without_delivery",
    "fk_entry_reverses_id": "reversal",
    "uq_entry_reverses_id": "reversal",
}
"""Where PostgreSQL’s own keys say the same as a guard, and say it first."""


def install_guards(connection: Connection) -> None:
    """Take every guard out and put all of them in afresh. Each migration ends with this."""
    sqlite = connection.dialect.name == "sqlite"
    _remove(connection, sqlite)
    script = (Path(__file__).parent / f"guards_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    alike = [*(statement for table in metadata.sorted_tables for statement in (_alike_sqlite if sqlite else _alike_postgresql)(table))]
    cursor = connection.connection.cursor()
    try:
        for statement in [*(_statements(script) if sqlite else [script]), *alike]:
            cursor.execute(statement)
    finally:
        cursor.close()


def _remove(connection: Connection, sqlite: bool) -> None:
    if sqlite:
        found = connection.execute(text("SELECT type, name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'guard_%' OR type = 'view'"))
        statements = [f"DROP {kind} {name}" for kind, name in found.all()]
    else:
        found = connection.execute(text("SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'guard_%'"))
        statements = [*(f"DROP FUNCTION {name} CASCADE" for (name,) in found.all()), "DROP VIEW IF EXISTS month_standing"]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger is one, semicolons and all."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def _alike_sqlite(table: Table) -> Iterator[str]:
    name = table.name
    fixed = [column.name for column in table.columns if (name, column.name) not in _KEPT_COLUMNS]
    yield f"CREATE TRIGGER guard_{name}_delete BEFORE DELETE ON {name} BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END"
    yield (f"CREATE TRIGGER guard_{name}_update BEFORE UPDATE OF {', '.join(fixed)} ON {name} "
           "BEGIN SELECT RAISE(ABORT, 'guard:append_only'); END")
    if name not in KEPT_BY_GUARDS:
        known = " OR ".join(f"EXISTS (SELECT 1 FROM {name} WHERE {' AND '.join(f'{each} = NEW.{each}' for each in key)})" for key in _keys(table))
        yield f"CREATE TRIGGER guard_{name}_key BEFORE INSERT ON {name} WHEN {known} BEGIN SELECT RAISE(ABORT, 'guard:key'); END"
    days = _days(table)
    if days:
        wrong = " OR ".join(f"NEW.{day} <> '' AND NEW.{day} IS NOT date(NEW.{day}, '+0 days')" for day in days)
        yield f"CREATE TRIGGER guard_{name}_days BEFORE INSERT ON {name} WHEN {wrong} BEGIN SELECT RAISE(ABORT, 'guard:real_date'); END"


def _alike_postgresql(table: Table) -> Iterator[str]:
    name = table.name
    if name not in KEPT_BY_GUARDS:
        fixed = ", ".join(column.name for column in table.columns if (name, column.name) not in _KEPT_COLUMNS)
        yield (f"CREATE TRIGGER guard_changed BEFORE DELETE OR UPDATE OF {fixed} ON {name} "
               "FOR EACH STATEMENT EXECUTE FUNCTION guard_refuses('append_only')")
    yield f"CREATE TRIGGER guard_emptied BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION guard_refuses('append_only')"
    days = ", ".join(f"'{day}'" for day in _days(table))
    if days:
        yield (f"CREATE TRIGGER guard_days AFTER INSERT ON {name} REFERENCING NEW TABLE AS added "
               f"FOR EACH STATEMENT EXECUTE FUNCTION guard_real_dates({days})")


_KEPT_COLUMNS = {("origin", "placed"), ("balance", "amount"), ("part_use", "used")}


def _keys(table: Table) -> list[tuple[str, ...]]:
    """What makes a row of the table known: its primary key, and each unique set that does not merely widen it."""
    primary = tuple(column.name for column in table.primary_key.columns)
    unique = (tuple(column.name for column in each.columns) for each in table.constraints if isinstance(each, UniqueConstraint))
    return [primary, *sorted(key for key in unique if not set(key) > set(primary) and key != ("reverses_id",))]


def _days(table: Table) -> list[str]:
    """The columns that hold a day; an entry’s own guard reads an entry’s."""
    if table.name == "entry":
        return []
    return [column.name for column in table.columns if isinstance(column.type, Text) and column.name.endswith(("_on", "_from"))]
