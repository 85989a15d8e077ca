"""Small books to attack: two people’s funds under one council, with one row at a time written as the app’s own role.

Foreign keys are off (SQLite) or dropped (PostgreSQL), so that whatever is refused is refused by the guard that is named.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Table, Text, select, text

from basics.errors import GuardRefused
from isf.accounts import ROLES
from ringfence.store import schema
from ringfence.store.engine import Store
from tests.attacks.taken_out import WITHOUT, take_out

NOW = "2026-11-02T09:00:00Z"
PREPARER, APPROVER = 1, 2
COUNCIL, OTHER_COUNCIL = 1, 2
PROVIDERS_OWN = 3
DAY = "2026-10-05"


@dataclass
class Books:
    """The books of one test, and the shortest way to write a row into each table."""

    place: Any
    store: Store
    _ids: count[int] = field(default_factory=lambda: count(1000))

    def add(self, table: Table, **row: Any) -> int:
        """One row in a transaction of its own; its id. What the row does not say is left empty, or nil."""
        if "id" in table.c and "id" not in row:
            row["id"] = next(self._ids)
        with self.store.writing() as connection:
            connection.execute(table.insert(), filled(table, row))
        return int(row.get("id") or 0)

    def sql(self, statement: str) -> None:
        with self.store.writing() as connection:
            connection.exec_driver_sql(statement)

    def sql_as_owner(self, statement: str) -> None:
        owner = self.place.open_as_owner()
        try:
            with owner.writing() as connection:
                connection.exec_driver_sql(statement)
        finally:
            owner.close()

    def all(self, statement: str) -> list[tuple[Any, ...]]:
        with self.store.reading() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]

    @contextmanager
    def refused(self, guard: str) -> Iterator[None]:
        with pytest.raises(GuardRefused) as found:
            yield
        assert found.value.guard == guard

    def guard_against(self, statement: str, *, as_owner: bool = False) -> str:
        """Which guard refuses a statement; empty where none does."""
        try:
            (self.sql_as_owner if as_owner else self.sql)(statement)
        except GuardRefused as refused:
            return refused.guard
        return ""

    @property
    def bars(self) -> str:
        """What stands before the triggers: an authorizer on SQLite, grants on PostgreSQL."""
        return "authorizer" if self.place.dialect == "sqlite" else "grants"

    # who acts, and what they decide

    def batch(self, *, approved: bool = False, prepared_by: int = PREPARER, kind: str = "test") -> int:
        made = next(self._ids)
        self.add(schema.batch, id=made, key=f"batch-{made}", kind=kind, prepared_by=prepared_by, recorded_at=NOW)
        if approved:
            self.approve(made)
        return made

    def approve(self, batch: int, by: int = APPROVER) -> None:
        self.add(schema.approval, batch_id=batch, approved_by=by, recorded_at=NOW)

    # what an entry comes from

    def origin(self, kind: str, amount: int, *, parts: dict[int, int] | None = None, unit: str = "pence", approved: bool = True) -> int:
        batch = self.batch()
        made = next(self._ids)
        self.add(schema.origin, id=made, key=f"origin-{made}", kind=kind, unit=unit, amount=amount, happened_on=DAY, batch_id=batch)
        for fund, part in (parts if parts is not None else {1: amount}).items():
            self.part(made, fund, part, batch=batch, unit=unit)
        if approved:
            self.approve(batch)
        return made

    def part(self, origin: int, fund: int, amount: int, *, batch: int | None = None, unit: str = "pence") -> int:
        return self.add(schema.part, origin_id=origin, fund_id=fund, unit=unit, amount=amount, batch_id=batch or self.batch())

    # entries

    def account(self, fund: int, role: str, unit: str = "pence", funder: int = COUNCIL) -> int:
        found = f"SELECT id FROM account WHERE fund_id = {fund} AND role = '{role}' AND unit = '{unit}'"
        return int(self.all(found + (f" AND funder_id = {funder}" if role == "due" else ""))[0][0])

    def event(self, fund: int = 1) -> int:
        made = next(self._ids)
        return self.add(schema.event, id=made, key=f"event-{made}", kind="test", fund_id=fund, batch_id=1)

    def entry(self, debit: str, credit: str, amount: int, *, fund: int = 1, unit: str = "pence", credit_funder: int = COUNCIL,
              debit_funder: int = COUNCIL, **row: Any) -> int:
        made = next(self._ids)
        row.setdefault("posted_on", row.get("happened_on", DAY))
        row = {"id": made, "key": f"entry-{made}", "fund_id": fund, "unit": unit, "amount": amount, "happened_on": DAY,
               "recorded_at": NOW, "origin_id": None, "reverses_id": None, "batch_id": 1,
               "debit_account_id": row.pop("debit_account_id", None) or self.account(fund, debit, unit, debit_funder),
               "credit_account_id": row.pop("credit_account_id", None) or self.account(fund, credit, unit, credit_funder), **row}
        row.setdefault("event_id", self.event(row["fund_id"]))
        return self.add(schema.entry, **row)

    def mirror(self, entry: int, **changed: Any) -> dict[str, Any]:
        with self.store.reading() as connection:
            row = dict(connection.execute(select(schema.entry).where(schema.entry.c.id == entry)).one()._mapping)
        made = next(self._ids)
        row.update(id=made, key=f"entry-{made}", reverses_id=entry, debit_account_id=row["credit_account_id"],
                   credit_account_id=row["debit_account_id"])
        return {**row, **changed}

    def reverse(self, entry: int, **changed: Any) -> int:
        return self.add(schema.entry, **self.mirror(entry, **changed))

    def balance(self, role: str, fund: int = 1, unit: str = "pence") -> int:
        return int(self.all(f"SELECT amount FROM balance WHERE account_id = {self.account(fund, role, unit)}")[0][0])

    def allocate(self, amount: int, fund: int = 1) -> int:
        return self.entry("due", "available", amount, fund=fund, origin_id=self.origin("allocation", amount, parts={fund: amount}))

    def receive(self, amount: int, fund: int = 1) -> int:
        return self.entry("held", "due", amount, fund=fund, origin_id=self.origin("bank_in", amount, parts={fund: amount}))

    # support delivered and asked for

    def delivery(self) -> int:
        made = next(self._ids)
        return self.add(schema.delivery, id=made, key=f"delivery-{made}", version=1, visit="v", carer="c", person_id=1,
                        happened_on=DAY, planned_minutes=60, actual_minutes=60, planned_carers=1, batch_id=1)

    def charge(self, pence: int, *, delivery: int | None = None, fund: int = 1, funder: int = COUNCIL, how: str = "delivery") -> int:
        event = self.event(fund)
        self.add(schema.charge, event_id=event, delivery_id=delivery or self.delivery(), fund_id=fund, funder_id=funder,
                 how=how, support_on=DAY, minutes=60, pence=pence, batch_id=1)
        return event

    def posted_charge(self, pence: int, **charged: Any) -> int:
        """A charge with the debt that it makes."""
        event = self.charge(pence, **charged)
        self.entry("due", "owed_provider", pence, event_id=event)
        return event

    def invoice(self, number: int, pence: int = 100, funder: int = COUNCIL, **row: Any) -> int:
        return self.add(schema.invoice, key=f"invoice-{number}", number=number, funder_id=funder, from_on=DAY, to_on=DAY,
                        issued_on=DAY, due_on=DAY, pence=pence, batch_id=1, **row)

    def line(self, invoice: int, pence: int, *, event: int | None = None, schedule_row: int | None = None, n: int = 1, fund: int = 1,
             funder: int = COUNCIL) -> None:
        self.add(schema.invoice_line, invoice_id=invoice, n=n, event_id=event, schedule_row_id=schedule_row, fund_id=fund,
                 funder_id=funder, pence=pence)

    def instalment(self, pence: int, *, fund: int = 1, funder: int = COUNCIL) -> int:
        """An instalment with one part; the id of its row."""
        made = next(self._ids)
        self.add(schema.schedule_row, id=made, contract_id=1, n=made, from_on=DAY, to_on=DAY, invoice_on=DAY, due_on=DAY, batch_id=1)
        self.add(schema.schedule_part, schedule_row_id=made, fund_id=fund, funder_id=funder, pence=pence)
        return made

    def change_instalment(self, row: int, pence: int, *, version: int = 1, batch: int | None = None, fund: int = 1) -> None:
        self.add(schema.schedule_change, schedule_row_id=row, fund_id=fund, funder_id=COUNCIL, version=version, pence=pence,
                 batch_id=batch or self.batch())

    def close_fund(self, fund: int, step: str = "closed", *, batch: int | None = None) -> None:
        self.add(schema.fund_closing, fund_id=fund, step=step, happened_on=DAY, batch_id=batch or self.batch(approved=True))

    def lock(self, month: str, step: str = "locked") -> int:
        return self.add(schema.month_lock, month=month, step=step, batch_id=self.batch())

    def set_up(self) -> None:
        with self.store.writing() as connection:
            for table, row in small_books():
                connection.execute(table.insert(), filled(table, row))


def filled(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with what it does not say left empty, or nil."""
    return {column.name: None if column.nullable else "" if isinstance(column.type, Text) else 0 for column in table.columns} | row


