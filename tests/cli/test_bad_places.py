"""Books and folders that cannot be used as they are: another machine's, a newer one's, damaged, locked up, or none at all."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ringfence.store import sqlite
from tests.cli.desk import Desk

Refused = Callable[..., str]


def as_owner(path: Path, *statements: str) -> None:
    """What somebody does to the file with another program."""
    connection = sqlite.driver.connect(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("folder", ["OneDrive", "OneDrive - Harbour Lights", "Dropbox", "Google Drive", "Nextcloud"])
def test_books_on_a_synchronised_drive_are_not_opened_and_not_made(with_people: Desk, refused: Refused, folder: str) -> None:
    there = with_people.folder / folder
    there.mkdir()
    (there / "old.db").write_bytes((with_people.folder / "ringfence.db").read_bytes())
    says = (f"The database would stand in “{folder}”, a folder that is copied to other machines while it is in use.",
            "Keep it in an ordinary folder of this machine")
    refused(with_people, "verify", "--database", f"{folder}/old.db", says=says)
    refused(with_people, "init", "Harbour Lights", "--practice", "--database", f"{folder}/new.db", says=says)
    refused(with_people, "sample", "--database", f"{folder}/sample.db", says=says)
    assert [path.name for path in there.iterdir()] == ["old.db"]


def test_books_of_a_newer_ringfence_are_left_alone(with_people: Desk, refused: Refused) -> None:
    as_owner(with_people.folder / "ringfence.db", "UPDATE alembic_version SET version_num = '0099'")
    for words in (("verify",), ("user", "add", "carl", "--as", "asha"), ("month-end", "2026-10", "--preview", "--as", "asha")):
        refused(with_people, *words, says="This database was made by a newer Ringfence (step 0099). Update Ringfence, then open it again.")


def test_books_that_lost_a_guard_are_not_used(with_people: Desk, refused: Refused) -> None:
    path = with_people.folder / "ringfence.db"
    connection = sqlite.driver.connect(str(path))
    guard = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").fetchone()[0]
    connection.close()
    as_owner(path, f"DROP TRIGGER {guard}")
    refused(with_people, "verify", says="The tables or guards of this database are not as Ringfence made them.")


def test_a_file_that_is_no_database_is_not_touched(with_people: Desk, refused: Refused) -> None:
    with_people.write("visits.csv", "visit,carer\n" * 400)
    sqlite3.connect(with_people.folder / "other.db").executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    (with_people.folder / "folder").mkdir()
    with_people.write("nothing.db", b"")
    for name, says in (("visits.csv", "visits.csv is encrypted, or is no database: it cannot be opened without its key."),
                       ("other.db", "This is not a Ringfence database. Check the path or the address."),
                       ("folder", "There is no database at folder."), ("nothing.db", "There is no database at nothing.db."),
                       ("nowhere.db", "There is no database at nowhere.db. Check the path, or make one with ‘ringfence init’."),
                       ("nowhere/books.db", "does not exist. Make the folder first, or choose another."),
                       ("mysql://server/books", "“mysql” is not a kind of database that Ringfence knows."), ("", "No file was named"),
                       ("postgresql://nobody:secret@127.0.0.1:1/none", "The database server cannot be reached")):
        told = refused(with_people, "verify", "--database", name, says=says)
        assert "secret" not in told
    assert (with_people.folder / "visits.csv").read_text(encoding="utf-8") == "visit,carer\n" * 400
    assert not (with_people.folder / "nowhere.db").exists()


@pytest.mark.parametrize("damage", ["cut short", "overwritten"])
def test_damaged_books_say_so(with_visits: Desk, damage: str) -> None:
    path = with_visits.folder / "ringfence.db"
    content = path.read_bytes()
    path.write_bytes(content[:60_000] if damage == "cut short" else content[:4096] + os.urandom(len(content) - 4096))
    told = with_visits.run("month-end", "2026-10", "--preview", "--as", "asha", code=1)
    assert "The database file is damaged." in told.err


def test_books_that_stand_there_are_never_made_again(with_visits: Desk, refused: Refused) -> None:
    refused(with_visits, "init", "Other", "--practice", says="ringfence.db stands there already. Open it, or choose another name.")
    refused(with_visits, "sample", says="ringfence.db stands there already. Choose another name with --database")


@pytest.mark.parametrize("name", ["", " ", "=1+1", "a\nb", "x" * 101, "\x1b[31mRed"])
def test_a_provider_has_a_name_that_can_be_printed(desk: Desk, name: str) -> None:
    assert "cannot be the name of a provider." in desk.run("init", name, "--practice", code=1).err
    assert list(desk.folder.iterdir()) == []


def test_documents_do_not_go_where_a_file_stands_and_nothing_is_prepared(with_visits: Desk, refused: Refused) -> None:
    with_visits.write("standing", "a file")
    for out in ("standing", "standing/inside"):
        refused(with_visits, "month-end", "2026-10", "--out", out, "--as", "asha",
                says=(f"{out}: It could not be written:", "Check that the folder is there"))
    digest = with_visits.prepare()
    refused(with_visits, "month-end", "2026-10", "--approve", digest, "--out", "standing", "--as", "ben", says="standing: It could not")
    with_visits.run("month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_folder_that_may_only_be_read_is_refused_before_anything_is_posted(with_visits: Desk, refused: Refused) -> None:
    digest = with_visits.prepare()
    closed = with_visits.folder / "closed"
    closed.mkdir(mode=0o500)
    refused(with_visits, "month-end", "2026-10", "--approve", digest, "--out", closed, "--as", "ben", says="It could not be written")


def test_a_command_waits_while_another_is_writing(with_visits: Desk) -> None:
    held = sqlite.driver.connect(str(with_visits.folder / "ringfence.db"), isolation_level=None, check_same_thread=False)
    held.execute("BEGIN IMMEDIATE")
    began, until = time.monotonic(), threading.Timer(1.5, lambda: held.execute("ROLLBACK"))
    until.start()
    with_visits.run("user", "add", "carl", "--as", "asha")
    assert time.monotonic() - began > 1.4
    until.join()
    held.close()
