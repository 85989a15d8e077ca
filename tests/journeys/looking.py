"""What a journey does in the browser: wait until a page is drawn, read it, and let axe look for what some people could not use."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError, expect

DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]'
MENDED = """() => !document.querySelector('[data-testid="stFileUploaderDropzone"][role="presentation"], [data-testid="stSkeleton"]')"""
"""Nothing is still to come, and what Streamlit draws has been mended by the script of `links.py`, which a browser with an empty cache gets last."""
MOMENT_MS = 60_000
"""How long anything on a page may take: that says how busy the machine is, and nothing of the page."""
expect.set_options(timeout=MOMENT_MS)


def drawn(page: Page) -> Page:
    """Wait until nothing is being worked out."""
    page.wait_for_selector("h1")
    page.wait_for_selector(DRAWN, timeout=MOMENT_MS)
    page.wait_for_function(MENDED, timeout=MOMENT_MS)
    return page


def visit(page: Page, address: str) -> Page:
    page.goto(address)
    return drawn(page)


def heading(page: Page, words: str) -> None:
    """The page with this heading is shown."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    drawn(page)


def faults(page: Page) -> list[str]:
    """What axe finds on the page: each rule that is broken, and where."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['help']}: {node['html'][:200]} {node['target']}" for each in found for node in each["nodes"]]


def reach(page: Page, wanted: Locator, *, most: int = 250) -> None:
    """Go to something with the Tab key alone, as somebody without a mouse does."""
    expect(wanted).to_be_visible(timeout=MOMENT_MS)
    for _ in range(most):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} was not reached with the Tab key.")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Reach something with the Tab key and press a key on it."""
    reach(page, wanted)
    page.keyboard.press(key)


def choose_file(page: Page, button: Locator, path: Path, *, tries: int = 4) -> None:
    """Open the system's choice of files with the keyboard, and choose one. A button that is seen before it listens is pressed again, as a
    person would."""
    for last in (n == tries for n in range(1, tries + 1)):
        reach(page, button)
        try:
            with page.expect_file_chooser() as chooser:
                page.keyboard.press("Enter")
        except TimeoutError:
            if last:
                raise
        else:
            chooser.value.set_files(path)
            return


def write(page: Page, label: str, text: str) -> None:
    """Reach a box with the Tab key, write into it in place of what stands there, and leave it."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def see(page: Page, wanted: Locator) -> None:
    """Wait until something is on the page, and nothing is being worked out."""
    expect(wanted).to_be_visible(timeout=MOMENT_MS)
    if page.locator("[data-testid=stApp]").count():
        drawn(page)


def choose(page: Page, option: str) -> None:
    """Choose one of several that stand side by side: Tab to the group, then the arrow keys, as in any group of choices."""
    wanted = page.get_by_role("radio", name=option, exact=True)
    group = page.get_by_role("radiogroup").filter(has=wanted)
    reach(page, group.locator('[tabindex="0"]').first)
    for _ in range(12):
        if wanted.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(wanted).to_be_checked(timeout=MOMENT_MS)
    drawn(page)


def become(page: Page, user: str) -> None:
    """Say who is working, at the page that asks."""
    press(page, page.get_by_role("link", name="Change"))
    see(page, page.get_by_role("heading", name="Who is working?"))
    assert faults(page) == []
    press(page, page.get_by_role("button", name=user))
    heading(page, "Home")
