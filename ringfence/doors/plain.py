"""The plain pages at the door: they look like the app, work without JavaScript, and fetch nothing but their own fonts."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

import ringfence.documents

FONT_FOLDER = Path(ringfence.documents.__file__).with_name("fonts")
FONTS = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-SemiBold.ttf", 700: "SourceSans3-Bold.ttf"}
"""The font of the app and of the documents, by its weight."""
KEPT_NOWHERE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
                "Cross-Origin-Resource-Policy": "same-origin"}
POLICY = ("default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
          "frame-ancestors 'none'")
MOST_TYPED = 10_000

_FOLDERS = (Path(__file__).with_name("pages"), Path(ringfence.documents.__file__).parent)
"""The pages, and the tables and the look of documents, which the readers’ pages share with what they are sent."""
_pages = Environment(autoescape=True, loader=FileSystemLoader(_FOLDERS), trim_blocks=True, lstrip_blocks=True)


def page(template: str, /, *, code: int = 200, policy: str = POLICY, **said: Any) -> HTMLResponse:
    """A page of the folder `pages`, everything on it escaped; `policy` is what it may load."""
    return HTMLResponse(rendered(f"{template}.html", **said), status_code=code,
                        headers=KEPT_NOWHERE | {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin"})


def rendered(template: str, **said: Any) -> str:
    """The text of a template, everything in it escaped."""
    return _pages.get_template(template).render(fonts=FONTS.items(), **said)


async def typed(request: Request) -> dict[str, str]:
    """What was filled in on a form of ours; nothing of one that is far too long."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_TYPED:
            return {}
    return dict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))


def font(request: Request) -> Response:
    """A font of these pages; the app has its own."""
    name = request.path_params["name"]
    if name not in FONTS.values():
        return Response("There is no such font.", status_code=404, media_type="text/plain")
    return FileResponse(FONT_FOLDER / name, media_type="font/ttf", headers={"Cache-Control": "public, max-age=86400"})


def inside(address: str) -> str:
    """An address of this app to go on to; the first page for anything else."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() else "/"
