"""What may be read where figures are told without names: these columns, and nothing else of the database.

What is not listed is refused, a new table too. Terms, reviews and decisions stand in texts that hold names besides: of those there are views,
made beside the guards, that give the figures alone. Whoever may read no names reads the view in the place of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Table, TableClause, column, table

from ringfence.store.schema import batch, fact, funding, provider_detail

NAMELESS = "ringfence_nameless"
"""The option of a connection on which no name can be read."""

_RECORDS = ("fund terms", "earmark", "ending", "review", "going live")
"""The kinds of fact that figures are worked out of."""
_OF_RECORDS = (
    "person", "fund", "funder", "preset", "until", "ended_on", "why", "next_on", "pounds", "unpaid",
    "paid", "paid_every", "advance_weeks", "paid_on", "payment", "contribution", "contribution_spent", "may_bank", "surplus_weeks", "surplus_base",
    "surplus_stays_weeks", "surplus_stays", "fee", "fee_percent", "elsewhere_percent", "statements_every", "reviews", "review_on_change",
    "notice_weeks", "small_change_pounds_per_week", "leftovers")
"""What of them is a figure, a day, a reference, or one of a few set words."""
_OF_RECONCILIATIONS = ("on", "kept", "bank_pence", "funds")
_ITEMS = ("nobodys", "on_the_way", "explained")
"""What lies between the ledger and the bank: of each item the pence, and neither its words nor its fund."""
_ITEM_SQLITE, _ITEM_POSTGRESQL = "json_array('', each.value -> 1, '')", "jsonb_build_array('', each -> 1, '')"
_OF_BANK_LINES = ("line", "invoices", "instalment")
"""What a line of the bank was said to pay, out of the file that brought it."""

FACTS = table("fact_figures", *(column(each.name, each.type) for each in fact.columns))
BATCHES = table("batch_figures", *(column(each.name, each.type) for each in batch.columns))
PROVIDER = table("provider_figures", *(column(each.name, each.type) for each in provider_detail.columns))
FUNDINGS = table("funding_figures", *(column(each.name, each.type) for each in funding.columns))
_IN_PLACE_OF: Mapping[Table, TableClause] = {fact: FACTS, batch: BATCHES, provider_detail: PROVIDER, funding: FUNDINGS}
VIEWS = tuple(each.name for each in _IN_PLACE_OF.values())

READ: Mapping[str, tuple[str, ...]] = {
    "account": ("id", "fund_id", "unit", "role", "funder_id"),
    "approval": ("batch_id", "approved_by"),
    "balance": ("account_id", "amount"),
    "batch": ("id", "prepared_by", "recorded_at"),
    "charge": ("delivery_id", "fund_id", "plan_line_id", "support_on", "pence"),
    "contract": ("id", "reference", "funder_id", "first_on", "last_on", "pence", "live_from"),
    "credit_line": ("credit_note_id", "n", "invoice_id", "invoice_n", "pence", "origin_id"),
    "credit_note": ("id", "issued_on"),
    "entry": ("id", "fund_id", "unit", "debit_account_id", "credit_account_id", "amount", "happened_on", "posted_on", "recorded_at", "event_id",
              "origin_id", "reverses_id"),
    "event": ("id", "key", "kind"),
    "fact": ("kind", "fund_id"),
    "fund": ("id", "key", "kind", "person_id", "contract_id", "batch_id"),
    "fund_closing": ("id", "fund_id", "step", "happened_on"),
    "funder": ("id", "reference", "kind", "person_id"),
    "invoice": ("id", "number", "issued_on", "due_on"),
    "invoice_line": ("invoice_id", "n", "schedule_row_id", "fund_id", "funder_id", "pence"),
    "month_lock": ("id", "month", "step"),
    "month_reopen": ("month_lock_id",),
    "origin": ("id", "key", "kind", "happened_on", "batch_id"),
    "part": ("origin_id", "batch_id"),
    "person": ("id", "reference"),
    "plan_line": ("id", "funder_id"),
    "role": ("name", "unit", "side"),
    "schedule_change": ("schedule_row_id", "fund_id", "funder_id", "version", "pence", "batch_id"),
    "schedule_part": ("schedule_row_id", "fund_id", "funder_id", "pence"),
    "schedule_row": ("id", "contract_id", "n", "from_on", "to_on", "invoice_on", "due_on"),
    "schedule_standing": ("schedule_row_id", "fund_id", "funder_id", "pence"),
    "setting": ("name", "value"),
    "user_account": ("id", "name"),
    "withdrawal": ("delivery_id",),
    **{view.name: tuple(each.name for each in view.columns) for view in _IN_PLACE_OF.values()},
}
"""By table or view, the columns that may be read. References stand among them: a reference is a code, and no name."""


def is_nameless(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(NAMELESS, False))


def readable(connection: Connection, of: Table) -> TableClause:
    """The table itself, or the view of its figures where no name may be read."""
    return _IN_PLACE_OF[of] if is_nameless(connection) else of


def views(dialect: str) -> Iterator[str]:
    """The statements that make the views."""
    said = _Sqlite() if dialect == "sqlite" else _Postgresql()
    yield (f"CREATE VIEW fact_figures AS SELECT id, kind, fund_id, reference, version, from_on, {said.of('body', _OF_RECORDS)} AS body, batch_id"
           f" FROM fact WHERE kind IN ({', '.join(map(repr, _RECORDS))})")
    yield (f"CREATE VIEW batch_figures AS SELECT id, key, kind, digest, prepared_by, recorded_at, CASE kind WHEN 'below_cost' THEN body"
           f" WHEN 'reconciliation' THEN {said.reconciliation()} ELSE {said.bank_lines()} END AS body"
           " FROM batch WHERE kind IN ('below_cost', 'reconciliation', 'apply')")
    yield ("CREATE VIEW funding_figures AS SELECT id, fund_id, funder_id, version, how, share, '' AS terms_name, from_on, to_on, contract_id,"
           " '' AS order_number, batch_id FROM funding")
    yield f"CREATE VIEW provider_figures AS SELECT version, {said.of('body', ['name'])} AS body, batch_id FROM provider_detail"


class _Sqlite:
    """Each as JSON that has just these keys; what is not there is left out."""

    def of(self, where: str, names: Sequence[str], more: str = "") -> str:
        pairs = ", ".join(f"'{name}', {where} -> '$.{name}'" for name in names)
        return f"json_patch('{{}}', json_object({pairs}{more}))"

    def each(self, key: str, what: str) -> str:
        return f"(SELECT json_group_array({what}) FROM json_each(body, '$.{key}') AS each)"

    def reconciliation(self) -> str:
        items = "".join(f", '{name}', {self.each(name, _ITEM_SQLITE)}" for name in _ITEMS)
        return self.of("body", _OF_RECONCILIATIONS, items)

    def bank_lines(self) -> str:
        return f"json_object('bank_lines', {self.each('bank_lines', 'json(' + self.of('each.value', _OF_BANK_LINES) + ')')})"


class _Postgresql:
    """The same."""

    def of(self, where: str, names: Sequence[str], more: str = "") -> str:
        pairs = ", ".join(f"'{name}', {where}::jsonb -> '{name}'" for name in names)
        return f"jsonb_strip_nulls(jsonb_build_object({pairs}{more}))::text"

    def each(self, key: str, what: str) -> str:
        return f"(SELECT coalesce(jsonb_agg({what}), '[]') FROM jsonb_array_elements(body::jsonb -> '{key}') AS each)"

    def reconciliation(self) -> str:
        items = "".join(f", '{name}', {self.each(name, _ITEM_POSTGRESQL)}" for name in _ITEMS)
        return self.of("body", _OF_RECONCILIATIONS, items)

    def bank_lines(self) -> str:
        return f"jsonb_build_object('bank_lines', {self.each('bank_lines', self.of('each', _OF_BANK_LINES) + '::jsonb')})::text"
