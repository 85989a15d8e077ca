"""Files for accounts: nothing that a spreadsheet would run, 500 invoices a file at most, and every letter that is lost is named."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basics import rounding
from basics.money import Money
from basics.periods import Period
from invoicing.einvoice import Category, priced_line
from ringfence.documents.accounts_export import EntryOut, InvoiceOut, OutFile, ReceiptOut, journal, quickbooks, sage, xero
from ringfence.documents.csv_out import RUN_AS_A_FORMULA, control_file, said

DAY = Period(date(2026, 10, 5), date(2026, 10, 5))
LINES = (priced_line("Support", DAY, 3660, minutes=90, price=Decimal("24.40"), per="hour"), priced_line("Put right", DAY, -100))
ONE = InvoiceOut("000501", "SOUTHG", "SOUTHG", date(2026, 11, 2), date(2026, 11, 30), "4500123", Category.EXEMPT, LINES, 3560)
RECEIPT = ReceiptOut("SOUTHG", date(2026, 11, 12), "BK-1", "isf-P001", 190_000)


def rows(file: OutFile, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.content.decode(encoding), newline="")))


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1+1", "\r\n=1+1", " =1+1", "=HYPERLINK(\"http://x\")"])
def test_words_are_never_run_as_a_formula(words: str) -> None:
    hostile = replace(ONE, payer=words, reference=words, lines=(replace(LINES[0], words=words),))
    for file in (*xero("x", [hostile], "4000"), *quickbooks("q", [hostile], "4000")):
        assert {cell[0] for row in rows(file) for cell in row.values() if "1+1" in cell or "SUM" in cell or "LINK" in cell} <= {"'"}
    assert said(words)[0] == "'"


def test_a_number_below_nil_stays_a_number() -> None:
    found = rows(xero("x", [ONE], "4000")[0])
    assert [(row["*Quantity"], row["*UnitAmount"]) for row in found] == [("1.5", "24.40"), ("-1", "1.00")]


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_any_words_stay_in_one_cell_of_one_line(words: str) -> None:
    cell = said(words)
    assert not cell.startswith(RUN_AS_A_FORMULA)
    assert "\n" not in cell
    assert "\r" not in cell
    assert cell.removeprefix("'") == " ".join(words.split()).removeprefix("'")


def test_xero_takes_five_hundred_invoices_a_file() -> None:
    many = [replace(ONE, number=f"{n:06d}") for n in range(1, 1202)]
    files = xero("xero-0001", many, "4000")
    assert [(each.name, each.documents) for each in files] == [("xero-0001-1.csv", 500), ("xero-0001-2.csv", 500), ("xero-0001-3.csv", 201)]
    assert [row["*InvoiceNumber"] for each in files for row in rows(each)[::2]] == [each.number for each in many]
    assert sum(each.pence for each in files) == 1201 * 3560


def test_quantity_and_price_are_the_line_to_the_penny() -> None:
    found = rows(xero("x", [ONE], "4000")[0])
    assert [rounding.line(Decimal(row["*UnitAmount"]), Decimal(row["*Quantity"])).pence for row in found] == [line.pence for line in LINES]
    assert [Money.parse(row["*ItemAmount"]).pence for row in rows(quickbooks("q", [ONE], "4000")[0])] == [line.pence for line in LINES]


def test_sage_reads_windows_letters_and_what_is_lost_is_named() -> None:
    files, notes = sage("sage-0001", [replace(ONE, reference="Siôn ŵyn 😀 €")], [RECEIPT], income="4000", bank="1200")
    sold, paid = rows(files[0], "cp1252"), rows(files[1], "cp1252")
    assert (sold[0]["Details"], sold[0]["Type"], sold[0]["Net Amount"], sold[0]["Tax Code"]) == ("Support, Siôn wyn ? €", "SI", "35.60", "T2")
    assert (paid[0]["Type"], paid[0]["Nominal A/C Ref"], paid[0]["Net Amount"]) == ("SA", "1200", "1900.00")
    assert [problem.what.split(" cannot")[0] for problem in notes] == ["“ŵ”", "“😀”"]


def test_a_wide_sign_that_windows_does_not_have_begins_no_formula() -> None:
    """U+FF1D, U+FF0B, U+FE63 and U+FF20 without what makes them wide are = + - @, which a spreadsheet runs."""
    for sign in "\uff1d\uff0b\ufe63\uff20":
        files, notes = sage("sage-0001", [], [replace(RECEIPT, account=f"{sign}1+1", line=f"{sign}1+1")], income="4000", bank="1200")
        paid, = rows(files[0], "cp1252")
        assert (paid["Account Reference"], paid["Reference"]) == ("?1+1", "?1+1")
        assert [f"“{sign}” cannot be written in Windows-1252" in problem.what for problem in notes] == [True]


def test_what_takes_off_is_a_credit_in_sage_above_nil() -> None:
    credit = replace(ONE, number="CN-000001", pence=-3560)
    row, = rows(sage("sage-0001", [credit], [], income="4000", bank="")[0][0], "cp1252")
    assert (row["Type"], row["Reference"], row["Net Amount"]) == ("SC", "CN-000001", "35.60")


@settings(max_examples=30)
@given(st.lists(st.integers(1, 10_000_000), min_size=1, max_size=8))
def test_a_journal_balances(amounts: list[int]) -> None:
    sides = [EntryOut(DAY.first, f"E{n}", "isf-P001", account, "1", "", sign * pence, "visit")
             for n, pence in enumerate(amounts) for account, sign in (("available", 1), ("owed_provider", -1))]
    file = journal("journal.csv", sides)
    debit, credit = (Money.total(Money.parse(row[side]) for row in rows(file) if row[side]) for side in ("Debit", "Credit"))
    assert debit == credit == Money(sum(amounts)) == Money(file.pence)


def test_the_control_file_adds_up() -> None:
    files = xero("xero-0001", [replace(ONE, number=f"{n:06d}") for n in range(600)], "4000")
    *each, total = rows(control_file("control.csv", files))
    for name in ("Rows", "Documents"):
        assert int(total[name]) == sum(int(row[name]) for row in each)
    assert Money.parse(total["Sum"]) == Money.total(Money.parse(row["Sum"]) for row in each)
    assert [row["SHA-256"] for row in each] == [file.sha256 for file in files]
