"""A disk that is full at one size after another: the books are sound each time, the message says what to do, and doing it works.

Eight sizes are tried each time, and a hundred where RINGFENCE_TEST_EVERY_FAULT is set. What a command says then is in
tests/cli/test_full_disk.py.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ringfence.actions.verifying import verify
from tests.actions.conftest import Shelf
from tests.actions.provider_books import Books
from tests.faults.business import business, documents
from tests.faults.conftest import ALL_OF_THEM
from tests.faults.workers import Task, Workers, month_end

pytest.importorskip("resource")

SIZES, LARGEST_BYTES = 100 if ALL_OF_THEM else 8, 160_000
SAYS = {"Make room on the disk, then do it again.": "for the books", "that the disk has room": "for a document"}
"""What to do, as it is said where there is no room for the books, and where there is none for a document."""


@pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)
def test_at_whatever_size_the_disk_is_full_the_month_is_whole_afterwards(
        shelf: Shelf, workers: Workers, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with shelf.opened("few documents") as books:
        month_end(books, tmp_path / "roomy")
        whole, papers = business(books.store), documents(tmp_path / "roomy")
    failed: Counter[str] = Counter()
    for n in range(1, SIZES + 1):
        out, told = tmp_path / str(n), tmp_path / "told"
        with shelf.copy("few documents") as place:
            for _ in range(2):  # the second time the month is issued, and only its documents are written
                task = Task(place.url, str(out), str(told), largest_file=LARGEST_BYTES * n // SIZES)
                assert workers.at_once(task) == [0]
                found = _no_room(json.loads(told.read_text(encoding="utf-8")), out)
                failed[found] += 1
                store = place.open()
                if found:
                    assert verify(store) == []
                    month_end(Books(store), out)
                assert business(store) == whole
                assert verify(store) == []
                store.close()
                assert documents(out).items() <= papers.items()
                shutil.rmtree(out)
    assert min(failed[of] for of in ("", *SAYS.values())) > 0, failed
    with capsys.disabled():
        print(f"\ndisk full at {SIZES} sizes to {LARGEST_BYTES:,} bytes: of {2 * SIZES} runs {failed['for the books']} had no room for the "  # noqa: T201
              f"books, {failed['for a document']} none for a document, {failed['']} had room; 0 books unsound, 0 months not whole afterwards")


def _no_room(told: dict[str, Any], out: Path) -> str:
    """What there was no room for; nothing where the month was done. What was being written is gone."""
    assert not list(out.rglob(".*.part"))
    if "refused" not in told:
        assert told["set_aside"] == []
        return ""
    found, = (of for said, of in SAYS.items() if said in told["refused"])
    return found
