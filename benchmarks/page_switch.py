"""Going from page to page by the menu, over the books of ten thousand people, in a real browser; and what a session takes of the server's memory.

What is measured is the time from the press on a link, by the page's own clock, until the heading of the other page stands there with its
content: the first rows of a list, or what a page has in their place. What still stands from the page before does not count. Each page is
opened once before that and told apart: that is when it reads the books.
"""

from __future__ import annotations

import time
from statistics import median, quantiles

from playwright.sync_api import Page

from benchmarks.measured import Measured
from benchmarks.memory import megabytes_of
from benchmarks.served import PEOPLE, Served, books_of_many, chromium, serving
from benchmarks.sessions import others_at_work

GOAL_MS, GOAL_MEGABYTES = 250, 1
ROUNDS, ROUNDS_IN_FULL = 10, 30
SESSIONS, FEW_BEFORE, SEARCHING_SECONDS = 100, 25, 30
ROWS, A_FUND = "table tbody tr", "One fund"
PAGES = (("People and funds", "people", ROWS), (A_FUND, "fund", ROWS), ("Invoices", "invoices", ROWS), ("Watch list", "watch", ".rf-empty, " + ROWS),
         ("Debtors", "debtors", ROWS), ("Home", "", ".rf-tasks li, .rf-words, " + ROWS))
"""The pages in the order of a walk: title, address, and what must stand on each. One fund is opened by its link in the list."""

WATCH_PAGES = """
() => document.addEventListener('click', () => {
  const began = performance.now(), heading = () => document.querySelector('[data-testid="stMain"] h1')
  const before = heading()?.textContent, fresh = (element) => element && !element.closest('[data-stale="true"]')
  window.switchTook = new Promise((resolve, refuse) => {
    setTimeout(() => refuse(new Error('Its content did not come in five minutes.')), 300_000)
    const look = () => {
      const now = heading(), content = [...document.querySelectorAll('[data-testid="stMain"] :is(' + window.awaited + ')')]
      if (!fresh(now) || now.textContent === before || !content.some(fresh)) return
      resolve(performance.now() - began)
      seen.disconnect()
    }
    const seen = new MutationObserver(look)
    seen.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true })
  })
}, { capture: true })
"""
QUIET = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def measure(full: bool) -> list[Measured]:
    """The slowest twentieth of many switches, each page's own, and a session's memory."""
    with serving(books_of_many()) as app:
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page.goto(app.url)
            page.wait_for_selector(QUIET)
            page.evaluate(WATCH_PAGES)
            first, _, *later = [_walk(page) for _ in range(2 + (ROUNDS_IN_FULL if full else ROUNDS))]
        megabytes = _megabytes_a_session(app)
    by_page = {title: [walk[n] for walk in later] for n, (title, _, _) in enumerate(PAGES)}
    every = [taken for each in by_page.values() for taken in each]
    return [
        _line(f"From page to page, {PEOPLE:,} people, by the menu: {len(PAGES)} pages", every, GOAL_MS),
        *(_line(f"… to {title}", taken) for title, taken in by_page.items()),
        _line("The same when each page is first opened and reads the books", first),
        _memory(megabytes),
    ]


def _walk(page: Page) -> list[float]:
    """Each page in turn; how long each took, in milliseconds."""
    return [_switch(page, title, address, content) for title, address, content in PAGES]


def _switch(page: Page, title: str, address: str, content: str) -> float:
    link = page.locator(f"{ROWS} a[href^='/fund']").first if title == A_FUND else page.locator(f".rf-menu a[href='/{address}']")
    link.wait_for()
    page.evaluate("awaited => { window.awaited = awaited }", content)
    link.click()
    took = float(page.evaluate("() => window.switchTook"))
    page.wait_for_selector(QUIET)
    page.wait_for_timeout(200)
    return took


def _megabytes_a_session(app: Served) -> float | None:
    """By how much the server grows for each of many sessions that open the people and search, while a few others stay: what is read once for
    everybody is in memory by then, and nobody leaves who would make room. None where the system does not say."""
    with others_at_work(app.url, FEW_BEFORE):
        time.sleep(SEARCHING_SECONDS)
        before = megabytes_of(app.process_id)
        with others_at_work(app.url, SESSIONS):
            time.sleep(SEARCHING_SECONDS)
            after = megabytes_of(app.process_id)
    return None if before is None or after is None else (after - before) / SESSIONS


def _line(name: str, taken_ms: list[float], goal_ms: int | None = None) -> Measured:
    p95 = quantiles(taken_ms, n=20, method="inclusive")[-1]
    ours = f"p50 {median(taken_ms):.0f} ms, p95 {p95:.0f} ms ({len(taken_ms)} times)"
    if goal_ms is None:
        return Measured(name, ours, "", "", "", None)
    return Measured(name, ours, f"limit {goal_ms} ms", f"{p95 / goal_ms:.2f} of the limit", f"p95 under {goal_ms} ms", p95 < goal_ms)


def _memory(megabytes: float | None) -> Measured:
    name = f"Memory of the server for each of {SESSIONS} sessions that search"
    if megabytes is None:
        return Measured(name, "not told by this system", "", "", "", None)
    return Measured(name, f"{megabytes:.2f} MB", f"limit {GOAL_MEGABYTES} MB", f"{megabytes / GOAL_MEGABYTES:.2f} of the limit",
                    f"under {GOAL_MEGABYTES} MB", megabytes < GOAL_MEGABYTES)
