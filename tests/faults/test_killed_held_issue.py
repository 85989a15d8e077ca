"""What was held is issued: killed before a statement and given again, or by four people at once, it goes out once, and no visit is billed twice.

Three statements and each commit are tried each time on each engine, and every one where RINGFENCE_TEST_EVERY_FAULT is set.
"""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from ringfence.actions.books import add_user
from ringfence.actions.verifying import verify
from tests.actions.conftest import Shelf
from tests.actions.provider_books import ASHA, BEN, Books
from tests.faults.business import business, documents
from tests.faults.conftest import ALL_OF_THEM
from tests.faults.workers import Task, Workers, held_issue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked, and stopped in another way there")

POINTS = 3
PEOPLE = (ASHA, BEN, "cara", "dan")
TOLD = ("so somebody else must approve", "No invoice that was held may be issued now", "Somebody else is writing to the database")
BILLED = "SELECT count(*), count(DISTINCT event_id) FROM invoice_line WHERE event_id IS NOT NULL"


def test_what_was_held_and_is_killed_before_a_statement_is_issued_once_when_it_is_given_again(
        shelf: Shelf, workers: Workers, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with shelf.copy("one held") as place:
        assert workers.at_once(Task(place.url, str(tmp_path / "whole"), str(tmp_path / "told"), is_held=True)) == [0]
        store = place.open()
        whole = business(store)
        store.close()
    passed = json.loads((tmp_path / "told").read_text(encoding="utf-8"))["points"]
    points, commits = len(passed), [n for n, what in enumerate(passed, start=1) if what == "COMMIT" and passed[n - 2] not in ("SELECT", "WITH")]
    chosen = range(1, points + 1) if ALL_OF_THEM else sorted({1 + n * (points - 1) // (POINTS - 1) for n in range(POINTS)} | {*commits})
    for n in chosen:
        out = tmp_path / f"out-{n}"
        with shelf.copy("one held") as place:
            assert workers.at_once(Task(place.url, str(out), str(tmp_path / "told"), statement=n, is_held=True)) == [-signal.SIGKILL], n
            store = place.open()
            books = Books(store)
            books.at += timedelta(hours=1)
            assert held_issue(books, out).set_aside == ()
            assert business(store) == whole, n
            assert verify(store, referee=ALL_OF_THEM) == [], n
            store.close()
        assert documents(out) == documents(tmp_path / "whole"), n
    with capsys.disabled():
        print(f"\nheld, killed before a statement, {shelf.dialect}: {len(chosen)} of {points} points: 0 lost, 0 twice")  # noqa: T201


def test_four_people_who_issue_at_once_what_was_held_issue_it_once(shelf: Shelf, workers: Workers, tmp_path: Path) -> None:
    with shelf.copy("one held") as place:
        store = place.open()
        books = Books(store)
        for user in PEOPLE[2:]:
            add_user(store, user, added_by=ASHA, at=books.at)
        billed = books.rows(BILLED)[0][0]
        tasks = [Task(place.url, "", str(tmp_path / user), preparer=user, approver=PEOPLE[(n + 1) % 4], is_held=True)
                 for n, user in enumerate(PEOPLE)]
        assert workers.at_once(*tasks) == [0, 0, 0, 0]
        told = [json.loads((tmp_path / user).read_text(encoding="utf-8")) for user in PEOPLE]
        assert Counter(each.get("issued") for each in told)[True] == 1, told
        assert all(any(words in each["refused"] for words in TOLD) for each in told if "refused" in each), told
        assert books.rows(BILLED) == [(billed + 2, billed + 2)], "Two carers’ parts of one visit, each asked for once."
        assert verify(store, referee=True) == []
        store.close()
