"""Who works at this browser: a plain page with the users' names, and a cookie that remembers the answer.

There is no sign-in yet: whoever sits at this machine may say who they are, and the app listens to this machine only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import ringfence.documents
from basics.errors import RingfenceError
from ringfence.actions.books import users
from ringfence.actions.desk import books, provider_here

COOKIE = "ringfence_who"
A_DAY = 24 * 60 * 60
FONT_FOLDER = Path(ringfence.documents.__file__).with_name("fonts")
FONTS = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-SemiBold.ttf", 700: "SourceSans3-Bold.ttf"}
"""The font of the app and of the documents, by its weight."""

_PAGE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Who is working? · Ringfence</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
{% for weight, name in fonts %}@font-face { font-family: "Source Sans 3"; font-weight: {{ weight }}; src: url("/fonts/{{ name }}"); }
{% endfor %}body { font: 1.05rem/1.5 "Source Sans 3", system-ui, sans-serif; color: #0b0c0c;
  margin: 12vh auto 0; max-width: 30rem; padding: 0 1.25rem; }
h1 { font-size: 1.9rem; margin: 0 0 .3rem; } p { color: #505a5f; margin: 0 0 1.5rem; }
button { display: block; width: 100%; font: inherit; font-weight: 600; text-align: left; padding: .7rem 1rem; margin: 0 0 .7rem;
  color: #1a5c9c; background: #fff; border: 1px solid #1d70b8; border-radius: .35rem; cursor: pointer; }
button:hover { background: #eef4fa; } button:focus-visible { outline: 3px solid #ffb000; outline-offset: 2px; }
</style></head><body><main><h1>Who is working?</h1>
<p>{{ provider }}. Ringfence records who prepares and who approves: nobody approves their own work.</p>
{% if problem %}<p role="alert">{{ problem }}</p>{% endif %}
<form method="post" action="/who">{% for name in names %}<button name="user" value="{{ name }}">{{ name }}</button>{% endfor %}</form>
</main></body></html>""")


async def ask(request: Request) -> Response:
    """The page that asks, and on POST the cookie. A name that is not a user's is asked again."""
    try:
        names, provider = users(books()), provider_here()[0]
    except RingfenceError as error:
        return _drawn([], "", str(error), 503)
    if request.method == "GET":
        return _drawn(names, provider, "")
    chosen = parse_qs((await request.body()).decode("utf-8", errors="replace")).get("user", [""])[0]
    if chosen not in names or not _from_here(request):
        return _drawn(names, provider, "Choose one of these names.", 400)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(COOKIE, chosen, max_age=A_DAY, httponly=True, samesite="strict", path="/")
    return answer


def _from_here(request: Request) -> bool:
    """Whether the form was sent from this app's own page, and not from another site."""
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"


def font(request: Request) -> Response:
    """A font of this page; the app has its own."""
    name = request.path_params["name"]
    if name not in FONTS.values():
        return Response("There is no such font.", status_code=404, media_type="text/plain")
    return FileResponse(FONT_FOLDER / name, media_type="font/ttf", headers={"Cache-Control": "public, max-age=86400"})


def _drawn(names: Sequence[str], provider: str, problem: str, code: int = 200) -> HTMLResponse:
    return HTMLResponse(_PAGE.render(names=names, provider=provider, problem=problem, fonts=FONTS.items()), status_code=code)


ROUTES = [Route("/who", ask, methods=["GET", "POST"]), Route("/fonts/{name}", font)]
