"""A finance manager runs October in a real browser with the keyboard alone, and a colleague approves it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.looking import become, faults, heading, press, reach, see, visit
from tests.journeys.serving import Served

NewPage = Callable[..., Page]


def test_october_is_calculated_prepared_approved_by_another_and_issued(new_page: NewPage, served: Served, books_file: Path) -> None:
    page = visit(new_page(), "/")
    assert faults(page) == []

    press(page, page.get_by_role("link", name="Start: Run the month end of October 2026"))
    heading(page, "Month end, October 2026")
    press(page, page.get_by_role("button", name="Calculate October 2026"))
    prepare = page.get_by_role("button", name="Prepare October 2026")
    see(page, prepare)
    assert faults(page) == []

    press(page, prepare)
    see(page, page.get_by_text("somebody else must approve"))
    assert faults(page) == []

    become(page, "ben")
    press(page, page.get_by_role("link", name="Review: Approve October 2026"))
    heading(page, "Month end, October 2026")
    press(page, page.get_by_role("button", name="Approve October 2026"))
    see(page, page.get_by_text("October 2026 is issued"))
    assert faults(page) == []
    assert list((books_file.parent / "documents" / "2026-10").rglob("*.pdf"))

    press(page, page.get_by_role("link", name="Statements", exact=True))
    heading(page, "Statements")
    assert faults(page) == []
    statement = page.get_by_role("link", name="PDF").first
    reach(page, statement)
    answer = page.request.get(served.url + str(statement.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")

    press(page, page.get_by_role("link", name="Invoices", exact=True))
    heading(page, "Invoices")
    assert faults(page) == []
