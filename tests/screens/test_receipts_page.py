"""Receipts to match: a bank file tried and prepared, what is ticked prepared, columns said once, one row put back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.bank_in import bank_columns, take_bank
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.receipts import likely, prepare_matches, receipts
from ringfence.actions.receipts_open import read_beside
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.test_split_page import acting

HOSTILE = "<b>GIRO</b> & CO"
OTHER = (Path(__file__).parents[1] / "importing" / "bank" / "other.csv").read_bytes()


def ben(books_file: Path) -> Acting:
    return Acting(acting(books_file).store, "ben", datetime.now(UTC))


def open_invoice(books_file: Path) -> tuple[int, str]:
    """The number of an invoice that one line can pay, and the pounds that are open of it."""
    who = acting(books_file)
    with who.reading() as connection:
        beside = read_beside(connection, who.today)
    found = next(each for each in beside.open_through("provider") if each.number and len(each.parts) == 1)
    return found.number or 0, f"{found.pence // 100}.{found.pence % 100:02d}"


def bank(books_file: Path) -> bytes:
    number, pounds = open_invoice(books_file)
    return f"19/10/2026,INV {number:06d},{pounds}\n20/10/2026,{HOSTILE},7.77\n21/10/2026,BANK CHARGES,-6.00\n".encode()


@pytest.fixture
def with_lines(books_file: Path) -> Path:
    """The sample with three bank lines that are not placed."""
    taken = take_bank(acting(books_file), bank(books_file), "bank.csv", "provider")
    approve(ben(books_file), taken.applied.digest)
    return books_file


def send(page: AppTest, content: bytes, account: str = "Our own account") -> AppTest:
    page.segmented_control(key="receipts-account").set_value(account).run()
    page.file_uploader[0].set_value(("bank.csv", content, "text/csv"))
    return page.run()


def test_where_everything_is_placed_the_page_says_so(open_page: Open) -> None:
    assert "Every line of the bank is placed or explained." in text_of(open_page("receipts"))


def test_what_was_placed_lately_names_its_payer_as_people_do(open_page: Open) -> None:
    placed = text_of(open_page("receipts")).partition("Placed lately")[2]
    assert "Payment, Eastmere Borough Council" in placed
    assert "Contribution, Liam Pilling" in placed
    assert not re.search(r", [a-z][a-z-]+ £", placed), "A payer's reference stands in place of its name."


def test_a_bank_file_is_tried_counted_and_prepared(open_page: Open, books_file: Path) -> None:
    page = send(open_page("receipts"), bank(books_file) + b"31/02/2026,BROKEN,1.00\n")
    text = text_of(page)
    assert "4 rows in the file (HSBC, without headings)" in text
    assert "bank.csv, row 4, date" in text
    assert waiting_for_approval(acting(books_file)) == []
    page.button(key="receipts-bring-in").click().run()
    assert "bank.csv: 3 lines are prepared." in text_of(page)
    (waiting,) = waiting_for_approval(acting(books_file))
    assert len(waiting.says) == 3


def test_the_account_is_asked_for_before_anything_is_read(open_page: Open, books_file: Path) -> None:
    page = open_page("receipts")
    page.file_uploader[0].set_value(("bank.csv", bank(books_file), "text/csv"))
    assert "Say which account this file is of." in text_of(page.run())


def test_columns_that_nobody_knows_are_said_once(open_page: Open, books_file: Path) -> None:
    page = send(open_page("receipts"), OTHER)
    assert "SOUTHGATE COUNCIL" in text_of(page)
    page.segmented_control(key="columns-how").set_value("Two columns, in and out").run()
    page.text_input(key="columns-name").set_value("charity-bank")
    for key, value in (("date", "Booked"), ("in", "Money in"), ("out", "Money out"), ("balance", "Left")):
        page.selectbox(key=f"columns-{key}").set_value(value)
    page.multiselect(key="columns-words").set_value(["Details", "Your reference"])
    page.button(key="columns-keep").click().run()
    assert [each.name for each in bank_columns(acting(books_file))] == ["charity-bank"]
    assert "2 rows in the file (charity-bank)" in text_of(page)


def test_what_is_wrong_with_the_columns_is_said_and_what_was_typed_stays(open_page: Open) -> None:
    page = send(open_page("receipts"), OTHER)
    page.text_input(key="columns-name").set_value("not a name")
    page.button(key="columns-keep").click().run()
    assert "cannot be used as a reference" in text_of(page)
    assert page.text_input(key="columns-name").value == "not a name"


def test_what_is_ticked_is_prepared_with_its_sum_and_nothing_else(open_page: Open, with_lines: Path) -> None:
    page = open_page("receipts")
    text = text_of(page)
    assert "that came in is nobody’s yet, in 2 lines. £6.00 that went out is not explained, in 1 line." in text
    assert "&lt;b&gt;GIRO&lt;/b&gt; &amp; CO" in html_of(page)
    assert "Nothing is ticked yet." in text
    next(each for each in page.button if each.label == "Tick the 1 likely one on this page").click().run()
    _, pounds = open_invoice(with_lines)
    next(each for each in page.button if each.label.startswith("Prepare 1 line of £")).click().run()
    assert "1 line is prepared." in text_of(page)
    (waiting,) = waiting_for_approval(acting(with_lines))
    assert pounds in waiting.says[0].replace(",", "")
    assert "Awaiting approval" in text_of(page)


def test_any_other_split_is_typed_and_a_slip_stays_to_be_put_right(open_page: Open, with_lines: Path) -> None:
    page = open_page("receipts")
    charge = next(each for each in receipts(acting(with_lines)).to_match if each.line.pence < 0).line
    key = f"{charge.reference}-{charge.left_pence}"
    page.checkbox(key=f"receipts-tick-{key}").set_value(True)
    page.text_input(key=f"receipts-typed-{key}").set_value("isf-P001 nobody").run()
    prepare = next(each for each in page.button if each.label == "Prepare 1 line of £6.00 for approval")
    assert "is not a part of a line" in text_of(prepare.click().run())
    assert page.text_input(key=f"receipts-typed-{key}").value == "isf-P001 nobody"
    page.text_input(key=f"receipts-typed-{key}").set_value("explained: The bank's charge").run()
    next(each for each in page.button if each.label == "Prepare 1 line of £6.00 for approval").click().run()
    assert "is explained: The bank's charge" in waiting_for_approval(acting(with_lines))[0].says[-1]


def test_one_row_is_put_back_with_its_reason(open_page: Open, with_lines: Path) -> None:
    approve(ben(with_lines), prepare_matches(acting(with_lines), likely(receipts(acting(with_lines)))).digest)
    page = open_page("receipts")
    back = next(each for each in page.button if each.label == "Prepare to put it back")
    assert "The reason is missing." in text_of(back.click().run())
    page.text_input(key="put-back-why").set_value("It was for somebody else")
    next(each for each in page.button if each.label == "Prepare to put it back").click().run()
    assert "Prepared to be put back" in text_of(page)
    assert any("It was for somebody else" in said for said in waiting_for_approval(acting(with_lines))[0].says)
