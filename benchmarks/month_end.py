"""A month end in processes of their own: prepared by one, approved by the other, its documents written by a third with two workers.

The goal is held against the approval, which is the run that counts: it works the whole month out again, compares the digest, posts and
seals in one transaction, and leaves everything that documents are printed from. Its peak memory is what the system says of that process.

*Bare SQLite* is `executemany` of the very rows that this left (events, charges, entries, invoices with their lines, frozen records) into
plain tables in a file with the same settings, and the commit: no keys, no indexes, no guards. Only writing is timed; it is not asked
what the rows should say. It is Python’s own sqlite3.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import Table, func, select

from benchmarks.large_books import APPROVES, OCTOBER, PREPARES, acting, make_large_books
from benchmarks.measured import Measured
from benchmarks.memory import peak_megabytes
from ringfence.actions.documents_out import write_documents
from ringfence.actions.month_end import approve_month, approved_before, prepare_month
from ringfence.store.batches import by_digest
from ringfence.store.schema import charge, delivery, document, entry, event, invoice, invoice_line

SMALL, LARGE = 1_000, 10_000
WORKERS, MOST_MEGABYTES = 2, 2_048
GOAL_SECONDS, GOAL_MEGABYTES = 60, 1_024
DOCUMENTS = "documents"
GOAL = "under 60 s and 1 GB, at 10,000 people"
WRITTEN = (event, charge, entry, invoice, invoice_line, document)
SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "cache_size = -128000")
AT_ONCE = 10_000


@dataclass(frozen=True)
class Ran:
    """What one process took: seconds by the clock, seconds of the processor, and its peak memory (None where no system says it)."""

    seconds: float
    processor: float
    megabytes: int | None

    def __str__(self) -> str:
        memory = f", {self.megabytes:,} MB" if self.megabytes is not None else ""
        return f"{self.seconds:.1f} s ({self.processor:.1f} s of the processor){memory}"


def measure(full: bool) -> list[Measured]:
    """A thousand people; ten thousand only where `full` says so, since their books and both runs take some minutes."""
    return [line for people in ((SMALL, LARGE) if full else (SMALL,)) for line in _size(people)]


def _size(people: int) -> Iterator[Measured]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("RINGFENCE_BENCHMARKS_FOLDER")) as folder:
        path = Path(folder) / "books.db"
        make_large_books(path, people)
        prepared, approved = _child("prepare", path), _child("approve", path)
        name = f"a month end of {people:,} people, {_count(path, delivery):,} visits, {_count(path, entry):,} entries"
        yield Measured(f"{name}: prepared", str(prepared), "", "", "", None)
        bare = _bare(path, Path(folder) / "bare.db")
        within = approved.seconds < GOAL_SECONDS and (approved.megabytes or 0) < GOAL_MEGABYTES
        yield Measured(f"{name}: approved, which is the run that counts", str(approved), f"executemany of its rows into plain tables {bare:.1f} s",
                       f"{approved.seconds / bare:.1f} times as long", GOAL, within if people == LARGE else None)
        printed = _child("documents", path)
        files = sum(1 for each in (Path(folder) / DOCUMENTS).rglob("*") if each.is_file())
        yield Measured(f"{name}: its {files:,} documents, {WORKERS} processes", f"{printed}, {files / printed.seconds:.0f} a second", "", "",
                       f"under {MOST_MEGABYTES:,} MB in each process", printed.megabytes < MOST_MEGABYTES if printed.megabytes else None)


def _child(step: str, path: Path) -> Ran:
    """One step in a process of its own, so that its peak memory is its own."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.month_end", step, str(path)], check=True, capture_output=True, text=True)
    return Ran(**json.loads(done.stdout.splitlines()[-1]))


def run(step: str, path: Path) -> Ran:
    """Prepare or approve October of these books, or write its documents."""
    began, processor = perf_counter(), process_time()
    if step == "prepare":
        prepare_month(acting(path, PREPARES), OCTOBER, None)
    elif step == "documents":
        out = write_documents(acting(path, PREPARES), OCTOBER, path.parent / DOCUMENTS, workers=WORKERS)
        assert not out.set_aside, out.set_aside[0]
    else:
        who = acting(path, APPROVES)
        approve_month(who, OCTOBER, _prepared(path), None)
        assert approved_before(who, OCTOBER), "The month was not approved."
    return Ran(perf_counter() - began, process_time() - processor, peak_megabytes())


def _prepared(path: Path) -> str:
    """The digest of what was prepared last."""
    with acting(path, APPROVES).reading() as connection:
        digest = connection.exec_driver_sql("SELECT digest FROM batch WHERE kind = 'month_end' ORDER BY id DESC LIMIT 1").scalar_one()
        assert by_digest(connection, digest) is not None, "Nothing was prepared."
    return str(digest)


def _count(path: Path, table: Table) -> int:
    with acting(path, APPROVES).reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _bare(books: Path, path: Path) -> float:
    """The seconds that SQLite alone takes to write the same rows and commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}").fetchall()
    for table in WRITTEN:
        connection.execute(f"CREATE TABLE {table.name} ({', '.join(f'{column.name} {column.type.compile()}' for column in table.columns)})")
    connection.execute("BEGIN IMMEDIATE")
    took = 0.0
    for table in WRITTEN:
        statement = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"
        for rows in _rows(books, table):
            began = perf_counter()
            connection.executemany(statement, rows)
            took += perf_counter() - began
    began = perf_counter()
    connection.execute("COMMIT")
    took += perf_counter() - began
    connection.close()
    return took


def _rows(books: Path, table: Table) -> Iterable[list[tuple[Any, ...]]]:
    """The rows that the month end left in a table, some thousands at a time."""
    with acting(books, APPROVES).reading() as connection:
        for rows in connection.execute(select(table), execution_options={"yield_per": AT_ONCE}).partitions():
            yield [tuple(row) for row in rows]


if __name__ == "__main__":
    ran = run(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.write(json.dumps({"seconds": ran.seconds, "processor": ran.processor, "megabytes": ran.megabytes}) + "\n")
