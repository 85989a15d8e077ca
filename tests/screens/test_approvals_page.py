"""Waiting for approval: each thing is called by what it holds, and what can no longer be approved is not counted as waiting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from basics.errors import NotAllowed
from isf.split import Method
from ringfence.actions import desk
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.prepared import held_by_files
from ringfence.actions.split_in_books import next_year, split_in_books
from ringfence.actions.split_prepare import prepare_split
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.test_split_page import CONTRACT, acting, council_agrees

RATES = {"rates": [{"rate": "outreach", "from": "2027-04-01", "to": "2028-03-31", "per": "hour", "pounds": "26.20"}]}


def prepared(books_file: Path, *sums: int) -> list[str]:
    """The digests of next year’s split prepared for each of these sums, in pence."""
    found = split_in_books(acting(books_file), CONTRACT)
    return [prepare_split(acting(books_file), next_year(found, pence), Method.HOURS, CONTRACT).digest for pence in sums]


def test_two_splits_of_one_contract_are_told_apart_by_their_sums_and_one_button_stands_out(open_page: Open, books_file: Path) -> None:
    prepared(books_file, 120_000_000, 130_000_000)
    page = open_page("approvals", user="ben")
    assert "2 things wait. Each counts once somebody other than its preparer approves it." in text_of(page)
    held = list(held_by_files(acting(books_file)).values())
    assert [words.split(" people, ")[1].split(", with")[0] for words in held] == ["£1,200,000.00", "£1,300,000.00"]
    assert [re.sub(r"^Approve \d+ changes of ", "", each.label) for each in page.button] == held
    first = html_of(page)[html_of(page).index("<li>"):].split("</ul>")[0]
    assert [each for each in first.split("<li>")[1:] if "£" not in each] == [], "what moves money is read before who pays by schedule"
    assert [each.proto.type for each in page.button] == ["primary", "secondary"]
    assert re.findall(r'rf-part">([^<]*)<', html_of(page)) == [f"T{each[1:]}" for each in held]


def test_what_can_no_longer_be_approved_does_not_wait(open_page: Open, books_file: Path) -> None:
    _, second = prepared(books_file, 120_000_000, 130_000_000)
    council_agrees(books_file, second)
    approve(acting(books_file, "ben"), second)
    page = open_page("approvals", user="ben")
    text = text_of(page)
    assert "Nothing waits for approval. 1 thing can no longer be approved." in text
    assert "It cannot be approved any more." in text
    assert not page.button


def test_a_file_without_a_split_is_called_by_what_it_counts(open_page: Open, books_file: Path) -> None:
    apply_content(acting(books_file), RATES, "rates")
    page = open_page("approvals", user="ben")
    assert re.findall(r'rf-part">([^<]*)<', html_of(page)) == ["1 rate"]
    page.button[0].click().run()
    assert "Approved: 1 change now counts." in text_of(page)


def test_who_prepared_it_is_told_why_no_button_is_there_and_only_another_may_press(open_page: Open, books_file: Path) -> None:
    """Whoever prepared it, though an approver too, is told in words; the same page offers it to another; and where the preparer presses all the
    same, because somebody else was named while the page stood open, the action refuses."""
    applied = apply_content(acting(books_file), RATES, "rates")
    mine = open_page("approvals", user="asha")
    assert "asha prepared it on" in text_of(mine)
    assert "You prepared this, so somebody else must approve it" in text_of(mine)
    assert not mine.button
    theirs = open_page("approvals", user="ben")
    assert [each.label for each in theirs.button] == ["Approve 1 change of 1 rate"]
    assert "You prepared this" not in text_of(theirs)
    desk.sit_down(str(books_file), key=None, user="asha")
    refused = text_of(theirs.button[0].click().run())
    assert "You prepared this, so somebody else must approve it" in refused
    assert "Approved:" not in refused
    with pytest.raises(NotAllowed, match="prepared"):
        approve(acting(books_file), applied.digest)
    assert [each.digest for each in waiting_for_approval(acting(books_file))] == [applied.digest]
