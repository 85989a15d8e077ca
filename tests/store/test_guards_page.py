"""The page about guards says what the code says: every guard, every rule, every role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from isf.accounts import ROLES, RULES
from ringfence.store.guard_list import GUARDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guards.md").read_text(encoding="utf-8")
STORE = ROOT / "ringfence" / "store"


def raised(*names: str) -> set[str]:
    """The guards that the code of an engine raises."""
    script = "".join((STORE / name).read_text(encoding="utf-8") for name in names)
    return set(re.findall(r"guard:([a-z_]+)", script)) | set(re.findall(r"(?:guard_says|guard_refuses)\('([a-z_]+)'", script)) | {
        name for name in GUARDS if re.search(rf"(?:THEN|ELSE) '{name}'", script) or f"SELECT '{name}'" in script}


def test_every_guard_stands_on_the_page_as_it_is():
    for name, guard in GUARDS.items():
        assert f"| `{name}` | {guard.refuses} | {guard.to_do} |" in PAGE, name


def test_every_rule_stands_on_the_page_and_no_other():
    wanted = ["| " + " | ".join([rule.debit, rule.credit, rule.unit, (rule.origin or "none").replace("_", " "), rule.needs, rule.meaning])
              + " |"
              for rule in RULES]
    section = PAGE.split("## The rules")[1].split("\n## ")[0]
    assert [line for line in section.splitlines() if line.startswith("| ") and "---" not in line][1:] == wanted


def test_every_role_stands_on_the_page_and_no_other():
    wanted = [f"| {role.name} | {role.unit} | {role.side} | {role.floor} | {role.meaning} |" for role in ROLES]
    section = PAGE.split("## The accounts")[1].split("\n## ")[0]
    assert [line for line in section.splitlines() if line.startswith("| ") and "---" not in line][1:] == wanted


@pytest.mark.parametrize("script", ["guards_sqlite.sql", "guards_postgresql.sql"])
def test_what_a_script_raises_is_in_the_list(script):
    assert raised(script, "guards.py") - {"floor"} <= set(GUARDS)


def test_both_engines_have_the_same_guards():
    """But for what each engine needs alone: PostgreSQL's keys and kept tables are guarded by the engine or by its own triggers."""
    floors = {name for name in GUARDS if name.startswith("floor_")}
    alike, alone = "guards.py", {"isolation"}  # a writer on SQLite is alone, so it has no stale view to write from
    assert raised("guards_sqlite.sql", alike) - floors == raised("guards_postgresql.sql", alike) - floors - alone
