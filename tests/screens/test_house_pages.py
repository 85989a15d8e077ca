"""The pages of whoever keeps house: the log, settings, help, the first price, and the guide on Home of empty books."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from basics.money import Money
from costing.price import money
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.books import add_user, make_books
from ringfence.actions.desk import books
from ringfence.actions.first_price import first_price, overheads_typed
from ringfence.actions.glossary import WORDS
from ringfence.actions.help import find_pages, help_pages
from ringfence.actions.log import log_between, open_entry
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.settings import settings_of
from ringfence.screens import first_price as first_price_page
from tests.screens.conftest import Open, html_of, text_of


def acting(user: str = "asha") -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def empty(tmp_path: Path) -> Path:
    file = tmp_path / "empty.db"
    store = make_books(str(file), provider="Us <b>& Co</b>", sample=True, key=None)
    add_user(store, "asha", added_by="", at=datetime.now(UTC))
    store.close()
    return file


class TestTheLog:
    def test_shows_the_last_25_of_everything_that_was_done(self, open_page: Open) -> None:
        page = open_page("log")
        found = log_between(acting())
        assert f"{len(found)} things were done, the latest first." in text_of(page)
        assert text_of(page).count("/2026 ") == min(25, len(found))

    def test_is_filtered_by_the_address(self, open_page: Open) -> None:
        page = open_page("log", **{"who": "ben", "from": "2026-01-01", "to": "2026-06-30"})
        found = [each for each in log_between(acting(), user="ben") if each.at.month <= 6]
        assert f"{len(found)} things were done on the days asked for" in text_of(page)
        assert "Prepared" not in text_of(page)
        assert "“soon” is not a day." in text_of(open_page("log", **{"from": "soon"}))

    def test_an_entry_opens_to_what_it_changed(self, open_page: Open) -> None:
        open_page("log")
        number = next(each.number for each in reversed(log_between(acting())) if each.did.startswith("Prepared a file"))
        text = text_of(open_page("log", entry=str(number)))
        for name, count in open_entry(acting(), number or 0).changed.items():
            assert f" {count:,}" in text, name
        assert "Approved by ben on" in text
        assert "Our own particulars" in text
        assert re.search(r"from on [–\w ]* [0-9]{1,2} [A-Z][a-z]+ 2026", text), "its days stand in words"
        assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
        assert "There is no entry 99999 in the log." in text_of(open_page("log", entry="99999"))
        assert "There is no entry 0 in the log." in text_of(open_page("log", entry="<script>"))


class TestSettings:
    def test_a_change_is_prepared_and_counts_once_another_approves(self, open_page: Open) -> None:
        page = open_page("settings")
        assert settings_of(acting()).provider["contact"]["telephone"] in text_of(page)
        telephone = next(each for each in page.text_input if each.label == "Telephone")
        telephone.set_value("01632 960 999")
        next(each for each in page.button if each.label.startswith("Prepare the change")).click()
        page = page.run()
        assert "Prepared. It counts once another person approves it ." in text_of(page)
        waiting, = [each for each in waiting_for_approval(acting()) if "how the provider" in " ".join(each.says)]
        approve(acting("ben"), waiting.digest)
        assert settings_of(acting()).provider["contact"]["telephone"] == "01632 960 999"

    def test_what_is_wrong_is_said_and_stays(self, open_page: Open) -> None:
        page = open_page("settings")
        next(each for each in page.text_input if each.label == "Name").set_value("")
        next(each for each in page.button if each.label.startswith("Prepare the change")).click()
        page = page.run()
        assert "There is a problem" in text_of(page)
        assert next(each for each in page.text_input if each.label == "Name").value == ""

    def test_empty_books_say_what_is_missing_and_a_hostile_name_is_only_words(self, open_page: Open, tmp_path: Path) -> None:
        page = open_page("settings", books=empty(tmp_path))
        assert "Nobody has said yet who we are" in text_of(page)
        assert "Us <b>& Co</b>" in text_of(page)
        assert "Us <b>" not in html_of(page)


class TestHelp:
    def test_lists_every_page_and_finds_some(self, open_page: Open) -> None:
        page = open_page("help")
        assert f"{len(help_pages())} pages." in text_of(page)
        found = text_of(open_page("help", find="ten minutes"))
        assert f"{len(find_pages('ten minutes'))} pages about “ten minutes”" in found
        assert "How do I get to a first price in ten minutes?" in found
        assert "No page has all of these words" in text_of(open_page("help", find="<b>zzz"))

    def test_opens_a_page_with_its_links_inside_the_app(self, open_page: Open) -> None:
        page = open_page("help", about="reconciliation")
        assert "Is people’s money all there?" in text_of(page)
        assert 'href="/help?about=' in html_of(open_page("help", about="words"))
        assert "There is no page “../README”." in text_of(open_page("help", about="../README"))

    def test_words_open_where_they_stand(self, open_page: Open) -> None:
        for page, word in (("", "money held"), ("cost", "full cost"), ("watch", "surplus"), ("split", "kept back"), ("month-end", "locked")):
            assert WORDS[word].means in text_of(open_page(page)), page


class TestTheFirstPrice:
    def test_moves_with_what_is_pasted_and_is_filled_in_where_any_price_is_made(self, open_page: Open) -> None:
        page = open_page("first-price")
        page.text_area(key="first-company").set_value("<b>Rent</b>\t24,000")
        page.text_input(key="first-hours").set_value("20,000")
        page = page.run()
        expected = first_price(
            overheads_typed(first_price_page.CO_ORDINATION, ""), overheads_typed("<b>Rent</b> = 24000", ""), Decimal(20_000), Decimal(10))
        assert f"An hour is {money(expected.price.quoted)}:" in text_of(page)
        assert f"All overheads {Money(19_000_000)}" in text_of(page)
        assert "<b>Rent" not in html_of(page)
        next(each for each in page.button if each.label == "Fill it in on Cost a package").click()
        assert "It is filled in." in text_of(page.run())

    def test_what_cannot_be_read_is_named_and_stays(self, open_page: Open) -> None:
        page = open_page("first-price")
        page.text_area(key="first-company").set_value("Rent")
        page.text_input(key="first-hours").set_value("many")
        text = text_of(page.run())
        assert "Company costs, line 1 : “Rent” is not a name and pounds." in text.partition("1. What does it cost")[0]  # at the top of the page
        assert text.count("“Rent” is not a name and pounds.") == 2  # and beside the box
        assert "“many” is not a number." in text
        assert page.text_area(key="first-company").value == "Rent"


class TestTheGuideOnHome:
    def test_empty_books_begin_with_the_first_price(self, open_page: Open, tmp_path: Path) -> None:
        page = open_page("", books=empty(tmp_path))
        assert "To begin 6 of 6 steps are left." in text_of(page)
        assert 'href="/first-price"' in html_of(page)

    def test_books_with_a_closed_month_need_none(self, open_page: Open) -> None:
        assert "To begin" not in text_of(open_page(""))
