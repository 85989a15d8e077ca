"""A statement on paper: readable by everybody, and saying exactly what its record says."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest

from basics.errors import InputError
from basics.money import Money
from basics.periods import minutes_in_words
from isf.statement import Statement
from ringfence.documents.printing import statement_pdf
from tests.documents import pdf_checks
from tests.documents.document_records import BELOW_NIL, DANNY, DRAFT, LONG, NOT_KNOWN, NOTHING, PRACTICE, STATEMENTS

every_statement = pytest.mark.parametrize("record", STATEMENTS.values(), ids=STATEMENTS)


@every_statement
def test_a_statement_is_made_to_pdf_ua_1(record: Statement) -> None:
    assert pdf_checks.faults(statement_pdf(record)) == []


@every_statement
def test_another_checker_finds_nothing_wrong_with_a_statement(record: Statement) -> None:
    assert pdf_checks.package_faults(statement_pdf(record)) == []


@pytest.mark.parametrize("size_pt", [14, 18, 22])
def test_large_print_is_readable_by_everybody_too(size_pt: int) -> None:
    pdf = statement_pdf(DANNY, size_pt=size_pt)
    assert pdf_checks.faults(pdf) == []
    assert_in_order(pdf_checks.text(pdf), figures(DANNY))


@every_statement
def test_the_page_reads_the_records_figures_in_their_order(record: Statement) -> None:
    assert_in_order(pdf_checks.text(statement_pdf(record)), figures(record))


def test_the_parts_stand_in_the_order_in_which_a_reader_asks() -> None:
    assert_in_order(pdf_checks.text(statement_pdf(DANNY)), [
        "Danny’s money", "1 to 31 October 2026", "On target", DANNY.headline, "1. The money we hold for Danny", "2. What Danny was given",
        "20 October: Support just for Danny: 1 h less than planned. Why: Our worker was ill.",
        "3. We made a mistake", "September 2026: Support just for Danny", "4. Danny’s budget", "Not sure? Not happy?",
        "First, ring us: Asha Patel, 01632 960 101", "You can also ring: Adult care, Northshire Council", "Ombudsman, 0300 061 0614",
    ])


def test_below_nil_prints_nil_and_says_who_owes_at_both_ends_so_that_the_column_still_adds() -> None:
    assert_in_order(pdf_checks.text(statement_pdf(BELOW_NIL)), [
        "On 1 October we held £0.00", "Northshire Council owed £50.00 for support already given -£50.00", "£1,764.00", "-£2,183.00",
        "Northshire Council owes £469.00 for support already given £469.00", "On 31 October we held £0.00",
    ])


@pytest.mark.parametrize("who", ["You", "You and Northshire Council", "Southshire NHS and Northshire Council"])
def test_somebody_who_pays_for_themselves_and_several_who_pay_owe_in_good_grammar(who: str) -> None:
    own = replace(BELOW_NIL, money=replace(BELOW_NIL.money, who_owes_when_below_nil=who))
    assert f"{who} owe £469.00 for support already given" in pdf_checks.text(statement_pdf(own))


def test_what_is_not_known_is_said_in_words_and_has_no_bar() -> None:
    pdf = statement_pdf(NOT_KNOWN)
    assert_in_order(pdf_checks.text(pdf), [
        "Not known yet", "Other support £24.40 an hour Not planned 1 h 15 m £30.50",
        "1 April 2026 to 31 March 2027 Not known £15,228.44 Not known", "“Not known” means",
    ])
    assert pdf_checks.alternative_texts(pdf) == []


def test_the_bar_says_its_figures_to_somebody_who_cannot_see_it() -> None:
    assert pdf_checks.alternative_texts(statement_pdf(DANNY)) == [
        "A bar for 1 April 2026 to 31 March 2027. The budget is £26,280.00. £15,228.44 is used. £11,051.56 is left."]
    assert pdf_checks.alternative_texts(statement_pdf(BELOW_NIL))[0].endswith("£228.44 more than the budget.")


def test_no_brackets_stand_for_a_minus_and_no_short_forms_for_words() -> None:
    for record in STATEMENTS.values():
        words = pdf_checks.text(statement_pdf(record))
        assert "(" not in words
        assert "ISF" not in words
        assert "accru" not in words.casefold()


def test_corrections_are_spoken_of_only_where_there_are_any() -> None:
    assert "mistake" not in pdf_checks.text(statement_pdf(NOTHING))
    assert "3. Danny’s budget" in pdf_checks.text(statement_pdf(BELOW_NIL))


def test_every_page_of_a_long_statement_has_the_footer_and_the_heads_of_its_table() -> None:
    pages = pdf_checks.page_texts(statement_pdf(LONG))
    assert len(pages) > 4
    for number, words in enumerate(pages, 1):
        assert f"Harbour Support · statement 2026-10 for Maximilian · seal 7f3a-91c2 page {number} of {len(pages)}" in words
    assert all("What Planned Given Cost" in words for words in pages[:4])


def test_every_page_of_a_draft_says_that_it_is_one_and_that_nothing_has_been_charged() -> None:
    pages = pdf_checks.page_texts(statement_pdf(DRAFT))
    assert len(pages) > 1
    assert all("DRAFT" in words for words in pages)
    assert "Nothing has been charged yet." in pages[0]
    assert "DRAFT" not in pdf_checks.text(statement_pdf(DANNY))


def test_practice_says_on_every_page_that_it_is_not_a_real_statement() -> None:
    assert all("Practice: not a real statement" in words for words in pdf_checks.page_texts(statement_pdf(PRACTICE)))


def test_the_same_record_gives_the_same_bytes_here_and_in_another_process() -> None:
    first = statement_pdf(DANNY)
    statement_pdf(LONG)
    assert statement_pdf(DANNY) == first
    assert hashlib.sha256(first).hexdigest() == _hash_in_another_process()


def test_a_month_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="is not a month"):
        statement_pdf(replace(DANNY, month="October"))


def test_a_status_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="is not a status"):
        statement_pdf(replace(DANNY, status="fine"))


def figures(record: Statement) -> list[str]:
    """The record's figures as a reader meets them."""
    money = record.money
    lines = [*money.paid_in, *money.paid_out, *money.put_right]
    found = [str(Money(max(money.opening_pence, 0))), *(str(Money(line.pence)) for line in lines), str(Money(max(money.closing_pence, 0)))]
    for given in record.given:
        if given.measure == "minutes":
            found += [minutes_in_words(count) for count in (given.planned, given.given) if count is not None]
        found.append(str(Money(given.pence)))
    found += [str(Money(record.given_total_pence))] if record.given else []
    for line in record.corrections:
        found += [str(Money(line.before_pence)), str(Money(line.after_pence))]
    for budget in record.budgets:
        found += [str(Money(pence)) for pence in (budget.budget_pence, budget.used_pence) if pence is not None]
    return found


def assert_in_order(words: str, parts: list[str]) -> None:
    place = 0
    for part in parts:
        found = words.find(part, place)
        assert found >= 0, f"“{part}” does not stand after “{words[max(place - 60, 0):place]}”."
        place = found + len(part)


def _hash_in_another_process() -> str:
    script = ("import hashlib; from ringfence.documents.printing import statement_pdf; from tests.documents.document_records import DANNY; "
              "print(hashlib.sha256(statement_pdf(DANNY)).hexdigest())")
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
