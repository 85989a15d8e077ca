"""A sample in books of its own, the app over it, and a real browser that notes everything it asks for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.canaries import plant, refuse_names
from tests.journeys.looking import MOMENT_MS
from tests.journeys.serving import Served, free_port, ringfence, serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]


@pytest.fixture
def served(books_file: Path, tmp_path: Path) -> Iterator[Served]:
    """The app over the sample; afterwards nothing that went wrong may stand in its log, nor anybody's name in it or in the file of a fault."""
    port, names = free_port(), plant(books_file)
    with serving(tmp_path, *ringfence("serve", "--database", str(books_file), "--as", "asha", "--port", str(port), "--no-browser"),
                 port=port, TMPDIR=str(tmp_path)) as app:
        yield app
        said = app.said()
    refuse_names(names, app.log, tmp_path)
    assert "Traceback" not in said, said
    assert "rror" not in said, said


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("RINGFENCE_TEST_BROWSER") == "required":
            pytest.fail("There is no Chromium on this machine: install the package chromium.")
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Make a page at the app; afterwards it must not have asked any other place for anything."""
    asked: list[str] = []
    contexts = []

    def make(width: int = 1280, height: int = 900) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, base_url=served.url, locale="en-GB",
                                       timezone_id="Europe/London", accept_downloads=True)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.set_default_timeout(MOMENT_MS)
        page.on("websocket", lambda socket: asked.append(socket.url))
        return page

    yield make
    for context in contexts:
        context.close()
    outside = {url for url in asked if not url.startswith((f"{served.url}/", f"ws{served.url[4:]}/", "data:", "blob:"))}
    assert not outside, outside
