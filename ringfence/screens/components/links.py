"""Links inside the app open without loading it again. A link is a real one: it can be copied, bookmarked or opened in a new tab."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

LISTEN = """
export default function ({ setTriggerValue }) {
  const plain = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  const follow = (event) => {
    const link = event.target.closest && event.target.closest('[data-testid="stHtml"] a[href^="/"]:not([target])')
    if (!link || !plain(event) || ["who", "documents", "drafts"].includes(link.pathname.split("/")[1])) return
    event.preventDefault()
    const fold = document.querySelector('[data-testid="stSidebarCollapseButton"] button')
    if (fold && window.innerWidth < 768 && link.closest('[data-testid="stSidebar"]')) fold.click()
    setTriggerValue("to", link.getAttribute("href"))
  }
  document.addEventListener("click", follow)
  return () => document.removeEventListener("click", follow)
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("ringfence_links", html="", js=LISTEN)


def follow_links() -> None:
    """Listen for links to the app's own pages, and go where one leads."""
    from ringfence.screens import places  # the list of pages imports every page, and pages import components

    asked = _component()(key="ringfence-links", on_to_change=lambda: None).to
    if asked:
        parts = urlsplit(asked)
        page = places.at(parts.path.strip("/"))
        if page is not None:
            st.switch_page(page, query_params=parse_qsl(parts.query))
