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


def test_pages_with_the_word_in_a_title_or_a_heading_stand_first_then_those_that_say_it() -> None:
    assert "reconciliation" not in {each.key for each in find_pages("zzz")}
    assert find_pages("TEN minutes")[0].key == "first-price"
    assert find_pages("") == help_pages()
    named = [each.says("month") for each in find_pages("month")]
    assert named == sorted(named, reverse=True), "those with it in a heading stand first"
    assert {"actual-cost", "people-and-rights"} <= {each.key for each in find_pages("actual")}, "no heading of theirs has the word"


@pytest.mark.parametrize("key", ["", "../README", "contributing", "formats/../../README", "decisions/README"])
def test_nothing_but_these_pages_is_opened(key: str) -> None:
    with pytest.raises(InputError, match="There is no page"):
        help_html(key)


def test_the_words_stand_in_one_place_and_lead_to_pages_that_are_there() -> None:
    assert (DOCS / "words.md").read_text(encoding="utf-8") == words_page()
    assert [each.word for each in WORDS.values() if each.page not in KEYS] == []
    assert list(WORDS) == sorted(WORDS)
