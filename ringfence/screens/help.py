"""Help: the documents inside the app, found by their words, and the words of the field."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from ringfence.actions.help import HelpPage, find_pages, help_html, help_pages
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import address, how_many, link

ABOUT, MOST_PARTS = "about", 4
FIRST_STEPS = (("The first price in ten minutes", address("help", about="first-price")), ("What do the words mean?", address("help", about="words")),
               ("What is in the app?", address("help", about="app")))


def page() -> None:
    """Draw the list, or the page that the address names."""
    asked = st.query_params.get(ABOUT, "")
    if asked:
        _one(asked)
    else:
        _list()


def _one(key: str) -> None:
    back_to(("Help", "/help"))
    title = next((each.title for each in help_pages() if each.key == key), "")
    try:
        text = help_html(key)
    except RingfenceError as error:
        heading("There is no such page", "")
        show_problems(error)
        return
    heading(title, "")
    st.html(Markup('<article class="rf-doc">{}</article>').format(Markup(text)))  # markdown of our own docs; tags in it are escaped


@st.fragment
def _list() -> None:
    above = st.container()
    looked_for = st.text_input("Look for", key="find", bind="query-params", live=True, autocomplete="off", placeholder="reconciliation") or ""
    found = find_pages(looked_for)
    with above:
        about = f" about “{looked_for}”" if looked_for else ""
        heading("Help", f"{how_many(len(found), 'page')}{about}. Beside many headings, “What is this?” opens the meaning of their words.")
    if not looked_for:
        part("To begin")
        st.html(Markup('<ul class="rf-list">{}</ul>').format(Markup("").join(Markup("<li>{}</li>").format(link(*each)) for each in FIRST_STEPS)))
    if not found:
        words("No page has all of these words. Try one of them alone.")
    for title, of_files in (("How things work", False), ("The files", True)):
        pages = [each for each in found if each.is_format is of_files]
        if pages:
            part(title)
            _links(pages)


def _links(pages: Sequence[HelpPage]) -> None:
    items = Markup("").join(Markup('<li>{}{}</li>').format(
        link(each.title, address("help", about=each.key)),
        Markup('<span class="rf-under">{}</span>').format(" · ".join(each.parts[:MOST_PARTS])) if each.parts else "") for each in pages)
    st.html(Markup('<ul class="rf-list">{}</ul>').format(items))
