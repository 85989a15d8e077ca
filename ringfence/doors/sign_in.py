"""Signing in and out of real books: plain pages that work without JavaScript.

A sign-in always makes a new session, whatever cookie came with it, and ends the one that it takes the place of.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from basics.errors import InputError, RingfenceError
from basics.periods import day_of
from ringfence.actions import signing_in
from ringfence.actions.desk import desk, provider_here
from ringfence.actions.faults import noted
from ringfence.actions.passphrases import SHORTEST
from ringfence.actions.signing_in import ADDRESS_VARIABLE, SESSION_COOKIES, Mode, mode, token_of, user_of
from ringfence.actions.users import administrators
from ringfence.doors.plain import KEPT_NOWHERE, inside, page, typed

Answering = Callable[[Request], Awaitable[Response]]


def in_words(answer: Answering) -> Answering:
    """A refusal is a page that says why, and so is a fault that nobody foresaw."""
    @wraps(answer)
    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except RingfenceError as error:
            return page("said", code=503, what=error.problem.what, to_do=error.problem.to_do, ways=[("Try again", request.url.path)])
        except Exception as error:
            return page("said", code=500, what="This did not work.", to_do=f"{type(error).__name__}. {noted(error)}")
    return answered


@in_words
async def sign_in(request: Request) -> Response:
    """The page that asks who one is, and on POST the session."""
    if mode() is Mode.PRACTICE:
        return RedirectResponse("/who", status_code=303)
    if mode() is Mode.ONE_DESK and await run_in_threadpool(signing_in.is_first_start):
        return RedirectResponse("/first-start", status_code=303)
    said = await typed(request) if request.method == "POST" else {"next": request.query_params.get("next", "/"), "name": desk().user}
    onward = inside(said.get("next", "/"))
    if request.method == "POST" and mode() is Mode.ONE_DESK:
        try:
            token = await run_in_threadpool(signing_in.sign_in, said.get("name", "").strip(), said.get("passphrase", ""), came_from(request), now())
        except RingfenceError as error:
            return _asked(said, onward, str(error), 403)
        return come_in(request, token, onward)
    return _asked(said, onward, "", 200)


def _asked(said: dict[str, str], onward: str, problem: str, code: int) -> Response:
    return page("sign_in", code=code, provider=provider_here()[0], name=said.get("name", "")[:100], onward=onward, problem=problem,
                elsewhere=mode() is Mode.TEAM)


@in_words
async def sign_out(request: Request) -> Response:
    """A page with one button, and on POST the end of the session."""
    if request.method == "GET":
        return page("said", what="Sign out?", to_do="What you only typed on an open page is not kept.", button="Sign out", action="/sign-out",
                    ways=[("Back to work", "/")])
    await run_in_threadpool(signing_in.sign_out, token_of(request.cookies))
    answer = page("said", what="You are signed out.", to_do="Open pages of yours show nothing new any more.", ways=[("Sign in", "/sign-in")])
    for name in SESSION_COOKIES:
        answer.delete_cookie(name, path="/", secure=name.startswith("__Host-"), httponly=True)
    return answer


@in_words
async def first_start(request: Request) -> Response:
    """The first passphrase of real books at one desk. Once somebody has one, this leads to signing in."""
    if mode() is not Mode.ONE_DESK or not await run_in_threadpool(signing_in.is_first_start):
        return RedirectResponse("/sign-in", status_code=303)
    names = await run_in_threadpool(administrators, day_of(now()))
    said = await typed(request) if request.method == "POST" else {"name": desk().user}
    first = {"first": True, "names": names, "name": said.get("name", ""), "action": "/first-start"}
    if request.method == "GET":
        return _choosing(first)
    try:
        if said.get("name") not in names:
            raise InputError("Choose one of these names.")
        token = await run_in_threadpool(signing_in.first_start, said["name"], _twice(said), now())
    except RingfenceError as error:
        return _choosing(first, error)
    return come_in(request, token, "/")


@in_words
async def choose(request: Request) -> Response:
    """Choose a passphrase by a link that counts once. Opening it only shows the form, so that a preview in a mail program uses nothing up."""
    said = await typed(request) if request.method == "POST" else {"token": request.query_params.get("token", "")}
    token = said.get("token", "")[:200]
    name = await run_in_threadpool(signing_in.link_is_for, token, now())
    if not name:
        return page("said", code=404, what="This link does not count any more.",
                    to_do="A link counts once, within a day. Ask an administrator for another.", ways=[("Sign in", "/sign-in")])
    by_link = {"name": name, "token": token, "action": "/choose"}
    if request.method == "GET":
        return _choosing(by_link)
    try:
        session = await run_in_threadpool(signing_in.choose_by_link, token, _twice(said), now())
    except RingfenceError as error:
        return _choosing(by_link, error)
    return come_in(request, session, "/")


@in_words
async def change(request: Request) -> Response:
    """Change one's own passphrase: the other sessions of the same user end."""
    name = await run_in_threadpool(user_of, request.cookies)
    if mode() is not Mode.ONE_DESK or not name:
        return RedirectResponse("/sign-in", status_code=303)
    own = {"name": name, "changing": True, "action": "/passphrase"}
    if request.method == "GET":
        return _choosing(own)
    said = await typed(request)
    try:
        token = await run_in_threadpool(signing_in.change_passphrase, name, said.get("old", ""), _twice(said), came_from(request), now())
    except RingfenceError as error:
        return _choosing(own, error)
    return come_in(request, token, "/")


