"""The readers’ door: what a reader opens, in what order, and everything that must not be opened."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from basics.money import Money
from basics.periods import Month
from isf.statement import Statement
from ringfence.actions import desk, readers, signing_in
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.publishing import publish
from ringfence.actions.statement_list import statements_of, what_they_say
from ringfence.doors import documents, reader, who
from ringfence.doors.gate import Gate
from tests.doors.browser import Answer, Browser
from tests.doors.tries import each_of

SEPTEMBER = Month(2026, 9)
MINE, ALSO_MINE, ANOTHERS = "P001", "P002", "P003"
COOKIE = "ringfence_reader"


@pytest.fixture(scope="session")
def published_books(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with September published of two people: the one whom Peggy reads for, and another."""
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("published") / "books.db"))
    store = open_books(str(path), key=None)
    publish(Acting(store, "asha", datetime.now(UTC)), SEPTEMBER, [f"isf-{MINE}", f"isf-{ANOTHERS}"])
    store.close()
    return path


class Door:
    """The door over those books, and what finance does behind it."""

    def __init__(self) -> None:
        self.asha = Acting(desk.books(), "asha", datetime.now(UTC))
        self.app = Starlette(routes=[*reader.ROUTES, *who.ROUTES, *documents.ROUTES], middleware=[Middleware(Gate)])
        self.ids = {each.fund: each.document_id for each in statements_of(self.asha, SEPTEMBER).statements}

    def reader(self, *people: str, name: str = "Peggy <b>Lane</b>") -> int:
        number = readers.add_reader(self.asha, name)
        for each in people:
            self.grant(number, each)
        return number

    def grant(self, number: int, person: str, *, days: int | None = None) -> None:
        today = self.asha.today
        readers.grant(self.asha, number, person, "attorney", first=today - timedelta(days=5),
                      last=None if days is None else today + timedelta(days=days))

    def browser(self) -> Browser:
        return Browser(app=self.app)

    def come_in(self, number: int) -> Browser:
        found = self.browser()
        answer = found.post("/reader/open", token=readers.reader_link(self.asha, number))
        assert (answer.status, answer.headers["location"]) == (303, "/reader")
        return found


@pytest.fixture
def house(published_books: Path, tmp_path: Path) -> Iterator[Door]:
    before = list(desk._chosen)
    desk.sit_down(str(shutil.copy(published_books, tmp_path / "books.db")), key=None)
    yield Door()
    desk.books().close()
    desk._chosen[:] = before
    desk._opened.cache_clear()


def readers_statement(house: Door) -> Statement:
    """What the statement says that Peggy reads."""
    number = house.ids[f"isf-{MINE}"]
    return what_they_say(house.asha, [number])[number]


