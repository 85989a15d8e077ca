"""The page of attacks on the door is the attacks, and says how many there are."""

from __future__ import annotations

from pathlib import Path

from tests.doors.door_attacks_listed import attacks, table

PAGE = (Path(__file__).parents[2] / "docs" / "attacks-on-the-door.md").read_text(encoding="utf-8")


def test_the_page_lists_every_attack() -> None:
    """Where it does not: `python -m tests.doors.door_attacks_listed` prints what belongs between the marks."""
    assert PAGE.split("<!-- attacks -->\n")[1].split("\n<!-- end -->")[0] == table()


def test_the_page_says_how_many_there_are() -> None:
    found = list(attacks())
    assert f"{sum(ways for _, _, ways in found)} attacks in {len(found)} tests" in PAGE
