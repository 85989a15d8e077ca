"""Pictures of every page at the width of a laptop and of a phone: `python -m tests.journeys.screens` writes docs/screens/."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from basics.periods import Month
from isf.fees import Per
from ringfence.actions import desk, readers
from ringfence.actions.acting import Acting
from ringfence.actions.actual_cost import actual_of_content, example_files
from ringfence.actions.books import add_user, make_books
from ringfence.actions.fees import FeeTyped, payers_of_fees, record_fee
from ringfence.actions.publishing import publish
from ringfence.actions.service_totals import keep_for_trustees
from ringfence.actions.signing_in import choose_passphrase
from ringfence.actions.trustees_words import say_to_trustees
from sample_data.build import build_sample
from tests.journeys.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.looking import MOMENT_MS, drawn
from tests.journeys.serving import ROOT, free_port, ringfence, serving

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {1280: 900, 390: 844}
PAGES = {
    "home": "/", "import": "/import", "visits": "/visits", "month-end": "/month-end", "approvals": "/approvals", "people": "/people",
    "fund": "/fund?fund=isf-P002&month=2026-09", "watch": "/watch", "steps": "/steps", "statements": "/statements?month=2026-09",
    "reconciliation": "/reconciliation", "cost": "/cost", "split": "/split", "contracts": "/contracts", "offers": "/offers", "quotes": "/quotes",
    "actual": "/actual", "rates": "/rates", "overheads": "/overheads", "cases": "/cases", "scenarios": "/scenarios",
    "first-price": "/first-price", "invoices": "/invoices", "invoice": "/invoices?invoice=1001",
    "debtors": "/debtors", "receipts": "/receipts", "exports": "/exports", "accounts": "/accounts",
    "trustees": "/trustees?month=2026-09", "log": "/log", "users": "/users", "settings": "/settings", "help": "/help", "who": "/who",
}
READERS = {"reader-today": "", "reader-spent": "/spent", "reader-left": "/left", "reader-price": "/price", "reader-statements": "/statements",
           "reader-ask": "/ask"}
A_MOMENT_MS = 900
KEY = "four words nobody would guess"


def take(page: Page, name: str, address: str, width: int) -> None:
    """One picture of the whole page, once nothing moves on it any more."""
    page.goto(address)
    if page.locator("noscript").count():
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


def links_for_readers(books: Path, url: str) -> list[str]:
    """A statement is published, and its reader is sent a link for each width."""
    desk.sit_down(str(books), key=None)
    finance = Acting(desk.books(), "asha", datetime.now(UTC))
    publish(finance, Month(2026, 9), ["isf-P001"])
    number = readers.add_reader(finance, "Peggy Lane")
    readers.grant(finance, number, "P001", "attorney", first=finance.today)
    found = [readers.address_of_link(readers.reader_link(finance, number), url) for _ in WIDTHS]
    desk.books().close()
    return found


def told_to_trustees(books: Path) -> None:
    """Two fees, totals by service and words for the meeting, so that the trustees' page shows what it may hold."""
    desk.sit_down(str(books), key=None)
    finance, files, month = Acting(desk.books(), "asha", datetime.now(UTC)), example_files(), Month(2026, 9)
    first, second, *_ = payers_of_fees(finance)
    record_fee(finance, FeeTyped(first.reference, "Outreach", date(2026, 1, 15), before="22.00", asked="9.5%", offered="23.00", agreed="23.25",
                                 agreed_from=date(2026, 4, 1), people=24, a_year=5200))
    record_fee(finance, FeeTyped(second.reference, "Supported living", date(2026, 9, 7), Per.WEEK, "1,245.00", "6%", "2.5%", people=9, a_year=468))
    beside = replace(actual_of_content(files["actual.yaml"], "actual.yaml", files), period=month.period)
    keep_for_trustees(finance, beside, beside.accounts)
    say_to_trustees(finance, month, "Outreach loses money at the fee that was agreed.", "Agree to ask for 6% from April.")
    desk.books().close()


def of_the_app(browser: Browser, folder: Path, wanted: set[str]) -> None:
    """Every page of the app and of the readers’ door, over the sample."""
    books, port = folder / "books.db", free_port()
    build_sample(str(books), people=60, seed=1)
    links = links_for_readers(books, f"http://127.0.0.1:{port}")
    told_to_trustees(books)
    with serving(folder, *ringfence("serve", "--database", str(books), "--as", "asha", "--port", str(port), "--no-browser"), port=port) as app:
        for (width, height), link in zip(WIDTHS.items(), links, strict=True):
            page = browser.new_page(viewport={"width": width, "height": height}, base_url=app.url, locale="en-GB")
            page.set_default_timeout(MOMENT_MS)
            for name, address in PAGES.items():
                if not wanted or name in wanted:
                    take(page, name, address, width)
            if not wanted or wanted & (READERS.keys() | {"reader-open"}):
                take(page, "reader-open", link, width)
                page.get_by_role("button", name="Open").click()
                for name, address in READERS.items():
                    take(page, name, f"/reader/of/P001{address}", width)


def of_the_door(browser: Browser, folder: Path) -> None:
    """The first start of real books, and signing in."""
    books, port = folder / "real.db", free_port()
    store = make_books(str(books), provider="Harbour Lights", sample=False, key=KEY)
    add_user(store, "asha", added_by="", at=datetime.now(UTC))
    (folder / "key.txt").write_text(KEY)
    with serving(folder, *ringfence("serve", "--database", str(books), "--as", "asha", "--port", str(port), "--no-browser"), port=port,
                 RINGFENCE_KEY_FILE=str(folder / "key.txt")) as app:
        for name, address in (("first-start", "/first-start"), ("sign-in", "/sign-in")):
            for width, height in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": height}, base_url=app.url, locale="en-GB")
                take(page, name, address, width)
            if name == "first-start":
                choose_passphrase(store, "asha", "seven green bottles on a wall", given_by="asha", at=datetime.now(UTC))
    store.close()


def main(wanted: list[str]) -> None:
    """Take the pictures of all pages, or of those named."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        of_the_app(browser, Path(folder), set(wanted))
        if not wanted or {"first-start", "sign-in"} & set(wanted):
            of_the_door(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
