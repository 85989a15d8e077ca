"""The rows of a bank's table: what is certain comes in, what is not is set aside with its number, and none is lost."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import Money
from ringfence.importing.bank_file import bank_file_of
from ringfence.importing.bank_lines import BankFile
from ringfence.importing.bank_money import pence_of, read_amount

HEADINGS = ["Transaction Date", "Transaction Type", "Sort Code", "Account Number", "Transaction Description", "Debit Amount", "Credit Amount",
            "Balance", ""]
MESSY_ROWS = 1_000


def table(*rows: list[str], headings: list[str] = HEADINGS) -> BankFile:
    out = StringIO()
    csv.writer(out).writerows([headings, *rows])
    return bank_file_of(out.getvalue().encode(), "messy.csv", "people")


def lloyds(day: str = "05/10/2026", words: str = "A PAYER", out: str = "", came: str = "12.00") -> list[str]:
    return [day, "FPI", "'30-90-89", "01234567", words, out, came, "", ""]


# amounts


@pytest.mark.parametrize(("text", "pence"), [
    ("1,234.50", 123_450), ("1234.5", 123_450), ("£12", 1200), ("'12.00", 1200), ("’12.00", 1200), ("+12.00", 1200), ("12.00CR", 1200),
    ("12.00 Cr", 1200), ("-12.00", -1200), ("−12.00", -1200), ("12.00-", -1200), ("(12.00)", -1200), ("12.00 DR", -1200), ("£12.00dr", -1200),
    ("'-12.00", -1200), ("12.00 OD", -1200), ("(£1,234.50)", -123_450)])
def test_an_amount_is_read_with_its_sign_wherever_that_stands(text: str, pence: int) -> None:
    assert read_amount(text).signed == pence


@pytest.mark.parametrize("text", ["", "-", "CR", "()", "(-12.00)", "-12.00 CR", "--12", "12.005", "1.234,50", "12,34", "1 234.50", "12.00 EUR", "1e3",
                                  "=1+1", "twelve", "-12.00-", "99999999999999"])
def test_an_amount_with_two_signs_or_a_doubtful_form_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_amount(text)


@given(st.integers(-10**11, 10**11))
def test_any_amount_comes_back_as_it_was_written(pence: int) -> None:
    assert read_amount(Money(pence).plain).signed == pence
    assert read_amount(str(Money(pence))).signed == pence
    assert pence_of(Money(pence).plain) == pence


@pytest.mark.parametrize("text", ["12.345", "1,234.50", "", "x", "1e5", "12.00 CR"])
def test_a_figure_of_a_bank_format_with_broken_pence_or_odd_form_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        pence_of(text)


# rows


@pytest.mark.parametrize(("row", "what"), [
    (lloyds(day=""), "Transaction Date: is blank."),
    (lloyds(day="31/02/2026"), "is not a day of the calendar."),
    (lloyds(day="05/10/26"), "has a year of two digits."),
    (lloyds(came=""), "Credit Amount and Debit Amount: have no amount."),
    (lloyds(out="5.00"), "both have an amount."),
    (lloyds(came="-12.00"), "has a sign of its own."),
    (lloyds(out="12.00 CR", came=""), "has a sign of its own."),
    (lloyds(came="0.00"), "have no amount."),
    ([*lloyds(), "more"], "has more cells than there are headings"),
], ids=lambda each: each if isinstance(each, str) else "")
def test_a_row_that_is_not_certain_is_set_aside_with_its_number_and_reason(row: list[str], what: str) -> None:
    file = table(lloyds(), row, lloyds("06/10/2026"))
    (problem,) = file.problems
    assert problem.place.startswith("messy.csv, row 3")
    assert what in str(problem)
    assert (len(file.rows), file.rows_in) == (2, 3)


def test_a_file_that_marks_all_money_out_with_a_minus_is_believed() -> None:
    assert [row.pence for row in table(lloyds(out="-5.00", came=""), lloyds(out="(7.00)", came="")).rows] == [-500, -700]
    mixed = table(lloyds(out="-5.00", came=""), lloyds(out="7.00", came=""))
    assert ([row.pence for row in mixed.rows], len(mixed.problems)) == ([-700], 1)


def test_one_day_with_the_month_first_casts_doubt_on_all_that_could_be_either() -> None:
    file = table(lloyds("10/25/2026"), lloyds("05/10/2026"), lloyds("25/10/2026"), lloyds("10/10/2026"))
    assert [row.on for row in file.rows] == [date(2026, 10, 25), date(2026, 10, 10)]
    assert "month first" in file.problems[0].what
    assert "either of two days" in file.problems[1].what


def test_words_that_a_payer_chose_never_become_a_formula() -> None:
    (row,) = bank_file_of(b'05/10/2026,"=HYPERLINK(""http://x"")",12.00\n', "a.csv", "people").rows
    assert row.words == 'Bank: =HYPERLINK("http://x")'


def test_words_are_one_line_and_never_too_long() -> None:
    first, second = table(lloyds(words="A\n\u202eB\tC"), lloyds(words="X" * 5_000)).rows
    assert (first.words, len(second.words)) == ("FPI A B C", 500)


# a thousand messy rows


def messy(chance: random.Random) -> tuple[list[str], int | None]:
    """A row, and the pence that are certain in it; None where nothing is."""
    pence = chance.randint(1, 10_000_000)
    written = f"{Money(pence).plain}" if chance.random() < 0.5 else f"{Money(pence).pounds:,.2f}"
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(365))
    days = [(day.strftime("%d/%m/%Y"), True), (day.isoformat(), True), (day.strftime("%d %b %Y"), True), (day.strftime("%d-%B-%Y"), True),
            ("", False), ("31/02/2026", False), ("13/13/2026", False), (day.strftime("%d/%m/%y"), False), ("yesterday", False), ("45950", False)]
    outs = chance.random() < 0.5
    forms = [(written, True), (f"£{written}", True), (f"'{written}", True), (f" {written} ", True), (f"{written} {'DR' if outs else 'CR'}", True),
             (f"{written} {'CR' if outs else 'DR'}", False), (f"{written}5", False), ("", False), ("n/a", False), (f"{written} EUR", False),
             (f"--{written}", False), ("0.00", False)]
    (said, is_day), (amount, is_amount) = (
        chance.choice([each for each in some if each[1] or chance.random() < 0.3]) for some in (days, forms))
    words = chance.choice(["SOUTHGATE COUNCIL", "=cmd|' /C calc'!A0", "Zoë & Sons; 'late'", "x" * 700, "", "a,b\"c\"", "\u202eevil", "Total"])
    row = lloyds(said, words, amount if outs else "", "" if outs else amount)
    if chance.random() < 0.05:
        return [*row, "stray"], None
    if chance.random() < 0.05:
        return lloyds(said, words, amount, amount), None
    return row, (-pence if outs else pence) if is_day and is_amount else None


@pytest.mark.parametrize("seed", range(3))
def test_of_a_thousand_messy_rows_the_certain_ones_are_read_and_none_is_lost(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(seed)
    rows = [messy(chance) for _ in range(MESSY_ROWS)]
    file = table(*(row for row, _ in rows))
    certain = {number: pence for number, (_, pence) in enumerate(rows, start=2) if pence is not None}
    assert {row.row_number: row.pence for row in file.rows} == certain
    aside = sorted(int(problem.place.split("row ")[1].split(",")[0]) for problem in file.problems)
    assert aside == sorted(set(range(2, MESSY_ROWS + 2)) - set(certain))
    assert file.rows_in == MESSY_ROWS == len(file.rows) + len(file.problems)
    assert all(problem.what and problem.to_do for problem in file.problems)
    with capsys.disabled():
        print(f"\nbank rows, seed {seed}: {file.rows_in:,} in = {len(file.rows):,} read + {len(file.problems):,} set aside")  # noqa: T201