def come_in(request: Request, token: str, onward: str) -> Response:
    """Give the browser its new session, and end the one that it had. A small page leads on, so that the cookie goes with the next request
    even where another site led here."""
    signing_in.sign_out(token_of(request.cookies))
    answer = page("said", what="You are signed in.", to_do="", ways=[("Go on", onward)], onward=onward)
    secure = is_secure(request)
    answer.set_cookie(SESSION_COOKIES[0 if secure else 1], token, httponly=True, secure=secure, path="/",
                      samesite="lax" if mode() is Mode.TEAM else "strict")
    return answer


def came_from(request: Request) -> str:
    """The address that tries are counted for; none at one desk, where everybody’s is the same and a header could pretend another."""
    return request.client.host if request.client and mode() is Mode.TEAM else ""


def is_secure(request: HTTPConnection) -> bool:
    return request.url.scheme == "https" or os.environ.get(ADDRESS_VARIABLE, "").startswith("https://")


def hosts() -> list[str]:
    """The names by which the app may be asked for."""
    named = urlsplit(os.environ.get(ADDRESS_VARIABLE, "")).hostname
    return ["127.0.0.1", "localhost", *([named] if named else [])]


def now() -> datetime:
    return datetime.now(UTC)


def _twice(said: dict[str, str]) -> str:
    if said.get("passphrase", "") != said.get("again", ""):
        raise InputError("The two are not the same.", "Type the new passphrase twice.")
    return said.get("passphrase", "")


def _choosing(said: Mapping[str, Any], error: RingfenceError | None = None) -> Response:
    """The form for a new passphrase, and why the last try was refused."""
    return page("choose", code=400 if error else 200, provider=provider_here()[0], shortest=SHORTEST, problem=str(error) if error else "", **said)


def signed_in(_request: Request) -> Response:
    """For an open page that was cut off, to learn whether its session has ended: the gate answers 401 then."""
    return Response(status_code=204, headers=KEPT_NOWHERE)


ROUTES = [Route("/signed-in", signed_in), *(Route(address, answer, methods=["GET", "POST"]) for address, answer in (
    ("/sign-in", sign_in), ("/sign-out", sign_out), ("/first-start", first_start), ("/choose", choose), ("/passphrase", change)))]
