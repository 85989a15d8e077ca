"""How many a list has is read out to whoever only hears the page, and so is which of them are shown."""

from __future__ import annotations

import re

import pytest

from tests.screens.conftest import Open, html_of

LISTS = {
    "debtors": r"\d+ payers? found: £[\d,.]+ open, £[\d,.]+ overdue\.", "log": r"\d+ (entry|entries) found\.",
    "contracts": r"\d+ contracts?, £[\d,.]+\.",
    "users": r"\d+ users? here, \d+ left\.",
    "rates": r"\d+ published figures, \d+ pay scales? of your own\.", "receipts": r"\d+ lines? to match"}


def announced(page_html: str) -> list[str]:
    return re.findall(r'<p class="rf-quiet" role="status">(.*?)</p>', page_html, re.DOTALL)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_announces_how_many_it_has(open_page: Open, address: str) -> None:
    page = open_page(address)
    if address == "receipts" and "What each line may be for" not in html_of(page):
        assert "Every line of the bank is placed or explained." in html_of(page)
        return
    assert any(re.match(LISTS[address], each) for each in announced(html_of(page))), announced(html_of(page))


def test_of_no_decisions_the_list_says_so_in_words_and_announces_no_noughts(open_page: Open) -> None:
    page = html_of(open_page("offers"))
    assert "No decision has been asked for yet." in page
    assert announced(page) == []


def test_of_a_long_list_it_is_announced_which_are_shown(open_page: Open) -> None:
    first = next(each for each in announced(html_of(open_page("log"))) if " to " in each)
    assert re.fullmatch(r"1 to 25 of \d+\.", first)
    assert "26 to " in " ".join(announced(html_of(open_page("log", page="2"))))
