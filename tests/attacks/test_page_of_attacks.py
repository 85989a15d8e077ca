"""The page of attacks is the attacks: at least forty, of at least twenty kinds."""

from __future__ import annotations

from pathlib import Path

from tests.attacks.attacks_listed import attacks, table

PAGE = (Path(__file__).parents[2] / "docs" / "attacks.md").read_text(encoding="utf-8")


def test_the_page_lists_every_attack() -> None:
    """Where it does not: `python -m tests.attacks.attacks_listed` prints what belongs between the marks."""
    assert PAGE.split("<!-- attacks -->\n")[1].split("\n<!-- end -->")[0] == table()


def test_there_are_at_least_forty_attacks_of_at_least_twenty_kinds() -> None:
    found = list(attacks())
    assert len(found) >= 40
    assert len({guard for _, _, guards in found for guard in guards}) >= 20
