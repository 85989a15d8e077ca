"""Three years of an invented provider, and a database as the first step made it: what a migration is tried on.

The first step's guards stand frozen beside this file, as they were when books were first kept. Its tables, roles and rules are those that
the migration script names.
"""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from basics.periods import Month
from ringfence.store import fingerprint, guards, schema
from ringfence.store.engine import Store, bulk_insert
from ringfence.store.schema import metadata
from tests.actions.provider_books import (
    NAMES,
    Books,
    agreements,
    bank_line,
    block_contract,
    by_delivery,
    by_schedule,
    house,
    part,
    plan_line,
    rate,
    visit,
)

FIRST_TABLES: tuple[str, ...] = importlib.import_module("ringfence.store.migrations.versions.0001_the_first_books").TABLES
ROLES_SINCE = {"owed_supplier"}
ORIGINS_SINCE = {"bill", "credit"}
RULES_SINCE = {("held", "available", "bank_in"), ("owed_supplier", "held", "bank_out")}
ALIKE_SINCE = set(metadata.tables) - set(FIRST_TABLES)
MONTHS = [Month(2026 + (n + 9) // 12, (n + 9) % 12 + 1) for n in range(36)]
"""October 2026 to September 2029."""
YEARS = [("SG-2026", "2026-10-01", "2027-09-30"), ("SG-2027", "2027-10-01", "2028-09-30"), ("SG-2028", "2028-10-01", "2029-09-30")]


def three_years(books: Books) -> None:
    """Every month closed: support under a block contract and by delivery, instalments paid, a share drawn, an extra, and a month's late visit."""
    books.open()
    books.people(NAMES)
    books.apply(_agreed())
    for n, month in enumerate(MONTHS):
        books.at = datetime(month.year, month.month, 28, 9, tzinfo=UTC)
        day = f"{month}-{5 + n % 20:02d}"
        late = [visit(f"L-{n}", "P001", f"{MONTHS[n - 1]}-20", "09:00", "09:30")] if n % 7 == 3 else []
        books.visits(visit(f"A-{n}", "P001", day, "09:00", "11:00"), visit(f"B-{n}", "P002", day, "10:00", "11:30"),
                     visit(f"C-{n}", "P003", day, "08:00", "09:00", support="care"), visit(f"D-{n}", "P004", day, "14:00", "15:00"),
                     visit(f"H-{n}", "elm-house", day, "15:00", "18:00", support="shared-support"), *late, name=f"{month}.csv")
        contract, instalment = YEARS[n // 12][0], n % 12 + 1
        books.apply({"bank_lines": [bank_line(f"IN-{n}", f"{month}-15", "1,100.00", instalment={"contract": contract, "n": instalment})]})
        books.month_end(month)
        books.apply({"draws": [{"line": f"OUT-{n}", "on": f"{_next(month)}-02", "words": f"Support given in {month}", "parts": "earned"}]})
        if n == 20:
            books.apply({"extras": [{"extra": "EX-1", "person": "P001", "fund": "isf", "funder": "southgate", "pounds": "250.00", "minutes": 600,
                                     "on": f"{_next(month)}-03", "words": "More outreach"}]})
        if n == 25:
            _paid_for_somebody_else(books, month)


def _paid_for_somebody_else(books: Books, month: Month) -> None:
    """A payment placed in one fund, put back, and placed in the other."""
    line = bank_line("IN-WRONG", f"{month}-20", "40.00")
    books.apply({"bank_lines": [line | {"parts": [part("isf-P001", "40.00", funder="southgate")]}]})
    books.apply({"corrections": [{"correction": "CO-1", "person": "P001", "fund": "isf", "entry": "bank IN-WRONG|isf-P001|southgate|payment",
                                  "on": f"{month}-28", "words": "It was for somebody else"}],
                 "bank_lines": [line | {"parts": [part("isf-P002", "40.00", funder="southgate")]}]})


def _agreed() -> dict[str, Any]:
    content = agreements()
    until = {"to": "2029-09-30"}
    contracts = [block_contract(reference=name, **{"from": first, "to": last}, pounds="13,200.00") for name, first, last in YEARS]
    fundings = [by_schedule(person, contract=name, **{"from": first, "to": last}) for name, first, last in YEARS for person in ("P001", "P002")]
    splits = [{"contract": name, "version": 1, "method": "amounts", "on": "2026-09-20",
               "top_slices": [{"name": "empty places", "pounds": "1,200.00"}],
               "people": [{"person": "P001", "pounds": "7,000.00", "minutes_per_year": 12_000},
                          {"person": "P002", "pounds": "5,000.00", "minutes_per_year": 6_000}]} for name, _, _ in YEARS]
    return content | {
        "contracts": contracts, "houses": [house()], "splits": splits,
        "rates": [rate("outreach-hour", "24.00", "2026-02-01", "2029-09-30"), rate("shared-hour", "30.00", "2026-04-01", "2029-09-30"),
                  rate("care-hour", "25.00", "2026-02-01", "2029-09-30")],
        "fundings": [*fundings, by_delivery("P003", "southgate", share=60, **until), by_delivery("P003", "northvale", share=40, **until),
                     by_delivery("P004", "peggy", **until)],
        "plan": [plan_line("P001", "outreach", 300, funder="southgate", **until), plan_line("P002", "outreach", 120, funder="southgate", **until),
                 plan_line("P001", "shared-support", 120, rate="shared-hour", funder="southgate", **until),
                 plan_line("P002", "shared-support", 120, rate="shared-hour", funder="southgate", **until),
                 plan_line("P003", "care", 120, rate="care-hour", from_on="2026-02-01", **until),
                 plan_line("P004", "outreach", 60, from_on="2026-02-01", **until)],
    }


def _next(month: Month) -> Month:
    return month.next


def rows_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that the first step had, in the order of the tables."""
    with store.reading() as connection:
        return {table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables if table.name in FIRST_TABLES}


def make_first(connection: Connection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Empty tables as the first step made them, these rows, and then its guards, as they were."""
    metadata.create_all(connection, [metadata.tables[name] for name in FIRST_TABLES])
    for name, held in rows.items():
        if held:
            bulk_insert(connection, metadata.tables[name], _of_the_first(name, held, rows))
    connection.exec_driver_sql("CREATE TABLE alembic_version "
                               "( version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
    _guard_as_first(connection)
    connection.execute(schema.setting.insert(), {"name": "fingerprint 0001", "value": fingerprint.fingerprint(connection)})


def _of_the_first(name: str, held: list[tuple[Any, ...]], rows: dict[str, list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    """Without the roles and rules that came later and the fingerprint of a later step; a part put back was no longer used."""
    if name == "part_use":
        back = _put_back(rows["entry"])
        return [(origin, fund, used - back.get((origin, fund), 0)) for origin, fund, used in held]
    if name == "role":
        return [row for row in held if row[0] not in ROLES_SINCE]
    if name == "rule":
        return [row for row in held if row[3] not in ORIGINS_SINCE and (row[0], row[1], row[3]) not in RULES_SINCE]
    if name == "setting":
        return [row for row in held if not row[0].startswith("fingerprint")]
    return held


def _guard_as_first(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    script = (Path(__file__).parent / f"first_guards_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    written = guards._alike_sqlite if sqlite else guards._alike_postgresql
    alike = [statement for table in metadata.sorted_tables if table.name not in ALIKE_SINCE for statement in written(table)]
    cursor = connection.connection.cursor()
    for statement in [*(guards._statements(script) if sqlite else [script]), *alike]:
        cursor.execute(statement)
    cursor.close()


def _put_back(entries: list[tuple[Any, ...]]) -> dict[tuple[int, int], int]:
    """What was put back of each part of a bank line, by its origin and fund."""
    names = list(schema.entry.columns.keys())
    found = [dict(zip(names, row, strict=True)) for row in entries]
    return {(row["origin_id"], row["fund_id"]): row["amount"] for row in found if row["reverses_id"] is not None and row["origin_id"] is not None}
