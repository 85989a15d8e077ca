"""Users: an administrator sees who may come in and changes it; finance and an auditor only look; nobody else is shown it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user
from ringfence.actions.desk import books
from ringfence.actions.rights import Role
from ringfence.actions.users import list_users
from tests.screens.conftest import Open, text_of
from tests.screens.pages_tried import with_every_role

WHAT = "users-form"


def here(name: str) -> set[str]:
    """What somebody is, by the list itself."""
    acting = Acting(books(), "asha", datetime.now(UTC))
    return {each.role.value for user in list_users(acting) if user.name == name for each in user.roles if each.stands(acting.today)}


def test_an_administrator_adds_somebody_and_gives_and_takes_a_role(open_page: Open) -> None:
    page = open_page("users")
    assert "2 users here" in text_of(page)
    page.segmented_control(key=WHAT).set_value("Add somebody").run()
    page.text_input[0].set_value("vic")
    page.button[0].click().run()
    assert "3 users here" in text_of(page)
    page.segmented_control(key=WHAT).set_value("Give a role").run()
    page.selectbox[0].set_value("vic")
    page.selectbox[1].set_value(Role.AUDITOR)
    page.button[0].click().run()
    assert here("vic") >= {"auditor"}


def test_the_last_administrator_cannot_leave_and_the_page_says_why(open_page: Open, books_file: Path) -> None:
    page = open_page("users")
    add_user(books(), "adm", added_by="asha", at=datetime.now(UTC), roles=[Role.ADMINISTRATOR])
    page.segmented_control(key=WHAT).set_value("Somebody leaves").run()
    page.selectbox[0].set_value("ben")
    page.button[0].click().run()
    assert "Say that you have read what it does." in text_of(page)
    page.checkbox[0].check()
    page.button[0].click().run()
    assert "ben has left." in text_of(page)
    assert "1 left" in text_of(page)


def test_finance_and_an_auditor_look_and_change_nothing_and_an_approver_is_not_shown_it(open_page: Open, books_file: Path) -> None:
    with_every_role(books_file)
    for who in (Role.FINANCE, Role.AUDITOR):
        page = open_page("users", user=who.value)
        assert "An administrator changes who may come in." in text_of(page)
        assert "co-ordinator" in text_of(page)
        assert (len(page.button), len(page.segmented_control)) == (0, 0)
    assert "This page is not for you." in text_of(open_page("users", user=Role.APPROVER.value))
