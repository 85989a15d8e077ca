"""Documents on their own address: an issued invoice or statement, all statements of a month, drafts, audit packs, exports and the accounts of a
month. Each caller is checked.

A document never goes through the app's own store of files, which does not ask who fetches one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from basics.errors import InputError, NotAllowed, RingfenceError
from basics.periods import Month, Period
from ringfence.actions import documents
from ringfence.actions.acting import Acting
from ringfence.actions.audit_pack import audit_pack
from ringfence.actions.audit_zip import pack_name
from ringfence.actions.desk import beside_the_books, books, desk
from ringfence.actions.evidence import EVIDENCE_FOLDER, EVIDENCE_VARIABLE
from ringfence.actions.exporting import export_again
from ringfence.actions.faults import noted
from ringfence.actions.month_accounts import accounts_at, accounts_files
from ringfence.actions.signing_in import user_of
from ringfence.documents.csv_out import OutFile
from ringfence.doors.plain import KEPT_NOWHERE

NOTHING_FROM_ELSEWHERE = ("default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; "
                          "frame-ancestors 'none'")

_PAGE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{{ what }} · Ringfence</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body { font: 1.05rem/1.5 "Source Sans 3", "Source Sans", system-ui, sans-serif; color: #0b0c0c; margin: 12vh auto 0;
  max-width: 34rem; padding: 0 1.25rem; } h1 { font-size: 1.7rem; margin: 0 0 .3rem; } a { color: #1a5c9c; }</style></head>
<body><main><h1>{{ what }}</h1><p>{{ to_do }}</p><p>
{% for words, address in ways %}<a href="{{ address }}">{{ words }}</a>{{ " · " if not loop.last }}{% endfor %}</p>
</main></body></html>""")


def issued(request: Request) -> Response:
    """One issued document, shown in the browser."""
    return _answer(lambda: _shown(documents.document(_acting(request), request.path_params["number"], request.path_params["form"])))


def statements(request: Request) -> Response:
    """Every statement of a month in one ZIP, which is sent while it is made."""
    def answer() -> Response:
        month = Month.parse(request.path_params["month"])
        found = documents.statements_of_month(_acting(request), month)
        name = f'attachment; filename="statements-{month}.zip"'
        return StreamingResponse(zipped(found, month), media_type="application/zip", headers=KEPT_NOWHERE | {"Content-Disposition": name})
    return _answer(answer)


def draft(request: Request) -> Response:
    """A draft that was written when a month was prepared."""
    asked = request.path_params
    return _answer(lambda: _shown(documents.draft(_acting(request), desk().documents, Month.parse(asked["month"]), asked["kind"],
                                                  asked["name"])))


def pack(request: Request) -> Response:
    """The audit pack of one fund for the days that are asked for, made now and kept nowhere."""
    def answer() -> Response:
        asked = request.path_params
        period = Period(_day(asked["first"]), _day(asked["last"]))
        made = audit_pack(_acting(request), asked["fund"], period, beside_the_books(EVIDENCE_FOLDER, EVIDENCE_VARIABLE))
        headers = KEPT_NOWHERE | {"Content-Disposition": f'attachment; filename="{pack_name(made)}"'}
        return Response(made.content, media_type="application/zip", headers=headers)
    return _answer(answer)


def exported(request: Request) -> Response:
    """The files of an export in one ZIP, the same as it made."""
    def answer() -> Response:
        done = export_again(_acting(request), request.path_params["number"])
        return _small_zip(f"export-{done.sent.n}-{done.sent.asked.kind}.zip", done.files, done.sent.at)
    return _answer(answer)


def accounts(request: Request) -> Response:
    """The accounts of a closed month, made now and kept nowhere: the files that the command writes. Each bears the last day of its month."""
    def answer() -> Response:
        month = Month.parse(request.path_params["month"])
        files = accounts_files(accounts_at(_acting(request), month))
        return _small_zip(f"accounts-{month}.zip", files, datetime.combine(month.last, time()))
    return _answer(answer)


def _small_zip(name: str, files: Sequence[OutFile], at: datetime) -> Response:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in files:
            archive.writestr(zipfile.ZipInfo(each.name, at.timetuple()[:6]), each.content, zipfile.ZIP_DEFLATED)
    headers = KEPT_NOWHERE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content.getvalue(), media_type="application/zip", headers=headers)


def nothing(_request: Request) -> Response:
    """For an address that no document has."""
    return _page("There is no such document.", "Open it from the list of invoices or of statements.", 404)


def zipped(found: Iterator[documents.Document], month: Month) -> Iterator[bytes]:
    """A ZIP, piece by piece. Each file bears the last day of its month, so that the same statements make the same ZIP."""
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_STORED) as archive:
        for one in found:
            archive.writestr(zipfile.ZipInfo(one.name, (month.year, month.month, month.last.day, 0, 0, 0)), one.content)
            yield sent.taken()
    yield sent.taken()


class _Sent(io.RawIOBase):
    """A file that only goes forward: what was written to it is taken and sent."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        piece = bytes(content)  # type: ignore[call-overload]
        self._written += piece
        return len(piece)

    def taken(self) -> bytes:
        piece = bytes(self._written)
        self._written.clear()
        return piece


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text[:30]}” is not a day.", "Open the pack from the page of the fund.") from None


def _acting(request: Request) -> Acting:
    """Whoever works at this browser; the actions refuse a user who is not known."""
    return Acting(books(), user_of(request.cookies), datetime.now(UTC))


def _shown(found: documents.Document) -> Response:
    headers = KEPT_NOWHERE | {"Content-Disposition": f'inline; filename="{found.name}"'}
    if found.media.startswith("text/html"):
        headers["Content-Security-Policy"] = NOTHING_FROM_ELSEWHERE
    return Response(found.content, media_type=found.media, headers=headers)


def _answer(made: Callable[[], Response]) -> Response:
    """What was asked for, or a plain page that says why not."""
    try:
        return made()
    except NotAllowed as error:
        return _page(error.problem.what, error.problem.to_do, 403, ("Say who is working", "/who"))
    except InputError as error:
        return _page(error.problem.what, error.problem.to_do, 404)
    except RingfenceError as error:
        return _page(error.problem.what, error.problem.to_do, 503)
    except Exception as error:
        return _page("The document could not be shown.", f"Something went wrong that should not have: {type(error).__name__}. {noted(error)}", 500)


def _page(what: str, to_do: str, code: int, *ways: tuple[str, str]) -> Response:
    ways = ways or (("Invoices", "/invoices"), ("Statements", "/statements"))
    return HTMLResponse(_PAGE.render(what=what, to_do=to_do, ways=ways), status_code=code,
                        headers=KEPT_NOWHERE | {"Content-Security-Policy": NOTHING_FROM_ELSEWHERE})


ROUTES = [
    Route("/documents/{number:int}.{form:str}", issued),
    Route("/documents/statements-{month:str}.zip", statements),
    Route("/documents/audit-pack/{fund:str}/{first:str}/{last:str}.zip", pack),
    Route("/drafts/{month:str}/{kind:str}/{name:str}", draft),
    Route("/documents/export-{number:int}.zip", exported),
    Route("/documents/accounts-{month:str}.zip", accounts),
    Route("/documents/{rest:path}", nothing),
    Route("/drafts/{rest:path}", nothing),
]