def small_books() -> Iterator[tuple[Table, dict[str, Any]]]:
    """Two users, two councils, two people’s funds with every account that a person’s fund has, and the provider’s own."""
    for user in (PREPARER, APPROVER):
        yield schema.user_account, {"id": user, "name": f"user {user}", "recorded_at": NOW}
    yield schema.batch, {"id": 1, "key": "set-up", "kind": "test", "prepared_by": PREPARER, "recorded_at": NOW}
    for funder in (COUNCIL, OTHER_COUNCIL):
        yield schema.funder, {"id": funder, "reference": f"council-{funder}", "kind": "council"}
    numbers = count(1)
    for fund in (1, 2, PROVIDERS_OWN):
        if fund != PROVIDERS_OWN:
            yield schema.person, {"id": fund, "reference": f"person-{fund}"}
        whose = {"kind": "provider"} if fund == PROVIDERS_OWN else {"kind": "isf", "person_id": fund}
        yield schema.fund, {"id": fund, "key": f"fund-{fund}", "batch_id": 1, **whose}
        for role in (role for role in ROLES if role.name != "void_cost" or fund == PROVIDERS_OWN):
            for funder_id in (COUNCIL, OTHER_COUNCIL) if role.name == "due" else (None,):
                number = next(numbers)
                yield schema.account, {"id": number, "key": f"account-{number}", "fund_id": fund, "unit": role.unit.value,
                                       "role": role.name, "funder_id": funder_id}


def _books(place: Any) -> Iterator[Books]:
    if guard := os.environ.get(WITHOUT):
        take_out(place, guard)
    found = Books(place, place.open())
    found.set_up()
    yield found
    found.store.close()


@pytest.fixture
def books(place_without_links: Any) -> Iterator[Books]:
    yield from _books(place_without_links)


@pytest.fixture
def linked_books(place: Any) -> Iterator[Books]:
    """The same with foreign keys on, as in life."""
    yield from _books(place)
