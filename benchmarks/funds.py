"""What a growing ledger costs: writing it, every fund’s money at once, and the entries of one fund with their running balance.

Books of 10,000, 100,000 and 1,000,000 postings (100 a fund, so 10,000 funds at the last), on SQLite and on PostgreSQL; with `--full` also
10,000,000 on SQLite. A posting is half of an entry. They are written by the app’s own writer, guards and all.

*Every fund’s money* is the action’s own query for the list of people: what each fund holds, from the kept balances.
*One fund’s entries* is the whole action behind the fund’s page: October’s lines in words, each with the balance after it, 25 a page. It is
taken of many funds, one after the other, and the middle one counts. Its goal is held against the same engine’s 10,000 postings.
*beancount* is in `entries`, on the same kind of books.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.measured import Measured
from benchmarks.month_of_entries import OCTOBER, PREPARES, PROVIDER, fill_books, post
from benchmarks.server import books_on_postgresql
from isf.accounts import INSIDE_MONEY_HELD
from ringfence.actions.acting import Acting
from ringfence.actions.books import make_books
from ringfence.actions.fund_history import Balance, lines_of
from ringfence.store import listing
from ringfence.store.engine import Store

VISITS = 25
POSTINGS_A_FUND = VISITS * 2 * 2
SIZES, LARGEST = (10_000, 100_000, 1_000_000), 10_000_000
ASKED = 100
PAGE = 25
TIMES = 7
SLOWER, BALANCES_MS = 1.5, 50


def measure(full: bool) -> list[Measured]:
    """Both engines at three sizes; the largest size on SQLite only where `full` says so."""
    return [*_engine("SQLite", books_in_a_file, (*SIZES, LARGEST) if full else SIZES), *_engine("PostgreSQL", books_on_postgresql, SIZES)]


@contextmanager
def books_in_a_file() -> Iterator[Store]:
    """New books in a file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        store = make_books(str(Path(folder) / "books.db"), provider=PROVIDER, sample=True, key=None)
        try:
            yield store
        finally:
            store.close()


def _engine(name: str, books: Callable[[], AbstractContextManager[Store]], sizes: tuple[int, ...]) -> Iterator[Measured]:
    first = 0.0
    for postings in sizes:
        gc.collect()
        with books() as store:
            month = fill_books(store, postings // POSTINGS_A_FUND, VISITS)
            seconds, entries = post(store, month), len(month.entries)
            del month
            funds, every = _every_funds_money(store)
            one = _one_funds_entries(store, funds)
        first = first or one
        what = f"{name}, {postings:,} postings"
        yield Measured(f"{what}: writing them", f"{entries / seconds:,.0f} entries/s", "", "", "", None)
        yield Measured(f"{what}: every fund’s money", f"{every:.1f} ms, {len(funds):,} funds", f"{BALANCES_MS} ms", f"{every / BALANCES_MS:.2f}",
                       f"under {BALANCES_MS} ms", every < BALANCES_MS)
        yield Measured(f"{what}: one fund’s entries with their balance", f"{one:.2f} ms", f"{first:.2f} ms at {sizes[0]:,}", f"{one / first:.2f}",
                       f"at most {SLOWER} times", one / first <= SLOWER)


def _every_funds_money(store: Store) -> tuple[list[str], float]:
    """The funds, and the milliseconds that their balances take: the middle of some readings."""
    took, found = [], dict[str, int]()
    for _ in range(TIMES):
        with store.reading() as connection:
            began = perf_counter()
            found = listing.kept_of_funds(connection, INSIDE_MONEY_HELD)
            took.append(perf_counter() - began)
    return sorted(found), median(took) * 1000


def _one_funds_entries(store: Store, funds: list[str]) -> float:
    """The milliseconds of a page of October’s entries of one fund: the middle of many funds, over all of them."""
    acting = Acting(store, PREPARES, datetime(2026, 11, 3, 10, tzinfo=UTC))
    took = []
    for fund in funds[::max(1, len(funds) // ASKED)][:ASKED]:
        began = perf_counter()
        page = lines_of(acting, fund, Balance.MONEY_HELD, OCTOBER.first, OCTOBER.last, size=PAGE)
        took.append(perf_counter() - began)
        assert page.lines, "A fund without entries tells nothing."
    return median(took) * 1000
