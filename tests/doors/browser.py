"""A browser for the doors’ own routes: it asks an ASGI app directly, without a server or a network."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.routing import Route


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
    """Whoever asks, with their cookies."""

    routes: Sequence[Route]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, method: str = "GET") -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = [(b"host", b"127.0.0.1"), (b"cookie", cookies.encode())]
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "root_path": "",
                 "path": unquote(address), "raw_path": address.encode(), "query_string": b"", "headers": headers,
                 "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(3600)  # it stays until it has its answer
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        asyncio.run(Starlette(routes=list(self.routes))(scope, receive, send))
        begun = sent[0]
        return Answer(begun["status"], {name.decode(): value.decode() for name, value in begun["headers"]},
                      b"".join(message.get("body", b"") for message in sent[1:]))
