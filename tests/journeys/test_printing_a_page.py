"""A page on paper: whole, however long it is, each table with its heading on every sheet, and without what only a screen can do."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
from playwright.sync_api import Page

from tests.journeys.looking import visit

HEADINGS = ("Income of the month", "Paid before invoice")


def sheets(page: Page) -> list[str]:
    """What stands on each sheet of A4."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]


def test_a_long_page_is_printed_whole_and_its_tables_repeat_their_headings(new_page: Callable[..., Page]) -> None:
    page = visit(new_page(), "/accounts")
    of_screen = page.locator("tbody tr").filter(visible=True).all_inner_texts()
    printed = sheets(page)
    assert len(printed) > 1
    schedule = [sheet for sheet in printed if "isf-" in sheet]
    assert len(schedule) > 1, "the schedule of every fund goes over more than one sheet"
    assert all(" ".join(heading.split()) in sheet for sheet in schedule for heading in HEADINGS)
    whole = " ".join(printed)
    missing = [row for row in of_screen if " ".join(row.split()[:2]) not in whole]
    assert missing == []


def test_no_row_is_torn_between_two_sheets_and_what_only_a_screen_can_do_is_left_out(new_page: Callable[..., Page]) -> None:
    page = visit(new_page(), "/invoices")
    page.emulate_media(media="print")
    torn = page.evaluate("[...document.querySelectorAll('.rf-table tr')].filter(row => getComputedStyle(row).breakInside !== 'avoid').length")
    assert torn == 0
    assert page.get_by_text("1 to 25 of").is_visible(), "which rows of the list these are is told"
    for only_on_screen in ('[data-testid="stSidebar"]', '[data-testid="stPagination"]'):
        shown = page.locator(only_on_screen)
        assert shown.count() > 0
        assert not any(each.is_visible() for each in shown.all())
