"""Coming in by the organisation's own sign-in service (OpenID Connect): it says who somebody is, and the books what they are here.

The code flow with PKCE: the browser is sent to the service and back with a code, which this process exchanges for a signed token. The
token must be meant for us, fresh, and answer the question that this very browser asked.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from basics.errors import InputError, NotAllowed, RingfenceError
from ringfence.actions.signing_in import ADDRESS_VARIABLE, ISSUER_VARIABLE, Mode, begin_for_identity, is_safe_service, mode
from ringfence.doors.plain import inside, page
from ringfence.doors.sign_in import come_in, in_words, is_secure, now

CLIENT_VARIABLE, SECRET_VARIABLE = "RINGFENCE_OIDC_CLIENT", "RINGFENCE_OIDC_SECRET_FILE"
COOKIE, LASTS_SECONDS, MOST_ASKED = "ringfence_oidc", 600, 1_000
SIGNED_BY = ["RS256", "ES256", "PS256", "EdDSA"]
"""Ways of signing with a key of the service’s own. Never “none”, and never one by a secret that others know."""
PATIENCE_SECONDS, LEEWAY_SECONDS = 10, 60


@dataclass(frozen=True)
class Asked:
    """What a browser was sent away with, and must come back to."""

    nonce: str
    verifier: str
    onward: str


class _Waiting:
    """Who was sent to the service and has not come back. Each counts once; the oldest are forgotten."""

    def __init__(self) -> None:
        self._asked: OrderedDict[str, Asked] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, state: str, asked: Asked) -> None:
        with self._lock:
            self._asked[state] = asked
            while len(self._asked) > MOST_ASKED:
                self._asked.popitem(last=False)

    def take(self, state: str) -> Asked | None:
        with self._lock:
            return self._asked.pop(state, None)


_waiting = _Waiting()


@in_words
async def start(request: Request) -> Response:
    """Send the browser to the service."""
    if mode() is not Mode.TEAM:
        return RedirectResponse("/sign-in", status_code=303)
    asked = Asked(secrets.token_urlsafe(24), secrets.token_urlsafe(48), inside(request.query_params.get("next", "/")))
    where, state = await run_in_threadpool(_where_to, asked)
    _waiting.add(state, asked)
    answer = RedirectResponse(where, status_code=303)
    answer.set_cookie(COOKIE, state, max_age=LASTS_SECONDS, httponly=True, secure=is_secure(request), samesite="lax", path="/oidc")
    return answer


@in_words
async def back(request: Request) -> Response:
    """The browser comes back. Whatever is wrong is told in the same few words: the rest helps only who tries."""
    if mode() is not Mode.TEAM:
        return RedirectResponse("/sign-in", status_code=303)
    said = request.query_params
    state = said.get("state", "")
    asked = _waiting.take(state) if state and secrets.compare_digest(state.encode(), request.cookies.get(COOKIE, "").encode()) else None
    if asked is None or "code" not in said:
        return page("said", code=400, what="This sign-in did not begin here, or took too long.", to_do="Begin it again.",
                    ways=[("Sign in", "/sign-in")])
    try:
        token = await run_in_threadpool(_session_for, said["code"], asked)
    except RingfenceError as error:
        return page("said", code=403, what=error.problem.what, to_do=error.problem.to_do, ways=[("Sign in", "/sign-in")])
    return come_in(request, token, asked.onward)


def _where_to(asked: Asked) -> tuple[str, str]:
    where, state = _client().create_authorization_url(_service()["authorization_endpoint"], nonce=asked.nonce, code_verifier=asked.verifier)
    return where, state


def _session_for(code: str, asked: Asked) -> str:
    try:
        given = _client().fetch_token(_service()["token_endpoint"], code=code, code_verifier=asked.verifier, timeout=PATIENCE_SECONDS)
        said = _checked(str(given.get("id_token", "")), asked.nonce)
    except (requests.RequestException, JoseError, ValueError, KeyError) as fault:
        raise NotAllowed("The sign-in service did not say who you are.", "Begin again; if it goes on, ask whoever runs the service.") from fault
    except Exception as fault:
        if type(fault).__module__.startswith("authlib"):
            raise NotAllowed("The sign-in service refused the code.", "Begin the sign-in again.") from fault
        raise
    return begin_for_identity(_issuer(), said["sub"], now())


def _checked(id_token: str, nonce: str) -> dict[str, Any]:
    """What the service says of somebody. Raises `JoseError` where the token is not its own, not for us, not fresh, or an answer to another."""
    keys = KeySet.import_key_set(cast(Any, _fetched(_service()["jwks_uri"])))
    said: dict[str, Any] = jwt.decode(id_token, keys, algorithms=SIGNED_BY).claims
    client = _setting(CLIENT_VARIABLE)
    jwt.JWTClaimsRegistry(
        now=int(now().timestamp()), leeway=LEEWAY_SECONDS, iss={"essential": True, "value": _service()["issuer"]},
        aud={"essential": True, "value": client}, sub={"essential": True}, exp={"essential": True}, iat={"essential": True},
        nonce={"essential": True, "value": nonce}).validate(said)
    if said.get("azp", client) != client:
        raise ValueError("the token is for somebody else")
    return said


def _client() -> Any:
    return OAuth2Session(_setting(CLIENT_VARIABLE), _secret(), scope="openid", code_challenge_method="S256",
                         redirect_uri=f"{_setting(ADDRESS_VARIABLE).rstrip('/')}/oidc/back")


def _service() -> dict[str, Any]:
    return _known(_issuer())


@lru_cache(maxsize=4)
def _known(issuer: str) -> dict[str, Any]:
    """What the service tells of itself; kept until the app is started again."""
    found = _fetched(f"{issuer}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != issuer:
        raise InputError("The sign-in service calls itself by another name than it is asked by.", f"Correct {ISSUER_VARIABLE}.")
    return found


def _fetched(address: str) -> dict[str, Any]:
    if not is_safe_service(address):
        raise InputError("The sign-in service is not reached by https.", f"Correct {ISSUER_VARIABLE}.")
    try:
        answer = requests.get(address, timeout=PATIENCE_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError) as fault:
        raise InputError("The sign-in service cannot be reached.", "Try again; if it goes on, ask whoever runs it.") from fault
    return found


def _issuer() -> str:
    return _setting(ISSUER_VARIABLE).rstrip("/")


def _secret() -> str:
    named = _setting(SECRET_VARIABLE)
    try:
        return Path(named).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"The file that {SECRET_VARIABLE} names cannot be read.", "Correct the path.") from fault


def _setting(name: str) -> str:
    found = os.environ.get(name, "")
    if not found:
        raise InputError(f"{name} is not set.", "See the page on people and rights for what a team needs.")
    return found


ROUTES = [Route("/oidc/start", start), Route("/oidc/back", back)]
