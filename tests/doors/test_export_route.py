"""The files of an export on their own address: the same bytes as were written, for who may read the books and for nobody else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ringfence.actions import desk
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.exporting import export, waiting
from ringfence.actions.exports_made import Asked, Export
from ringfence.actions.signing_in import PRACTICE_COOKIE
from ringfence.doors import documents as door
from tests.doors.browser import Browser


@pytest.fixture
def browser(books_file: Path) -> Iterator[Browser]:
    """A browser at which asha works."""
    before = list(desk._chosen)
    desk.sit_down(str(books_file), key=None, documents=books_file.parent / "documents")
    yield Browser(door.ROUTES, {PRACTICE_COOKIE: "asha"})
    desk._chosen[:] = before
    desk._opened.cache_clear()


def test_the_files_are_the_same_as_were_written(browser: Browser, books_file: Path) -> None:
    acting = Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))
    whole = next(each for each in waiting(acting) if each.kind is Export.QUICKBOOKS)
    done = export(acting, Asked(Export.QUICKBOOKS, whole.issued))
    answer = browser.get("/documents/export-1.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="export-1-quickbooks.zip"'
    assert answer.headers["cache-control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {each.name: each.content for each in done.files}
    assert browser.get("/documents/export-1.zip").content == answer.content


def test_an_export_that_is_not_there_is_said_so(browser: Browser) -> None:
    answer = browser.get("/documents/export-7.zip")
    assert answer.status == 404
    assert b"There is no export 7." in answer.content


def test_nobody_fetches_one_without_saying_who_they_are(books_file: Path, browser: Browser) -> None:
    assert Browser(door.ROUTES, {PRACTICE_COOKIE: "somebody"}).get("/documents/export-1.zip").status == 403
