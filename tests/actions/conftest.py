"""The provider's books for each test: made once on each engine, and copied.

A test here runs on one engine, one in three on PostgreSQL, which one being told by its name; on both where RINGFENCE_TEST_EVERY_ENGINE is set.

A book is named by how far it has come: `peopled` (users and people), `agreed` (with agreements, approved), `delivered` (with the visits
of October), `issued` (October is closed and its documents are issued).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.actions.provider_books import NAMES, Books, agreements, october_visits
from tests.conftest import APP_ROLE, OWNER_ROLE, Place

HERE = Path(__file__).parent
_numbers = count(1)


def _peopled(books: Books) -> None:
    books.open()
    books.people(NAMES)


def _agreed(books: Books) -> None:
    books.apply(agreements())


def _delivered(books: Books) -> None:
    books.visits(*october_visits())


def _issued(books: Books) -> None:
    books.month_end()


STEPS: dict[str, tuple[str, Callable[[Books], None]]] = {
    "peopled": ("", _peopled), "agreed": ("peopled", _agreed), "delivered": ("agreed", _delivered), "issued": ("delivered", _issued),
}
"""Each book, the one that it continues, and what is done in it."""


@dataclass
class Shelf:
    """Books of one engine, each made when it is first asked for and copied from then on."""

    request: pytest.FixtureRequest
    dialect: str
    folder: Path
    made: dict[str, str] = field(default_factory=dict)

    def template(self, name: str) -> str:
        if name not in self.made:
            before, step = STEPS[name]
            where = self._copy(self.template(before)) if before else self._first()
            store = self.place_of(where).open()
            step(Books(store))
            store.close()
            self.made[name] = where
        return self.made[name]

    @contextmanager
    def copy(self, name: str) -> Iterator[Place]:
        """A copy of these books for one test."""
        where = self._copy(self.template(name))
        yield self.place_of(where)
        if self.dialect == "postgresql":
            self.request.getfixturevalue("server").drop(where)

    @contextmanager
    def opened(self, name: str) -> Iterator[Books]:
        with self.copy(name) as place:
            store = place.open()
            yield Books(store)
            store.close()

    def place_of(self, where: str) -> Place:
        if self.dialect == "sqlite":
            return Place("sqlite", where, "", True)
        server: Any = self.request.getfixturevalue("server")
        return Place("postgresql", server.address(APP_ROLE, where), server.address(OWNER_ROLE, where), True)

    def _first(self) -> str:
        if self.dialect == "sqlite":
            return self._copy(str(self.request.getfixturevalue("sqlite_template")))
        return self._copy(self.request.getfixturevalue("postgresql_template"))

    def _copy(self, where: str) -> str:
        if self.dialect == "sqlite":
            path = self.folder / f"books-{next(_numbers)}.db"
            shutil.copy(where, path)
            return str(path)
        name = f"provider_{next(_numbers)}"
        self.request.getfixturevalue("server").clone(where, name)
        return name


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("RINGFENCE_TEST_EVERY_ENGINE"):
        return
    left_out = [item for item in items if isinstance(item, pytest.Function) and item.path.parent == HERE and not _runs_on(item)]
    config.hook.pytest_deselected(items=left_out)
    kept = set(items) - set(left_out)
    items[:] = [item for item in items if item in kept]


def _runs_on(item: pytest.Function) -> bool:
    """Whether a test runs on the engine that it would be given; a test without books runs as it is."""
    engine = item.callspec.params.get("shelf") if hasattr(item, "callspec") else None
    return engine is None or (engine == "postgresql") == (crc32(item.originalname.encode()) % 3 == 0)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(request, request.param, tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def peopled(shelf: Shelf) -> Iterator[Books]:
    """Books with two users and five people."""
    with shelf.opened("peopled") as books:
        yield books


@pytest.fixture
def agreed(shelf: Shelf) -> Iterator[Books]:
    """The same, with agreements that are approved."""
    with shelf.opened("agreed") as books:
        yield books


@pytest.fixture
def delivered(shelf: Shelf) -> Iterator[Books]:
    """The same, with October's visits."""
    with shelf.opened("delivered") as books:
        yield books


@pytest.fixture
def issued(shelf: Shelf) -> Iterator[Books]:
    """The same, with October's month end approved."""
    with shelf.opened("issued") as books:
        yield books
