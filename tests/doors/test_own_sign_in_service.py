"""A team comes in by its own sign-in service: a small one stands here, on this machine, and lies in every way that one could."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey

from basics.errors import InputError
from ringfence.actions import users
from ringfence.doors import oidc
from tests.doors.browser import Answer, Browser
from tests.doors.conftest import PASSPHRASES, House
from tests.doors.sign_in_service import CLIENT, OTHER_KEY, SUBJECT, Service, answering
from tests.doors.tries import each_of


@pytest.fixture
def service(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Service]:
    """The service runs, the app knows it, and asha is tied to a subject of it."""
    (tmp_path / "secret.txt").write_text("not told\n")
    with answering() as found:
        for name, value in {"RINGFENCE_OIDC_ISSUER": found.address, "RINGFENCE_OIDC_CLIENT": CLIENT, "RINGFENCE_ADDRESS": "https://books.example.org",
                            "RINGFENCE_OIDC_SECRET_FILE": str(tmp_path / "secret.txt")}.items():
            monkeypatch.setenv(name, value)
        oidc._known.cache_clear()
        users.name_identity(house.acting("asha"), "asha", found.address, SUBJECT)
        yield found


def sent_away(browser: Browser, service: Service, onward: str = "/people") -> str:
    """The browser goes to the service; the state that it must bring back."""
    where = browser.get(f"/oidc/start?next={onward}").headers["location"]
    assert where.startswith(f"{service.address}/authorize?")
    service.asked = parse_qs(urlsplit(where).query)
    return str(service.asked["state"][0])


def come(house: House, service: Service) -> tuple[Browser, Answer]:
    browser = house.browser()
    state = sent_away(browser, service)
    return browser, browser.get(f"/oidc/back?code=the code&state={state}")


def test_a_user_who_is_tied_comes_in_and_goes_on_to_where_they_wanted(house: House, service: Service) -> None:
    assert "Sign in with your organisation" in house.browser().get("/sign-in").text
    browser, answer = come(house, service)
    assert answer.status == 200
    assert "url=/people" in answer.text
    assert "the page of asha" in browser.get("/people").text
    said = answer.headers["set-cookie"].lower()
    assert ("samesite=lax" in said, "secure" in said, "httponly" in said) == (True, True, True)
    assert service.asked["redirect_uri"] == ["https://books.example.org/oidc/back"]
    assert service.asked["scope"] == ["openid"]


class TestTheServiceLies:
    """A token lets somebody in only if it is the service’s own, for us, fresh, and the answer to what this browser asked."""

    @each_of({"iss": "https://elsewhere.example"}, {"aud": "another-app"}, {"aud": ["another-app"]}, {"exp": 1},
             {"exp": None}, {"nonce": "another"}, {"nonce": None}, {"sub": None}, {"azp": "another-app"}, {"iat": None})
    def test_a_token_that_says_something_else_lets_nobody_in(self, house: House, service: Service, lie: dict[str, Any]) -> None:
        service.lie = lie
        browser, answer = come(house, service)
        assert answer.status == 403
        assert browser.get("/people").status == 303

    @each_of(({"alg": "RS256", "kid": "one"}, OTHER_KEY), ({"alg": "none"}, None),
             ({"alg": "HS256", "kid": "one"}, OctKey.import_key("a secret that the service has told somebody")))
    def test_a_token_that_is_signed_by_somebody_else_lets_nobody_in(self, house: House, service: Service, header: dict[str, Any], key: Any) -> None:
        service.header, service.key = header, key
        browser, answer = come(house, service)
        assert answer.status == 403
        assert browser.get("/people").status == 303

    def test_whom_the_service_knows_and_the_books_do_not_comes_in_nowhere(self, house: House, service: Service) -> None:
        service.lie = {"sub": "somebody <b>new</b>"}
        browser, answer = come(house, service)
        assert answer.status == 403
        assert "the service calls you somebody &lt;b&gt;new" in answer.text
        assert browser.get("/people").status == 303


class TestComingBack:
    """What comes back counts once, in the browser that was sent, and with the code that was meant for it."""

    def test_a_state_that_was_not_asked_by_this_browser_counts_for_nothing(self, house: House, service: Service) -> None:
        state = sent_away(house.browser(), service)
        other = house.browser()
        sent_away(other, service)
        assert other.get(f"/oidc/back?code=the code&state={state}").status == 400
        assert house.browser().get(f"/oidc/back?code=the code&state={state}").status == 400

    def test_coming_back_twice_counts_once(self, house: House, service: Service) -> None:
        browser = house.browser()
        state = sent_away(browser, service)
        assert [browser.get(f"/oidc/back?code=the code&state={state}").status for _ in range(2)] == [200, 400]

    @each_of("", "?code=the code", "?state=x", "?error=access_denied&state=x", "?code=the code&state=", "?code=the code&state=%E2%80%99")
    def test_coming_back_without_having_gone_counts_for_nothing(self, house: House, service: Service, query: str) -> None:
        assert service.address
        assert house.browser().get(f"/oidc/back{query}").status == 400

    def test_a_code_that_the_service_did_not_give_lets_nobody_in(self, house: House, service: Service) -> None:
        browser = house.browser()
        state = sent_away(browser, service)
        assert browser.get(f"/oidc/back?code=another&state={state}").status == 403

    def test_in_a_team_no_passphrase_opens_the_door(self, house: House, service: Service) -> None:
        assert service.address
        browser = house.browser()
        browser.post("/sign-in", {"origin": "http://127.0.0.1"}, name="asha", passphrase=PASSPHRASES["asha"])
        assert browser.get("/people").status == 303

    def test_an_identity_is_never_given_to_somebody_else(self, house: House, service: Service) -> None:
        with pytest.raises(InputError, match="This identity is asha’s already"):
            users.name_identity(house.acting("asha"), "ben", service.address, SUBJECT)

    @pytest.mark.parametrize("address", [
        "http://127.0.0.1.attacker.example", "http://127.0.0.1:80@attacker.example", "http://sign-in.example", "https://", "ftp://127.0.0.1", "http://["])
    def test_a_service_is_reached_by_https_or_stands_on_this_machine(self, house: House, address: str) -> None:
        with pytest.raises(InputError, match="begins with https://"):
            users.name_identity(house.acting("asha"), "ben", address, "somebody")
        with pytest.raises(InputError, match="not reached by https"):
            oidc._fetched(address)

    def test_somebody_who_has_left_comes_in_no_more(self, house: House, service: Service) -> None:
        users.name_identity(house.acting("asha"), "ben", service.address, "another")
        service.lie = {"sub": "another"}
        browser, answer = come(house, service)
        assert answer.status == 200
        users.leave(house.acting("asha"), "ben")
        assert browser.get("/people").status == 303
        assert come(house, service)[1].status == 403
