"""Running the measurements, each module in a process of its own, and the one table that they make."""

from __future__ import annotations

import importlib
import json
import os
import platform
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measured import Measured

MODULES = ("entries", "funds", "month_end", "read_visits", "statements", "replay", "cold_start", "page_switch", "filter_people")
RUN_FOLDER = "RINGFENCE_BENCHMARKS_FOLDER"
"""The environment variable with the folder of this run: books that take long to make are kept there for the next module."""
PACKAGES = ("sqlalchemy", "typst", "streamlit", "pandas", "beancount", "weasyprint")
WIDTH_OF_A_FILE = 150
"""Letters across where the table goes to a file or to another program."""


def screen() -> Console:
    """Where the table is printed."""
    return Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)


def gathered(names: Iterable[str], to: Console, *, full: bool) -> tuple[list[Measured], bool]:
    """Every line of the named modules, and whether all of them could be measured. One that fails gives a line that says why."""
    lines: list[Measured] = []
    whole = True
    with tempfile.TemporaryDirectory(prefix="ringfence-benchmarks-") as folder:
        os.environ[RUN_FOLDER] = folder
        for name in names:
            to.print(f"Measuring: {name} …")
            try:
                lines += in_its_own_process(name, full=full)
            except Exception as fault:
                to.print("".join(traceback.format_exception(fault)))
                lines.append(failed(name, fault))
                whole = False
    return lines, whole


def in_its_own_process(name: str, *, full: bool) -> list[Measured]:
    """What `measure` of that module found, in a fresh process that ends with it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_measure, name, full).result()


def _measure(name: str, full: bool) -> list[Measured]:
    found: list[Measured] = importlib.import_module(f"benchmarks.{name}").measure(full)
    return found


def failed(name: str, fault: BaseException) -> Measured:
    """The line of a module that could not be measured: it meets nothing."""
    return Measured(name, f"not measured: {type(fault).__name__}: {fault}", "", "", "", False)


def machine() -> str:
    """What it was measured on: figures of another machine are not to be compared with these."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return "\n".join([
        f"{os.cpu_count()} cores, {memory / 2**30:.0f} GB, {platform.system()} {platform.machine()}{load}",
        ", ".join([f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", *_versions()]),
    ])


def _versions() -> Iterator[str]:
    for package in PACKAGES:
        yield f"{package} {version(package)}"


def show(lines: Sequence[Measured], to: Console) -> None:
    """One table, a measurement a row."""
    table = Table(show_lines=True)
    for heading in ("What", "Ours", "Peer or limit", "Ratio", "Goal", "Met"):
        table.add_column(heading)
    for line in lines:
        table.add_row(line.name, line.ours, line.peer, line.ratio, line.goal, _met(line.met))
    to.print(table)


def _met(met: bool | None) -> str:
    return {True: "yes", False: "NO", None: ""}[met]


def write_json(lines: Sequence[Measured], file: Path) -> None:
    """The same lines as a list of objects: name, ours, peer, ratio, goal, met."""
    file.write_text(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
