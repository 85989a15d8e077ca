"""The sample once for this folder: its tests read it, and never change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.month_end import preview_month
from ringfence.actions.month_plan import MonthPlan
from sample_data.build import OPEN_MONTH, PREPARES, build_sample

LATER = datetime(2026, 11, 4, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Acting]:
    """Asha at work on the sample of about sixty people."""
    path = tmp_path_factory.mktemp("sample") / "books.db"
    build_sample(str(path))
    store = open_books(str(path), key=None)
    yield Acting(store, PREPARES, LATER)
    store.close()


@pytest.fixture
def new_on_postgresql(server: Any) -> Iterator[tuple[str, str]]:
    """An empty database: how the app will open it, and who is to own what is made in it."""
    server.do("CREATE DATABASE the_sample OWNER ringfence_owner")
    yield server.address("ringfence_app", "the_sample"), server.address("ringfence_owner", "the_sample")
    server.drop("the_sample")


@pytest.fixture(scope="session")
def october(sample: Acting) -> MonthPlan:
    """What the month end of October would do."""
    return preview_month(sample, OPEN_MONTH)
