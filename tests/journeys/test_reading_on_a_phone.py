"""A mother opens her link on a phone: the app makes it, and the readers’ pages of a process of their own let her in, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from basics.periods import Month
from ringfence.actions import desk, readers
from ringfence.actions.acting import Acting
from ringfence.actions.publishing import publish
from ringfence.actions.statement_list import statements_of
from tests.journeys.looking import faults
from tests.journeys.serving import Served, free_port, ringfence, serving
from tests.journeys.walking import by_keyboard, watching

PAGES = ("What was spent", "What is left", "What the price is made of", "Statements", "Not sure? Not happy?")


@dataclass
class Sent:
    """What two mothers were sent, and a statement of somebody else’s that was published too."""

    link: str
    without_javascript: str
    anothers: int


@pytest.fixture
def served(books_file: Path, tmp_path: Path) -> Iterator[tuple[Served, Sent]]:
    """The readers’ pages alone over the sample, and links for somebody who reads for one person."""
    port, before = free_port(), list(desk._chosen)
    desk.sit_down(str(books_file), key=None)
    finance = Acting(desk.books(), "asha", datetime.now(UTC))
    publish(finance, Month(2026, 9), ["isf-P001", "isf-P002"])
    numbers = [readers.add_reader(finance, name) for name in ("Peggy Lane", "Mary Lane")]
    for number in numbers:
        readers.grant(finance, number, "P001", "attorney", first=finance.today)
    anothers = next(each.document_id for each in statements_of(finance, Month(2026, 9)).statements if each.fund == "isf-P002")
    with serving(tmp_path, *ringfence("serve", "--only-readers", "--database", str(books_file), "--port", str(port)), port=port) as app:
        yield app, Sent(*(readers.address_of_link(readers.reader_link(finance, number), app.url) for number in numbers), anothers)
        said = app.said()
    desk.books().close()
    desk._chosen[:] = before
    desk._opened.cache_clear()
    assert "Traceback" not in said, said


def test_a_mother_opens_her_link_on_a_phone(chromium: Browser, served: tuple[Served, Sent]) -> None:
    app, sent = served
    with watching(chromium, app.url, width=390, height=844) as found:
        page = found.page
        found.go(sent.link)
        assert (faults(page), by_keyboard(page)) == ([], [])
        page.get_by_role("button", name="Open").press("Enter")
        expect(page).to_have_url(f"{app.url}/reader/of/P001")
        expect(page.get_by_role("heading", level=1)).to_contain_text("’s money")
        assert (faults(page), by_keyboard(page)) == ([], [])
        for name in PAGES:
            page.get_by_role("link", name=re.compile(re.escape(name))).press("Enter")
            expect(page.get_by_role("heading", level=1)).to_have_text(name)
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 844})
                assert (faults(page), by_keyboard(page)) == ([], []), name
                assert found.too_wide() <= 0, f"{name} is wider than its window"
            page.get_by_role("navigation", name="Back").get_by_role("link").click()
        _nothing_of_anothers(page, sent)
        page.goto("/reader/of/P001")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out.")
        page.goto(sent.link)
        expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more.")
        assert faults(page) == []
        assert (found.outside(), found.refused) == ([], [])
    assert {address for event, address in app.network() if event == "socket.bind"} == {"127.0.0.1"}


def _nothing_of_anothers(page: Page, sent: Sent) -> None:
    """Neither another person’s page nor their statement, under their name, her own or none."""
    for address in ("/reader/of/P002", f"/reader/of/P002/statement/{sent.anothers}.pdf", f"/reader/of/P001/statement/{sent.anothers}.pdf",
                    f"/reader/of/P001/statement/{sent.anothers}.html", f"/documents/{sent.anothers}.pdf"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404, address
        if address.startswith("/reader"):
            expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here for you to read.")
            assert faults(page) == []


def test_a_mother_reads_without_javascript(chromium: Browser, served: tuple[Served, Sent]) -> None:
    app, sent = served
    with watching(chromium, app.url, width=390, height=844, javascript=False) as found:
        page = found.page
        page.goto("/reader")
        expect(page.get_by_role("heading", level=1)).to_have_text("Please open your link again.")
        page.goto(sent.without_javascript)
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("’s money")
        for name in PAGES:
            page.get_by_role("link", name=re.compile(re.escape(name))).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(name)
            page.get_by_role("navigation", name="Back").get_by_role("link").click()
        page.get_by_role("link", name="Statements").click()
        address = str(page.get_by_role("link", name=re.compile("PDF|print", re.IGNORECASE)).first.get_attribute("href"))
        answer = page.request.get(app.url + address)
        assert (answer.status, answer.body()[:4]) == (200, b"%PDF")
        assert found.outside() == []
