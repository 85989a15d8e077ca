"""The trustees' page on the screen: the action's figures, our own cash as it is typed, and nothing of anybody's name for whoever looks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from basics.money import Money
from isf.trustees import shown
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.desk import books
from ringfence.actions.people_and_funds import list_funds
from ringfence.actions.rights import Role
from ringfence.actions.trustees import trustees_page
from tests.screens.conftest import Open, html_of, text_of


def acting(user: str = "asha") -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def with_a_trustee(file: Path) -> None:
    store = open_books(str(file), key=None)
    add_user(store, "tess", added_by="asha", at=datetime.now(UTC), roles=[Role.TRUSTEE])
    store.close()


def test_a_trustee_sees_every_line_as_the_action_says_it_and_no_name(open_page: Open, books_file: Path) -> None:
    with_a_trustee(books_file)
    text = text_of(open_page("trustees", user="tess"))
    for each in trustees_page(acting("tess")).lines:
        assert f"{each.what} {each.means} {shown(each.now)} {shown(each.before)}" in text
    assert [each.name for each in list_funds(acting()).funds if each.name in text] == []


def test_what_our_accounts_hold_is_typed_and_gives_the_free_cash(open_page: Open) -> None:
    page = open_page("trustees")
    page.text_input(key="trustees-cash").set_value("£120,000")
    page = page.run()
    found = trustees_page(acting(), our_cash=Money(12_000_000)).of("free_cash").now
    assert f"less whatever in them is people’s. {found} Not known" in text_of(page)
    page.text_input(key="trustees-cash").set_value("a lot")
    page = page.run()
    assert "“a lot” is not an amount of money." in text_of(page)
    assert page.text_input(key="trustees-cash").value == "a lot"


def test_the_month_stands_in_the_address(open_page: Open) -> None:
    page = open_page("trustees", month="2026-08")
    assert page.selectbox(key="month").value == "August 2026"
    assert "on 31 August 2026, beside 31 July 2026" in text_of(page)


def test_a_trustee_is_led_to_what_is_theirs_and_nowhere_else(open_page: Open, books_file: Path) -> None:
    with_a_trustee(books_file)
    for page in ("log", "settings", "people", ""):
        text = text_of(open_page(page, user="tess"))
        assert ("This page is not for you." if page else "These pages are yours.") in text
        assert "For the trustees" in text
        assert "Help" in text
    assert "Help" in text_of(open_page("help", user="tess"))


def test_empty_books_say_what_is_not_known_and_a_hostile_name_is_only_words(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    store = make_books(str(file), provider="Us <b>& Co</b>", sample=True, key=None)
    add_user(store, "asha", added_by="", at=datetime.now(UTC))
    store.close()
    page = open_page("trustees", books=file)
    assert "Us <b>& Co</b> on" in text_of(page)
    assert "Us <b>" not in html_of(page)
    assert "Must be held for people What is left of everybody’s budget and paid in: it is theirs, and may be spent on nothing else. £0.00 £0.00" in (
        text_of(page))


def test_what_finance_writes_for_the_meeting_is_read_by_trustees_who_are_offered_no_box(open_page: Open, books_file: Path) -> None:
    with_a_trustee(books_file)
    page = open_page("trustees", month="2026-09")
    page.text_area(key="trustees-matters-2026-09").set_value("<b>The block contract</b> ends.")
    page.text_area(key="trustees-wanted-2026-09").set_value("Agree to ask for 4%.")
    page = page.run()
    text = text_of(page.button(key="trustees-keep-2026-09").click().run())
    assert "Kept: trustees read it from now on." in text
    seen = open_page("trustees", user="tess", month="2026-09")
    assert "For the meeting Written by asha on" in text_of(seen)
    assert "What matters most <b>The block contract</b> ends. Decisions wanted Agree to ask for 4%." in text_of(seen)
    assert "<b>The block" not in html_of(seen)
    assert not seen.text_area
    assert not seen.button
    assert "For the meeting" not in text_of(open_page("trustees", user="tess", month="2026-08"))


def test_a_name_among_those_words_is_refused_and_what_was_written_stays(open_page: Open) -> None:
    page = open_page("trustees", month="2026-09")
    name = next(each.name for each in list_funds(acting()).funds if each.name)
    page.text_area(key="trustees-matters-2026-09").set_value(f"{name} needs more.")
    page = page.run()
    page = page.button(key="trustees-keep-2026-09").click().run()
    assert f"“{name}” is somebody here, and no name stands on this page." in text_of(page)
    assert page.text_area(key="trustees-matters-2026-09").value == f"{name} needs more."
