"""The table of speeds: how it is printed and written. What is measured takes minutes, and is run by hand."""

from __future__ import annotations

import importlib
import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from benchmarks import running
from benchmarks.__main__ import app
from benchmarks.measured import Measured

LINES = [
    Measured("Entries", "90,000 entries/s", "bare SQLite 450,000 entries/s", "5.0 times slower", "at most 6 times slower", True),
    Measured("First data", "3.1 s", "", "", "under 2.5 s", False),
    Measured("Memory [of it]", "120 MB", "", "", "", None),
]


def _shown(lines: list[Measured]) -> str:
    printed = io.StringIO()
    running.show(lines, Console(file=printed, width=running.WIDTH_OF_A_FILE, markup=False))
    return printed.getvalue()


def test_each_measurement_is_a_row_with_everything_that_it_says():
    printed = _shown(LINES)
    for line in LINES:
        row = next(row for row in printed.splitlines() if line.name in row)
        assert [cell.strip() for cell in row.strip("│").split("│")][:5] == [line.name, line.ours, line.peer, line.ratio, line.goal]


def test_a_goal_that_is_not_met_says_no_and_a_line_without_a_goal_says_neither():
    rows = {line.name: row.strip("│").split("│")[5].strip() for line in LINES for row in _shown(LINES).splitlines() if line.name in row}
    assert rows == {"Entries": "yes", "First data": "NO", "Memory [of it]": ""}


def test_the_file_holds_the_same_lines_with_just_these_fields(tmp_path: Path):
    running.write_json(LINES, tmp_path / "speeds.json")
    written = json.loads((tmp_path / "speeds.json").read_text(encoding="utf-8"))
    assert [list(line) for line in written] == [["name", "ours", "peer", "ratio", "goal", "met"]] * 3
    assert [line["met"] for line in written] == [True, False, None]
    assert [Measured(**line) for line in written] == LINES


def test_what_cannot_be_measured_says_why_and_the_others_go_on():
    printed = Console(file=io.StringIO(), width=running.WIDTH_OF_A_FILE)
    lines, whole = running.gathered(["nothing_of_this_name", "nor_of_this"], printed, full=False)
    assert not whole
    assert [(line.name, line.met) for line in lines] == [("nothing_of_this_name", False), ("nor_of_this", False)]
    assert "No module named 'benchmarks.nothing_of_this_name'" in lines[0].ours


@pytest.mark.parametrize("name", running.MODULES)
def test_every_module_that_is_named_can_be_measured(name: str):
    assert callable(importlib.import_module(f"benchmarks.{name}").measure)


def test_a_name_that_is_none_is_refused_with_the_names_there_are():
    refused = CliRunner().invoke(app, ["--only", "weather"])
    assert refused.exit_code == 2
    assert all(name in refused.output for name in ("weather", *running.MODULES))


def test_the_machine_is_named_with_its_cores_and_versions():
    told = running.machine()
    assert " cores, " in told
    assert "Python 3." in told
    assert "SQLite 3." in told