def plain(answer: Answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize(("address", "heading"), [
    ("", "money"), ("/spent", "What was spent"), ("/left", "What is left"), ("/price", "What the price is made of"), ("/statements", "Statements"),
    ("/ask", "Not sure? Not happy?")])
def test_every_page_of_a_person_has_its_heading_and_a_way_out_and_runs_nothing(house: Door, address: str, heading: str) -> None:
    answer = house.come_in(house.reader(MINE)).get(f"/reader/of/{MINE}{address}")
    assert answer.status == 200
    assert heading in plain(answer)
    assert answer.text.count("<h1") == 1
    assert 'action="/reader/sign-out"' in answer.text
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; style-src 'self'")


def test_the_first_page_says_what_the_published_statement_says_and_of_which_day(house: Door) -> None:
    said = readers_statement(house)
    told = plain(house.come_in(house.reader(MINE)).get(f"/reader/of/{MINE}"))
    for words in ("On 30 September 2026", said.headline, str(Money(max(said.money.closing_pence, 0)))):
        assert words in told
    assert said.budgets[-1].left_pence is not None
    assert str(Money(abs(said.budgets[-1].left_pence))) in told


def test_what_was_spent_adds_up_to_what_the_month_cost(house: Door) -> None:
    said = readers_statement(house)
    others = sum(-line.pence for line in (*said.money.paid_out, *said.money.put_right) if line.words != f"Support for {said.known_as}")
    assert str(Money(said.given_total_pence + others)) in plain(house.come_in(house.reader(MINE)).get(f"/reader/of/{MINE}/spent"))


def test_a_price_that_nobody_agreed_is_asked_about(house: Door) -> None:
    assert "Ask us, and we go through it with you." in plain(house.come_in(house.reader(MINE)).get(f"/reader/of/{MINE}/price"))


def test_each_form_of_a_statement_opens(house: Door) -> None:
    browser = house.come_in(house.reader(MINE))
    ways = re.findall(r'href="(/reader/of/[^"]+\.(?:pdf|html|txt))"', browser.get(f"/reader/of/{MINE}/statements").text)
    assert len(ways) == 5
    for way in ways:
        answer = browser.get(way)
        assert answer.status == 200
        assert answer.headers["content-disposition"].startswith("inline")
        assert answer.headers["cache-control"] == "private, no-store"
        assert len(answer.content) > 500


def test_somebody_with_two_people_chooses_and_somebody_with_one_does_not(house: Door) -> None:
    assert house.come_in(house.reader(MINE)).get("/reader").headers["location"] == f"/reader/of/{MINE}"
    choosing = house.come_in(house.reader(MINE, ALSO_MINE)).get("/reader")
    assert choosing.status == 200
    assert re.findall(r'href="/reader/of/(\w+)"', choosing.text) == sorted([MINE, ALSO_MINE], key=choosing.text.index)
    assert "Somebody else" in plain(house.come_in(house.reader(MINE, ALSO_MINE)).get(f"/reader/of/{MINE}"))


def test_nothing_published_is_said_and_nothing_else_is_shown(house: Door) -> None:
    browser = house.come_in(house.reader(ALSO_MINE))
    for address in ("", "/spent", "/left", "/statements"):
        told = plain(browser.get(f"/reader/of/{ALSO_MINE}{address}"))
        assert "Nothing has been published yet" in told
        assert "£" not in told
    assert "Sam Okoro" in plain(browser.get(f"/reader/of/{ALSO_MINE}/ask")), "whom to ask is told all the same"


def test_what_was_opened_is_noted(house: Door) -> None:
    browser = house.come_in(house.reader(MINE, name="Peggy Lane"))
    browser.get(f"/reader/of/{MINE}")
    browser.get(f"/reader/of/{MINE}/statements/{house.ids[f'isf-{MINE}']}.txt")
    browser.get(f"/reader/of/{ANOTHERS}")
    assert [each.what for each in readers.views(house.asha)] == [f"{MINE}: statement {house.ids[f'isf-{MINE}']}.txt", f"{MINE}: today"]


def test_the_one_stylesheet_is_our_own_and_needs_no_session(house: Door) -> None:
    answer = house.browser().get("/reader/look.css")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert set(re.findall(r"url\(\"?([^\")]+)", answer.text)) == {f"/fonts/SourceSans3-{weight}.ttf" for weight in ("Regular", "SemiBold", "Bold")}


class TestAReader:
    """A reader sees what was published for their own people, by a link that counts once, and nothing else."""

    def test_a_link_opens_the_door_once(self, house: Door) -> None:
        token = readers.reader_link(house.asha, house.reader(MINE))
        browser = house.browser()
        for _ in range(3):
            assert browser.get(f"/reader/open?token={token}").status == 200, "looking does not use it up"
        assert browser.post("/reader/open", token=token).status == 303
        for again in (house.browser().get(f"/reader/open?token={token}"), house.browser().post("/reader/open", token=token)):
            assert again.status == 404
            assert "This link does not work any more." in plain(again)
            assert "Ask us for a new link." in plain(again)
            assert 'href="tel:01632960101"' in again.text

    @each_of("", "x", "A" * 43, "' OR 1=1 --", "%00", "<script>")
    def test_a_guessed_link_opens_nothing(self, house: Door, token: str) -> None:
        readers.reader_link(house.asha, house.reader(MINE))
        browser = house.browser()
        assert browser.get(f"/reader/open?token={token}").status == 404
        answer = browser.post("/reader/open", token=token)
        assert answer.status == 404
        assert "<script>" not in answer.text
        assert COOKIE not in browser.cookies

    @each_of("", "/spent", "/left", "/price", "/statements", "/ask")
    def test_pages_of_somebody_else_are_not_there(self, house: Door, address: str) -> None:
        browser = house.come_in(house.reader(MINE))
        theirs, nobodys = browser.get(f"/reader/of/{ANOTHERS}{address}"), browser.get(f"/reader/of/P999{address}")
        assert theirs.status == nobodys.status == 404
        assert theirs.text == nobodys.text, "nor is it told that there is somebody"

    @each_of(f"/reader/of/{MINE}/statements/{{theirs}}.pdf", f"/reader/of/{ANOTHERS}/statements/{{theirs}}.pdf",
             f"/reader/of/{MINE}/statements/{{theirs}}.html", f"/reader/of/{MINE}/statements/0{{theirs}}.pdf",
             f"/reader/of/{MINE}/statements/{{mine}}.json", f"/reader/of/{MINE}/statements/{{invoice}}.pdf",
             f"/reader/of/{MINE}/statements/-1.pdf", f"/reader/of/{MINE}/statements/99999999999999999999.pdf",
             f"/reader/of/{MINE}/../of/{ANOTHERS}", "/reader/../documents/{mine}.pdf")
    def test_a_document_of_somebody_else_is_not_there_by_any_address(self, house: Door, address: str) -> None:
        browser = house.come_in(house.reader(MINE))
        asked = address.format(mine=house.ids[f"isf-{MINE}"], theirs=house.ids[f"isf-{ANOTHERS}"], invoice=1)
        assert browser.get(asked).status == 404

    def test_what_was_not_published_is_not_there(self, house: Door) -> None:
        browser = house.come_in(house.reader(ALSO_MINE))
        assert browser.get(f"/reader/of/{ALSO_MINE}/statements/{house.ids[f'isf-{ALSO_MINE}']}.pdf").status == 404

    def test_a_grant_that_ends_shuts_the_door_on_the_next_page(self, house: Door) -> None:
        number = house.reader(MINE, ALSO_MINE)
        browser = house.come_in(number)
        assert browser.get(f"/reader/of/{MINE}").status == 200
        house.grant(number, MINE, days=-1)
        assert browser.get(f"/reader/of/{MINE}").status == 404
        assert browser.get("/reader").headers["location"] == f"/reader/of/{ALSO_MINE}"
        house.grant(number, ALSO_MINE, days=-1)
        ended = browser.get("/reader")
        assert ended.status == 403
        assert "You cannot read here any more." in plain(ended)
        assert COOKIE not in browser.cookies

    def test_signing_out_ends_the_session_and_a_kept_cookie_is_worth_nothing(self, house: Door) -> None:
        browser = house.come_in(house.reader(MINE))
        kept = browser.cookies[COOKIE]
        assert browser.post("/reader/sign-out").status == 200
        assert COOKIE not in browser.cookies
        browser.cookies[COOKIE] = kept
        answer = browser.get(f"/reader/of/{MINE}")
        assert answer.status == 401
        assert "£" not in answer.text

    def test_a_new_link_ends_the_session_that_came_with_it(self, house: Door) -> None:
        number = house.reader(MINE)
        browser = house.come_in(number)
        before = browser.cookies[COOKIE]
        browser.post("/reader/open", token=readers.reader_link(house.asha, number))
        assert browser.cookies[COOKIE] != before
        assert Browser(app=house.app, cookies={COOKIE: before}).get("/reader").status == 401

    def test_the_session_of_a_user_is_none_here_and_a_readers_is_none_there(self, house: Door) -> None:
        users = signing_in.begin(signing_in.USER, 1, 0, datetime.now(UTC))
        assert Browser(app=house.app, cookies={COOKIE: users}).get("/reader").status == 401
        mine = house.come_in(house.reader(MINE)).cookies[COOKIE]
        assert signing_in.who_is(mine) == ""

    def test_another_site_cannot_open_a_link_or_sign_somebody_out(self, house: Door) -> None:
        browser, token = house.come_in(house.reader(MINE)), readers.reader_link(house.asha, 1)
        for address in ("/reader/open", "/reader/sign-out"):
            assert browser.post(address, {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, token=token).status == 403
        assert browser.get(f"/reader/of/{MINE}").status == 200

    def test_the_cookie_is_kept_from_scripts_and_from_other_sites(self, house: Door) -> None:
        answer = house.browser().post("/reader/open", token=readers.reader_link(house.asha, house.reader(MINE)))
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "expires" not in cookie

    def test_what_a_reader_is_called_is_never_markup(self, house: Door) -> None:
        answer = house.come_in(house.reader(MINE, ALSO_MINE)).get("/reader")
        assert "&lt;b&gt;Lane" in answer.text

    def test_a_process_for_readers_alone_has_nothing_else(self, house: Door) -> None:
        alone = Starlette(routes=[*reader.ROUTES, *documents.ROUTES], middleware=[Middleware(Gate, only_readers=True)])
        browser = Browser(app=alone, cookies=house.come_in(house.reader(MINE)).cookies)
        assert browser.get(f"/reader/of/{MINE}").status == 200
        for address in ("/", "/people", f"/documents/{house.ids[f'isf-{MINE}']}.pdf", "/media/x.pdf", "/signed-in"):
            assert browser.get(address).status == 404
        assert browser.page([])[0]["code"] == 1008
