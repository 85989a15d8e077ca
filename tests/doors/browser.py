"""A browser for the doors: it asks an ASGI app directly, without a server or a network, keeps its cookies, and can hold a page open."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")


@dataclass
class Browser:
    """Whoever asks, with their cookies. `app` stands before the routes where one is given."""

    routes: Sequence[BaseRoute] = ()
    cookies: dict[str, str] = field(default_factory=dict)
    app: ASGIApp | None = None
    address: str = "127.0.0.1"

    def get(self, address: str, method: str = "GET", *, headers: Headers | None = None) -> Answer:
        return self._ask(method, address, b"", {"accept": "text/html", **(headers or {})})

    def post(self, address: str, headers: Headers | None = None, **filled_in: str) -> Answer:
        """Send a form, as a page of the app itself does where no headers say otherwise."""
        own = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"} if headers is None else dict(headers)
        return self._ask("POST", address, urlencode(filled_in).encode(), {"content-type": "application/x-www-form-urlencoded", **own})

    def page(self, frames: Iterable[Any], headers: Headers | None = None) -> list[dict[str, Any]]:
        """Hold a page open and send these messages; a function among them is called in between. What came back, until it closed."""
        return asyncio.run(self._held(list(frames), headers or {}))

    def _ask(self, method: str, address: str, body: bytes, headers: Headers) -> Answer:
        path, _, query = address.partition("?")
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "root_path": "",
                 "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "headers": self._headers(headers),
                 "client": (self.address, 1), "server": ("127.0.0.1", 80)}
        sent: list[dict[str, Any]] = []
        asked = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in asked:
                return message
            await asyncio.sleep(3600)  # it stays until it has its answer
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        asyncio.run(self._app()(scope, receive, send))
        begun = sent[0]
        for name, value in begun["headers"]:
            if name == b"set-cookie":
                self._set(value.decode())
        return Answer(begun["status"], {name.decode(): value.decode() for name, value in begun["headers"]},
                      b"".join(message.get("body", b"") for message in sent[1:]))

    async def _held(self, frames: list[Any], headers: Headers) -> list[dict[str, Any]]:
        scope = {"type": "websocket", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "ws", "root_path": "",
                 "path": "/_stcore/stream", "raw_path": b"/_stcore/stream", "query_string": b"", "headers": self._headers(headers),
                 "client": (self.address, 1), "server": ("127.0.0.1", 80), "subprotocols": []}
        sent: list[dict[str, Any]] = []
        messages = iter([{"type": "websocket.connect"}, *frames])

        async def receive() -> dict[str, Any]:
            for message in messages:
                if callable(message):
                    await asyncio.to_thread(message)
                    continue
                return message if isinstance(message, dict) else {"type": "websocket.receive", "bytes": message}
            return {"type": "websocket.disconnect", "code": 1000}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        await self._app()(scope, receive, send)
        return sent

    def _app(self) -> ASGIApp:
        return self.app or Starlette(routes=list(self.routes))

    def _headers(self, more: Headers) -> list[tuple[bytes, bytes]]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return [(name.lower().encode(), value.encode()) for name, value in {"host": "127.0.0.1", "cookie": cookies, **more}.items()]

    def _set(self, cookie: str) -> None:
        name, value = cookie.split(";")[0].split("=", 1)
        if re.search("max-age=0", cookie, re.IGNORECASE):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value
