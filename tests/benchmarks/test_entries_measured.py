"""What the speed of the ledger is taken on: a whole month, the same for all who are measured."""

from __future__ import annotations

from pathlib import Path

from benchmarks import entries
from benchmarks.month_of_entries import POSTINGS_A_PERSON, make_books_in_use, post
from isf.accounts import Unit
from ringfence.actions.books import open_books
from ringfence.actions.verifying import verify

PEOPLE = 20


def test_what_is_posted_is_a_month_that_verifies(tmp_path: Path):
    month = make_books_in_use(tmp_path / "books.db", PEOPLE)
    store = open_books(str(tmp_path / "books.db"), key=None)
    assert post(store, month) > 0
    assert verify(store) == []
    store.close()
    assert 2 * len(month.entries) == PEOPLE * POSTINGS_A_PERSON
    assert {each.unit for each in month.entries} == set(Unit)


def test_each_is_measured_on_the_same_entries_and_beancount_agrees_with_every_balance():
    speeds = entries._best(PEOPLE * POSTINGS_A_PERSON, beancount=True)
    assert set(speeds) == {entries.OURS, entries.BARE, entries.INDEXED, entries.BEANCOUNT}
    assert min(speeds.values()) > 0


def test_beancount_is_left_out_of_the_large_size_unless_all_is_asked_for():
    lines = list(entries._size(PEOPLE * POSTINGS_A_PERSON, beancount=False))
    assert [line.met is None for line in lines] == [False, True]
    assert "--full" in lines[1].peer
