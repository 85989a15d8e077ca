"""What is saved: every table, for both engines.

Nothing is overwritten. A row that changes meaning gets a later `version`; a row that was wrong is reversed or withdrawn by another
row. Dates are ISO text and amounts whole numbers on both engines, so that a guard reads the same in either. The guards themselves
stand in `guards_sqlite.sql` and `guards_postgresql.sql`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    column,
    text,
)
from sqlalchemy import table as view

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

Whole = Integer().with_variant(BigInteger(), "postgresql")
"""A whole number of pence, minutes or rows."""


def _table(name: str, *parts: Any, rowid: bool = True) -> Table:
    """`rowid` is off where the key is all that a row is found by: SQLite then looks up once, not twice."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=options.pop("nullable", False), **options)


def _whole(name: str, **options: Any) -> Column[int]:
    return Column(name, Whole, nullable=options.pop("nullable", False), **options)


def _id() -> Column[int]:
    return Column("id", Whole, primary_key=True, autoincrement=False)


def _to(table: str, column: str = "", **options: Any) -> Column[int]:
    return Column(column or f"{table}_id", Whole, ForeignKey(f"{table}.id"), nullable=options.pop("nullable", False), **options)


def _guarded(table: str, column: str = "", **options: Any) -> Column[int]:
    """The id of a row that the table's own guard looks for: a foreign key would only look for it a second time."""
    return _whole(column or f"{table}_id", info={"table": table}, **options)


def _batch() -> Column[int]:
    return _to("batch")


def _given_by() -> Column[int]:
    return _to("user_account", "given_by")


