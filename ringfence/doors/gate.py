"""The gate: every request and every message of an open page passes here, before Streamlit or any route of ours sees it.

It lets nobody to a page, a document or a file of the app without a session that still stands; it drops headers that pretend to say who
somebody is; it refuses what another site sends; and it says to browsers what a page may load. Menus and pages decide nothing: what somebody
may do is asked by every action (docs/people-and-rights.md).
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from basics.errors import RingfenceError
from ringfence.actions.signing_in import Mode, mode, token_of, user_of
from ringfence.doors.sign_in import is_secure

NEVER_FROM_OUTSIDE = re.compile(
    rb"x-(ringfence|auth|authenticated|forwarded-(user|email|groups|preferred-username)|remote|user|email|webauth|goog-authenticated|ms-client"
    rb"|amzn-oidc|streamlit-user)[\w-]*|remote[-_]user|cf-access-[\w-]*", re.IGNORECASE)
"""Headers by which a proxy would say who somebody is. Nothing here believes them, and nothing behind this is even shown them."""
OPEN = re.compile(r"/(who|sign-in|sign-out|first-start|choose|_stcore/health|oidc/(start|back)|fonts/[\w.-]+|reader(/.*)?)")
"""What is reached without a user’s session. The readers’ pages ask for a session of their own."""
SHUT = re.compile(r"/(_stcore/(metrics|script-health-check|agent)|auth|oauth2callback|app/static|~)(/.*)?")
"""What Streamlit offers and nobody here needs."""
NEARLY_NOWHERE = re.compile(r"(^|/)\.\.?(/|$)|[\\\x00]|//")
GIVEN_TO_ONE = re.compile(rb"/?(media/[0-9a-f]{32}|_stcore/upload_file/[\w-]+/[\w-]+)(?:\.\w+)?")
"""The address of a file that the app keeps for one page. It asks nobody who fetches one (streamlit issue 8148), so the gate does. What a page
is sent has no mark after an address: a file is known by the 32 letters of its name, and not by the ending, which would run on into what follows."""
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"),
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
"""What Streamlit’s pages were seen to bear; a route of ours that says something stricter keeps it."""
FOR_SECURE = "max-age=31536000"
MOST_SESSIONS, MOST_FILES = 1_000, 2_000
SENDS_AGAIN_AFTER_SECONDS = 1.0
ENDED = 4401
"""The code with which a page’s connection is closed once its session has ended."""


class Gate:
    """The middleware around everything that the app serves; with `only_readers` there are only the readers’ pages behind it."""

    def __init__(self, app: ASGIApp, *, only_readers: bool = False) -> None:
        self._app, self._only_readers = app, only_readers
        self._given: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope["headers"] = [(name, value) for name, value in scope["headers"] if not NEVER_FROM_OUTSIDE.fullmatch(name)]
        asked = HTTPConnection(scope)
        if scope["type"] == "http":
            sent = _with_headers(send, secure=is_secure(asked))
            answer = await self._refusal(asked)
            await (answer or self._app)(scope, receive, sent)
        elif self._only_readers or not is_own(asked) or _is_shut(asked) or not await _is_in(asked):
            await send({"type": "websocket.close", "code": 1008, "reason": "Sign in first."})
        else:
            await self._watched(asked, receive, send)

    async def _refusal(self, asked: HTTPConnection) -> Response | None:
        """What is answered instead of what was asked for; None where it may pass."""
        path = asked.scope["path"]
        if _is_shut(asked):
            return PlainTextResponse("There is nothing at this address.", status_code=404)
        if asked.scope["method"] not in SAFE_METHODS and not is_own(asked):
            return PlainTextResponse("This was sent from another site, and is not done.", status_code=403)
        if OPEN.fullmatch(path):
            return None
        if self._only_readers:
            return PlainTextResponse("There is nothing at this address.", status_code=404)
        if not await _is_in(asked):
            if asked.scope["method"] == "GET" and "text/html" in asked.headers.get("accept", "") and not path.startswith(("/_stcore", "/media")):
                onward = quote(path + (f"?{asked.url.query}" if asked.url.query else ""), safe="/")
                return RedirectResponse(f"/sign-in?next={onward}", status_code=303)
            return PlainTextResponse("Sign in first.", status_code=401)
        file = GIVEN_TO_ONE.fullmatch(path.encode())
        if path.startswith(("/media/", "/_stcore/upload_file/")) and not (file and file[1].decode() in self._given.get(_key(asked), {})):
            return PlainTextResponse("There is no such file.", status_code=404)
        return None

    async def _watched(self, asked: HTTPConnection, receive: Receive, send: Send) -> None:
        """An open page: each of its messages counts only while its session stands, and what it is shown ends within a second of it."""
        stood_at = time.monotonic()

        async def stands(*, since: float) -> bool:
            nonlocal stood_at
            if time.monotonic() - stood_at > since:
                if not await _is_in(asked):
                    return False
                stood_at = time.monotonic()
            return True

        async def heard() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not await stands(since=-1):
                await send({"type": "websocket.close", "code": ENDED, "reason": "Signed out."})
                return {"type": "websocket.disconnect", "code": ENDED}
            return message

        async def said(message: Message) -> None:
            if message["type"] == "websocket.send":
                if not await stands(since=SENDS_AGAIN_AFTER_SECONDS):
                    return
                self._note(_key(asked), message.get("bytes") or b"")
            await send(message)

        await self._app(asked.scope, heard, said)

    def _note(self, key: str, content: bytes) -> None:
        """Which files this page was told of: they are given to its session and to no other."""
        if b"media/" not in content and b"upload_file/" not in content:
            return
        files = self._given.setdefault(key, OrderedDict())
        self._given.move_to_end(key)
        for found in GIVEN_TO_ONE.findall(content):
            files[found.decode()] = None
        _keep(files, MOST_FILES)
        _keep(self._given, MOST_SESSIONS)


def is_own(asked: HTTPConnection) -> bool:
    """Whether a request was sent by a page of this app, as far as a browser says so; what is no browser has no cookie to misuse.

    A page that gives no referrer sends “null” as its origin, so what newer browsers say of the site goes first.
    """
    origin, site = asked.headers.get("origin"), asked.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or origin.partition("://")[2] == asked.headers.get("host", "")


async def _is_in(asked: HTTPConnection) -> bool:
    """Whether somebody may see the app’s pages: anybody in practice books, and where no books can be opened, which the page then says."""
    try:
        if mode() is Mode.PRACTICE:
            return True
    except RingfenceError:
        return True
    try:
        return bool(await run_in_threadpool(user_of, asked.cookies))
    except RingfenceError:
        return False


def _is_shut(asked: HTTPConnection) -> bool:
    path = asked.scope["path"]
    return bool(SHUT.fullmatch(path) or NEARLY_NOWHERE.search(path))


def _key(asked: HTTPConnection) -> str:
    return token_of(asked.cookies)


def _keep(found: OrderedDict[str, Any], most: int) -> None:
    while len(found) > most:
        found.popitem(last=False)


def _with_headers(send: Send, *, secure: bool) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if secure:
                headers.setdefault("Strict-Transport-Security", FOR_SECURE)
        await send(message)
    return sent
