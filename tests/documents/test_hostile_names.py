"""What a person is called is printed exactly, or refused by naming the character: it never becomes an instruction."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from basics.errors import InputError
from isf.statement import Statement
from ringfence.documents.printing import invoice_pdf, statement_html, statement_pdf
from tests.documents import pdf_checks
from tests.documents.document_records import COUNCIL, DANNY

PRINTED = [
    "#panic()", "]", "[", "= Heading", "== H", "*bold*", "_under_", "`raw`", "$x^2$", "<label>", "@ref", "#sys.inputs.d", "\\", "\\u{41}",
    "//comment", "/* open", "</script><script>alert(1)</script>", "</style>", "<!--", "{{ 7*7 }}", "{% raw %}", "&amp;", "\"'",
    "O’Neill-Ŵyn ŷ", "Zoë Ångström", "Łukasz Żółć", "Дани", "Ελένη", "%s %n {0}", "=1+1", "Ana--María...", "l'Été",
]
RIGHT_TO_LEFT = ["שלום", "محمد"]
NO_FONT = {"😀\U0001F9D1": "U+1F9D1", "日本": "U+65E5", "नमस्ते": "U+0928", "a\ue000": "U+E000"}
NOT_SEEN = {"a\x00b": "U+0000", "a\nb": "U+000A", "a\tb": "U+0009", "a\u202eb": "U+202E", "a\u2066b": "U+2066", "a\u2028b": "U+2028",
            "a\ud800b": "U+D800", "a\u200bb": "U+200B", "a\ufeffb": "U+FEFF", "a\x1bb": "U+001B"}


def called(name: str) -> Statement:
    """Danny's statement with that name wherever a person or a provider types words."""
    given = replace(DANNY.given[0], words=name, price_words=name)
    return replace(DANNY, name=name, known_as=name, provider=name, headline=name, given=(given,),
                   shortfalls=(replace(DANNY.shortfalls[0], reason=name),), corrections=(replace(DANNY.corrections[0], why=name),))


def unbroken(words: str) -> str:
    """Without white space, since a line may end anywhere a word may be broken; U+FFFE is how the reader returns a dash there."""
    return re.sub(r"\s", "", words).replace("\ufffe", "-")


@pytest.mark.parametrize("name", PRINTED)
def test_a_name_is_printed_exactly_as_it_is_written(name: str) -> None:
    words = unbroken(pdf_checks.text(statement_pdf(called(name))))
    for sentence in (f"{name}’s money", f"For {name}, from {name}", f"Why: {name}"):
        assert unbroken(sentence) in words
    assert words.count(unbroken(name)) >= 10


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_a_name_read_from_right_to_left_is_printed_with_every_letter(name: str) -> None:
    words = pdf_checks.text(statement_pdf(called(name)))
    assert all(letter in words for letter in name)
    assert "£1,259.56" in words


@pytest.mark.parametrize("name", PRINTED)
def test_a_name_on_an_invoice_is_printed_exactly(name: str) -> None:
    record = replace(COUNCIL, provider=name, bill_to=name, person_words=name, lines=(replace(COUNCIL.lines[0], words=name),))
    assert unbroken(pdf_checks.text(invoice_pdf(record))).count(unbroken(name)) >= 4


@pytest.mark.parametrize("name", PRINTED + RIGHT_TO_LEFT + list(NO_FONT))
def test_a_name_on_the_screen_is_words_and_never_an_element(name: str) -> None:
    page = statement_html(called(name))
    assert html.unescape(page).count(name) >= 10
    assert "<script" not in page
    assert page.count("</style>") == page.count("<style>") == 1


@pytest.mark.parametrize("name", NO_FONT)
def test_a_character_that_no_font_has_is_named(name: str) -> None:
    with pytest.raises(InputError) as refused:
        statement_pdf(called(name))
    assert NO_FONT[name] in str(refused.value)
    assert "statement 2026-10 of P-0042" in str(refused.value)


@pytest.mark.parametrize("name", NOT_SEEN)
def test_a_character_that_cannot_be_seen_is_refused_on_paper_and_screen(name: str) -> None:
    for printed in (statement_pdf, statement_html):
        with pytest.raises(InputError) as refused:
            printed(called(name))
        assert NOT_SEEN[name] in str(refused.value)
        str(refused.value).encode()


@pytest.mark.parametrize("size_pt", [15, 22])
def test_a_very_long_word_is_broken_and_never_runs_past_the_margin(size_pt: int) -> None:
    long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3
    pdf = statement_pdf(called(long), size_pt=size_pt)
    words, (left, right) = pdf_checks.text(pdf), pdf_checks.edges(pdf)
    assert unbroken(words).count(long) >= 10
    assert ("28 h 26 h 30 m £646.60" if size_pt < 18 else "Planned: 28 h Given: 26 h 30 m Cost: £646.60") in words
    assert left >= pdf_checks.MARGIN_PT
    assert right <= pdf_checks.A4_WIDTH_PT - pdf_checks.MARGIN_PT
