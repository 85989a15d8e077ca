"""Pictures of every page at the width of a laptop and of a phone: `python -m tests.journeys.screens` writes docs/screens/."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sample_data.build import build_sample
from tests.journeys.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.looking import drawn
from tests.journeys.serving import ROOT, free_port, ringfence, serving

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {1280: 900, 390: 844}
PAGES = {
    "home": "/", "import": "/import", "month-end": "/month-end", "approvals": "/approvals", "people": "/people",
    "fund": "/fund?fund=isf-P002&month=2026-09", "statements": "/statements?month=2026-09", "cost": "/cost", "split": "/split",
    "rates": "/rates", "cases": "/cases", "offers": "/offers", "quotes": "/quotes", "scenarios": "/scenarios", "invoices": "/invoices", "who": "/who",
    "trustees": "/trustees?month=2026-09", "log": "/log", "settings": "/settings", "help": "/help", "first-price": "/first-price",
}
A_MOMENT_MS = 900


def take(page: Page, name: str, address: str, width: int) -> None:
    """One picture of the whole page, once nothing moves on it any more."""
    page.goto(address)
    if address != "/who":
        drawn(page)
    page.wait_for_timeout(A_MOMENT_MS)
    height = page.evaluate("""() => {
        const main = document.querySelector('[data-testid="stMain"]')
        return main ? main.scrollHeight : document.documentElement.scrollHeight
    }""")
    page.set_viewport_size({"width": width, "height": max(WIDTHS[width], int(height))})
    page.wait_for_timeout(A_MOMENT_MS)
    page.screenshot(path=FOLDER / f"{name}-{width}.png")
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})


def main(wanted: list[str]) -> None:
    """Take the pictures of all pages, or of those named."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        books, port = Path(folder) / "books.db", free_port()
        build_sample(str(books), people=60, seed=1)
        serve = ringfence("serve", "--database", str(books), "--as", "asha", "--port", str(port), "--no-browser")
        with serving(Path(folder), *serve, port=port) as app, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for width, height in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": height}, base_url=app.url, locale="en-GB")
                for name, address in PAGES.items():
                    if not wanted or name in wanted:
                        take(page, name, address, width)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
