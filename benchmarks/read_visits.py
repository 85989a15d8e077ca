"""Reading a file of visits: every cell checked and understood, beside pandas that reads the same file as text and asks nothing of it.

The rows are a month of many people: a few thousand people and carers, thirty days, times on the five minutes, a cancelled visit now and
then. *Ours* is the app’s own reader, from the file to the visits with their minutes, in UTC. *pandas* is `read_csv` with every cell as
text. Each is read in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.measured import Measured
from benchmarks.memory import peak_megabytes
from ringfence.importing.visits import COLUMNS, read_visits

ROWS, ROWS_IN_FULL = 200_000, 1_000_000
SLOWER, MEGABYTES = 3, 2_048
PEOPLE, CARERS, SEED = 4_000, 900, 2610
FIRST, DAYS = date(2026, 10, 1), 31
OURS, PANDAS = "ours", "pandas"


def measure(full: bool) -> list[Measured]:
    """Two hundred thousand visits; a million where `full` says so."""
    rows = ROWS_IN_FULL if full else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.csv"
        write_visits(path, rows)
        (ours, megabytes), (theirs, their_megabytes) = (min(_child(reader, path) for _ in range(2)) for reader in (OURS, PANDAS))
    times = ours / theirs
    return [Measured(f"reading {rows:,} visits from CSV", f"{ours:.1f} s, {megabytes:,} MB",
                     f"pandas, as text {theirs:.1f} s, {their_megabytes:,} MB", f"{times:.1f} times slower",
                     f"at most {SLOWER} times slower, under {MEGABYTES:,} MB", times <= SLOWER and megabytes < MEGABYTES)]


def write_visits(path: Path, rows: int) -> None:
    """A file of so many visits, the same for the same number."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in COLUMNS])
        writer.writerows(_visits(rows))


def _visits(rows: int) -> Iterator[tuple[str | int, ...]]:
    chance = random.Random(SEED)
    for n in range(rows):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        starts, minutes = 5 * chance.randrange(7 * 12, 21 * 12), 15 * chance.randint(2, 8)
        cancelled = n % 50 == 0
        yield (f"V{n:07}", f"carer-{chance.randrange(CARERS):04}", f"P{chance.randrange(PEOPLE):05}", "outreach", day.isoformat(),
               _clock(starts), _clock(starts + minutes), minutes, 1, "cancelled" if cancelled else "given",
               "The person was away" if cancelled else "", "")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _child(reader: str, path: Path) -> tuple[float, int]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.read_visits", reader, str(path)], check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def _read(reader: str, path: Path) -> tuple[float, int]:
    """The seconds that one reader takes over the file, and the peak memory of this process."""
    if reader == PANDAS:
        import pandas as pd
        began = perf_counter()
        count = len(pd.read_csv(path, dtype=str, keep_default_na=False))
    else:
        began = perf_counter()
        taken = read_visits(path)
        assert not taken.problems, taken.problems[0]
        count = len(taken.rows)
    took = perf_counter() - began
    assert count, "Nothing was read."
    return took, peak_megabytes() or 0


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_read(sys.argv[1], Path(sys.argv[2]))) + "\n")
