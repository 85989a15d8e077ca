"""The app is stopped while somebody looks at it: the page says so in our words, and asks before it forgets what is stored nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Dialog, Page, expect

from tests.journeys.looking import choose_file, see, visit
from tests.journeys.serving import Served

BAD = "visit,carer,person,support,date,start,end,planned_minutes,planned_carers\nV1,C1,P999,outreach,2026-13-40,09:00,10:00,60,1\n"


def test_a_page_whose_app_has_stopped_says_so_and_what_to_do(new_page: Callable[..., Page], served: Served) -> None:
    page = visit(new_page(), "/people")
    served.process.terminate()
    expect(page.get_by_role("dialog")).to_contain_text("Ringfence has stopped")
    expect(page.get_by_role("dialog")).to_contain_text("Start it again as you did before")


def test_the_browser_asks_before_it_forgets_why_rows_did_not_come_in(new_page: Callable[..., Page], tmp_path: Path) -> None:
    (tmp_path / "rota.csv").write_text(BAD, encoding="utf-8")
    page = visit(new_page(), "/import")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    choose_file(page, page.get_by_test_id("stFileUploader").locator("button").first, tmp_path / "rota.csv")
    see(page, page.get_by_text("2026-13-40").first)
    page.evaluate("() => setTimeout(() => window.location.reload(), 0)")
    page.wait_for_timeout(1_000)
    assert asked == ["beforeunload"]
    see(page, page.get_by_text("2026-13-40").first)
