"""A mother opens her link on a phone: the app makes it, and the readers’ pages of a process of their own let her in, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from basics.periods import Month
from ringfence.actions import desk, readers
from ringfence.actions.acting import Acting
from ringfence.actions.publishing import publish
from tests.journeys.looking import faults
from tests.journeys.serving import Served, free_port, ringfence, serving

PAGES = ("What was spent", "What is left", "What the price is made of", "Statements", "Not sure? Not happy?")


@pytest.fixture
def served(books_file: Path, tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """The readers’ pages alone over the sample, and a link for somebody who reads for one person."""
    port, before = free_port(), list(desk._chosen)
    desk.sit_down(str(books_file), key=None)
    finance = Acting(desk.books(), "asha", datetime.now(UTC))
    publish(finance, Month(2026, 9), ["isf-P001"])
    number = readers.add_reader(finance, "Peggy Lane")
    readers.grant(finance, number, "P001", "attorney", first=finance.today)
    with serving(tmp_path, *ringfence("serve", "--only-readers", "--database", str(books_file), "--port", str(port)), port=port) as app:
        yield app, readers.address_of_link(readers.reader_link(finance, number), app.url)
        said = app.said()
    desk.books().close()
    desk._chosen[:] = before
    desk._opened.cache_clear()
    assert "Traceback" not in said, said


def test_a_mother_opens_her_link_on_a_phone(chromium: Browser, served: tuple[Served, str]) -> None:
    app, link = served
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=app.url, locale="en-GB")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    page = phone.new_page()
    page.set_default_timeout(20_000)
    page.goto(link)
    assert faults(page) == []
    page.get_by_role("button", name="Open").press("Enter")
    expect(page).to_have_url(f"{app.url}/reader/of/P001")
    expect(page.get_by_role("heading", level=1)).to_contain_text("’s money")
    assert faults(page) == []
    for name in PAGES:
        page.get_by_role("link", name=re.compile(re.escape(name))).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        assert faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{name} is wider than the phone"
        page.get_by_role("navigation", name="Back").get_by_role("link").click()
    page.goto("/reader/of/P002")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here for you to read.")
    assert faults(page) == []
    page.goto("/reader/of/P001")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out.")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more.")
    assert faults(page) == []
    assert {url for url in asked if not url.startswith((app.url, "data:"))} == set()
    phone.close()

    plain = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    shown = plain.new_page()
    shown.goto(f"{app.url}/reader")
    expect(shown.get_by_role("heading", level=1)).to_have_text("Please open your link again.")
    plain.close()
    assert {address for event, address in app.network() if event == "socket.bind"} == {"127.0.0.1"}
