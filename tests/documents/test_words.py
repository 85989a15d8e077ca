"""The words of statements and invoices: short sentences, and the right one for each case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from basics.errors import InputError
from isf.position import Status
from isf.statement import BudgetLine, Statement
from ringfence.documents import words
from ringfence.documents.pages import statement_page
from tests.documents.document_records import DANNY, STATEMENTS

LONGEST_SENTENCE = 15


def sentences(value: object) -> Iterator[str]:
    """Every sentence on a page; headings, cells and footers are not sentences."""
    if isinstance(value, str):
        yield from (part for part in re.split(r"(?<=[.!?:])\s", value) if part.endswith((".", "!", "?", ":")))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from sentences(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from sentences(inner)


@pytest.mark.parametrize("record", STATEMENTS.values(), ids=STATEMENTS)
def test_no_sentence_is_longer_than_fifteen_words(record: Statement) -> None:
    found = list(sentences({**statement_page(record), "headline": ""}))
    assert found
    assert [sentence for sentence in found if len(sentence.split()) > LONGEST_SENTENCE] == []


def test_every_status_has_a_shape_and_words() -> None:
    assert set(words.SHAPES) == set(Status)
    said = [words.status(status) for status in Status]
    assert len({shape for shape, _ in said}) == len({text for _, text in said}) == len(Status)


@pytest.mark.parametrize(("closing", "ahead", "saved", "says"), [
    (125956, 108000, 17956, ["£1,080.00 of this is for 1 to 15 November 2026.", "£179.56 is saved."]),
    (108000, 108000, 0, ["£1,080.00 of this is for 1 to 15 November 2026.", "Nothing is saved."]),
    (100000, 108000, -8000, ["All of this is for 1 to 15 November 2026.", "£80.00 of the money for those days has already been used."]),
    (0, 108000, -108000, ["The money for 1 to 15 November 2026 has already been used."]),
    (-500, 108000, -108500, ["The money for 1 to 15 November 2026 has already been used."]),
    (17956, 0, 17956, ["£179.56 is saved."]),
    (-500, 0, -500, []),
    (-500, 0, None, []),
    (0, 0, None, []),
])
def test_what_is_paid_ahead_and_what_is_saved_are_said_apart(closing: int, ahead: int, saved: int | None, says: list[str]) -> None:
    money = replace(DANNY.money, closing_pence=closing, paid_ahead_pence=ahead, saved_pence=saved)
    assert words.ahead_and_saved(money) == says


@pytest.mark.parametrize(("expected", "under", "says"), [
    (1540800, 17956, ["We expected £15,408.00 to be used by 31 October.", "£179.56 less than that was used."]),
    (1540800, -17956, ["We expected £15,408.00 to be used by 31 October.", "£179.56 more than that was used."]),
    (1540800, 0, ["We expected £15,408.00 to be used by 31 October.", "That is what was used."]),
    (None, None, []),
])
def test_what_was_expected_by_now_is_compared_in_words(expected: int | None, under: int | None, says: list[str]) -> None:
    assert words.expected(BudgetLine("the year", 2628000, 0, 2628000, expected, under), date(2026, 10, 31)) == says


def test_support_beyond_what_was_left_says_who_carries_it() -> None:
    assert words.carried(22844, "Harbour Support") == ["Support cost £228.44 more than there was left.",
                                                       "Harbour Support carries this until more is agreed."]
    assert words.carried(0, "Harbour Support") == []


@pytest.mark.parametrize(("count", "measure", "says"), [
    (1590, "minutes", "26 h 30 m"), (0, "minutes", "0 m"), (31, "nights", "31 nights"), (1, "nights", "1 night"), (1, "times", "1 time"),
    (0, "times", "0 times"), (None, "minutes", "Not planned"), (None, "times", "Not planned"),
])
def test_planned_and_given_are_said_in_the_measure_of_their_line(count: int | None, measure: str, says: str) -> None:
    assert words.quantity(count, measure) == says


def test_a_shortfall_of_a_whole_time_names_no_minutes() -> None:
    assert words.shortfall("2026-10-20", "Swimming", 0, "The pool was shut.") == ("20 October", "Swimming. Why: The pool was shut.")


def test_a_day_is_read_as_a_day_and_other_words_stand_as_they_are() -> None:
    assert words.day_for_reading("2026-10-05") == "5 October"
    assert words.day_for_tables("2026-10-05") == "05/10/2026"
    assert words.day_for_tables("1 to 28 October") == "1 to 28 October"


@pytest.mark.parametrize("status", ["", "On target", "fine"])
def test_a_status_that_has_no_words_is_refused(status: str) -> None:
    with pytest.raises(InputError, match="on target, over, under, not known"):
        words.status(status)
