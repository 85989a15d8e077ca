"""What a growing ledger costs can be measured: the books are made, written and read on each engine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from benchmarks.funds import POSTINGS_A_FUND, _engine, books_in_a_file
from benchmarks.server import books_on_postgresql
from ringfence.store.engine import Store


@pytest.mark.parametrize("books", [books_in_a_file, books_on_postgresql])
def test_each_size_gives_three_lines_and_says_how_many_funds_there_are(books: Callable[[], AbstractContextManager[Store]]) -> None:
    writing, every, one = _engine("An engine", books, (10 * POSTINGS_A_FUND,))
    assert writing.ours.endswith("entries/s")
    assert every.ours.endswith("10 funds")
    assert one.ratio == "1.00"
