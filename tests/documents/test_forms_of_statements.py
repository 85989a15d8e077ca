"""Every form of a statement says what its record says, in the same order, and can be read by whoever it is for."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from basics.money import Money
from basics.periods import minutes_in_words
from basics.vocabulary import say
from isf.statement import Statement
from isf.statement_forms import Form
from ringfence import documents
from ringfence.documents import easy_words
from ringfence.documents.easy_page import easy_page
from ringfence.documents.plain_text import statement_text
from ringfence.documents.printing import easy_read_pdf, sheets_pdf, statement_html, statement_pdf
from ringfence.documents.statement_files import ENDINGS, PRINTED, SIZES_PT, sheet_of
from tests.documents import pdf_checks
from tests.documents.document_records import BELOW_NIL, DANNY, DRAFT, LONG, NOT_KNOWN, PRACTICE, STATEMENTS

PICTURES = Path(documents.__file__).with_name("pictures")
ON_PAPER = [form for form in Form if form.is_on_paper]
every_statement = pytest.mark.parametrize("record", STATEMENTS.values(), ids=STATEMENTS)
every_size = pytest.mark.parametrize("size_pt", SIZES_PT.values())


def figures(record: Statement, time: Callable[[int], str] = minutes_in_words) -> list[str]:
    """The figures of a record as a reader meets them, without a sign: in words, money comes in or goes out."""
    money = record.money
    found = [_pounds(max(money.opening_pence, 0)), *(_pounds(line.pence) for line in (*money.paid_in, *money.paid_out, *money.put_right)),
             _pounds(max(money.closing_pence, 0))]
    for given in record.given:
        found += [time(count) for count in (given.planned, given.given) if count is not None] if given.measure == "minutes" else []
        found.append(_pounds(given.pence))
    found += [_pounds(record.given_total_pence)] if record.given else []
    for line in record.corrections:
        found += [_pounds(line.before_pence), _pounds(line.after_pence)]
    for budget in record.budgets:
        found += [_pounds(pence) for pence in (budget.budget_pence, budget.used_pence) if pence is not None]
    return found


def _pounds(pence: int) -> str:
    return str(Money(abs(pence)))


def assert_in_order(text: str, parts: list[str]) -> None:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"“{part}” does not stand after “{text[max(place - 60, 0):place]}”."
        place = found + len(part)


@every_size
@every_statement
def test_large_print_is_made_to_pdf_ua_1_and_reads_the_records_figures_in_their_order(record: Statement, size_pt: int) -> None:
    pdf = statement_pdf(record, size_pt=size_pt)
    assert pdf_checks.faults(pdf) == []
    assert pdf_checks.syntax_faults(pdf) == []
    assert_in_order(pdf_checks.text(pdf), figures(record))


@every_statement
def test_easy_read_is_made_to_pdf_ua_1_and_reads_the_records_figures_in_their_order(record: Statement) -> None:
    pdf = easy_read_pdf(record)
    assert pdf_checks.faults(pdf) == []
    assert pdf_checks.syntax_faults(pdf) == []
    assert_in_order(pdf_checks.text(pdf), figures(record, lambda minutes: easy_words.in_full(minutes, "minutes")))


@every_statement
def test_plain_text_says_the_words_of_the_page_and_its_figures_in_their_order(record: Statement) -> None:
    text = statement_text(record)
    assert_in_order(text, figures(record))
    assert_in_order(text, [record.headline, *(part for line in record.money.paid_in for part in [f"{line.words}: {_pounds(line.pence)}"])])
    assert not re.search(r" {3,}|\t|[─│|]", text), "nothing stands in columns"


@pytest.mark.parametrize("form", [form for form in ON_PAPER if form is not Form.STANDARD])
def test_another_checker_finds_nothing_wrong_with_any_form(form: Form) -> None:
    assert pdf_checks.package_faults(PRINTED[ENDINGS[form]](DANNY)) == []


@every_size
def test_nothing_in_large_print_is_smaller_than_its_size(size_pt: int) -> None:
    for record in (DANNY, PRACTICE, DRAFT):
        assert pdf_checks.smallest_letters_pt(statement_pdf(record, size_pt=size_pt)) >= size_pt


def test_nothing_of_a_standard_statement_is_under_14_points_or_of_easy_read_under_16() -> None:
    assert pdf_checks.smallest_letters_pt(statement_pdf(PRACTICE)) >= 14
    assert pdf_checks.smallest_letters_pt(easy_read_pdf(DRAFT)) >= 16


@pytest.mark.parametrize("size_pt", [18, 22])
def test_from_18_points_on_each_figure_stands_after_its_name_and_in_no_table(size_pt: int) -> None:
    pdf = statement_pdf(DANNY, size_pt=size_pt)
    assert_in_order(pdf_checks.text(pdf), ["Support just for Danny", "£24.40 an hour", "Planned: 28 h", "Given: 26 h 30 m", "Cost: £646.60",
                                           "October 2026", "Budget: £2,232.00", "Used: £2,183.00", "Left: £49.00"])
    with pikepdf.open(io.BytesIO(pdf)) as file:
        kinds = [str(each.S) for each in pdf_checks.elements(file)]
    assert "/Table" not in kinds
    assert "/LI" in kinds


def test_easy_read_has_a_picture_for_every_idea_and_says_whose_pictures_they_are() -> None:
    used = set()
    for record in STATEMENTS.values():
        ideas = [idea for part in easy_page(record)["parts"] for idea in part["ideas"]]
        assert all(idea["bold"] or idea["words"] for idea in ideas)
        used |= {idea["picture"] for idea in ideas}
    there = {path.stem for path in PICTURES.glob("*.svg")}
    assert used <= there
    assert there == set(re.findall(r"^\| `([\w-]+)\.svg`", (PICTURES / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert say("easy.pictures") in pdf_checks.text(easy_read_pdf(DANNY))


def test_easy_read_has_no_short_forms_and_never_a_minus() -> None:
    for record in STATEMENTS.values():
        said = [sentence for part in easy_page(record)["parts"] for idea in part["ideas"] for sentence in (idea["bold"], *idea["words"])]
        assert not [sentence for sentence in said if re.search(r"\d [hm]\b|-£|\(|ISF", sentence)]


@pytest.mark.parametrize(("given", "measure", "said"), [
    (0, "minutes", "There were 0 minutes."), (1, "nights", "There was 1 night."), (0, "nights", "There were 0 nights."),
    (60, "minutes", "There was 1 hour."), (61, "minutes", "There was 1 hour and 1 minute."), (630, "minutes", "There were 10 hours and 30 minutes."),
])
def test_easy_read_says_was_of_one_and_were_of_none_and_of_several(given: int, measure: str, said: str) -> None:
    assert easy_words.planned_and_given(None, given, measure) == ["We did not plan this.", said]


def test_easy_read_says_the_money_below_nil_at_both_ends_and_what_nobody_has_told_us() -> None:
    assert_in_order(pdf_checks.text(easy_read_pdf(BELOW_NIL)), [
        "On 1 October we held £0.00.", "Northshire Council owed £50.00 for support already given.",
        "Northshire Council owes £469.00 for support already given.", "On 31 October we held £0.00.",
        "£228.44 more is used than there was.", "Support cost £228.44 more than there was left."])
    assert_in_order(pdf_checks.text(easy_read_pdf(NOT_KNOWN)), ["We did not plan this.", "We do not know the budget."])


def test_easy_read_stands_in_the_order_in_which_a_reader_asks() -> None:
    assert [part["heading"] for part in easy_page(DANNY)["parts"]] == [
        "Is there enough money?", "The money we hold for Danny", "The support that Danny had", "We made a mistake", "Danny’s budget",
        "Not sure? Not happy?"]


def test_every_form_says_that_a_draft_is_one_and_that_practice_is_no_statement() -> None:
    for form, ending in ENDINGS.items():
        for record, word in ((DRAFT, say("statement.draft")), (PRACTICE, say("statement.practice"))):
            made = PRINTED[ending](record)
            assert word in (pdf_checks.text(made) if form.is_on_paper else made.decode())


def test_the_bar_is_one_drawing_on_paper_and_on_the_screen_and_its_words_hold_its_numbers() -> None:
    page = statement_html(DANNY)
    assert page.count("<svg ") == 1
    assert "xmlns" not in page
    assert 'x="586"' in page, "£15,408.00 of £26,280.00 was expected"
    assert 'width="579"' in page, "£15,228.44 of £26,280.00 is used"
    assert pdf_checks.alternative_texts(statement_pdf(DANNY, size_pt=22)) == pdf_checks.alternative_texts(statement_pdf(DANNY))


def test_statements_for_the_post_are_counted_each_from_one_and_none_begins_on_the_back_of_anothers() -> None:
    sheets = [sheet_of(LONG, Form.STANDARD), sheet_of(DANNY, Form.LARGE_22), sheet_of(BELOW_NIL, Form.EASY_READ), sheet_of(DANNY, Form.STANDARD)]
    pages = pdf_checks.page_texts(sheets_pdf(sheets, "Statements to post", date(2026, 10, 31)))
    first = [n for n, text in enumerate(pages) if re.search(r"page 1 of \d+$", text)]
    assert len(first) == len(sheets)
    assert all(n % 2 == 0 for n in first), first
    for start, end in zip(first, [*first[1:], len(pages)], strict=True):
        own = [text for text in pages[start:end] if text]
        assert [re.search(r"page \d+ of \d+$", text)[0] for text in own] == [f"page {n} of {len(own)}" for n in range(1, len(own) + 1)]  # type: ignore[index]


def test_every_form_has_an_ending_of_its_own_and_the_same_record_the_same_file() -> None:
    assert len(set(ENDINGS.values())) == len(Form) == len(PRINTED)
    assert set(ENDINGS.values()) == set(PRINTED)
    for made in PRINTED.values():
        assert hashlib.sha256(made(DANNY)).digest() == hashlib.sha256(made(DANNY)).digest()
