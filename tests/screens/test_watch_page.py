"""The watch list as a page: what the action tells, filtered by the address, and safe whatever somebody is called."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from isf.watch import Matter
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books
from ringfence.actions.desk import books
from ringfence.actions.watching import watch_list
from tests.screens.conftest import Open, html_of, text_of


def acting(user: str = "asha") -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def test_the_page_tells_what_the_action_tells(open_page: Open) -> None:
    page = open_page("watch")
    text, found = text_of(page), watch_list(acting())
    assert f"{len(found.lines)} thing" in text
    assert any(each.matter is Matter.SURPLUS for each in found.lines)
    for each in found.lines[:25]:
        assert each.what in text
        assert each.to_do in text
    assert page.selectbox[0].value == "All"


def test_a_search_in_the_address_leaves_what_matches(open_page: Open) -> None:
    assert "Nothing is like this." in text_of(open_page("watch", search="nobody is called this"))


def test_a_name_is_never_taken_for_markup(open_page: Open) -> None:
    page = open_page("watch")
    item = {"person": "P006", "fund": "isf", "from": "2026-06-01", "way": "trust", "held_by": "<b>Trust</b> & Co"}
    approve(acting("ben"), apply_content(acting(), {"holdings": [item]}, "by hand").digest)
    page = page.run()
    assert "<b>Trust</b> & Co holds the budget, and no agreement is in force" in text_of(page)
    assert "<b>Trust" not in html_of(page)


def test_books_in_which_nothing_is_agreed_yet_say_so(open_page: Open, tmp_path: Path) -> None:
    made = make_books(str(tmp_path / "new.db"), provider="Halden Support", sample=True, key=None)
    add_user(made, "asha", added_by="asha", at=datetime.now(UTC))
    made.close()
    text = text_of(open_page("watch", books=tmp_path / "new.db"))
    assert "Nothing asks to be looked at today." in text
    assert "Nothing is over a cap, due, about to end or missing" in text
    assert "No month is closed yet" in text
