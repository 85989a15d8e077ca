"""Help inside the app: every page can be opened, every link leads somewhere, and the words are those of docs/words.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from basics.errors import InputError
from ringfence.actions.glossary import WORDS, words_page
from ringfence.actions.help import find_pages, help_html, help_pages, slug

DOCS = Path(__file__).parents[2] / "docs"
KEYS = [each.key for each in help_pages()]


@pytest.mark.parametrize("key", KEYS)
def test_every_link_of_a_page_leads_to_a_page_of_the_app_or_out_of_it(key: str) -> None:
    text = help_html(key)
    assert "<h1" not in text
    assert "<!--" not in text
    for to in re.findall(r'href="([^"]*)"', text):
        page, _, part = to.partition("#")
        assert to.startswith(("https://", "#")) or page.removeprefix("/help?about=") in KEYS, to
        if part and not to.startswith("https://"):
            target = help_html(page.removeprefix("/help?about=") or key)
            assert f'id="{part}"' in target or part in {slug(each.title) for each in help_pages()}, to


def test_a_word_that_is_looked_for_stands_in_a_title_or_a_heading() -> None:
    assert "reconciliation" not in {each.key for each in find_pages("zzz")}
    assert {each.key for each in find_pages("TEN minutes")} == {"first-price"}
    assert find_pages("") == help_pages()
    assert all("month" in " ".join((each.title, *each.parts)).casefold() for each in find_pages("month"))


@pytest.mark.parametrize("key", ["", "../README", "contributing", "formats/../../README", "decisions/README"])
def test_nothing_but_these_pages_is_opened(key: str) -> None:
    with pytest.raises(InputError, match="There is no page"):
        help_html(key)


def test_the_words_stand_in_one_place_and_lead_to_pages_that_are_there() -> None:
    assert (DOCS / "words.md").read_text(encoding="utf-8") == words_page()
    assert [each.word for each in WORDS.values() if each.page not in KEYS] == []
    assert list(WORDS) == sorted(WORDS)
