"""The same month on PostgreSQL, by the same commands: the same digest, and the same documents to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import start
from tests.cli.desk import EXAMPLES, Desk

APP, OWNER = "ringfence_app", "ringfence_owner"


@pytest.fixture
def on_server(server: Any, postgresql_template: str, tmp_path: Path) -> Iterator[Desk]:
    """A folder whose commands work on an empty database of a server, as the app's own role, which came with the template."""
    server.do(f"CREATE DATABASE books_by_command OWNER {OWNER}")
    yield Desk(tmp_path, {"RINGFENCE_DATABASE": server.address(APP, "books_by_command")})
    server.drop("books_by_command")


def test_a_month_on_a_server_is_the_month_in_a_file(on_server: Desk, server: Any, delivered: Desk) -> None:
    owner = server.address(OWNER, "books_by_command")
    assert "Put the owner’s address into RINGFENCE_OWNER_DATABASE" in on_server.run("init", "Harbour Lights", "--practice", code=1).err
    start(on_server.with_variables(RINGFENCE_OWNER_DATABASE=owner), "--practice")
    on_server.apply()
    on_server.run("import", "visits", EXAMPLES / "visits.csv", "--as", "asha")
    digest = on_server.prepare()
    in_a_file = Desk(on_server.folder / "file")
    in_a_file.folder.mkdir()
    in_a_file.write("ringfence.db", (delivered.folder / "ringfence.db").read_bytes())
    assert in_a_file.prepare() == digest
    assert on_server.documents == in_a_file.documents
    for desk in (on_server, in_a_file):
        assert "somebody else must approve" in desk.run(*_approve(digest), "--as", "asha", code=1).err
        desk.run(*_approve(digest), "--as", "ben")
        assert desk.run("verify", "--referee", "--json").data == []
    assert len(on_server.documents) == 42
    assert on_server.documents == in_a_file.documents
    assert len({desk.run("position", "P001", "2026-10", "--as", "asha").out for desk in (on_server, in_a_file)}) == 1
    assert "closed" in on_server.run("month-end", "2026-10", "--preview", "--as", "asha", code=1).err


def test_what_stands_on_a_server_is_refused_in_the_same_words(on_server: Desk, server: Any) -> None:
    owner = server.address(OWNER, "books_by_command")
    making = on_server.with_variables(RINGFENCE_OWNER_DATABASE=owner)
    assert "This is not a Ringfence database." in on_server.run("verify", code=1).err
    making.run("init", "Harbour Lights", "--practice")
    assert "stands there already" in making.run("init", "Harbour Lights", "--practice", code=1).err
    as_owner = on_server.with_variables(RINGFENCE_DATABASE=owner)
    assert "could undo every guard" in as_owner.run("verify", code=1).err
    server.do("UPDATE alembic_version SET version_num = '0099'", database="books_by_command", role=OWNER)
    told = on_server.run("verify", code=1)
    assert "This database was made by a newer Ringfence (step 0099)." in told.err
    assert "made-up" not in told.err + told.out, "the password is in no message"


def _approve(digest: str) -> tuple[str, ...]:
    return ("month-end", "2026-10", "--approve", digest, "--out", "out")
