"""The file of `record` reads what its page says, and the page says every key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ringfence.importing.record_file import RecordFile, read_record
from ringfence.importing.templates import template
from tests.importing.test_apply_file import keys_of

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "record.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [*re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL), template("record")])
def test_every_example_is_taken(tmp_path: Path, text: str) -> None:
    path = tmp_path / "record.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_record(path).digestable()


def test_the_page_names_every_key_and_no_other() -> None:
    told = {key for cell in re.findall(r"^\| (`[^|]*`) \|", PAGE, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)}
    assert told == keys_of(RecordFile)
