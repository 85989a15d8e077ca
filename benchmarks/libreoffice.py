"""LibreOffice recalculating the workbooks of the same packages: how long it takes to work one out again from its formulas."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.measured import Measured
from costing.package import Package
from costing.price import price
from ringfence.documents.price_workbook import price_workbook

WORKBOOKS = 20
LONGEST_SECONDS = 300
GOAL = 100
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def beside_libreoffice(packages: Sequence[Package], ours: float) -> Measured:
    """Our seconds, for all packages under all scenarios, beside LibreOffice’s for the same packages once each: some are measured in one go,
    its start taken off, and multiplied."""
    name, goal = "The same, beside LibreOffice recalculating each package once", f"at least {GOAL} times as fast"
    program = shutil.which("soffice")
    if program is None:
        return Measured(name, f"{ours:.2f} s", "no LibreOffice on this machine", "", goal, None)
    with tempfile.TemporaryDirectory() as folder:
        books = [Path(folder) / f"{n}.xlsx" for n in range(WORKBOOKS)]
        for book, package in zip(books, packages, strict=False):
            book.write_bytes(price_workbook(price(package)))
        start = _seconds(program, books[:1], Path(folder))  # the first time it also makes its profile
        start = min(start, _seconds(program, books[:1], Path(folder)))
        theirs = (_seconds(program, books, Path(folder)) - start) / (WORKBOOKS - 1) * len(packages)
    return Measured(name, f"{ours:.2f} s", f"LibreOffice {theirs:,.0f} s ({WORKBOOKS} measured, multiplied)", f"{theirs / ours:,.0f} times as fast",
                    goal, theirs >= GOAL * ours)


def _seconds(program: str, books: Sequence[Path], folder: Path) -> float:
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    began = perf_counter()
    subprocess.run([program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "xlsx", "--outdir",
                    str(folder / "done"), *map(str, books)], check=True, capture_output=True, timeout=LONGEST_SECONDS)
    return perf_counter() - began
