"""The mapping of monitoring figures reads what its page says, and the page says every key and every figure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from basics.errors import Refused
from ringfence.importing.council_mapping import MonitoringMapping, OfFunds, read_monitoring_mapping
from tests.importing.test_apply_file import keys_of

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "monitoring.md").read_text(encoding="utf-8")
EXAMPLE, = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def read(folder: Path, text: str) -> MonitoringMapping:
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return read_monitoring_mapping(path)[0]


def test_the_example_is_taken(tmp_path: Path) -> None:
    found = read(tmp_path, EXAMPLE)
    assert (len(found.cells), found.people.first_row if found.people else 0) == (6, 10)


def test_the_page_names_every_key_and_every_figure() -> None:
    cells = [key for cell in re.findall(r"^\| (`[^|]*`) \|", PAGE, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)]
    assert set(cells) == keys_of(MonitoringMapping) | set(get_args(OfFunds))


@pytest.mark.parametrize(("was", "is_", "told"), [
    ("sheet: Monitoring\n", "", "Some cells do not say on which sheet they are."),
    ("{cell: B2, figure: from}", "{cell: B1, figure: from}", "A cell is given twice."),
    ("figure: hours_delivered}", "figure: hours}", "“hours” is not one of the choices."),
    ("figure: people}", "figure: people, person: P001}", "“people” is of all together, and not of one person."),
    ("last_row: 39", "last_row: 9", "The last row is before the first."),
    ("F: surplus", "6: surplus", ""),
])
def test_what_cannot_be_meant_is_refused(tmp_path: Path, was: str, is_: str, told: str) -> None:
    assert was in EXAMPLE
    with pytest.raises(Refused) as found:
        read(tmp_path, EXAMPLE.replace(was, is_))
    assert told in [each.what for each in found.value.problems] or not told
