"""Two hundred hostile names: each comes out exactly as it was written, in every form, or is set aside with a reason that names the character.

Some are tried each time, and all of them in every form where `RINGFENCE_TEST_EVERY_NAME` is set.
"""

from __future__ import annotations

import html
import os
import random
import re
import unicodedata
from collections import Counter
from dataclasses import replace

import pytest

from basics.errors import InputError
from isf.statement import Statement
from isf.statement_forms import Form
from ringfence.documents.statement_files import ENDINGS, PRINTED
from tests.documents import pdf_checks
from tests.documents.document_records import DANNY

EVERY_NAME = bool(os.environ.get("RINGFENCE_TEST_EVERY_NAME"))
SAMPLED = 24
LONG = 400
FOOTER = r"HarbourSupport·statement2026-10forDanny·seal7f3a-91c2page\d+of\d+"
"""A long name may go on over the end of a page, where this stands."""
NASTY = [
    "</script><script>alert(1)</script>", "#panic()", "=1+1", "= Heading", "#sys.inputs.d", "$x$ *y* _z_", "`raw`", "{{ 7*7 }}", "{% raw %}",
    "&lt;b&gt;", "<b>bold</b>", "\\u{41}", "@ref <label>", "//comment", "/* open", "[", "]", "\"'`", "-- ; DROP TABLE", "%s %n {0}", "Ana--María...",
    "l'Été", "O’Neill",
]
ALPHABETS = [
    "abcdefgh", "ŴŶÂÊŵŷ", "ŁŻĆęąśż", "БГДЖбгдж", "ΑΒΓαβγ", "אבגדהו", "ابتثجح", "ԱԲԳաբգ", "აბგდე", "😀🧑🏽🎉", "日本語中文", "नमस्ते",
    "#=*_$`@<>&\\[]{}/\"'~", "\u202e\u200b\u2066a", "\x00\x1b\t\nb",
]


def two_hundred() -> list[str]:
    """The nasty ones, and the rest drawn by chance from all of these alphabets, some of 400 characters. The same each time."""
    chance, found = random.Random(55), list(NASTY)
    while len(found) < 200:
        letters = chance.choice(ALPHABETS) + (chance.choice(ALPHABETS) if chance.random() < 0.3 else "")
        length = LONG if chance.random() < 0.1 else chance.randint(1, 30)
        found.append("".join(chance.choice(letters) for _ in range(length)))
    return found


NAMES = two_hundred()
TRIED = NAMES if EVERY_NAME else random.Random(7).sample(NAMES, SAMPLED)
FORMS = list(Form) if EVERY_NAME else [Form.STANDARD, Form.LARGE_22, Form.EASY_READ, Form.WEB_PAGE, Form.PLAIN_TEXT]


def called(name: str) -> Statement:
    """Danny’s statement with that name, and as a reason that somebody typed."""
    return replace(DANNY, name=name, known_as="Danny", shortfalls=(replace(DANNY.shortfalls[0], reason=name),))


def read(form: Form, made: bytes) -> str:
    if form.is_on_paper:
        return pdf_checks.text(made)
    return html.unescape(re.sub(r"<[^>]+>", "", made.decode())) if form is Form.WEB_PAGE else made.decode()


def bare(words: str) -> str:
    """Without white space, since a line may end anywhere; U+FFFE is how the reader returns a dash at the end of a line."""
    return re.sub(r"\s", "", words).replace("\ufffe", "-")


def is_read_from_right_to_left(name: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)


def outcome(name: str, form: Form) -> str:
    """What became of a name in one form; anything but these two is a fault."""
    try:
        made = PRINTED[ENDINGS[form]](called(name))
    except InputError as refused:
        said = str(refused).encode().decode()
        return "set aside" if re.search(r"U\+[0-9A-F]{4,6}", said) else f"refused without naming the character: {said}"
    words = re.sub(FOOTER, "", bare(read(form, made)))
    if form.is_on_paper and is_read_from_right_to_left(name):  # a reader of PDF gives such letters in the order in which they are drawn
        missing = Counter(bare(name)) - Counter(words)
        assert not {letter: count for letter, count in missing.items() if unicodedata.category(letter).startswith("L")}
    else:
        assert words.count(bare(name)) >= 2, f"{name!r} in {form.value}"
    assert "£1,259.56" in words
    if form is Form.WEB_PAGE:
        assert b"<script" not in made
    return "exactly"


def test_two_hundred_hostile_names_come_out_exactly_or_are_set_aside_with_a_reason() -> None:
    assert len(NAMES) == 200
    assert any(len(name) == LONG for name in TRIED)
    found = Counter((form.value, outcome(name, form)) for name in TRIED for form in FORMS)
    assert sum(found.values()) == len(TRIED) * len(FORMS)
    assert {what for _, what in found} == {"exactly", "set aside"}


@pytest.mark.parametrize("form", Form)
def test_a_name_of_four_hundred_letters_stays_within_its_margins(form: Form) -> None:
    name = "Llanfairpwllgwyngyll" * (LONG // 20)
    assert outcome(name, form) == "exactly"
    if form.is_on_paper:
        left, right = pdf_checks.edges(PRINTED[ENDINGS[form]](called(name)))
        assert left >= pdf_checks.MARGIN_PT
        assert right <= pdf_checks.A4_WIDTH_PT - pdf_checks.MARGIN_PT
