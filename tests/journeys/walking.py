"""Going over a page as somebody without a mouse does, and as a browser that notes what was asked for and what the page’s policy refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.journeys.looking import MOMENT_MS, drawn

MOST_TABS = 600
STILL = "const still = new CSSStyleSheet(); still.replaceSync('* { transition: none !important; animation: none !important }'); " \
        "document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];"
TELL_REFUSED = "addEventListener('securitypolicyviolation', each => console.error(`refused by policy: ${each.violatedDirective} ${each.blockedURI}`))"

CONTROLS = """() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable=true]'
  const shown = each => each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length > 0
  const opens = each => each.tabIndex < 0 && (each.type === 'file'
    || each.getAttribute('aria-haspopup') === 'listbox' && each.parentElement.querySelector('input, [role=combobox]'))
  const usable = each => !each.disabled && !each.closest('[inert], [aria-hidden=true]') && !opens(each)
  const group = each => each.closest('[role=radiogroup], [role=tablist], [role=toolbar], [role=listbox], [role=grid]')
  const numbers = new Map(), told = []
  for (const each of [...document.querySelectorAll(wanted)].filter(each => shown(each) && usable(each))) {
    if (!group(each) && each.tabIndex < 0 && !each.matches('a, button, input, select, textarea, summary')) continue
    const one = each.type === 'radio' && each.name ? each.name : group(each) || each
    if (!numbers.has(one)) { numbers.set(one, told.length); told.push(each.outerHTML.slice(0, 300)) }
    each.dataset.control = numbers.get(one)
  }
  return told
}"""
"""Every control that can be seen, each with a number: what stands in one group has one number, as Tab leads to the group and the arrow keys
within it. The arrow at the end of a box to choose from is none: its box opens with the arrow keys; nor is what a button opens to take a file."""

LISTEN = "() => { window.met = []; document.addEventListener('focusin', each => window.met.push(each.target)); document.activeElement.blur() }"
MET = "() => [...new Set(window.met.map(each => Number(each.dataset.control ?? -1)))]"
UNSEEN = """async () => {
  const look = each => { const found = []
    for (let one = each, n = 0; one && n < 5; one = one.parentElement, n++)
      for (const part of [null, '::before', '::after']) { const is = getComputedStyle(one, part)
        found.push([is.outlineStyle, is.outlineWidth, is.outlineColor, is.boxShadow, is.borderColor, is.borderWidth,
          is.backgroundColor, is.opacity].join()) }
    const next = each.nextElementSibling
    if (next) { const is = getComputedStyle(next); found.push([is.outlineStyle, is.outlineColor, is.boxShadow, is.borderColor].join()) }
    return found.join('|') }
  const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  const seen = new Set(), unseen = []
  for (const each of document.querySelectorAll('[data-control]')) {
    const kind = each.tagName + each.type + each.className + each.parentElement.className
    if (seen.has(kind) || each.tabIndex < 0) continue
    seen.add(kind)
    document.activeElement.blur()
    await frame()
    const before = look(each)
    each.focus({focusVisible: true})
    await frame()
    if (document.activeElement === each && look(each) === before) unseen.push(each.outerHTML.slice(0, 200))
  }
  document.activeElement.blur()
  return unseen
}"""
"""Of each kind of control, whether anything at all about it looks otherwise once it is reached."""


@dataclass
class Watched:
    """A page of a browser, and what went wrong on it so far."""

    page: Page
    origin: str
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open an address, and wait until nothing on it is being worked out."""
        self.asked.clear()
        self.refused.clear()
        self.page.goto(address)
        if self.page.locator("[data-testid=stApp], noscript").count():
            drawn(self.page)

    def outside(self) -> list[str]:
        """What was asked of any other place than the app."""
        own = (f"{self.origin}/", f"ws{self.origin[4:]}/", "data:", "blob:")
        return [url for url in self.asked if not url.startswith(own)]

    def too_wide(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate("""() => { const main = document.querySelector('[data-testid=stMain]')
            return Math.max(main ? main.scrollWidth - main.clientWidth : 0, document.documentElement.scrollWidth - innerWidth) }"""))


@contextmanager
def watching(chromium: Browser, origin: str, *, width: int, height: int = 900, javascript: bool = True) -> Iterator[Watched]:
    """A page at the app, in a browser that holds nothing yet."""
    context = chromium.new_context(viewport={"width": width, "height": height}, base_url=origin, locale="en-GB", timezone_id="Europe/London",
                                   accept_downloads=True, java_script_enabled=javascript)
    page = context.new_page()
    page.set_default_timeout(MOMENT_MS)
    found = Watched(page, origin)
    if javascript:
        page.add_init_script(TELL_REFUSED)
    page.on("request", lambda request: found.asked.append(request.url))
    page.on("websocket", lambda socket: found.asked.append(socket.url))
    page.on("console", lambda said: found.refused.append(said.text) if "policy" in said.text.casefold() and said.type == "error" else None)
    page.on("pageerror", lambda error: found.refused.append(str(error)))
    yield found
    context.close()


def by_keyboard(page: Page) -> list[str]:
    """What somebody without a mouse cannot do here: controls that Tab does not reach, a place that Tab does not leave, a focus nobody sees."""
    page.evaluate(STILL)
    controls: list[str] = page.evaluate(CONTROLS)
    page.evaluate(LISTEN)
    for _ in range(min(len(controls) + 12, MOST_TABS)):
        page.keyboard.press("Tab")
    met = set(page.evaluate(MET))
    missed = [f"not reached with Tab: {controls[n]}" for n in range(len(controls)) if n not in met]
    return missed + [f"nothing shows that it has the focus: {each}" for each in page.evaluate(UNSEEN)]
