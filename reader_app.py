"""The readers’ pages alone, as an ASGI application for a process of its own: `ringfence serve --only-readers` runs this."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ringfence.doors import reader, sign_in
from ringfence.doors.gate import Gate
from ringfence.doors.plain import font


def health(_request: Request) -> PlainTextResponse:
    """The same address as the app’s, for whatever watches over both."""
    return PlainTextResponse("ok")


app = Starlette(
    routes=[*reader.ROUTES, Route("/fonts/{name}", font), Route("/_stcore/health", health)],
    middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=sign_in.hosts()), Middleware(Gate, only_readers=True)],
)
