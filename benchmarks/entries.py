"""Entries a second through the app’s own ledger, beside SQLite with nothing round it and beside beancount loading the same books.

What is counted is entries: one has two postings, a debit and a credit, so 100,000 postings are 50,000 entries. They are a month of
support as a month end posts it (`month_of_entries`), in one transaction, past all guards, with every balance kept.

*Ours* is from the entries as the app has them to their being safe on the disk: their ids looked up, their events and themselves
written, and the commit. Charges, what is shared, and the seal are written in the same transaction and not counted.
*Bare SQLite* is `executemany` of the very rows that this left, events and entries, into two plain tables in a file with the same
settings, and the commit: no keys, no indexes, no guards. The rows are ready before its clock starts. Beside it stands the same into
tables with our indexes. It is Python’s own sqlite3.
*beancount* loads the text that our own export writes of the month, with its openings and the balance of each account at the end. All of
its transactions are counted, the openings too; the writing of the text is not.
"""

from __future__ import annotations

import gc
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from beancount import loader
from beancount.core.data import Transaction
from sqlalchemy import Connection, Table, UniqueConstraint, select

from benchmarks.measured import Measured
from benchmarks.month_of_entries import OCTOBER, POSTINGS_A_PERSON, MonthToPost, make_books_in_use, post
from isf.accounts import Unit
from ringfence.actions.books import open_books
from ringfence.documents.beancount_export import AccountInBooks, EntryInBooks, MonthOfBooks, beancount_lines
from ringfence.store import ledger
from ringfence.store.schema import account, entry, event, fund

SMALL, LARGE = 100_000, 1_000_000
ROUNDS = {SMALL: 3, LARGE: 1}
SLOWER, MORE = 6, 8
OURS, BARE, INDEXED, BEANCOUNT = "ours", "bare", "indexed", "beancount"
WRITTEN = (event, entry)
SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "cache_size = -128000")

Rows = dict[str, list[tuple[Any, ...]]]
Speeds = dict[str, float]


def measure(full: bool) -> list[Measured]:
    """Both sizes; beancount at the large size only where `full` says so, for it takes minutes and gigabytes there."""
    return [line for postings in (SMALL, LARGE) for line in _size(postings, beancount=full or postings == SMALL)]


def _size(postings: int, *, beancount: bool) -> Iterator[Measured]:
    speeds = _best(postings, beancount=beancount)
    name = f"{postings:,} postings ({postings // 2:,} entries) through the ledger’s own writer"
    times = speeds[BARE] / speeds[OURS]
    yield Measured(f"{name}, beside bare SQLite", _a_second(speeds[OURS]),
                   f"executemany into plain tables {_a_second(speeds[BARE])}, with our indexes {_a_second(speeds[INDEXED])}",
                   f"{times:.1f} times slower ({speeds[INDEXED] / speeds[OURS]:.1f} with our indexes)", f"at most {SLOWER} times slower",
                   times <= SLOWER)
    if beancount:
        more = speeds[OURS] / speeds[BEANCOUNT]
        yield Measured(f"{name}, beside beancount, counting entries", _a_second(speeds[OURS]), f"beancount loads {_a_second(speeds[BEANCOUNT])}",
                       f"{more:.1f} times as many", f"at least {MORE} times as many", more >= MORE)
    else:
        yield Measured(f"{name}, beside beancount, counting entries", _a_second(speeds[OURS]), "measured with --full only", "",
                       f"at least {MORE} times as many", None)


def _a_second(speed: float) -> str:
    return f"{speed:,.0f} entries/s"


def _best(postings: int, *, beancount: bool) -> Speeds:
    """Entries a second of each at its best, all of them in every round."""
    best: Speeds = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.db"
        month = make_books_in_use(path, postings // POSTINGS_A_PERSON)
        assert 2 * len(month.entries) == postings, "It is not the month that the name says."
        for n in range(ROUNDS.get(postings, 1)):
            for name, speed in _round(path, month, Path(folder) / str(n), beancount=beancount):
                best[name] = max(speed, best.get(name, 0))
    return best


def _round(books: Path, month: MonthToPost, folder: Path, *, beancount: bool) -> Iterator[tuple[str, float]]:
    folder.mkdir()
    path = shutil.copy(books, folder / "books.db")
    store = open_books(str(path), key=None)
    try:
        gc.collect()
        seconds = post(store, month)
        with store.reading() as connection:
            rows = {table.name: _rows(connection, table) for table in WRITTEN}
            text = "\n".join(_text(connection)) if beancount else ""
    finally:
        store.close()
    assert len(rows[entry.name]) == len(month.entries), "Not every entry was written."
    yield OURS, len(month.entries) / seconds
    for name in (BARE, INDEXED):
        gc.collect()
        yield name, len(month.entries) / _bare(folder / f"{name}.db", rows, indexed=name == INDEXED)
    del rows
    if beancount:
        yield BEANCOUNT, _loaded(text)
    shutil.rmtree(folder)


def _rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    """The rows of the month, as they stand in the books."""
    first = select(table).where(table.c.batch_id == select(table.c.batch_id).order_by(table.c.id.desc()).limit(1).scalar_subquery())
    return [tuple(row) for row in connection.execute(first.order_by(table.c.id))]


def _bare(path: Path, rows: Rows, *, indexed: bool) -> float:
    """The seconds that SQLite alone takes to write the same rows and commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}").fetchall()
    for table in WRITTEN:
        for statement in _plain(table, indexed=indexed):
            connection.execute(statement)
    began = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table in WRITTEN:
        connection.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})", rows[table.name])
    connection.execute("COMMIT")
    took = perf_counter() - began
    connection.close()
    return took


def _plain(table: Table, *, indexed: bool) -> Iterator[str]:
    """A table of the same columns, and where `indexed` says so an index for each that ours has."""
    yield f"CREATE TABLE {table.name} ({', '.join(f'{column.name} {column.type.compile()}' for column in table.columns)})"
    if indexed:
        keys = [(tuple(each.columns), True) for each in table.constraints if isinstance(each, UniqueConstraint)]
        keys += [(tuple(each.columns), each.unique) for each in table.indexes]
        for n, (columns, unique) in enumerate(keys):
            yield (f"CREATE {'UNIQUE ' if unique else ''}INDEX {table.name}_{n} ON {table.name} "
                   f"({', '.join(column.name for column in columns)})")


def _text(connection: Connection) -> Iterator[str]:
    accounts = [AccountInBooks(row.id, row.key, row.role, Unit(row.unit)) for row in connection.execute(
        select(account.c.id, fund.c.key, account.c.role, account.c.unit).join(fund, fund.c.id == account.c.fund_id))]
    rows = connection.execute(select(entry).where(entry.c.posted_on >= OCTOBER.first.isoformat()).order_by(entry.c.id))
    entries = (EntryInBooks(row.key, OCTOBER.first.fromisoformat(row.posted_on), row.debit_account_id, row.credit_account_id, row.amount)
               for row in rows)
    opening = ledger.summed(connection, OCTOBER.previous.last)
    return beancount_lines(MonthOfBooks(OCTOBER, accounts, entries, opening, ledger.kept(connection)))


def _loaded(text: str) -> float:
    """Transactions a second that beancount loads; it must find nothing wrong."""
    gc.collect()
    began = perf_counter()
    directives, errors, _ = loader.load_string(text)
    took = perf_counter() - began
    assert not errors, errors[0]
    return sum(isinstance(each, Transaction) for each in directives) / took
