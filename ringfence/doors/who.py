"""Who works at this browser, in practice books: a plain page with the users' names, and a cookie that remembers the answer.

It is no sign-in. In real books the page leads to the one that is, and the cookie counts for nothing.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from basics.errors import RingfenceError
from ringfence.actions.books import users
from ringfence.actions.desk import books, provider_here
from ringfence.actions.signing_in import PRACTICE_COOKIE, Mode, mode
from ringfence.doors.plain import font, page, typed

A_DAY = 24 * 60 * 60


async def ask(request: Request) -> Response:
    """The page that asks, and on POST the cookie. A name that is not a user's is asked again."""
    try:
        if mode() is not Mode.PRACTICE:
            return RedirectResponse("/sign-in", status_code=303)
        names, provider = users(books()), provider_here()[0]
    except RingfenceError as error:
        return page("who", code=503, names=[], provider="", problem=str(error))
    if request.method == "GET":
        return page("who", names=names, provider=provider)
    chosen = (await typed(request)).get("user", "")
    if chosen not in names:
        return page("who", code=400, names=names, provider=provider, problem="Choose one of these names.")
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(PRACTICE_COOKIE, chosen, max_age=A_DAY, httponly=True, samesite="strict", path="/")
    return answer


ROUTES = [Route("/who", ask, methods=["GET", "POST"]), Route("/fonts/{name}", font)]
