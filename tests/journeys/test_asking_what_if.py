"""A scenario is put together, and what a person pays for is taken away, by keyboard in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.documents import pdf_checks
from tests.journeys.looking import choose_file, faults, press, see, visit, write

NewPage = Callable[..., Page]
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def test_a_scenario_is_added_by_its_boxes_and_stands_beside_the_base(new_page: NewPage) -> None:
    page = visit(new_page(), "/scenarios")
    see(page, page.get_by_text("falls to £14,836.57").first)
    assert faults(page) == []

    press(page, page.get_by_role("tab", name="What comes out"), "ArrowRight")
    see(page, page.get_by_role("heading", name="What if …"))
    assert faults(page) == []
    write(page, "What it is called", "Pay 3% up")
    press(page, page.get_by_role("button", name="Add this scenario"))
    see(page, page.get_by_text("Fill in a box, or a day."))
    expect(page.get_by_label("What it is called", exact=True)).to_have_value("Pay 3% up")
    assert faults(page) == []

    write(page, "Pay goes up by, %", "3")
    press(page, page.get_by_role("button", name="Add this scenario"))
    see(page, page.get_by_role("columnheader", name="Pay 3% up").first)
    assert faults(page) == []


def test_on_a_phone_a_cost_file_alone_is_a_base(new_page: NewPage) -> None:
    page = visit(new_page(390, 844), "/scenarios")
    press(page, page.get_by_role("button", name="Open files"))
    choose_file(page, page.get_by_test_id("stFileUploader").locator("button").first, EXAMPLES / "outreach.cost.yaml")
    see(page, page.get_by_text("As it is, a year leaves a surplus of").first)
    assert faults(page) == []


def test_what_a_person_pays_for_is_taken_away_as_a_page_that_everybody_can_read(new_page: NewPage) -> None:
    page = visit(new_page(), "/cost")
    press(page, page.locator("summary").filter(has_text="What the person pays for"))
    see(page, page.get_by_text("One week of support").first)
    write(page, "Whom can they ask about it?", "Asha Patel, 01632 960 101")
    assert faults(page) == []
    with page.expect_download() as taken:
        press(page, page.get_by_role("button", name="Download the page as PDF"))
    pdf = Path(taken.value.path()).read_bytes()
    assert pdf_checks.faults(pdf) == []
    assert "Asha Patel, 01632 960 101" in pdf_checks.text(pdf)
