"""Real books with users of every kind, at which this process sits, and the gate before the doors and a stand-in for Streamlit's own routes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from ringfence.actions import desk, passphrases, signing_in
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books
from ringfence.actions.rights import Role
from ringfence.actions.signing_in import choose_passphrase, user_of
from ringfence.actions.throttle import Throttle
from ringfence.doors import documents, oidc, sign_in, who
from ringfence.doors.gate import Gate
from ringfence.store import sqlite
from tests.doors.browser import Answer, Browser

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Hashes that take no time: what takes time is tried once, in test_passphrases.py."""
KEY = "four words nobody would guess"
PASSPHRASES = {"asha": "seven green bottles on a wall", "ben": "the ferry leaves at noon today"}
FILE = "media/" + "0123456789abcdef" * 2 + ".pdf"


def _app() -> Starlette:
    """The doors behind the gate, and beside them what Streamlit would serve: a page, a file, and an open page's messages."""
    async def stream(page: WebSocket) -> None:
        await page.accept()
        async for asked in page.iter_bytes():
            await page.send_bytes(b"\x0a\x30/" + FILE.encode() + b" for " + user_of(page.cookies).encode() if asked == b"file" else b"drawn " + asked)

    def shown(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"the page of {user_of(request.cookies)}; headers: {sorted(request.headers)}")

    routes = [*who.ROUTES, *sign_in.ROUTES, *oidc.ROUTES, *documents.ROUTES, WebSocketRoute("/_stcore/stream", stream),
              Route("/{rest:path}", shown, methods=["GET", "POST", "PUT"])]
    return Starlette(routes=routes, middleware=[Middleware(Gate)])


@dataclass
class House:
    """The books, and browsers at their door."""

    acting: Callable[[str], Acting]
    app: Starlette

    def browser(self, address: str = "127.0.0.1") -> Browser:
        return Browser(app=self.app, address=address)

    def signed_in(self, name: str = "asha", address: str = "127.0.0.1") -> Browser:
        found = self.browser(address)
        assert self.come(found, name).status == 200
        return found

    def come(self, browser: Browser, name: str, passphrase: str = "") -> Answer:
        return browser.post("/sign-in", name=name, passphrase=passphrase or PASSPHRASES[name])


@pytest.fixture(scope="session")
def real_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Encrypted books of asha, who is everything, and ben, who approves; both have a passphrase."""
    path = tmp_path_factory.mktemp("real") / "books.db"
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    store = make_books(str(path), provider="Harbour & <Lights>", sample=False, key=KEY)
    patience, passphrases._hasher = passphrases._hasher, QUICK
    add_user(store, "asha", added_by="", at=at)
    add_user(store, "ben", added_by="asha", at=at, roles=[Role.APPROVER])
    for name, passphrase in PASSPHRASES.items():
        choose_passphrase(store, name, passphrase, given_by="asha", at=at)
    store.close()
    passphrases._hasher = patience
    return path


@pytest.fixture
def house(real_books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    if not sqlite.ENCRYPTS:
        pytest.skip("there is no sqlcipher3 for this machine, and so no real books in a file")
    path = tmp_path / "books.db"
    path.write_bytes(real_books.read_bytes())
    yield from _sitting(path, KEY, monkeypatch)


def _sitting(path: Path, key: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    before = list(desk._chosen)
    monkeypatch.setattr(signing_in, "_throttle", Throttle())
    monkeypatch.setattr(passphrases, "_hasher", QUICK)
    monkeypatch.setattr(passphrases, "_nobodys", lambda: QUICK.hash("nobody"))
    desk.sit_down(str(path), key=key)
    store = desk.books()
    yield House(lambda name: Acting(store, name, datetime.now(UTC)), _app())
    store.close()
    desk._chosen[:] = before
    desk._opened.cache_clear()
