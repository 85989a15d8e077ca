"""Pages drawn by Streamlit's own test runner, over a copy of the sample."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ringfence.screens
from ringfence.actions import desk

NAVIGATION = Path(ringfence.screens.__file__).with_name("navigation.py")
PATIENCE_SECONDS = 60

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(books_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page of the app by its address, as a user, with what the address asks for: `open_page("fund", fund="isf P001")`."""
    before = list(desk._chosen)
    monkeypatch.setattr(type(st.context), "cookies", {})  # the test runner has no browser, and so no cookies

    def opened(address: str, *, user: str = "asha", books: Path | None = None, **asked: str) -> AppTest:
        st.cache_resource.clear()
        st.cache_data.clear()
        desk.sit_down(str(books or books_file), key=None, user=user)
        page = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_SECONDS)
        page._page_hash = calc_hash(address)  # its own switch_page() knows only pages that are files
        page.query_params = dict(asked)
        return page.run()

    yield opened
    desk._chosen[:] = before
    desk._opened.cache_clear()


def html_of(page: AppTest) -> str:
    """The HTML of the page itself, without the frame at its side."""
    return "\n".join(each.proto.body for each in page.main if hasattr(each, "proto") and hasattr(each.proto, "body"))


def text_of(page: AppTest) -> str:
    """What can be read on the page: its HTML without tags, one space between words."""
    assert not page.exception, page.exception
    plain = re.sub(r"<style.*?</style>|<[^>]+>", " ", html_of(page), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(plain))
