"""Each guard taken out in turn, with the foreign keys that double some of them off as well: an attack that names it gets through.

All of them take minutes, and are tried where RINGFENCE_TEST_EVERY_GUARD is set; otherwise one in fourteen is, and the others are not collected.
That an attack names each guard is always tried of all of them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ringfence.store.guard_list import GUARDS
from tests.attacks.taken_out import WITHOUT

HERE = Path(__file__).parent
NOT_IN_A_TRIGGER = {"authorizer", "grants", "foreign_key", "check", "not_empty", "type", "key", "floor_other"}
"""What the engine itself refuses (a known key by the table’s own unique sets as well), and the words for what no role asks for."""
RAISED_AS = {"replace": "key"}
"""A row in the place of another is refused as a known key, and told by its own name."""
ONE_IN = 14
IN_A_TRIGGER = sorted(set(GUARDS) - NOT_IN_A_TRIGGER)
TAKEN_OUT = IN_A_TRIGGER if os.environ.get("RINGFENCE_TEST_EVERY_GUARD") else IN_A_TRIGGER[::ONE_IN]


def attacks_that_name(guard: str) -> list[str]:
    """The tests of this folder whose text names the guard."""
    found = []
    for path in sorted(HERE.glob("test_*.py")):
        for test in path.read_text(encoding="utf-8").split("\n\n\n"):
            name = re.search(r"def (test_\w+)", test)
            if name and path != Path(__file__) and re.search(rf'"{guard}"', test):
                found.append(f"{path}::{name[1]}")
    return sorted(set(found))


def test_an_attack_names_every_guard() -> None:
    assert [guard for guard in IN_A_TRIGGER if not attacks_that_name(guard)] == []


@pytest.mark.parametrize("guard", TAKEN_OUT)
def test_an_attack_gets_through_without_its_guard(guard: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-n0", "-x", "-p", "no:cacheprovider", *attacks_that_name(guard)],
                          env={**os.environ, WITHOUT: RAISED_AS.get(guard, guard), "PYTEST_ADDOPTS": ""}, capture_output=True, text=True,
                          cwd=HERE.parents[1], check=False)
    assert done.returncode == 1, f"{guard}: no attack that names it failed\n{done.stdout[-800:]}"
