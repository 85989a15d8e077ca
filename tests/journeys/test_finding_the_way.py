"""Links, Back and the address: a view of the books can be kept, shared and come back to."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.looking import heading, press, visit

NewPage = Callable[..., Page]


def test_a_link_changes_the_page_without_loading_the_app_again_and_back_leads_to_the_same_search(new_page: NewPage) -> None:
    page = visit(new_page(), "/people?search=P002")
    page.evaluate("window.stillHere = true")
    press(page, page.locator("table a").first)
    page.wait_for_url("**/fund?fund=*P002*")
    page.go_back()
    heading(page, "People and funds")
    expect(page.get_by_label("Search")).to_have_value("P002")
    assert "search=P002" in page.url
    assert page.evaluate("window.stillHere") is True


def test_an_address_without_a_page_is_told_in_words_with_a_way_home(new_page: NewPage) -> None:
    page = new_page()
    answer = page.goto("/nowhere?at=all")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="There is no page at this address.")).to_be_visible()
    page.get_by_role("link", name="Home").click()
    heading(page, "Home")


def test_on_a_phone_the_amount_of_every_line_of_an_invoice_is_in_sight(new_page: NewPage) -> None:
    page = visit(new_page(390, 844), "/invoices?invoice=1001")
    heading(page, "Invoice 001001")
    amounts = page.locator(".rf-folds tr > :last-child").all()
    assert len(amounts) > 2
    boxes = [each.bounding_box() for each in amounts]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    expect(page.locator(".rf-folds tbody tr").first).to_contain_text("an hour")


def test_on_a_phone_the_menu_folds_away_once_a_page_is_chosen(new_page: NewPage) -> None:
    page = visit(new_page(390, 844), "/")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Invoices", exact=True).click()
    heading(page, "Invoices")
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
