"""A package is priced, a contract is split and a file with bad rows is brought in, by keyboard in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.looking import become, choose, choose_file, drawn, faults, heading, press, see, visit, write

NewPage = Callable[..., Page]

SOME_BAD_ROWS = """visit,carer,person,support,date,start,end,planned_minutes,planned_carers,outcome,reason
J-1,C07,P001,one-to-one,2026-10-28,16:00,17:00,60,1,given,
J-2,C07,P999,one-to-one,2026-10-28,16:00,17:00,60,1,given,
J-3,C07,P001,one-to-one,2026-13-40,16:00,17:00,60,1,given,
J-4,C07,P001,one-to-one,2026-10-28,16:00,17:00,sixty,1,given,
"""


def test_a_price_moves_while_it_is_filled_in_and_says_how_it_was_worked_out(new_page: NewPage) -> None:
    page = visit(new_page(), "/cost")
    see(page, page.get_by_text("£29.48").first)
    assert faults(page) == []

    write(page, "Hours of support a week", "30")
    expect(page.get_by_text("£29.48")).to_have_count(0)
    drawn(page)

    write(page, "Hours of support a week", "thirty")
    see(page, page.get_by_text("is not a number").first)
    expect(page.get_by_label("Hours of support a week", exact=True)).to_have_value("thirty")
    assert faults(page) == []

    write(page, "Hours of support a week", "20")
    see(page, page.get_by_text("£29.48").first)
    press(page, page.locator("summary").filter(has_text="How was this worked out?"))
    press(page, page.locator("summary").filter(has_text="Price per hour").first)
    see(page, page.locator("summary").filter(has_text="Price of an hour before rounding").first)
    assert faults(page) == []


def test_the_methods_of_a_split_stand_side_by_side_and_one_is_prepared_and_waits_for_the_council(new_page: NewPage) -> None:
    page = visit(new_page(), "/split")
    see(page, page.get_by_role("columnheader", name="By layers"))
    assert faults(page) == []

    choose(page, "By hours")
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Prepare"))
    see(page, page.get_by_text("It cannot be approved before the council has agreed").first)
    assert faults(page) == []

    become(page, "ben")
    press(page, page.get_by_role("link", name="Contracts", exact=True))
    heading(page, "Contracts")
    press(page, page.get_by_role("link", name="NORTHSHORE-2026"))
    see(page, page.get_by_role("columnheader", name="Who agreed it"))
    assert faults(page) == []


def test_a_file_with_bad_rows_brings_in_the_good_ones_says_why_for_the_others_and_can_be_taken_back(
        new_page: NewPage, tmp_path: Path) -> None:
    (tmp_path / "rota.csv").write_text(SOME_BAD_ROWS, encoding="utf-8")
    page = visit(new_page(), "/import")
    choose_file(page, page.get_by_test_id("stFileUploader").locator("button").first, tmp_path / "rota.csv")
    for words in ("P999", "2026-13-40", "sixty"):
        see(page, page.get_by_text(words).first)
    assert faults(page) == []

    press(page, page.get_by_role("button", name="Bring in 1 visit"))
    brought_in = page.get_by_text("rota.csv is brought in as import ").first
    see(page, brought_in)
    assert faults(page) == []

    number = brought_in.inner_text().partition("is brought in as import ")[2].split(".")[0]
    press(page, page.get_by_role("link", name=f"Import {number}", exact=True))
    press(page, page.get_by_role("button", name=f"Take back import {number} …"))
    press(page, page.get_by_role("button", name=f"Take back import {number}: 1 visit"))
    see(page, page.get_by_text(f"Import {number} is taken back: 1 visit withdrawn.").first)
    assert faults(page) == []
