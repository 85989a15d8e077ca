"""Words come from one vocabulary: what a document says of its own can be said in another language by adding one file."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from basics import vocabulary
from basics.vocabulary import english
from invoicing.reminders import Reminder
from isf import given, headline, money_held
from ringfence import documents
from ringfence.actions import board_paper, scenarios_told
from ringfence.actions.scenarios import compare_scenarios
from ringfence.documents import (
    board_page,
    board_workbook,
    cover_page,
    easy_page,
    easy_words,
    invoice_words,
    letter_page,
    pages,
    paid_for_page,
    plain_text,
    reminder_page,
    words,
)
from tests.documents.document_records import INVOICES, STATEMENTS
from tests.documents.test_letter_pdf import LETTERS
from tests.documents.test_reminder_pdf import LETTERS as REMINDERS

SPEAKING = (pages, easy_page, words, easy_words, invoice_words, reminder_page, paid_for_page, cover_page, plain_text, headline, money_held, given,
            letter_page, board_page, board_workbook, board_paper, scenarios_told)
"""The modules that make what a statement, an invoice, a letter, “what you pay for” or a board paper says."""
SCENARIOS = Path(__file__).parents[2] / "docs" / "examples" / "next_year.scenarios.yaml"
LETTER = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"[A-Za-z]\w*’?\w* \w+")


def literal(module: object) -> Iterator[str]:
    """Sentences that a module holds of its own: not its docstrings, and not what it says in a refusal."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    left_out: set[int] = set()
    for node in ast.walk(tree):
        is_refusal = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("InputError", "NotKnown", "refuse_unseen")
        if is_refusal or isinstance(node, ast.Assert) or is_kind(node) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            left_out.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out and SENTENCE.search(node.value):
            yield node.value


def is_kind(node: ast.AST) -> bool:
    """Names of kinds, which the books keep and nobody prints."""
    return isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)


@pytest.mark.parametrize("module", SPEAKING, ids=lambda module: module.__name__)
def test_no_sentence_of_a_document_stands_outside_the_vocabulary(module: object) -> None:
    allowed = {"a control character", "on target", "not known", "%B"}
    assert [found for found in literal(module) if found not in allowed and not found.startswith(("statement ", "the letter ", "invoice "))] == []


def test_a_sentence_of_its_own_would_be_found_in_a_module(tmp_path: Path) -> None:
    class Module:
        __file__ = str(tmp_path / "page.py")

    Path(Module.__file__).write_text('"""Not this one."""\nSAID = f"We hold {1} for you."\n', encoding="utf-8")
    assert list(literal(Module)) == ["We hold ", " for you."]


class TestAnotherLanguage:
    """Every word of the vocabulary in an invented language (letters turned about): then nothing else on a page may be English."""

    @pytest.fixture(autouse=True)
    def speaking(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for key, said in vocabulary.WORDS.items():
            if key not in ("language", "day"):
                monkeypatch.setitem(vocabulary.WORDS, key, turned(said))
        for key, all_said in vocabulary.LISTS.items():
            monkeypatch.setitem(vocabulary.LISTS, key, tuple(map(turned, all_said)))

    @pytest.mark.parametrize("name", STATEMENTS)
    def test_a_statement_says_no_word_of_english_but_those_of_its_record(self, name: str) -> None:
        record = STATEMENTS[name]
        known = of_record(asdict(record))
        for page in (pages.statement_page(record), easy_page.easy_page(record)):
            assert foreign(page, known) == []

    @pytest.mark.parametrize("name", INVOICES)
    def test_an_invoice_says_no_word_of_english_but_those_of_its_record(self, name: str) -> None:
        record = INVOICES[name]
        assert foreign(pages.invoice_page(record), of_record(asdict(record))) == []


    @pytest.mark.parametrize("name", LETTERS)
    def test_a_letter_that_asks_for_a_price_says_no_word_of_english_but_those_of_its_record(self, name: str) -> None:
        quotes = LETTERS[name]
        known = of_record(list(map(asdict, quotes)))
        assert foreign(letter_page.letter_page(quotes), known | {word.capitalize() for word in known}) == []

    @pytest.mark.parametrize("letter", [letter for _, letter in REMINDERS])
    def test_a_reminder_says_no_word_of_english_but_those_of_its_record(self, letter: Reminder) -> None:
        assert foreign(reminder_page.reminder_page(letter), of_record(asdict(letter))) == []

    def test_a_board_paper_says_no_word_of_english_but_those_of_its_scenarios(self) -> None:
        compared = compare_scenarios(SCENARIOS, with_tornado=True)
        paper = board_paper.board_paper(compared, date(2026, 11, 22))
        named = [compared.name, *compared.by_service(compared.base), *compared.by_funder(compared.base),
                 *(x.assumption.name for x in compared.effects), *((x.scenario.name, x.scenario.told, x.scenario.assumed) for x in compared.results)]
        assert foreign(board_page.board_text(paper), of_record(named)) == []


def test_no_key_of_the_vocabulary_stands_in_two_modules() -> None:
    for kind in ("WORDS", "LISTS"):
        keys = [key for module in english.MODULES for key in getattr(module, kind, {})]
        assert len(keys) == len(set(keys))


def turned(said: str) -> str:
    """Words in capitals between marks; what is filled in stays."""
    return "".join(text.upper() + (f"{{{name}}}" if name else "") for text, name, _, _ in string.Formatter().parse(said))


def texts(value: object) -> Iterator[str]:
    """What a page shows: not its keys, its drawings or the names of its pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for key, inner in value.items() if key not in ("kind", "svg", "picture", "key", "day", "wide") for text in texts(inner))
    elif isinstance(value, (list, tuple)):
        yield from (text for inner in value for text in texts(inner))


def of_record(value: object) -> set[str]:
    return {word for text in texts(value) for word in LETTER.findall(text)} | MONTHS


MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "to"}


def foreign(page: object, known: set[str]) -> list[str]:
    """Words with small letters that are neither of the record nor the name of a month."""
    return sorted({word for text in texts(page) for word in LETTER.findall(text) if word != word.upper() and word not in known})


def test_every_document_module_is_looked_at() -> None:
    """A page of a document that is new comes into the list above, or stands here with whom it is for."""
    for_others = {"trustees_page": "trustees"}
    found = {path.stem for path in Path(str(documents.__file__)).parent.glob("*_page.py")}
    assert found - {module.__name__.rpartition(".")[2] for module in SPEAKING} == set(for_others)
