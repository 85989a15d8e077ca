"""Every page of the menu and one of each kind that a list leads to: axe, the keyboard, the width of a phone, and what a page asks for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ringfence.screens.places import MENU
from tests.journeys.looking import faults
from tests.journeys.serving import Served, free_port, ringfence, serving
from tests.journeys.walking import Watched, by_keyboard, watching

ADDRESSES = [f"/{address}" for places in MENU.values() for _, _, address in places]
LISTS = ["/people", "/contracts", "/debtors", "/invoices", "/visits", "/import", "/statements", "/reconciliation"]
TRIED = LISTS if os.environ.get("RINGFENCE_TEST_EVERY_PAGE") else LISTS[:3]
pytestmark = pytest.mark.xdist_group("every_page")


@pytest.fixture(scope="module")
def app(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One app for all pages, over a copy of the sample; afterwards nothing that went wrong may stand in its log."""
    folder, port = tmp_path_factory.mktemp("every_page"), free_port()
    books = shutil.copy(sample_file, folder / "books.db")
    with serving(folder, *ringfence("serve", "--database", str(books), "--as", "asha", "--port", str(port), "--no-browser"), port=port) as served:
        yield served
        said = served.said()
    assert "Traceback" not in said, said
    assert "rror" not in said, said


@pytest.fixture(scope="module")
def laptop(chromium: Browser, app: Served) -> Iterator[Watched]:
    with watching(chromium, app.url, width=1280) as found:
        yield found


@pytest.fixture(scope="module")
def phone(chromium: Browser, app: Served) -> Iterator[Watched]:
    with watching(chromium, app.url, width=390, height=844) as found:
        yield found


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_used_by_everybody_and_asks_nobody_else(address: str, laptop: Watched, phone: Watched) -> None:
    laptop.go(address)
    phone.go(address)
    seen(laptop, phone)


@pytest.mark.parametrize("address", TRIED)
def test_so_can_one_of_the_kind_that_a_list_leads_to(address: str, laptop: Watched, phone: Watched) -> None:
    laptop.go(address)
    onward = str(laptop.page.locator("[data-testid=stMain] .rf-table tbody a").first.get_attribute("href"))
    assert onward.partition("?")[2]
    laptop.go(onward)
    phone.go(onward)
    seen(laptop, phone)


@pytest.mark.parametrize("address", ["/who", "/sign-out"])
def test_so_can_the_plain_pages_at_the_door(address: str, laptop: Watched, phone: Watched) -> None:
    laptop.go(address)
    phone.go(address)
    seen(laptop, phone)


def seen(laptop: Watched, phone: Watched) -> None:
    """Axe at both widths, the keyboard at a desk, and on a phone nothing beyond the edge."""
    assert faults(laptop.page) == []
    assert by_keyboard(laptop.page) == []
    assert faults(phone.page) == []
    assert phone.too_wide() <= 0
    for each in (laptop, phone):
        assert (each.outside(), each.refused) == ([], [])
