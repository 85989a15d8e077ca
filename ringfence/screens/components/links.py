"""Links inside the app open without loading it again. A link is a real one: it can be copied, bookmarked or opened in a new tab.

The same small script mends what Streamlit draws. The place for a file says that it is there for its looks only, and yet takes the
keyboard: it is a group. The page numbers below each list all have one name. And where the app has stopped, Streamlit asks whether one is
connected to the internet, which Ringfence never is; where only the session has ended, it leads to signing in. It also asks before a page is
loaded again that holds what is stored nowhere (`rf-unsaved`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

STOPPED = ("Start it again as you did before, then load this page again. What was stored is kept. What you only typed is still on this "
           "page: copy it first.")

LISTEN = """
export default function () {
  const plain = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  const follow = (event) => {
    const link = event.target.closest && event.target.closest('[data-testid="stHtml"] a[href^="/"]:not([target])')
    if (!link || !plain(event) || /^\\/(who$|sign-out$|passphrase$|choose$|documents\\/|drafts\\/)/.test(link.pathname)) return
    event.preventDefault()
    const fold = document.querySelector('[data-testid="stSidebarCollapseButton"] button')
    if (fold && window.innerWidth < 768 && link.closest('[data-testid="stSidebar"]')) fold.click()
    if (link.href !== window.location.href) window.history.pushState(null, "", link.href)
    window.dispatchEvent(new PopStateEvent("popstate", { state: null }))
    const main = document.querySelector('[data-testid="stMain"]')
    if (main) main.scrollTo(0, 0)
  }
  const all = (what) => document.querySelectorAll(what)
  const mend = () => {
    all('[data-testid="stFileUploaderDropzone"][role="presentation"]').forEach((place) => place.setAttribute("role", "group"))
    all('[aria-label^="Pagination"]:is(nav, [role="navigation"])').forEach((pages, n) => {
      const name = n ? `Pagination ${n + 1}` : "Pagination"
      if (pages.getAttribute("aria-label") !== name) pages.setAttribute("aria-label", name)
    })
    all('[role="dialog"] h2[slot="title"]').forEach((title) => {
      const said = title.nextElementSibling
      if (title.textContent !== "Connection error" || !said) return
      title.firstChild.nodeValue = "Ringfence has stopped"
      const texts = document.createTreeWalker(said, NodeFilter.SHOW_TEXT)
      if (texts.nextNode()) texts.currentNode.nodeValue = "STOPPED"
      fetch("/signed-in").then((answer) => answer.status === 401 && window.location.assign("/sign-in")).catch(() => {})
    })
  }
  const leave = (event) => all(".rf-unsaved").length && event.preventDefault()
  const drawn = new MutationObserver(mend)
  drawn.observe(document.body, { childList: true, subtree: true })
  mend()
  document.addEventListener("click", follow)
  window.addEventListener("beforeunload", leave)
  return () => {
    drawn.disconnect()
    document.removeEventListener("click", follow)
    window.removeEventListener("beforeunload", leave)
  }
}
""".replace("STOPPED", STOPPED)
"""The browser's own way to another address, and the event by which the app hears of it: so Back leads to where one was.

Streamlit takes `target="_self"` off the links of a page, and leaves `_blank`: a link without a target is one to follow here.
"""


@cache
def _component() -> Any:
    return st.components.v2.component("ringfence_links", html="", js=LISTEN)


def follow_links() -> None:
    """Listen for links to the app's own pages."""
    _component()(key="ringfence-links")
