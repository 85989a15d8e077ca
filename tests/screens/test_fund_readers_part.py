"""Who else may read about a person, on the page of their fund."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringfence.actions import desk, readers
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user
from ringfence.actions.rights import Role
from tests.screens.conftest import Open, text_of


def asked(page: AppTest, form: str) -> AppTest:
    return page.segmented_control(key="readers-form").set_value(form).run()


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def test_somebody_is_let_in_by_a_link_and_later_no_longer(open_page: Open, books_file: Path) -> None:
    page = open_page("fund", fund="isf-P001")
    assert "Nobody else may." in text_of(page)
    page = asked(page, "Let somebody read")
    next(each for each in page.text_input if each.label == "Their name, if they are new").set_value("Peggy <b>Lane</b>")
    page = press(page, "Let them read")
    assert "Peggy <b>Lane</b> may read what is published for" in text_of(page)
    finance = Acting(desk.books(), "asha", datetime.now(UTC))
    reader, = readers.list_readers(finance)
    assert [(each.person, each.relationship, each.last) for each in reader.grants] == [("P001", "the budget holder", None)]

    page = press(asked(page, "Make a link"), "Make the link")
    token = re.search(r"/reader/open\?token=([\w-]{43})$", page.code[0].value)
    assert token is not None
    assert readers.link_stands(token[1], finance.at)

    page = press(asked(page, "Let somebody read no longer"), "End it today")
    assert "reads for" in text_of(page)
    assert not any(each.stands(finance.today) for each in readers.list_readers(finance)[0].grants)


def test_who_may_read_is_seen_by_an_auditor_and_changed_only_by_finance(open_page: Open, books_file: Path) -> None:
    open_page("fund", fund="isf-P001")
    add_user(desk.books(), "olga", added_by="asha", at=datetime.now(UTC), roles=[Role.AUDITOR])
    page = open_page("fund", user="olga", fund="isf-P001")
    assert "A finance manager changes who may read." in text_of(page)
    with pytest.raises(KeyError):
        page.segmented_control(key="readers-form")
