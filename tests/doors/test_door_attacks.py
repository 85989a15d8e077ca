"""Attacks on the door of real books, each refused. docs/attacks-on-the-door.md lists them by their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from basics.errors import NotAllowed
from ringfence.actions import signing_in, users
from ringfence.actions.desk import desk
from ringfence.actions.people_and_funds import list_funds
from ringfence.actions.readers import add_reader, open_link, reader_link, reading_as
from ringfence.actions.rights import Role
from ringfence.actions.signing_in import PRACTICE_COOKIE, choose_passphrase
from ringfence.doors.gate import ENDED
from tests.doors.conftest import FILE, PASSPHRASES, House
from tests.doors.tries import each_of

SESSION = "ringfence_session"
PRETENDING = ("X-Forwarded-User", "Remote-User", "X-Remote-User", "X-Auth-Request-Email", "X-Ringfence-User", "X-Forwarded-Email", "X-User",
              "X-Webauth-User", "X-Amzn-Oidc-Identity", "Cf-Access-Authenticated-User-Email", "X-Ms-Client-Principal-Name", "Remote_User")
NEW = "quite another set of words"
ELSEWHERE = ({"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
             {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1"}, {"origin": "http://127.0.0.1:9999"})


class TestWithoutASession:
    """Nobody comes in by saying so."""

    @each_of("/", "/people", "/documents/1.pdf", "/drafts/2026-10/invoices/a.pdf", "/users?x=1")
    def test_a_page_leads_to_signing_in_and_shows_nothing(self, house: House, address: str) -> None:
        answer = house.browser().get(address)
        assert (answer.status, answer.content) == (303, b"")
        assert answer.headers["location"].startswith("/sign-in?next=/")

    @each_of("/media/" + "0" * 40 + ".png", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/component/x/index.html",
             "/static/js/index.js", "/signed-in", "/anything")
    def test_what_a_page_is_made_of_is_refused(self, house: House, address: str) -> None:
        assert house.browser().get(address, headers={"accept": "*/*"}).status == 401

    def test_an_open_page_is_refused_before_it_opens(self, house: House) -> None:
        assert [message["type"] for message in house.browser().page([b"hello"])] == ["websocket.close"]

    @each_of(*PRETENDING)
    def test_a_header_that_says_who_one_is_counts_for_nothing(self, house: House, header: str) -> None:
        assert house.browser().get("/people", headers={header: "asha"}).status == 303

    @each_of(*PRETENDING)
    def test_a_header_that_says_who_one_is_reaches_nothing_behind_the_gate(self, house: House, header: str) -> None:
        answer = house.signed_in("ben").get("/people", headers={header: "asha"})
        assert "the page of ben" in answer.text
        assert header.lower() not in answer.text

    @each_of("asha", "", "x" * 5_000, "' OR 1=1 --", "../../etc/passwd")
    def test_a_made_up_session_is_none(self, house: House, cookie: str) -> None:
        browser = house.browser()
        browser.cookies = {SESSION: cookie, "__Host-" + SESSION: cookie}
        assert browser.get("/people").status == 303

    def test_the_cookie_of_practice_books_counts_for_nothing(self, house: House) -> None:
        browser = house.browser()
        browser.cookies[PRACTICE_COOKIE] = "asha"
        assert browser.get("/people").status == 303
        assert browser.get("/who").headers["location"] == "/sign-in"

    def test_what_is_kept_of_a_session_opens_nothing(self, house: House) -> None:
        browser = house.signed_in()
        kept = signing_in.state()._do("SELECT token_hash FROM session")[0][0]
        assert browser.cookies[SESSION] not in kept
        browser.cookies[SESSION] = kept
        assert browser.get("/people").status == 303


class TestGuessing:
    """Passphrases cannot be tried out, and nobody else is kept outside meanwhile."""

    def test_a_wrong_name_and_a_wrong_passphrase_are_told_in_the_same_words(self, house: House) -> None:
        wrong, unknown = house.come(house.browser(), "asha", NEW), house.come(house.browser(), "zed", NEW)
        assert (wrong.status, unknown.status) == (403, 403)
        assert wrong.text.replace("asha", "?") == unknown.text.replace("zed", "?")

    def test_after_five_wrong_tries_the_account_waits_and_others_do_not(self, house: House) -> None:
        for _ in range(5):
            assert "is wrong" in house.come(house.browser(), "asha", NEW).text
        assert "Too many tries were wrong. Wait 15 minutes" in house.come(house.browser(), "asha").text
        assert house.come(house.browser(), "ben").status == 200

    def test_no_header_makes_a_try_another_one(self, house: House) -> None:
        for n in range(5):
            house.browser(f"10.0.0.{n}").post("/sign-in", {"x-forwarded-for": f"10.1.1.{n}"}, name="asha", passphrase=NEW)
        assert "Too many tries" in house.come(house.browser("10.0.0.9"), "asha").text

    @each_of("short", "asha asha asha", "aaaaaaaaaaaaaaaa", "x" * 201, "")
    def test_what_could_be_guessed_is_no_passphrase(self, house: House, passphrase: str) -> None:
        answer = house.signed_in().post("/passphrase", old=PASSPHRASES["asha"], passphrase=passphrase, again=passphrase)
        assert answer.status == 400
        assert "could be guessed" in answer.text

    def test_nobody_takes_the_first_start_again(self, house: House) -> None:
        answer = house.browser().post("/first-start", name="asha", passphrase=NEW, again=NEW)
        assert (answer.status, answer.headers["location"]) == (303, "/sign-in")
        with pytest.raises(NotAllowed):
            signing_in.first_start("asha", NEW, datetime.now(UTC))


class TestSessions:
    """A session is one's own, and ends when it should."""

    def test_a_session_that_was_planted_is_never_taken_up(self, house: House) -> None:
        browser = house.browser()
        browser.cookies[SESSION] = "planted"
        house.come(browser, "asha")
        assert browser.cookies[SESSION] != "planted"
        other = house.browser()
        other.cookies[SESSION] = "planted"
        assert other.get("/people").status == 303

    def test_signing_in_again_ends_the_session_before(self, house: House) -> None:
        browser = house.signed_in()
        before = browser.cookies[SESSION]
        house.come(browser, "asha")
        browser.cookies[SESSION] = before
        assert browser.get("/people").status == 303

    def test_a_session_that_was_signed_out_is_not_played_again(self, house: House) -> None:
        browser = house.signed_in()
        before = browser.cookies[SESSION]
        assert browser.post("/sign-out").status == 200
        assert SESSION not in browser.cookies
        browser.cookies[SESSION] = before
        assert browser.get("/people").status == 303

    @pytest.mark.usefixtures("house")
    def test_a_session_ends_unused_after_half_an_hour_and_in_any_case_after_twelve(self) -> None:
        now = datetime.now(UTC)
        idle = signing_in.sign_in("asha", PASSPHRASES["asha"], "", now)
        assert signing_in.who_is(idle, now + timedelta(minutes=29)) == "asha"
        assert signing_in.who_is(idle, now + timedelta(minutes=60)) == ""
        busy = signing_in.sign_in("asha", PASSPHRASES["asha"], "", now)
        seen = [signing_in.who_is(busy, now + n * timedelta(minutes=20)) for n in range(1, 37)]
        assert seen == ["asha"] * 35 + [""]

    @pytest.mark.usefixtures("house")
    def test_a_session_of_other_books_is_none_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        token = signing_in.sign_in("asha", PASSPHRASES["asha"], "", datetime.now(UTC))
        hashed = signing_in._hash(token)
        monkeypatch.setattr(signing_in, "desk", lambda: replace(desk(), url="other.db"))
        assert signing_in._hash(token) != hashed

    def test_a_new_passphrase_ends_every_session_before_it(self, house: House) -> None:
        first, second = house.signed_in(), house.signed_in()
        assert second.post("/passphrase", old=PASSPHRASES["asha"], passphrase=NEW, again=NEW).status == 200
        assert (first.get("/people").status, second.get("/people").status) == (303, 200)
        ben = house.signed_in("ben")
        choose_passphrase(house.acting("asha").store, "ben", NEW, given_by="asha", at=datetime.now(UTC))
        assert ben.get("/people").status == 303

    def test_somebody_who_leaves_is_signed_out_and_comes_in_no_more(self, house: House) -> None:
        ben = house.signed_in("ben")
        users.leave(house.acting("asha"), "ben")
        assert ben.get("/people").status == 303
        assert "is wrong" in house.come(house.browser(), "ben").text

    def test_a_role_that_changes_meanwhile_counts_at_once(self, house: House) -> None:
        ben = house.signed_in("ben")
        assert list_funds(house.acting(signing_in.user_of(ben.cookies))).funds == ()
        users.take_role(house.acting("asha"), "ben", Role.APPROVER)
        with pytest.raises(NotAllowed):
            list_funds(house.acting(signing_in.user_of(ben.cookies)))
        assert ben.get("/documents/1.pdf").status == 403

    @pytest.mark.parametrize("how", ["signed out", "left", "new passphrase"])
    def test_an_open_page_is_silent_once_its_session_has_ended(self, house: House, how: str) -> None:
        browser, other = house.signed_in("ben"), house.browser()
        other.cookies = dict(browser.cookies)
        ways = {"signed out": lambda: other.post("/sign-out"), "left": lambda: users.leave(house.acting("asha"), "ben"),
                "new passphrase": lambda: users.set_passphrase(house.acting("asha"), "ben", NEW)}
        said = browser.page([b"one", ways[how], b"two", b"three"])
        assert [message.get("bytes") for message in said if message["type"] == "websocket.send"] == [b"drawn one"]
        assert (said[-1]["type"], said[-1]["code"]) == ("websocket.close", ENDED)


