"""A statement on a screen: the words of the paper, with the structure that a screen reader needs, and nothing fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from basics.vocabulary import WORDS
from isf.statement import Statement
from ringfence.documents import printing
from ringfence.documents.printing import statement_html, statement_pdf
from ringfence.documents.words import SHAPES
from tests.documents import pdf_checks
from tests.documents.document_records import BELOW_NIL, DANNY, DRAFT, STATEMENTS

every_statement = pytest.mark.parametrize("record", STATEMENTS.values(), ids=STATEMENTS)
CARRIED = re.compile(r'url\("data:font/woff2;base64,[\w+/=]+"\)')
"""The letters that a page carries with it."""
VOID = {"meta", "br", "link", "img"}


class Reader(HTMLParser):
    """The page as elements and as words, captions and style left out of the words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "caption"} & set(self.open):
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@every_statement
def test_every_element_is_closed_and_there_is_one_first_heading(record: Statement) -> None:
    page = Reader(statement_html(record))
    assert page.open == []
    assert len(page.all("h1")) == 1
    assert page.all("html") == [{"lang": "en-GB"}]


@every_statement
def test_every_table_has_a_caption_and_every_head_says_what_it_stands_over(record: Statement) -> None:
    page = Reader(statement_html(record))
    assert len(page.all("caption")) == len(page.all("table")) > 0
    assert all(head.get("scope") in {"col", "row"} for head in page.all("th"))


@every_statement
def test_the_screen_says_the_same_words_as_the_paper_in_the_same_order(record: Statement) -> None:
    screen = _bare(" ".join(Reader(statement_html(record)).words))
    paper = pdf_checks.page_texts(statement_pdf(record))
    assert _bare(_without_furniture(record, paper)) == screen.removesuffix(_bare(_footer(record)))


@every_statement
def test_a_page_asks_for_nothing_from_anywhere(record: Statement) -> None:
    page = CARRIED.sub("", statement_html(record))
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<img|<iframe|\bon\w+=", page.replace("<!DOCTYPE html>", ""))
    assert "default-src 'none'" in page


def test_a_page_carries_its_letters_so_that_it_looks_the_same_on_every_machine() -> None:
    page = statement_html(DANNY)
    assert len(CARRIED.findall(page)) == 2
    assert "font-src data:" in page
    assert len(page) < 60_000


@pytest.mark.parametrize(("ours", "carried"), [("Regular", 400), ("Bold", 700)])
def test_the_letters_of_a_page_are_those_of_the_paper_and_hold_every_one_that_our_own_words_use(ours: str, carried: int) -> None:
    paper, page = (TTFont(Path(printing.__file__).parent / "fonts" / name) for name in (f"SourceSans3-{ours}.ttf", f"page-{carried}.woff2"))
    known, every = page.getBestCmap(), paper.getBestCmap()
    assert set("".join(WORDS.values())) - set("\n{}") - set(map(chr, known)) - (set(SHAPES.values()) - set(map(chr, every))) == set()
    assert all(page["hmtx"][known[each]] == paper["hmtx"][every[each]] for each in known), "As wide as on paper."


def test_a_draft_and_what_is_owed_are_said_on_the_screen_too() -> None:
    assert "Nothing has been charged yet." in statement_html(DRAFT)
    assert "Northshire Council owes £469.00 for support already given" in statement_html(BELOW_NIL)


def test_the_bar_says_its_figures_to_a_screen_reader() -> None:
    figure, = Reader(statement_html(DANNY)).all("figure")
    assert figure["role"] == "img"
    assert "£11,051.56 is left" in str(figure["aria-label"])


def _footer(record: Statement) -> str:
    seal = f"seal {record.seal}" if record.seal else "no seal yet"
    return f"{record.provider} · statement {record.month} for {record.known_as} · {seal}"


def _without_furniture(record: Statement, pages: list[str]) -> str:
    """The words of the paper without what paper alone repeats: footers, marks at the top, heads of a table that goes on."""
    kept = []
    for number, words in enumerate(pages, 1):
        words = words.replace(f"{_footer(record)} page {number} of {len(pages)}", "")
        if number > 1:
            words = re.sub(r"^(Practice: not a real statement)?( · )?(DRAFT)? ?", "", words)
            words = re.sub(r"^(What Planned Given Cost|What we put right Before Now(?= Aug))", "", words)
        kept.append(words)
    return " ".join(kept)


def _bare(words: str) -> str:
    """Letters and figures only: bullets, numbers of a list and white space are the reader's own."""
    return re.sub(r"[\s•]|(?<=\s)\d\.(?=\s)", "", words)
