"""From starting the app over the books of ten thousand people until the first of them are seen in a browser.

The goal is held against the time from opening the page, in a browser that has never seen the app and at a server that has just started and
has served nobody, until the first rows of People and funds stand on the page. The start of the server itself is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks.measured import Measured
from benchmarks.served import PEOPLE, books_of_many, chromium, serving

GOAL_SECONDS = 2.5
STARTS, STARTS_IN_FULL = 3, 7

SEE_FIRST_ROWS = """
new MutationObserver(() => {
  if (window.firstRowsAt === undefined && document.querySelector('table tbody tr')) window.firstRowsAt = performance.now()
}).observe(document, { childList: true, subtree: true })
"""


@dataclass(frozen=True)
class _Start:
    """One start, in seconds: of the server, of its first visitor, and of its second."""

    server: float
    first: float
    second: float


def measure(full: bool) -> list[Measured]:
    """The middle of several starts, each of a fresh process."""
    books = books_of_many()
    with chromium() as browser:
        starts = [_start(browser, books) for _ in range(STARTS_IN_FULL if full else STARTS)]
    who = f"{PEOPLE:,} people"
    return [
        _line(f"First data, {who}: page opened at a just-started server until the first rows", [start.first for start in starts], GOAL_SECONDS),
        _line("The same for the next new session", [start.second for start in starts]),
        _line("Server start: process launched until it answers", [start.server for start in starts]),
        _line("All of it: process launched until the first rows", [start.server + start.first for start in starts]),
    ]


def _start(browser: Browser, books: Path) -> _Start:
    with serving(books) as app:
        return _Start(app.seconds_to_start, seconds_to_first_rows(browser, app.url), seconds_to_first_rows(browser, app.url))


def seconds_to_first_rows(browser: Browser, url: str) -> float:
    """From asking for the page, with nothing of it known to the browser, until the first rows stand in it; by the page’s own clock."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    try:
        page = context.new_page()
        page.add_init_script(SEE_FIRST_ROWS)
        page.goto(f"{url}/people", wait_until="commit")
        page.wait_for_function("window.firstRowsAt !== undefined", timeout=60_000)
        return float(page.evaluate("window.firstRowsAt")) / 1000
    finally:
        context.close()


def _line(name: str, seconds: list[float], goal: float | None = None) -> Measured:
    middle = median(seconds)
    return Measured(name, f"{middle:.2f} s ({min(seconds):.2f} to {max(seconds):.2f})", f"limit {goal} s" if goal else "",
                    f"{middle / goal:.2f} of the limit" if goal else "", f"under {goal} s" if goal else "", middle < goal if goal else None)
