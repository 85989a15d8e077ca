"""An address at which there is no page is told in our words, with a way back; every page of the menu is there."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ringfence.doors.no_such_page import NoSuchPage
from ringfence.screens.places import ADDRESSES
from tests.doors.browser import Browser


def _drawn(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("drawn by the app")


@pytest.fixture
def browser() -> Browser:
    return Browser(routes=[NoSuchPage(ADDRESSES), Route("/{rest:path}", _drawn, methods=["GET", "POST"])])


@pytest.mark.parametrize("address", ["/home", "/index.html", "/people/P001", "/invoice?invoice=1001", "/<script>"])
def test_an_address_without_a_page_is_told_in_words_with_a_link_home(browser: Browser, address: str) -> None:
    answer = browser.get(address)
    assert answer.status == 404
    assert "There is no page at this address." in answer.text
    assert 'href="/"' in answer.text
    assert "<script>" not in answer.text


def test_every_page_of_the_menu_and_what_the_app_serves_beside_them_is_there(browser: Browser) -> None:
    served = [*(f"/{each}" for each in ADDRESSES), "/people/", "/invoices?invoice=1001", "/_stcore/health", "/static/js/index.js", "/media/0.pdf"]
    assert [browser.get(each).text for each in served] == ["drawn by the app"] * len(served)


def test_what_is_no_page_to_be_opened_goes_on_to_the_app(browser: Browser) -> None:
    assert browser.get("/manifest.json", headers={"accept": "*/*"}).text == "drawn by the app"
    assert browser.post("/home").text == "drawn by the app"
