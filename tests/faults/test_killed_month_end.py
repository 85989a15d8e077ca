"""SIGKILL before a statement of a month end, or in the midst of a document, and the same again: nothing is lost and nothing is there twice.

Forty statements and more are tried each time over both engines, and every one where RINGFENCE_TEST_EVERY_FAULT is set.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from ringfence.actions.month_end import approve_month, prepare_month
from ringfence.actions.verifying import verify
from tests.actions.conftest import Shelf
from tests.actions.provider_books import OCTOBER, Books
from tests.faults.business import Business, business, documents
from tests.faults.conftest import ALL_OF_THEM
from tests.faults.workers import Task, Workers, month_end

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped in another way there")

POINTS, DOCUMENTS = 20, 3
WHERE = ("before", "midst", "name")


@dataclass(frozen=True)
class Undisturbed:
    """A month end that nothing stopped: what the books said after each of its transactions, its documents, and the points it passed."""

    stages: tuple[Business, ...]
    documents: dict[str, bytes]
    points: list[str]


@pytest.fixture(scope="module")
def undisturbed(shelf: Shelf, workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    out = folder / "out"
    with shelf.opened("few documents") as books:
        stages = [business(books.store)]
        digest = prepare_month(books.asha, OCTOBER, out).digest
        stages.append(business(books.store))
        for papers in (None, out):
            approve_month(books.ben, OCTOBER, digest, papers)
            stages.append(business(books.store))
        assert verify(books.store, referee=True) == []
    with shelf.copy("few documents") as place:
        assert workers.at_once(Task(place.url, str(folder / "counted"), str(folder / "told"))) == [0]
    assert documents(folder / "counted") == documents(out)
    return Undisturbed(tuple(stages), documents(out), json.loads((folder / "told").read_text(encoding="utf-8"))["points"])


@pytest.fixture
def try_at(shelf: Shelf, workers: Workers, undisturbed: Undisturbed, tmp_path: Path) -> Callable[..., int]:
    """Kills a month end at a point and gives it again; at which of the stages the books stood in between.

    A stage is known to the penny from the undisturbed run, so that it is sound: `verify` has the last word after it was given again.
    """
    def tried(with_signal: signal.Signals, **stop: int | str) -> int:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        with shelf.copy("few documents") as place:
            assert workers.at_once(Task(place.url, str(out), str(tmp_path / "told"), **stop)) == [-with_signal], stop  # type: ignore[arg-type]
            store = place.open()
            books = Books(store)
            stage = undisturbed.stages.index(business(store))
            assert documents(out).items() <= undisturbed.documents.items(), stop
            books.at += timedelta(hours=1)
            assert month_end(books, out).set_aside == ()
            assert business(store) == undisturbed.stages[-1], stop
            assert verify(store, referee=ALL_OF_THEM) == [], stop
            assert documents(out) == undisturbed.documents, stop
            store.close()
        return stage

    return tried


def some(most: int, of: int) -> list[int]:
    """So many numbers of 1 to `of`, evenly, with the first and the last; all of them where that is asked."""
    return list(range(1, of + 1)) if ALL_OF_THEM else sorted({1 + n * (of - 1) // (most - 1) for n in range(most)})


def test_a_month_end_killed_before_a_statement_is_as_if_it_never_was(
        shelf: Shelf, undisturbed: Undisturbed, try_at: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    points = undisturbed.points
    commits = [n for n, what in enumerate(points, start=1) if what == "COMMIT" and points[n - 2] not in ("SELECT", "WITH")]
    chosen = sorted({*some(POINTS, len(points)), *commits})
    stages = [try_at(signal.SIGKILL, statement=n) for n in chosen]
    assert stages == sorted(stages), "what was kept once is not lost by going further"
    told = ", ".join(f"{stages.count(n)} {words}" for n, words in enumerate(("before it was prepared", "prepared", "approved")))
    with capsys.disabled():
        print(f"\nkilled before a statement, {shelf.dialect}: {len(chosen)} of {len(points)} points ({told}): "  # noqa: T201
              "0 lost, 0 twice, the same digest after all of them")


def test_a_month_end_killed_while_it_writes_documents_leaves_none_by_halves(
        shelf: Shelf, undisturbed: Undisturbed, try_at: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    chosen = [(number, where) for number in range(1, len(undisturbed.documents) + 1) for where in WHERE]
    chosen = [chosen[n - 1] for n in some(DOCUMENTS, len(chosen))]
    first_issued = len(undisturbed.documents) // 2 + 1
    for number, where in [*chosen, (first_issued, "before")]:  # the last: between the commit and the first document
        stage = try_at(signal.SIGXFSZ if where == "midst" else signal.SIGKILL, document=number, where=where)
        assert stage == (1 if number < first_issued else 2)
    with capsys.disabled():
        print(f"\nkilled while writing documents, {shelf.dialect}: {len(chosen) + 1} points: 0 documents by halves, 0 missing")  # noqa: T201
