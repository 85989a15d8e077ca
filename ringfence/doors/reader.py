"""The readers’ door: plain pages for budget holders and their representatives, who read what was published for the people of their grants.

Who reads, and for whom, is asked on every request. Nothing here runs in the browser, and nothing is kept there but the session.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from basics.errors import RingfenceError
from ringfence.actions.faults import noted
from ringfence.actions.readers import Reader, link_stands, note_view, open_link, reading_as
from ringfence.actions.reading import Known, NotHere, document_of, house, people_of, person_of, price_of, statements_of
from ringfence.actions.signing_in import sign_out
from ringfence.doors import plain
from ringfence.doors import reader_text as text
from ringfence.doors.documents import NOTHING_FROM_ELSEWHERE
from ringfence.doors.plain import KEPT_NOWHERE, rendered, typed
from ringfence.doors.sign_in import is_secure, now

READER_COOKIES = ("__Host-ringfence_reader", "ringfence_reader")
"""A reader’s own: whoever works here and tries a link keeps their own session."""
POLICY = ("default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
NOT_NOW = {"what": "We cannot show this just now.", "to_do": ["Please try again later, or ring us."]}

Answering = Callable[[Request], Awaitable[Response]]
Showing = Callable[[Request, Reader], Response]
OfOne = Callable[[Request, Reader, Known], Response]


def page(template: str, /, *, code: int = 200, **said: Any) -> HTMLResponse:
    """A page of the readers’, everything on it escaped."""
    return plain.page(f"reader_{template}", code=code, policy=POLICY, **said)


def plainly(answer: Answering) -> Answering:
    """What cannot be shown is said kindly, without a word that only we would understand."""
    @wraps(answer)
    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except NotHere as error:
            return _said(404, error.problem.what, error.problem.to_do, ways=[("Go to the first page", "/reader")])
        except RingfenceError:
            return page("said", code=503, **NOT_NOW)
        except Exception as error:
            noted(error)
            return page("said", code=500, **NOT_NOW)
    return answered


def for_readers(shown: Showing) -> Answering:
    """A page for a reader who has come in, and whose grants stand today. One whose last grant has ended is signed out."""
    def let_in(request: Request) -> Response:
        token = _token(request.cookies)
        found = reading_as(token, now())
        if found is None:
            return _said(401, "Please open your link again.", "You come in here by a link that we send you.", "For your safety you are signed "
                         "out after half an hour. A link works once, so ask us for a new one.", asks=True)
        if not found.grants:
            sign_out(token)
            return _forgotten(_said(403, "You cannot read here any more.", "The time for which you could read is over.",
                                    "If you think that this is wrong, please ring us.", asks=True))
        return shown(request, found)

    @wraps(shown)
    @plainly
    async def answered(request: Request) -> Response:
        return await run_in_threadpool(let_in, request)
    return answered


def of_one(what: str) -> Callable[[OfOne], Answering]:
    """A page about one person of a reader’s, which is noted as opened."""
    def of(shown: OfOne) -> Answering:
        def opened(request: Request, found: Reader) -> Response:
            known = person_of(found, request.path_params["person"])
            answer = shown(request, found, known)
            note_view(found.id, what.format(**request.path_params), now())
            return answer
        return for_readers(opened)
    return of


@for_readers
def first(_request: Request, found: Reader) -> Response:
    """Straight to the one person, or the choice among several."""
    people = people_of(found)
    if len(people) == 1:
        return RedirectResponse(f"/reader/of/{people[0].reference}", status_code=303, headers=KEPT_NOWHERE)
    here = house()
    return page("choose", reader=found.name, people=people, provider=here.name, practice=here.practice)


@of_one("{person}: today")
def today(_request: Request, found: Reader, known: Known) -> Response:
    shown = statements_of(found, known.reference)
    last = text.latest(shown)
    return _of(found, known, "today", funds=[text.today(each, alone=len(last) == 1) for each in last])


@of_one("{person}: what was spent")
def spent(_request: Request, found: Reader, known: Known) -> Response:
    shown = statements_of(found, known.reference)
    return _of(found, known, "spent", months=text.spent(shown), more=len(shown) > text.MOST_MONTHS)


@of_one("{person}: what is left")
def left(_request: Request, found: Reader, known: Known) -> Response:
    last = text.latest(statements_of(found, known.reference))
    return _of(found, known, "left", budgets=[text.left(each, alone=len(last) == 1) for each in last])


@of_one("{person}: what the price is made of")
def price(_request: Request, found: Reader, known: Known) -> Response:
    made, provider = price_of(found, known.reference, now()), house().name
    return _of(found, known, "price", d=text.price(made, provider) if made else None,
               prices=text.prices(text.latest(statements_of(found, known.reference))))


@of_one("{person}: statements")
def statements(_request: Request, found: Reader, known: Known) -> Response:
    return _of(found, known, "statements", months=text.statements(statements_of(found, known.reference), known))


@of_one("{person}: whom to ask")
def ask(_request: Request, found: Reader, known: Known) -> Response:
    last = text.latest(statements_of(found, known.reference))
    return _of(found, known, "ask", contacts=text.contacts((last[0].statement.contacts if last else ()) or house().contacts))


@of_one("{person}: statement {document}.{form}")
def statement(request: Request, found: Reader, known: Known) -> Response:
    """One published statement in one of its forms."""
    document = document_of(found, known.reference, request.path_params["document"], request.path_params["form"])
    return Response(document.content, media_type=document.media, headers=KEPT_NOWHERE | {
        "Content-Disposition": f'inline; filename="{document.name}"', "Content-Security-Policy": NOTHING_FROM_ELSEWHERE})


@plainly
async def come_in(request: Request) -> Response:
    """The page that a link opens, with one button; the button uses the link up and begins a session."""
    token = (request.query_params if request.method == "GET" else await typed(request)).get("token", "")[:200]
    if request.method == "GET" and await run_in_threadpool(link_stands, token, now()):
        return page("open", token=token, house=await run_in_threadpool(house))
    session = await run_in_threadpool(open_link, token, now()) if request.method == "POST" else ""
    if not session:
        return await run_in_threadpool(
            _said, 404, "This link does not work any more.", "A link works once, and for a quarter of an hour. That keeps money matters private.",
            "Ask us for a new link. We can also send statements by post.", asks=True)
    await run_in_threadpool(sign_out, _token(request.cookies))
    answer = RedirectResponse("/reader", status_code=303, headers=KEPT_NOWHERE)
    secure = is_secure(request)
    answer.set_cookie(READER_COOKIES[0 if secure else 1], session, httponly=True, secure=secure, path="/", samesite="strict")
    return answer


@plainly
async def leave(request: Request) -> Response:
    """Sign out, by a button."""
    await run_in_threadpool(sign_out, _token(request.cookies))
    return _forgotten(await run_in_threadpool(_said, 200, "You are signed out.", "Nobody else who uses this phone or computer can read on.",
                                              "To come back, ask us for a new link.", asks=True))


@plainly
async def nothing(_request: Request) -> Response:
    raise NotHere("There is nothing here for you to read.", "The address may be cut short.")


def look(_request: Request) -> Response:
    """The one stylesheet: the documents’ own, and what these pages have besides."""
    return Response(rendered("reader.css"), media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def _of(found: Reader, known: Known, template: str, **said: Any) -> Response:
    return page(template, person=known, as_what=text.as_what(known), several=len(found.grants) > 1, here=f"/reader/of/{known.reference}",
                practice=house().practice, **said)


def _said(code: int, what: str, *to_do: str, asks: bool = False, ways: list[tuple[str, str]] | None = None) -> HTMLResponse:
    return page("said", code=code, what=what, to_do=to_do, ways=ways or [], contacts=text.contacts(house().contacts[:1]) if asks else [])


def _forgotten(answer: HTMLResponse) -> HTMLResponse:
    for name in READER_COOKIES:
        answer.delete_cookie(name, path="/", secure=name.startswith("__Host-"), httponly=True)
    return answer


def _token(cookies: Mapping[str, str]) -> str:
    return next((cookies[name] for name in READER_COOKIES if cookies.get(name)), "")


ROUTES = [
    Route("/reader", first), Route("/reader/open", come_in, methods=["GET", "POST"]), Route("/reader/sign-out", leave, methods=["POST"]),
    Route("/reader/look.css", look),
    *(Route(f"/reader/of/{{person:str}}{address}", shown) for address, shown in (
        ("", today), ("/spent", spent), ("/left", left), ("/price", price), ("/statements", statements), ("/ask", ask),
        ("/statements/{document:int}.{form:str}", statement))),
    Route("/reader/{rest:path}", nothing, methods=["GET", "POST"]),
]
