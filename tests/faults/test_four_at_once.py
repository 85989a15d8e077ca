"""Four people start the same month end at once: one of them issues it, the others are told, and no visit is billed twice.

Four rounds are tried each time, and twenty where RINGFENCE_TEST_EVERY_FAULT is set; in one of four rounds all write the documents too.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ringfence.actions.books import add_user
from ringfence.actions.month_end import approve_month
from ringfence.actions.verifying import verify
from tests.actions.conftest import Shelf
from tests.actions.provider_books import ASHA, BEN, OCTOBER, Books
from tests.faults.business import business, documents
from tests.faults.conftest import ALL_OF_THEM
from tests.faults.workers import Task, Workers, month_end

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the processes are forked")

ROUNDS = 20 if ALL_OF_THEM else 4
PEOPLE = (ASHA, BEN, "cara", "dan")
TOLD = {
    "prepared this month end, so somebody else must approve it": "told that somebody else must approve",
    "October 2026 is closed": "told that the month is closed",
    "Somebody else is writing to the database": "told that somebody else is writing",
}
"""What those are told who do not issue it, and the words for it in the count."""


def in_brief(told: dict[str, Any]) -> str:
    """What one of the four was told. Anything else than these words is a fault."""
    if "refused" not in told:
        assert told["set_aside"] == []
        return "issued" if told["issued"] else "told that it was approved before"
    words, = (brief for said, brief in TOLD.items() if said in told["refused"])
    return words


def test_four_people_who_start_a_month_end_at_once_issue_it_once(
        shelf: Shelf, workers: Workers, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with shelf.opened("few documents") as books:
        month_end(books, None)
        issued_alone = without_who(books)
        month_end(books, tmp_path / "alone")
        alone, charged = without_who(books), books.rows("SELECT count(*), count(*) FROM charge")
    heard: Counter[str] = Counter()
    for n in range(ROUNDS):
        out = tmp_path / f"out-{n}" if n % 4 == 0 else None
        with shelf.copy("few documents") as place:
            store = place.open()
            books = Books(store)
            for user in PEOPLE[2:]:
                add_user(store, user, added_by=ASHA, at=books.at)
            tasks = [Task(place.url, str(out or ""), str(tmp_path / user), preparer=user, approver=user) for user in PEOPLE]
            assert workers.at_once(*tasks) == [0, 0, 0, 0]
            told = [in_brief(json.loads((tmp_path / user).read_text(encoding="utf-8"))) for user in PEOPLE]
            assert told.count("issued") == 1, told
            heard += Counter(told)
            assert books.rows("SELECT count(*), count(DISTINCT delivery_id) FROM charge") == charged
            assert without_who(books) == (alone if out else issued_alone)
            assert verify(store, referee=True) == []
            assert out is None or documents(out).items() >= documents(tmp_path / "alone").items()
            store.close()
    with capsys.disabled():
        said = ", ".join(f"{count} {words}" for words, count in sorted(heard.items()))
        print(f"\nfour at once, {shelf.dialect}: {ROUNDS} rounds, 0 visits billed twice; {said}")  # noqa: T201


def test_two_people_who_write_the_documents_of_a_month_at_once_write_the_same(shelf: Shelf, tmp_path: Path) -> None:
    with shelf.opened("few documents") as books:
        digest = month_end(books, None).digest

        def another_writes_all(done: int, of: int) -> None:
            if done == of:
                assert month_end(books, tmp_path).set_aside == ()

        assert approve_month(books.ben, OCTOBER, digest, tmp_path, on_progress=another_writes_all).set_aside == ()
        assert books.count("document_file") == len(documents(tmp_path)) > 0


def without_who(books: Books) -> dict[str, tuple[int, str]]:
    """What the books say, but for who prepared, who approved, and who may."""
    return {table: said for table, said in business(books.store).items() if table not in {"batch", "approval", "user_account", "user_role"}}
