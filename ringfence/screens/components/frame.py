"""The frame around every page: the look, whose books these are, who works at them, and the heading of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from ringfence.actions.books import users
from ringfence.actions.desk import books, provider_here
from ringfence.actions.rights import Right
from ringfence.actions.signing_in import Mode, mode
from ringfence.actions.users import my_rights
from ringfence.screens.components.desk import acting, who
from ringfence.screens.components.failure import show_problems

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

LOOK = Path(__file__).with_name("look.css")
NO_TAG = Markup("")
LED_FROM = {"fund": "people"}
"""Pages that stand in no menu, and the page that leads to each."""
NEEDS = {"people": Right.SUPPORT, "fund": Right.SUPPORT, "steps": Right.SUPPORT, "cost": Right.COME_IN, "rates": Right.COME_IN,
         "overheads": Right.COME_IN, "cases": Right.COME_IN, "offers": Right.FIGURES, "scenarios": Right.FIGURES, "users": Right.USERS,
         "trustees": Right.FIGURES, "help": Right.COME_IN, "first-price": Right.COME_IN}
"""What a page is for, by its address; every other shows the books. It only spares a refusal: each action asks for itself."""


def frame(menu: Mapping[str, Sequence[Page]], page: Page) -> bool:
    """Draw what stands around the page; False where there is nothing to show a page of: no books, or nobody at work."""
    st.html(LOOK)
    try:
        provider, practice = provider_here()
        known = users(books())
    except RingfenceError as error:
        heading("There are no books here", "")
        show_problems(error)
        return False
    user = who()
    rights = my_rights(acting()) if user in known else frozenset[Right]()
    may = {name: [each for each in pages if NEEDS.get(each.url_path, Right.BOOKS) in rights] for name, pages in menu.items()}
    with st.sidebar:
        st.html(_whose_books(provider, practice, user if user in known else "") + (_menu(may, page) if rights else NO_TAG))
    if user not in known:
        heading("Who is working?", "Ringfence records who prepares and who approves.")
        st.html(Markup('<p><a class="rf-button" href="/who">Say who is working</a></p>'))
        return False
    if not any(page in pages for pages in may.values()):
        _not_yours(user, page, [each for pages in may.values() for each in pages if each.url_path not in LED_FROM])
        return False
    return True


def _not_yours(user: str, page: Page, pages: Sequence[Page]) -> None:
    """In place of a page that the user has no right to: what they may open. Whoever comes in by the first page is not told that they should not."""
    first_line = "This page is not for you." if page.url_path else "These pages are yours."
    heading(f"Welcome, {user}", first_line if pages else "You have no role here yet: ask an administrator.")
    if pages:
        st.html(Markup('<p class="rf-words">You may open:</p><ul class="rf-list">{}</ul>').format(
            Markup("").join(Markup('<li><a href="/{}">{}</a></li>').format(each.url_path, each.title) for each in pages)))


def heading(title: str, first_line: str | Markup, tag: Markup = NO_TAG) -> None:
    """The one heading of a page, the task in plain words, and under it what is left to do or what the page is about."""
    st.html(Markup('<header class="rf-heading"><h1>{}{}</h1>{}</header>').format(
        title, Markup(" ") + tag if tag else "", Markup('<p class="rf-first-line">{}</p>').format(first_line) if first_line else ""))


def part(title: str, words: str | Markup = "") -> None:
    """The heading of a part of a page."""
    st.html(Markup('<h2 class="rf-part">{}</h2>{}').format(title, Markup('<p class="rf-words">{}</p>').format(words) if words else ""))


def words(text: str | Markup, *, quiet: bool = False) -> None:
    """A sentence or two on a page; `quiet` for what explains and does not ask for anything."""
    st.html(Markup('<p class="{}">{}</p>').format("rf-quiet" if quiet else "rf-words", text))


def tell_done(key: str) -> None:
    """What was just done, told once: it waits under a key of the session until the page is drawn again."""
    if done := st.session_state.pop(key, None):
        st.html(Markup('<div class="rf-done" role="status">{}</div>').format(done))


def unsaved() -> None:
    """What stands on this page is stored nowhere: before it is loaded again, or left for another site, the browser asks."""
    st.html('<span class="rf-unsaved"></span>')


def back_to(*steps: tuple[str, str]) -> None:
    """Where this page stands: links to the pages above it, as (words, address)."""
    links = Markup(" › ").join(Markup('<a href="{}">{}</a>').format(address, name) for name, address in steps)
    st.html(Markup('<nav class="rf-above" aria-label="Above this page">{}</nav>').format(links))


def _menu(menu: Mapping[str, Sequence[Page]], page: Page) -> Markup:
    """The pages by the part of the work; Streamlit's own menu puts headings where a list may only have items."""
    here = LED_FROM.get(page.url_path, page.url_path)
    parts = Markup("").join(
        Markup('<h2 id="menu-{}">{}</h2><ul aria-labelledby="menu-{}">{}</ul>').format(
            n, name, n, Markup("").join(_menu_item(each, here) for each in pages if each.url_path not in LED_FROM))
        for n, (name, pages) in enumerate(menu.items()) if any(each.url_path not in LED_FROM for each in pages))
    return Markup('<nav class="rf-menu" aria-label="Pages">{}</nav>').format(parts)


def _menu_item(page: Page, here: str) -> Markup:
    current = Markup(' aria-current="page"') if page.url_path == here else Markup("")
    return Markup('<li><a href="/{}"{}>{}</a></li>').format(page.url_path, current, page.title)


def _whose_books(provider: str, practice: bool, user: str) -> Markup:
    by_name = mode() is Mode.PRACTICE
    ways = [("/who", "Change" if user else "Who is working?")] if by_name else [("/sign-out", "Sign out")]
    return Markup('<div class="rf-whose"><strong>Ringfence</strong><span>{}{}</span><span>{} {}</span></div>').format(
        provider, " · practice" if practice else "", f"{user} is {'working' if by_name else 'signed in'}." if user else "",
        Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*way) for way in ways))
