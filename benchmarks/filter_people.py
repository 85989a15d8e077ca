"""Finding somebody among ten thousand people, in a real browser: alone, and with twenty-four other sessions at work.

A search is put into the box at once, as pasted, and Enter is pressed; what is measured is the time from that key until the rows on the page
are those that were asked for, by the page’s own clock. Who types without Enter waits 250 ms after the last letter first: that is chosen, so
that not every letter is searched for, and is not part of this.
"""

from __future__ import annotations

from random import Random
from statistics import median, quantiles

from playwright.sync_api import Page

from benchmarks.measured import Measured
from benchmarks.served import PEOPLE, books_of_many, chromium, serving
from benchmarks.sessions import PAUSE_SECONDS, SEARCH, others_at_work, some_words

GOAL_ALONE_MS, GOAL_TOGETHER_MS = 100, 150
OTHERS = 24
UNCOUNTED, FILTERS, FILTERS_IN_FULL = 5, 60, 200

WATCH_ROWS = """
() => {
  const text = () => [...document.querySelectorAll('table tbody tr')].map(row => row.textContent.toLowerCase())
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return
    const asked = event.target.value.toLowerCase(), began = performance.now(), before = text().join('|')
    window.searchTook = new Promise(resolve => {
      const seen = new MutationObserver(() => {
        const rows = text()
        if (rows.length === 0 || rows.join('|') === before || !rows.every(row => row.includes(asked))) return
        resolve(performance.now() - began)
        seen.disconnect()
      })
      seen.observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  }, { capture: true })
}
"""
"""The page’s own clock, from Enter until each row that is shown has the words that were asked for. It ends by itself: asking the page again
and again would slow what is measured."""


def measure(full: bool) -> list[Measured]:
    """The middle and the slowest twentieth of many searches."""
    count = FILTERS_IN_FULL if full else FILTERS
    with serving(books_of_many()) as app, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
        page.goto(f"{app.url}/people")
        page.get_by_label(SEARCH).first.wait_for()
        page.evaluate(WATCH_ROWS)
        _searches(page, UNCOUNTED, Random("before"), 0)
        alone = _searches(page, count, Random("alone"), 0.1)
        with others_at_work(app.url, OTHERS) as theirs:
            together = _searches(page, count, Random("together"), PAUSE_SECONDS)
    who = f"Filter {PEOPLE:,} people"
    return [
        _line(f"{who} in the browser, one person", alone, GOAL_ALONE_MS),
        _line(f"{who} in the browser, {OTHERS + 1} sessions at once", together, GOAL_TOGETHER_MS),
        _line(f"The same for the {OTHERS} other sessions, until the server says it is done", theirs, GOAL_TOGETHER_MS),
    ]


def _searches(page: Page, count: int, random: Random, pause_seconds: float) -> list[float]:
    """What so many searches took, each for other words, in milliseconds."""
    box, taken, words = page.get_by_label(SEARCH).first, [], ""
    for _ in range(count):
        words = next(found for found in iter(lambda: some_words(random), None) if found != words)
        page.wait_for_timeout(1000 * pause_seconds * random.uniform(0.5, 1.5))
        box.fill(words)
        box.press("Enter")
        taken.append(float(page.evaluate("() => window.searchTook")))
    return taken


def _line(name: str, taken_ms: list[float], goal_ms: int) -> Measured:
    p95 = quantiles(taken_ms, n=20, method="inclusive")[-1]
    return Measured(name, f"p50 {median(taken_ms):.0f} ms, p95 {p95:.0f} ms ({len(taken_ms)} searches)", f"limit {goal_ms} ms",
                    f"{p95 / goal_ms:.2f} of the limit", f"p95 under {goal_ms} ms", p95 < goal_ms)
