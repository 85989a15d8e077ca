"""The attacks of this folder as the table of docs/attacks.md: `python -m tests.attacks.attacks_listed` prints it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from ringfence.store.guard_list import GUARDS

HERE = Path(__file__).parent
OWN_BARS = {"books.bars": ("authorizer", "grants")}


def attacks() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each attack: what its file is about, what it tries, in words, and the guards that its test names."""
    for path in sorted(HERE.glob("test_*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        subject = (ast.get_docstring(module) or "").splitlines()[0]
        for each in module.body:
            if isinstance(each, ast.FunctionDef) and each.name.startswith("test_") and (guards := tuple(_named(each))):
                yield subject, each.name.removeprefix("test_").replace("_", " "), guards


def _named(test: ast.FunctionDef) -> Iterator[str]:
    found = {each.value for each in ast.walk(test) if isinstance(each, ast.Constant) and each.value in GUARDS}
    yield from sorted(found | {guard for said, guards in OWN_BARS.items() if said in ast.unparse(test) for guard in guards})


def table() -> str:
    lines, before = [], ""
    for subject, tried, guards in attacks():
        if subject != before:
            lines += ["", f"**{subject}**", "", "| what must hold | refused by |", "|---|---|"]
            before = subject
        lines.append(f"| {tried[:1].upper()}{tried[1:]} | {', '.join(f'`{guard}`' for guard in guards)} |")
    return "\n".join(lines).strip()


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
