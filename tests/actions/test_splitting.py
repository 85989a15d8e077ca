"""Showing a split: what it went by stands beside what it came to."""

from pathlib import Path

import pytest

from basics.errors import Refused
from ringfence.actions.splitting import SplitShown, show_split

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
