"""An address at which there is no page: said in words, with the way back, where Streamlit would draw Home under a box of its own."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from ringfence.doors.plain import page

STREAMLITS = ("/_stcore/", "/media/", "/component/", "/static/")
"""What Streamlit serves beside its pages."""


class NoSuchPage(BaseRoute):
    """The last of the app’s routes: it takes what a browser would open as a page, and is none of `addresses`."""

    def __init__(self, addresses: Collection[str]) -> None:
        self._addresses = frozenset(addresses)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        wants_page = scope["type"] == "http" and scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
        path = scope["path"] if wants_page else "/"
        is_another = path.strip("/") in self._addresses or path.startswith(STREAMLITS)
        return (Match.NONE if is_another else Match.FULL), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = page("said", code=404, what="There is no page at this address.",
                      to_do="It may be mistyped, or from an older link. Every page is in the menu at the side of Home.", ways=[("Home", "/")])
        await answer(scope, receive, send)
