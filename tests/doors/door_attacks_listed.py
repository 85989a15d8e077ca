"""The attacks on the door by the names of their tests, counted: what docs/attacks-on-the-door.md prints.

`python -m tests.doors.door_attacks_listed` prints what belongs between the marks of that page.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.attacks import test_what_is_exported, test_what_is_typed
from tests.doors import test_door_attacks, test_own_sign_in_service, test_reader_attacks

MODULES = (test_door_attacks, test_own_sign_in_service, test_reader_attacks, test_what_is_typed, test_what_is_exported)


def attacks() -> Iterator[tuple[str, str, int]]:
    """What each group holds, what was tried, and in how many ways."""
    for module in MODULES:
        for group in ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body:
            if isinstance(group, ast.ClassDef):
                for each in group.body:
                    if isinstance(each, ast.FunctionDef) and each.name.startswith("test_"):
                        yield str(ast.get_docstring(group)), each.name.removeprefix("test_").replace("_", " "), _ways(module, group.name, each.name)


def _ways(module: Any, group: str, name: str) -> int:
    """How often the test tries: once, or in each of its ways."""
    test = getattr(getattr(module, group), name)
    ways = int(getattr(test, "ways", 1))
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            ways *= len(mark.args[1])
    return ways


def table() -> str:
    lines, before = [], ""
    for holds, tried, ways in attacks():
        if holds != before:
            lines += ["", f"**{holds}**", "", "| what must hold | tried in |", "|---|---|"]
            before = holds
        lines.append(f"| {tried[:1].upper()}{tried[1:]} | {ways} {'way' if ways == 1 else 'ways'} |")
    return "\n".join(lines).strip()


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
