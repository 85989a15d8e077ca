"""The page that asks who is working: it looks like the app, and asks nothing of any other place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ringfence.actions import desk
from ringfence.doors import who
from ringfence.doors.plain import FONTS
from tests.doors.browser import Browser


@pytest.fixture
def browser(books_file: Path) -> Iterator[Browser]:
    before = list(desk._chosen)
    desk.sit_down(str(books_file), key=None)
    yield Browser(who.ROUTES)
    desk._chosen[:] = before
    desk._opened.cache_clear()


def test_the_page_brings_its_own_fonts_from_this_machine(browser: Browser) -> None:
    page = browser.get("/who").text
    fonts = re.findall(r'url\("(/fonts/[^"]+)"\)', page)
    assert len(fonts) == page.count("@font-face") == len(FONTS)
    for address in fonts:
        answer = browser.get(address)
        assert answer.status == 200
        assert answer.content.startswith(b"\x00\x01\x00\x00")
    assert "asha" in page
    assert "http" not in page.partition("</style>")[0]


@pytest.mark.parametrize("name", ["README.md", "..%2Fprinting.py", "SourceSans3-LICENSE.txt"])
def test_nothing_but_those_fonts_is_sent(browser: Browser, name: str) -> None:
    assert browser.get(f"/fonts/{name}").status == 404
