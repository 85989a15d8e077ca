"""Showing a split: what it went by stands beside what it came to."""

from pathlib import Path

import pytest

from basics.errors import Refused
from isf.split import Method
from ringfence.actions.splitting import SplitShown, every_method, show_split, split_of_content

HOUSE = """\
contract: HALDEN-2026
sum: {sum}
method: {method}
hours_are: delivered a year
houses:
  - house: elm-road
    places: [A, B, C, D]
    shared:
      - {{name: shared hours, hours_per_week: 100, rate_per_hour: 20}}
      - {{name: sleep-ins, nights_per_week: 7, rate_per_night: 84}}
people:
  - {{person: A, hours: 1560, own: [{{name: one to one, hours_per_week: 30, rate_per_hour: 21}}]}}
  - {{person: B, hours: 520, own: [{{name: one to one, hours_per_week: 10, rate_per_hour: 21}}]}}
  - {{person: C, hours: 0}}
  - {{person: D, hours: 780, {more}own: [{{name: one to one, hours_per_week: 15, rate_per_hour: 21}}]}}
"""


def shown(folder: Path, method: str, total: str = "3743.00", more: str = "") -> SplitShown:
    path = folder / "split.yaml"
    path.write_text(HOUSE.format(sum=total, method=method, more=more), encoding="utf-8")
    return show_split(path)


def test_layers_worth_their_cost_are_met_to_the_penny_with_the_hours_of_a_week(tmp_path: Path) -> None:
    found = shown(tmp_path, "layers")
    assert [part.pence for part in found.split.allocations] == [127_700, 85_700, 64_700, 96_200]
    assert [part.minutes for part in found.split.allocations] == [3300, 2100, 1500, 2400]
    assert found.hours_are == "planned a week"


def test_another_method_shows_the_hours_of_the_file(tmp_path: Path) -> None:
    found = shown(tmp_path, "equal")
    assert [part.minutes for part in found.split.allocations] == [93_600, 31_200, 0, 46_800]
    assert found.hours_are == "delivered a year"
    assert found.layers == {}


def test_a_void_never_raises_the_share_of_the_others(tmp_path: Path) -> None:
    lived_in, empty = shown(tmp_path, "layers"), shown(tmp_path, "layers", more="empty: yes, ")
    assert [part.pence for part in empty.split.allocations] == [part.pence for part in lived_in.split.allocations]
    assert [part.person for part in empty.split.allocations if part.empty_place] == ["D"]


def test_someone_without_layers_stops_a_split_by_layers(tmp_path: Path) -> None:
    path = tmp_path / "split.yaml"
    path.write_text("contract: C\nsum: 10.00\nmethod: layers\npeople: [{person: A}]\n", encoding="utf-8")
    with pytest.raises(Refused, match="person A: has no costed layers"):
        show_split(path)


def test_by_budgets_a_person_of_a_house_brings_their_part_of_its_budget_too() -> None:
    """£20,000.00 and £10,000.00 of their own, and a third of the house’s £3,000.00 each; the empty third place keeps its part."""
    content = b"""contract: ELM
sum: 33000.00
method: household
houses:
  - {house: elm, places: [P-1, P-2, elm-3], budget: 3000.00}
people:
  - {person: P-1, budget: 20000.00}
  - {person: P-2, budget: 10000.00}
  - {person: elm-3, empty: yes}
"""
    tried = {each.method: each for each in every_method(split_of_content(content, "elm.split.yaml"))}
    by_budgets, by_household = tried[Method.BUDGETS].shown, tried[Method.HOUSEHOLD].shown
    assert by_budgets is not None
    assert by_household is not None
    found = {each.person: (each.pence, each.budget_pence) for each in by_budgets.split.allocations}
    assert found == {"P-1": (21_000_00, 21_000_00), "P-2": (11_000_00, 11_000_00), "elm-3": (1_000_00, 1_000_00)}
    assert {each.person: each.pence for each in by_household.split.allocations} == {person: pence for person, (pence, _) in found.items()}
