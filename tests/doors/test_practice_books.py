"""Practice books into which people’s own files may come ask for a passphrase; the sample opens to whoever says a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ringfence.actions.books import add_user, make_books
from tests.doors.conftest import PASSPHRASES, House, _sitting


@pytest.fixture(params=[True, False], ids=["practice", "sample"])
def books(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[House, bool]]:
    path, asks = tmp_path / "books.db", bool(request.param)
    store = make_books(str(path), provider="Harbour Lights", sample=True, key=None, asks_passphrase=asks)
    add_user(store, "asha", added_by="", at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    store.close()
    for house in _sitting(path, None, monkeypatch):
        yield house, asks


def test_a_name_alone_opens_the_sample_and_no_practice_books(books: tuple[House, bool]) -> None:
    house, asks = books
    browser = house.browser()
    browser.cookies["ringfence_who"] = "asha"
    answer = browser.get("/people")
    if not asks:
        assert "the page of asha" in answer.text
        return
    assert (answer.status, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")
    assert browser.get("/sign-in").headers["location"] == "/first-start"
    assert browser.get("/who").status == 303
    said = {"name": "asha", "passphrase": PASSPHRASES["asha"], "again": PASSPHRASES["asha"]}
    assert browser.post("/first-start", **said).status in (200, 303)
    assert "the page of asha" in house.signed_in("asha").get("/people").text
