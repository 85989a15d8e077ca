"""What watches the log of every journey: a name in it, or in the file of a fault, is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.canaries import CANARY, plant, refuse_names


def test_a_name_in_the_log_or_in_the_file_of_a_fault_is_found(books_file: Path, tmp_path: Path) -> None:
    names = plant(books_file)
    assert CANARY in names
    assert len(names) == 21
    log, fault = tmp_path / "server.log", tmp_path / "ringfence-fault-1.txt"
    log.write_text("You can now view your app in your browser.")
    refuse_names(names, log, tmp_path)
    for file in (fault, log):
        file.write_text(f"KeyError: '{sorted(names)[0]}'")
        with pytest.raises(AssertionError, match="Names stand where none may"):
            refuse_names(names, log, tmp_path)
        file.write_text("nothing")
