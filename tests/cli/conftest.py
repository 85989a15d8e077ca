"""Books that have come as far as a test needs them: made once by command, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import EXAMPLES, Desk


def start(desk: Desk, *init: str) -> Desk:
    """New books with two users and the people of the example."""
    desk.run("init", "Harbour Lights", *init)
    desk.run("user", "add", "asha")
    desk.run("user", "add", "ben", "--as", "asha", *(word for role in ("administrator", "finance manager", "approver") for word in ("--role", role)))
    desk.run("import", "people", EXAMPLES / "people.csv", "--as", "asha")
    return desk


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return start(Desk(tmp_path_factory.mktemp("started")), "--practice")


@pytest.fixture(scope="session")
def agreed(started: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = _copy(started, tmp_path_factory.mktemp("agreed"))
    desk.apply()
    return desk


@pytest.fixture(scope="session")
def delivered(agreed: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = _copy(agreed, tmp_path_factory.mktemp("delivered"))
    desk.run("import", "visits", EXAMPLES / "visits.csv", "--as", "asha")
    return desk


@pytest.fixture(scope="session")
def issued(delivered: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = _copy(delivered, tmp_path_factory.mktemp("issued"))
    digest = desk.prepare()
    desk.run("month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben")
    desk.write("digest.txt", digest)
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder."""
    return Desk(tmp_path)


@pytest.fixture
def with_people(started: Desk, tmp_path: Path) -> Desk:
    """Practice books of asha and ben, with people and nothing else."""
    return _copy(started, tmp_path)


@pytest.fixture
def with_agreements(agreed: Desk, tmp_path: Path) -> Desk:
    """The same with the agreements of the example, approved."""
    return _copy(agreed, tmp_path)


@pytest.fixture
def with_visits(delivered: Desk, tmp_path: Path) -> Desk:
    """The same with the visits of October 2026."""
    return _copy(delivered, tmp_path)


@pytest.fixture
def with_october(issued: Desk, tmp_path: Path) -> Desk:
    """The same with October 2026 issued; its digest is in digest.txt."""
    shutil.copy(issued.folder / "digest.txt", tmp_path)
    return _copy(issued, tmp_path)


@pytest.fixture
def refused() -> Callable[..., str]:
    """Runs a command that is refused, checks that the words are all there and that nothing was stored; gives what it said."""
    def check(desk: Desk, *words: str | Path, says: str | tuple[str, ...], code: int = 1, **options: Any) -> str:
        before = desk.books
        told = desk.run(*words, code=code, **options)
        for said in (says,) if isinstance(says, str) else says:
            assert said in told.err, told.err
        assert desk.books == before, "something was stored"
        return told.err
    return check


def _copy(source: Desk, folder: Path) -> Desk:
    shutil.copy(source.folder / "ringfence.db", folder / "ringfence.db")
    return Desk(folder)
