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


def test_on_a_phone_the_menu_folds_away_once_a_page_is_chosen(new_page: NewPage) -> None:
    page = visit(new_page(390, 844), "/")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Invoices", exact=True).click()
    heading(page, "Invoices")
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
