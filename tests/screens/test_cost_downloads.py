"""What can be taken away from Cost a package: the cost file, workbooks that come back, the page for the person, the order of a return."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from basics.money import Money
from costing.price import Price, money
from ringfence.actions.cost_files import template_of
from ringfence.actions.costing import as_cost_workbook, example_content, price_of_content, shared_house_content
from ringfence.actions.paid_for import what_is_paid_for
from ringfence.screens.cost_a_package import open_cost_file
from ringfence.screens.cost_pricing import outcome
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.cost_page import form_of, opened, press, table_of

FOR_THE_PERSON, AS_A_RETURN = "cost-for-person", "cost-return"
NAME = "package.cost.xlsx"


@pytest.fixture
def page() -> AppTest:
    return opened()


def open_part(page: AppTest, key: str) -> AppTest:
    page.session_state[key] = True
    return page.run()


def price_on(page: AppTest) -> Price:
    found = outcome(form_of(page)).price
    assert found is not None
    return found


def labels(page: AppTest) -> list[str]:
    return [each.proto.label for each in page.get("download_button")]


def with_cell(workbook: bytes, sheet: str, cell: str, value: object) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(workbook))
    book[sheet][cell] = value
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_price_can_be_taken_away_as_a_file_and_as_two_workbooks(page: AppTest) -> None:
    assert labels(page) == ["Download the cost file", "Download the price with its formulas", "Download the form as a workbook"]


def test_without_a_price_there_is_nothing_to_take_away(page: AppTest) -> None:
    press(page, "Start empty")
    assert labels(page) == []
    assert "The cost file can be downloaded once the form gives a price." in text_of(page)


@pytest.mark.parametrize("content", [example_content(), shared_house_content()], ids=["outreach", "shared house"])
def test_a_workbook_of_the_form_comes_back_as_the_same_package(page: AppTest, content: dict) -> None:
    open_cost_file(page.session_state["cost-desk"], as_cost_workbook(content), NAME)
    page.run()
    assert f"Opened {NAME}." in text_of(page)
    found = outcome(form_of(page))
    again = template_of(found.file, "package.cost.yaml")
    assert CalamineWorkbook.from_filelike(BytesIO(again)).sheet_names[:2] == ["Package", "Parts"]
    before = form_of(page)
    open_cost_file(page.session_state["cost-desk"], again, NAME)
    assert page.session_state["cost-desk"].form is not before
    assert [(line.label, line.shown) for line in price_on(page).lines] == [
        (line.label, line.shown) for line in price_of_content(found.file, "package.cost.yaml").lines]


def test_a_filled_workbook_that_is_wrong_names_each_cell_and_leaves_the_form(page: AppTest) -> None:
    wrong = with_cell(as_cost_workbook(example_content()), "Package", "B2", None)
    wrong = with_cell(wrong, "Staff", "B2", "about twelve")
    before = form_of(page)
    open_cost_file(page.session_state["cost-desk"], wrong, NAME)
    text = text_of(page.run())
    assert f"{NAME}, sheet “Staff”, cell B2" in text
    assert f"{NAME}, sheet “Package”" in text
    assert "The form below is as it was." in text
    assert form_of(page) is before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"name: a cost file"])
def test_what_only_ends_like_a_workbook_is_refused_in_words(page: AppTest, content: bytes) -> None:
    open_cost_file(page.session_state["cost-desk"], content, NAME)
    assert "There is a problem" in text_of(page.run())


def test_the_person_s_part_is_the_price_of_the_week(open_page: Open) -> None:
    page = open_part(open_page("cost"), FOR_THE_PERSON)
    record = what_is_paid_for(price_on(page))
    rows = table_of(page, "What you pay for")
    assert rows[-1] == ["One week of support", str(record.per_week), "100%"]
    assert Money.total(Money.parse(cells[1]) for cells in rows[1:-1]) == record.per_week
    assert labels(page)[-2:] == ["Download the page as PDF", "Download the page as HTML"]


def test_whom_to_ask_that_cannot_be_printed_is_refused_and_the_rest_stays(open_page: Open) -> None:
    page = open_part(open_page("cost"), FOR_THE_PERSON)
    next(each for each in page.text_input if each.label == "Whom can they ask about it?").set_value("Asha\u202e").run()
    assert "holds a character that cannot be seen" in text_of(page)
    assert "Download the page as PDF" not in labels(page)
    assert "The price moves with every change." in text_of(page)


def test_the_rows_of_a_return_add_to_the_price(page: AppTest) -> None:
    rows = table_of(open_part(page, AS_A_RETURN), "In the order of a cost-of-care return")
    assert rows[-1] == ["Price: the sum of all rows", "", str(money(price_on(page).quoted))]
    assert Money.total(Money.parse(cells[2]) for cells in rows[1:-1]) == money(price_on(page).quoted)


def test_every_step_that_has_a_source_says_it(page: AppTest) -> None:
    shown = html_of(open_part(page, "cost-worked-out"))
    leaves = [line for line in re.findall(r"<p>(?!=)(.*?)</p>", shown) if "<b>" in line and "opened above" not in line]
    assert leaves
    assert [line for line in leaves if not re.search(r"typed in|set by|a fixed number", line)] == []


