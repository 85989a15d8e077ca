"""A small sign-in service on this machine, which says who somebody is, and lies in every way that one could."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SUBJECT = "ringfence-test", "248289761001"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})
CODE = "the code"


@dataclass
class Service:
    """What the service says, and what it was asked. `lie` changes the claims, `sign` makes the token from them; a browser that it
    `turns_away` comes back with the answer to a question of somebody else’s."""

    address: str
    asked: dict[str, Any] = field(default_factory=dict)
    lie: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    key: Any = field(default_factory=lambda: KEY)
    turns_away: bool = False

    def token(self, code: str, verifier: str) -> dict[str, Any]:
        """An answer to a code: only to whoever holds the secret of the question."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if code != CODE or challenge != self.asked.get("code_challenge", [""])[0]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": SUBJECT, "iat": now, "exp": now + 300, "nonce": self.asked["nonce"][0]}
        said = {name: value for name, value in (claims | self.lie).items() if value is not None}
        if self.header["alg"] == "none":
            parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (self.header, said))
            return {"access_token": "x", "token_type": "Bearer", "id_token": ".".join((*parts, ""))}
        return {"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode(self.header, said, self.key)}

    def back(self, asked: dict[str, list[str]]) -> str:
        """Where a browser is sent that asks who somebody is: they are known here, and nothing is typed."""
        self.asked = asked
        state = "somebody else’s" if self.turns_away else asked["state"][0]
        return f"{asked['redirect_uri'][0]}?{urlencode({'code': CODE, 'state': state})}"


@contextmanager
def answering() -> Iterator[Service]:
    """The service runs, at an address of this machine."""
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_response(303)
                self.send_header("location", found.back(parse_qs(asked.query)))
                self.send_header("content-length", "0")
                self.end_headers()
                return
            about = {"issuer": found.address, "authorization_endpoint": f"{found.address}/authorize", "token_endpoint": f"{found.address}/token",
                     "jwks_uri": f"{found.address}/keys"}
            self._say(about if self.path.startswith("/.well-known") else {"keys": [KEY.as_dict(private=False)]})

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            answer = found.token(sent["code"][0], sent.get("code_verifier", [""])[0])
            self._say(answer, 400 if "error" in answer else 200)

        def _say(self, what: dict[str, Any], code: int = 200) -> None:
            content = json.dumps(what).encode()
            self.send_response(code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Service(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()