class TestOtherSites:
    """Nothing is done that another site sends, and no page of the app is shown inside another."""

    @each_of(*product(ELSEWHERE, ("/sign-in", "/sign-out", "/passphrase", "/choose", "/first-start", "/_stcore/upload_file/a/b")))
    def test_a_form_of_another_site_is_refused(self, house: House, headers: dict[str, str], address: str) -> None:
        browser = house.signed_in()
        assert browser.post(address, headers, name="asha", passphrase=PASSPHRASES["asha"]).status == 403
        assert browser.get("/people").status == 200

    @each_of({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"})
    def test_a_page_of_another_site_opens_no_connection(self, house: House, headers: dict[str, str]) -> None:
        assert [message["type"] for message in house.signed_in().page([b"one"], headers)] == ["websocket.close"]

    @each_of("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "/\n/x")
    def test_signing_in_leads_to_no_other_site(self, house: House, onward: str) -> None:
        answer = house.browser().post("/sign-in", name="asha", passphrase=PASSPHRASES["asha"], next=onward)
        assert answer.status == 200
        assert "elsewhere" not in answer.text
        assert "javascript" not in answer.text

    def test_the_cookie_is_kept_from_scripts_and_from_other_sites(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        said = house.come(house.browser(), "asha").headers["set-cookie"].lower()
        assert "httponly" in said
        assert "samesite=strict" in said
        monkeypatch.setenv("RINGFENCE_ADDRESS", "https://books.example.org")
        said = house.come(house.browser(), "asha").headers["set-cookie"]
        assert said.startswith("__Host-ringfence_session=")
        assert "secure" in said.lower()

    def test_every_answer_says_what_a_page_may_load_and_that_no_other_may_hold_it(self, house: House) -> None:
        for answer in (house.browser().get("/sign-in"), house.signed_in().get("/people"), house.browser().get("/media/x", headers={"accept": "*/*"})):
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"


class TestFilesAndPaths:
    """A file or a document is given to who may have it, by its own address and by no other."""

    def test_a_file_that_one_page_was_told_of_is_given_to_its_session_alone(self, house: House) -> None:
        asha, ben = house.signed_in(), house.signed_in("ben")
        assert asha.get(f"/{FILE}").status == 404
        asha.page([b"file"])
        assert asha.get(f"/{FILE}").status == 200
        assert ben.get(f"/{FILE}").status == 404
        assert house.browser().get(f"/{FILE}", headers={"accept": "*/*"}).status == 401

    def test_a_document_is_asked_for_by_who_may_read_the_books(self, house: House) -> None:
        users.give_role(house.acting("asha"), "ben", Role.TRUSTEE)
        users.take_role(house.acting("asha"), "ben", Role.APPROVER)
        ben = house.signed_in("ben")
        for address in ("/documents/1.pdf", "/documents/statements-2026-10.zip", "/drafts/2026-10/invoices/draft-1.pdf"):
            answer = ben.get(address)
            assert answer.status == 403
            assert "may not read the books" in answer.text

    @each_of("/documents/../app.py", "/documents/..%2f..%2fetc%2fpasswd", "/fonts/..%2Fplain.py", "/media/..%5cx",
             "/./people", "//elsewhere.example/x", "/people%00", "/sign-in/../people", "/media/%2e%2e/x")
    def test_a_path_that_climbs_leads_nowhere(self, house: House, address: str) -> None:
        assert house.browser().get(address).status in (303, 404)
        assert house.signed_in().get(address).status == 404

    @each_of("/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/auth/login",
             "/oauth2callback", "/_stcore/script-health-check", "/app/static/x")
    def test_what_streamlit_offers_besides_is_shut(self, house: House, address: str) -> None:
        assert house.signed_in().get(address).status == 404

    def test_what_was_typed_is_never_markup_on_a_page(self, house: House) -> None:
        answer = house.browser().post("/sign-in", name="<script>alert(1)</script>", passphrase="x", next="/\"><script>")
        assert "<script" not in answer.text
        assert "Harbour &amp; &lt;Lights&gt;" in answer.text


class TestLinks:
    """A link counts once, for whom it was made, and not for long."""

    def test_a_link_to_choose_a_passphrase_counts_once(self, house: House) -> None:
        token = users.link_for(house.acting("asha"), "ben")
        browser = house.browser()
        assert browser.get(f"/choose?token={token}").status == 200
        assert browser.get(f"/choose?token={token}").status == 200, "looking at it does not use it"
        assert browser.post("/choose", token=token, passphrase=NEW, again=NEW).status == 200
        assert "the page of ben" in browser.get("/people").text
        assert house.browser().post("/choose", token=token, passphrase=NEW + "x", again=NEW + "x").status == 404
        assert house.browser().get(f"/choose?token={token}").status == 404

    @each_of("", "x", "A" * 43, "' OR 1=1 --", "%00")
    def test_a_guessed_link_is_none(self, house: House, token: str) -> None:
        users.link_for(house.acting("asha"), "ben")
        assert house.browser().get(f"/choose?token={token}").status == 404
        assert house.browser().post("/choose", token=token, passphrase=NEW, again=NEW).status == 404

    def test_an_old_link_and_one_from_before_a_new_passphrase_are_none(self, house: House) -> None:
        now = datetime.now(UTC)
        token = signing_in.passphrase_link("ben", now)
        assert signing_in.link_is_for(token, now + timedelta(hours=23)) == "ben"
        assert signing_in.link_is_for(token, now + timedelta(hours=25)) == ""
        users.set_passphrase(house.acting("asha"), "ben", NEW)
        assert signing_in.link_is_for(token, now) == ""

    def test_only_an_administrator_makes_one(self, house: House) -> None:
        with pytest.raises(NotAllowed):
            users.link_for(house.acting("ben"), "asha")

    def test_a_readers_link_lets_a_reader_in_once_and_never_to_the_app(self, house: House) -> None:
        finance, now = house.acting("asha"), datetime.now(UTC)
        token = reader_link(finance, add_reader(finance, "Peggy Lane"))
        session = open_link(token, now)
        assert open_link(token, now) == ""
        assert open_link(reader_link(finance, 1), now + timedelta(minutes=16)) == ""
        found = reading_as(session, now)
        assert found is not None
        assert (found.name, found.grants) == ("Peggy Lane", ())
        browser = house.browser()
        browser.cookies[SESSION] = session
        assert browser.get("/people").status == 303
        assert house.browser().get(f"/choose?token={token}").status == 404
