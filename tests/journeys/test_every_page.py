"""Every page of the menu and one of each kind that a list leads to: axe, the keyboard, the width of a phone, and what a page asks for."""

from __future__ import annotations

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
    assert faults(laptop.page) == []
    assert by_keyboard(laptop.page) == []
    assert (laptop.outside(), laptop.refused) == ([], [])
    phone.go(address)
    assert faults(phone.page) == []
    assert phone.too_wide() <= 0
    assert (phone.outside(), phone.refused) == ([], [])
