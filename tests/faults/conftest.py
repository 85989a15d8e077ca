"""The provider’s books on each engine, as the tests of actions have them, and one more: with few documents in its month."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.conftest import STEPS
from tests.actions.conftest import agreed as agreed
from tests.actions.conftest import issued as issued
from tests.actions.conftest import shelf as shelf
from tests.actions.provider_books import AGREED, Books, agreements, by_delivery, by_schedule, october_visits, plan_line
from tests.actions.test_held_invoices import NEEDED, given
from tests.faults.workers import Workers

ALL_OF_THEM = "RINGFENCE_TEST_EVERY_FAULT" in os.environ
"""Whether every fault is tried; otherwise a few of each kind are."""


def _few_documents(books: Books) -> None:
    """One person under the block contract and one who pays for herself, with their visits of October."""
    known = agreements()
    split = {**known["splits"][0], "people": [
        {"person": "P001", "pounds": "10,800.00", "contribution_pounds": "600.00", "minutes": 12_000,
         "approved": {**AGREED, "pounds": "10,800.00"}}]}
    plan = [plan_line("P001", "outreach", 300, funder="southgate"), plan_line("P004", "outreach", 60)]
    books.apply(known | {"houses": [], "splits": [split], "plan": plan, "fundings": [by_schedule("P001"), by_delivery("P004", "peggy")]})
    books.visits(*(row for row in october_visits() if row.subject in {"P001", "P004"} and row.support_type == "outreach"))


def _one_held(books: Books) -> None:
    """October issued without Southgate’s part of one visit with two carers, whose order number came afterwards."""
    books.apply(NEEDED)
    books.month_end()
    given(books, order_number="SG-1")


STEPS["few documents"] = ("peopled", _few_documents)
STEPS["one held"] = ("delivered", _one_held)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """Processes that do a month end, ready to begin at once."""
    started = Workers()
    yield started
    started.stop()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder of the documents."""
    return tmp_path / "out"