# who acts, and what came in or was decided together
setting = _table("setting", _text("name", primary_key=True), _text("value"))
user_account = _table("user_account", _id(), _text("name", unique=True), _text("recorded_at"))
batch = _table(
    "batch", _id(), _text("key", unique=True), _text("kind"), _text("digest"), _to("user_account", "prepared_by"),
    _text("recorded_at"), _text("body"),
)
approval = _table(
    "approval", Column("batch_id", Whole, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    _to("user_account", "approved_by"), _text("recorded_at"),
)

# people and payers; a name stands only in person_detail, or in funder_detail where the payer is not the person
person = _table("person", _id(), _text("reference", unique=True))
person_detail = _table(
    "person_detail", _to("person"), _whole("version"), _text("name"), _text("known_as"), _text("body"), _batch(),
    PrimaryKeyConstraint("person_id", "version"),
)
funder = _table("funder", _id(), _text("reference", unique=True), _text("kind"), _to("person", nullable=True))
funder_detail = _table(
    "funder_detail", _to("funder"), _whole("version"), _text("name"), _text("body"), _batch(),
    PrimaryKeyConstraint("funder_id", "version"),
)
provider_detail = _table("provider_detail", _whole("version", primary_key=True, autoincrement=False), _text("body"), _batch())

# what was agreed
contract = _table(
    "contract", _id(), _text("reference", unique=True), _to("funder"), _text("first_on"), _text("last_on"), _whole("pence"),
    _text("live_from"), _text("body"), _batch(),
)
terms = _table("terms", _id(), _text("name"), _text("from_on"), _whole("version"), _text("body"), _batch(),
               UniqueConstraint("name", "from_on", "version"))
rate = _table(
    "rate", _id(), _text("code"), _text("from_on"), _text("to_on"), _whole("version"), _text("per"), _text("pounds"), _batch(),
    UniqueConstraint("code", "from_on", "version"),
)
house = _table("house", _id(), _text("reference", unique=True), _whole("places"), _text("void_paid_by"),
               _to("contract", nullable=True), _text("body"), _batch())
house_place = _table(
    "house_place", _id(), _to("house"), _whole("place"), _to("person", nullable=True), _text("from_on"), _whole("version"), _batch(),
    UniqueConstraint("house_id", "place", "from_on", "version"),
)
fund = _table("fund", _id(), _text("key", unique=True), _text("kind"), _to("person", nullable=True), _to("contract", nullable=True),
              _batch())
funding = _table(
    "funding", _id(), _to("fund"), _to("funder"), _whole("version"), _text("how"), _text("share"), _text("terms_name"),
    _text("from_on"), _text("to_on"), _to("contract", nullable=True), _text("order_number"), _batch(),
    UniqueConstraint("fund_id", "funder_id", "from_on", "version"),
)
plan_line = _table(
    "plan_line", _id(), _text("reference"), _whole("version"), _to("fund"), _text("support_type"), _text("words"),
    _to("funder", nullable=True), _text("rate_code"), _whole("minutes_per_week", nullable=True),
    _text("count_per_week", nullable=True), _whole("shared_by", nullable=True), _text("from_on"), _text("to_on"), _batch(),
    UniqueConstraint("reference", "from_on", "version"),
)
schedule_row = _table(
    "schedule_row", _id(), _to("contract"), _whole("n"), _text("from_on"), _text("to_on"), _text("invoice_on"), _text("due_on"),
    _batch(), UniqueConstraint("contract_id", "n"),
)
schedule_part = _table(
    "schedule_part", _to("schedule_row"), _to("fund"), _to("funder"), _whole("pence"),
    PrimaryKeyConstraint("schedule_row_id", "fund_id", "funder_id"),
    CheckConstraint("pence >= 0", name="not_negative"),
)

schedule_change = _table(
    "schedule_change", _to("schedule_row"), _to("fund"), _to("funder"), _whole("version"), _whole("pence"), _batch(),
    PrimaryKeyConstraint("schedule_row_id", "fund_id", "funder_id", "version"),
    CheckConstraint("pence >= 0", name="not_negative"),
)
schedule_standing = view("schedule_standing", column("schedule_row_id", Whole), column("fund_id", Whole), column("funder_id", Whole),
                         column("pence", Whole))
"""Each part of an instalment as it stands, after every approved change; the guards make this view and read it too."""
fact = _table(
    "fact", _id(), _text("kind"), _to("fund", nullable=True), _text("reference"), _whole("version"), _text("from_on"), _text("body"), _batch(),
    UniqueConstraint("kind", "reference", "version"),
    Index(None, "fund_id", "kind"),
)
fund_closing = _table(
    "fund_closing", _id(), _to("fund"), _text("step"), _text("happened_on"), _batch(),
    Index(None, "fund_id"),
)

# the ledger
role = _table("role", _text("name"), _text("unit"), _text("side"), _text("floor"), PrimaryKeyConstraint("name", "unit"))
rule = _table(
    "rule", _text("debit_role"), _text("credit_role"), _text("unit"), _text("origin_kind"), _text("needs"),
    PrimaryKeyConstraint("debit_role", "credit_role", "unit", "origin_kind"), rowid=False,
)
account = _table(
    "account", _id(), _text("key", unique=True), _to("fund"), _text("unit"), _text("role"), _to("funder", nullable=True),
    UniqueConstraint("id", "fund_id", "unit"),
    ForeignKeyConstraint(["role", "unit"], ["role.name", "role.unit"]),
    Index(None, "fund_id", "role"),
)
origin = _table(
    "origin", _id(), _text("key", unique=True), _text("kind"), _text("unit"), _whole("amount"), _whole("placed"),
    _text("happened_on"), _text("words"), _batch(),
    UniqueConstraint("id", "unit"),
    CheckConstraint("amount > 0", name="amount_above_nil"),
    CheckConstraint("placed >= 0 AND placed <= amount", name="placed_within_amount"),
)
part = _table(
    "part", _id(), _whole("origin_id"), _to("fund"), _text("unit"), _whole("amount"), _batch(),
    UniqueConstraint("origin_id", "fund_id", "batch_id"),
    ForeignKeyConstraint(["origin_id", "unit"], ["origin.id", "origin.unit"]),
    CheckConstraint("amount > 0", name="amount_above_nil"),
)
explanation = _table("explanation", Column("origin_id", Whole, ForeignKey("origin.id"), primary_key=True, autoincrement=False),
                     _text("words"), _batch())
event = _table("event", _id(), _text("key", unique=True), _text("kind"), _to("fund"), _to("plan_line", nullable=True), _text("words"),
               _batch())
entry = _table(
    "entry", _id(), _text("key", unique=True), _guarded("fund"), _text("unit"), _whole("debit_account_id"), _whole("credit_account_id"),
    _whole("amount"), _text("happened_on"), _text("posted_on"), _text("recorded_at"), _guarded("event"),
    _guarded("origin", nullable=True), _guarded("entry", "reverses_id", nullable=True), _guarded("batch"),
    ForeignKeyConstraint(["debit_account_id", "fund_id", "unit"], ["account.id", "account.fund_id", "account.unit"]),
    ForeignKeyConstraint(["credit_account_id", "fund_id", "unit"], ["account.id", "account.fund_id", "account.unit"]),
    CheckConstraint("amount > 0", name="amount_above_nil"),
    Index("uq_entry_reverses_id", "reverses_id", unique=True, sqlite_where=text("reverses_id IS NOT NULL"),
          postgresql_where=text("reverses_id IS NOT NULL")),
    Index(None, "fund_id", "posted_on"),
    Index(None, "event_id"),
    Index(None, "batch_id"),
)
conversion = _table(
    "conversion", Column("event_id", Whole, ForeignKey("event.id"), primary_key=True, autoincrement=False),
    _whole("minutes"), _text("rate_per_hour"), _whole("pence"), _text("agreement"),
)
balance = _table("balance", Column("account_id", Whole, ForeignKey("account.id"), primary_key=True, autoincrement=False), _whole("amount"))
part_use = _table("part_use", _to("origin"), _to("fund"), _whole("used"), PrimaryKeyConstraint("origin_id", "fund_id"),
                  rowid=False)
month_lock = _table("month_lock", _id(), _text("month"), _text("step"), _batch(), UniqueConstraint("month", "step", "batch_id"))
month_reopen = _table("month_reopen", Column("month_lock_id", Whole, ForeignKey("month_lock.id"), primary_key=True, autoincrement=False),
                      _batch())

# support delivered, what it cost, and who was asked for it
delivery = _table(
    "delivery", _id(), _text("key"), _whole("version"), _text("visit"), _text("carer"), _to("person", nullable=True),
    _to("house", nullable=True), _text("support_type"), _text("outcome"), _text("happened_on"), _text("starts_at"), _text("ends_at"),
    _whole("planned_minutes"), _whole("actual_minutes"), _whole("planned_carers"), _text("reason"), _text("content"),
    _whole("row_number"), _batch(),
    UniqueConstraint("key", "version"),
    Index(None, "happened_on"),
    Index(None, "batch_id"),
)
withdrawal = _table("withdrawal", Column("delivery_id", Whole, ForeignKey("delivery.id"), primary_key=True, autoincrement=False), _batch())
conflict = _table("conflict", _id(), _batch(), _text("key"), _whole("row_number"), _text("kept"), _text("offered"))
charge = _table(
    "charge", Column("event_id", Whole, ForeignKey("event.id"), primary_key=True, autoincrement=False), _to("delivery"), _to("fund"),
    _to("funder", nullable=True), _to("plan_line", nullable=True), _text("how"), _text("support_on"), _whole("minutes"),
    _whole("times"), _text("rate_code"), _text("pounds"), _whole("pence"), _batch(),
    Index(None, "delivery_id"),
    Index(None, "fund_id", "support_on"),
)
invoice = _table(
    "invoice", _id(), _text("key", unique=True), _whole("number", unique=True), _to("funder"), _to("person", nullable=True),
    _to("contract", nullable=True), _text("from_on"), _text("to_on"), _text("issued_on"), _text("due_on"), _whole("pence"), _batch(),
)
invoice_line = _table(
    "invoice_line", _to("invoice"), _whole("n"), Column("event_id", Whole, ForeignKey("event.id"), nullable=True, unique=True),
    _to("schedule_row", nullable=True), _to("fund"), _to("funder"), _whole("pence"),
    PrimaryKeyConstraint("invoice_id", "n"),
    UniqueConstraint("schedule_row_id", "fund_id", "funder_id"),
    CheckConstraint("(event_id IS NULL) <> (schedule_row_id IS NULL)", name="one_ground"),
)

credit_note = _table(
    "credit_note", _id(), _whole("number", unique=True), _to("invoice"), _text("issued_on"), _whole("pence"), _text("words"), _batch(),
    CheckConstraint("pence > 0", name="pence_above_nil"),
    Index(None, "invoice_id"),
)
credit_line = _table(
    "credit_line", _to("credit_note"), _whole("n"), _whole("invoice_id"), _whole("invoice_n"), _whole("pence"), _to("origin", nullable=True),
    PrimaryKeyConstraint("credit_note_id", "n"),
    UniqueConstraint("origin_id"),
    ForeignKeyConstraint(["invoice_id", "invoice_n"], ["invoice_line.invoice_id", "invoice_line.n"]),
    Index(None, "invoice_id", "invoice_n"),
)
"""A line of an issued invoice that is credited. Of support it is the whole line, once; of an instalment any pence of it, each from an origin of its
own, whose entry lowers the promise by as much."""

# what left the house
seal = _table(
    "seal", Column("n", Whole, primary_key=True, autoincrement=False), _batch(), _text("covers"), _whole("rows"), _text("previous"),
    _text("sha256"),
    UniqueConstraint("batch_id", "covers"),
)
document = _table("document", _id(), _text("key", unique=True), _text("kind"), _to("fund", nullable=True), _to("invoice", nullable=True),
                  _text("name"), _text("record"), _text("sha256"), _batch())
document_file = _table("document_file", _to("document"), _text("format"), _text("sha256"), _whole("bytes"),
                       PrimaryKeyConstraint("document_id", "format"))

# who may come in, as what and until when; an empty `from_on` is from the beginning, an empty `to_on` until further notice. What comes and
# goes, sessions and links, is kept beside the books (docs/decisions/0017)
user_role = _table("user_role", _to("user_account"), _text("role"), _whole("version"), _text("from_on"), _text("to_on"), _given_by(),
                   _text("recorded_at"), PrimaryKeyConstraint("user_account_id", "role", "version"))
user_passphrase = _table("user_passphrase", _to("user_account"), _whole("version"), _text("hash"), _given_by(), _text("recorded_at"),
                         PrimaryKeyConstraint("user_account_id", "version"))
user_identity = _table("user_identity", _text("issuer"), _text("subject"), _to("user_account"), _given_by(), _text("recorded_at"),
                       PrimaryKeyConstraint("issuer", "subject"))
user_leave = _table("user_leave", Column("user_account_id", Whole, ForeignKey("user_account.id"), primary_key=True, autoincrement=False),
                    _text("left_on"), _to("user_account", "handed_to", nullable=True), _given_by(), _text("recorded_at"),
                    CheckConstraint("handed_to <> user_account_id", name="somebody_else"))
stand_in = _table("stand_in", _to("user_account"), _to("user_account", "absent_id"), _whole("version"), _text("from_on"), _text("to_on"),
                  _given_by(), _text("recorded_at"), PrimaryKeyConstraint("user_account_id", "absent_id", "version"),
                  CheckConstraint("absent_id <> user_account_id", name="somebody_else"))
caseload = _table("caseload", _to("user_account"), _to("person"), _whole("version"), _text("from_on"), _text("to_on"), _given_by(),
                  _text("recorded_at"), PrimaryKeyConstraint("user_account_id", "person_id", "version"))
reader = _table("reader", _id(), _text("name"), _given_by(), _text("recorded_at"))
reader_grant = _table("reader_grant", _to("reader"), _to("person"), _whole("version"), _text("relationship"), _text("from_on"), _text("to_on"),
                      _given_by(), _text("recorded_at"), PrimaryKeyConstraint("reader_id", "person_id", "version"))

KEPT_BY_GUARDS = ("balance", "part_use")
"""Tables that only a guard may write; `origin.placed` is the one column like them."""
