"""Keeping totals by service on *Actual cost*: what the accounts have is typed, only totals stay, and trustees read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ringfence.actions.acting import Acting
from ringfence.actions.actual_cost import actual_of_content, example_files
from ringfence.actions.books import add_user, open_books
from ringfence.actions.desk import books
from ringfence.actions.rights import Role
from ringfence.actions.service_totals import totals_kept
from tests.screens.conftest import Open, text_of

FILES = example_files()
BESIDE = actual_of_content(FILES["actual.yaml"], "actual.yaml", FILES)
KEEPS = "Keep the totals for the trustees"
UNSAID = {**FILES, "actual.yaml": FILES["actual.yaml"].replace(b"    charged: 2650.00\n    other_costs: 180.00\n", b"")}


def sent(page: AppTest, files: Mapping[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value(("actual.yaml", files["actual.yaml"], "application/yaml"))
    page.file_uploader[1].set_value([(name, content, "text/csv") for name, content in files.items() if name != "actual.yaml"])
    return page.run()


def box(n: int, what: str) -> str:
    return f"actual-{what}-{n}-{BESIDE.name}-{BESIDE.period}"


def asha() -> Acting:
    return Acting(books(), "asha", datetime.now(UTC))


def test_what_the_file_says_stands_in_the_boxes_and_what_is_kept_is_read_by_a_trustee(open_page: Open, books_file: Path) -> None:
    store = open_books(str(books_file), key=None)
    add_user(store, "tess", added_by="asha", at=datetime.now(UTC), roles=[Role.TRUSTEE])
    store.close()
    page = sent(open_page("actual"), FILES)
    assert page.text_input(key=box(0, "charged")).value == "1333.97"
    assert "Service Surplus or loss Charged Cost Support given Outreach" in text_of(page).split("What trustees would read")[1]
    page = page.button(key="actual-keep").click().run()
    assert "Kept: trustees read what each service left over in 5 to 11 October 2026." in text_of(page)
    assert "Kept by asha on" in text_of(page)
    seen = text_of(open_page("trustees", user="tess", month="2026-10"))
    assert "Outreach -£8.50 £1,333.97 £1,342.47 45 h 15 m" in seen
    assert "5 to 11 October 2026, as asha kept it on" in seen
    page = sent(open_page("actual"), FILES)
    assert "Taken away:" in text_of(page.button(key="actual-take-away").click().run())
    assert totals_kept(asha(), BESIDE.period) is None


def test_a_blank_is_asked_for_and_never_taken_as_nil(open_page: Open) -> None:
    page = sent(open_page("actual"), UNSAID)
    assert "What trustees would read" not in text_of(page)
    text = text_of(page.button(key="actual-keep").click().run())
    assert "Nobody said what it was charged in this time." in text
    assert totals_kept(asha(), BESIDE.period) is None
    page.text_input(key=box(1, "charged")).set_value("2,650")
    page.text_input(key=box(1, "other")).set_value("none")
    page = page.run()
    assert "“none” is not an amount of money." in text_of(page)
    page.text_input(key=box(1, "other")).set_value("180")
    page = page.run()
    assert "Supported living £97.10 £2,650.00 £2,552.90 108 h 30 m" in text_of(page)
    page.button(key="actual-keep").click().run()
    assert totals_kept(asha(), BESIDE.period) is not None


def test_an_auditor_looks_and_is_told_who_keeps(open_page: Open, books_file: Path) -> None:
    store = open_books(str(books_file), key=None)
    add_user(store, "audrey", added_by="asha", at=datetime.now(UTC), roles=[Role.AUDITOR])
    store.close()
    page = sent(open_page("actual", user="audrey"), FILES)
    assert f"{KEEPS}: only a finance manager may do this." in text_of(page)
    assert KEEPS not in [each.label for each in page.button]


def test_the_invented_example_is_never_kept(open_page: Open) -> None:
    page = open_page("actual")
    next(button for button in page.button if button.label == "Show what the example says").click()
    page = page.run()
    assert "Totals by service are kept for the trustees from files of your own." in text_of(page)
    assert KEEPS not in [each.label for each in page.button]
