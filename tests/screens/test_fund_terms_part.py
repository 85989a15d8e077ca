"""The terms of a fund on its page: each with where it is written, and what nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime

from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.desk import books
from ringfence.actions.fund_terms_known import terms_of_fund
from tests.screens.conftest import Open, html_of, text_of

AGREEMENT = {"agreement": "AG-1", "person": "P007", "fund": "isf", "who": "<b>Mo</b> & Co", "basis": "deputy", "may_decide": ["the plan"],
             "from": "2026-06-01", "words": "Seen"}
HOLDING = {"person": "P007", "fund": "isf", "from": "2026-06-01", "way": "trust", "held_by": "Mo & Co"}


def acting(user: str) -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def test_each_term_stands_with_where_it_is_written_and_what_is_not_known_is_said(open_page: Open) -> None:
    text = text_of(open_page("fund", fund="isf-P007"))
    known, = terms_of_fund(acting("asha"), "isf-P007")
    assert known.payer == "Northshore Council"
    assert "Surplus weeks 4 ISF agreement 2026, schedule 3" in text
    assert "Not known: how many weeks it pays in advance;" in text


def test_how_it_is_held_and_who_decides_is_said_safely(open_page: Open) -> None:
    page = open_page("fund", fund="isf-P007")
    approve(acting("ben"), apply_content(acting("asha"), {"agreements": [AGREEMENT], "holdings": [HOLDING]}, "by hand").digest)
    text = text_of(page.run())
    assert "The budget is held by a trust, by Mo & Co." in text
    assert "<b>Mo</b> & Co decides, by deputy: the plan." in text
    assert "<b>Mo" not in html_of(page)


def test_a_fund_without_terms_says_so(open_page: Open) -> None:
    assert "No terms are recorded for this fund" in text_of(open_page("fund", fund="spot-P009"))
