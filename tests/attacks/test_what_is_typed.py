"""Markup in every field and SQL in every filter, page by page: what was typed is shown as words, finds nothing, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from markupsafe import escape
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ringfence.screens
from basics.periods import Month
from isf.fees import LONGEST_SERVICE
from ringfence.actions import desk
from ringfence.actions.acting import Acting
from ringfence.actions.fees import FeeTyped, payers_of_fees, record_fee
from ringfence.actions.trustees_words import say_to_trustees
from ringfence.screens.places import MENU
from ringfence.store.schema import metadata

NAVIGATION = Path(str(ringfence.screens.__file__)).with_name("navigation.py")
PATIENCE_SECONDS = 120
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'</style>"
RAW = re.compile(r"<script>alert|<img src=x|onerror=alert\(1\)>(?!&)", re.IGNORECASE)
NONSENSE = "zzqqxx"
SQL = "' OR 1=1; DROP TABLE person; --"
PAGES = [address for places in MENU.values() for _, _, address in places]
OPENS: Mapping[str, tuple[str, ...]] = {
    "visits": ("visit", "carer"), "log": ("entry",), "rates": ("figure", "scale"), "fund": ("fund", "month"), "month-end": ("month",),
    "statements": ("month",), "import": ("import",), "contracts": ("contract",), "invoices": ("invoice", "month"), "help": ("about",),
    "debtors": ("payer", "as_at"), "cases": ("case",), "accounts": ("month",), "exports": ("month",), "trustees": ("month",),
}
"""What leads to one thing, or to one month, on each page."""
BINDS = re.compile(r'in_address\("(\w+)"\)|key="(\w+)",\s+bind="query-params"')
FILTERS = sorted({first or second for path in NAVIGATION.parent.glob("*.py") for first, second in BINDS.findall(path.read_text(encoding="utf-8"))}
                 - {"contract"})
"""Every filter that any page keeps in its address, found in the pages themselves; a contract is opened, and tried as such."""


@pytest.fixture(scope="module")
def _sitting(sample_file: Path, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """One copy of the sample for all pages: what is tried here may change nothing."""
    books = tmp_path_factory.mktemp("typed") / "books.db"
    books.write_bytes(sample_file.read_bytes())
    before = list(desk._chosen)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(st.context), "cookies", {})
        desk.sit_down(str(books), key=None, user="asha")
        yield
    desk.books().close()
    desk._chosen[:] = before
    desk._opened.cache_clear()


def opened(address: str, **asked: str) -> AppTest:
    page = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_SECONDS)
    page._page_hash = calc_hash(address)
    page.query_params = dict(asked)
    return page.run()


def rows() -> dict[str, int]:
    """How many rows each table of the books has."""
    with Acting(desk.books(), "asha", datetime.now(UTC)).store.reading() as connection:
        return {each.name: connection.execute(select(func.count()).select_from(each)).scalar_one() for each in metadata.sorted_tables}


def bodies(page: AppTest) -> str:
    return "\n".join(each.proto.body for each in page.main if hasattr(each, "proto") and hasattr(each.proto, "body"))


@pytest.mark.usefixtures("_sitting")
class TestWhatIsTypedStaysWords:
    """What is typed on a page, or stands in its address, is neither run by a browser nor by the database."""

    @pytest.mark.parametrize("address", PAGES)
    def test_markup_in_every_field_of_a_page_is_shown_as_words(self, address: str) -> None:
        page = opened(address)
        boxes = [*page.text_input, *page.text_area]
        for box in boxes:
            if not box.disabled:
                box.set_value(MARKUP[:box.max_chars or None])
        before = rows()
        page.run()
        assert not page.exception
        assert RAW.findall(bodies(page)) == []
        assert rows() == before

    @pytest.mark.parametrize("address", PAGES)
    def test_a_command_to_the_database_in_every_filter_of_a_page_finds_nothing_and_changes_nothing(self, address: str) -> None:
        before = rows()
        found, nonsense = (opened(address, **dict.fromkeys(FILTERS, words)) for words in (SQL, NONSENSE))
        assert not found.exception
        assert bodies(found).count("<tr") == bodies(nonsense).count("<tr"), "it finds what nonsense finds"
        for name in OPENS.get(address, ()):
            for asked in (SQL, MARKUP):
                page = opened(address, **{name: asked})
                assert not page.exception
                assert RAW.findall(bodies(page)) == []
        assert rows() == before

    @pytest.mark.parametrize("address", ["trustees", "offers", "log"])
    def test_markup_that_was_kept_for_trustees_is_shown_as_words(self, address: str) -> None:
        asha = Acting(desk.books(), "asha", datetime.now(UTC))
        month, payer = Month.of(asha.today), payers_of_fees(asha)[0].reference
        say_to_trustees(asha, month, MARKUP, MARKUP)
        fee = record_fee(asha, FeeTyped(payer, MARKUP[:LONGEST_SERVICE], asha.today, asked="24.10", people=12))
        page = opened(address, month=str(month))
        assert not page.exception
        assert RAW.findall(bodies(page)) == []
        assert str(escape(fee.service[:20])) in bodies(page), "it is there, as words"
