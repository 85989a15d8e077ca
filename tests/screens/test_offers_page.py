"""Offers and subsidies: an offer beside the cost, a decision asked for and approved by another, and the register of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from basics.money import Money
from costing.package import Per
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.costing import EXAMPLE_NAME, as_cost_file, example_content
from ringfence.actions.desk import books
from ringfence.actions.offers import offer_on_content
from ringfence.actions.subsidies import propose_subsidy, register
from tests.screens.conftest import Open, html_of, text_of

OFFER = offer_on_content(as_cost_file(example_content()), EXAMPLE_NAME, Money.parse("24.10"), Per.HOUR)


def with_offer(page: AppTest, pounds: str) -> AppTest:
    return next(box for box in page.text_input if box.label == "What is offered, £").set_value(pounds).run()


def test_an_empty_register_says_what_to_do(open_page: Open) -> None:
    text = text_of(open_page("offers"))
    assert "Nothing is sold below full cost that anybody decided here." in text
    assert "No decision has been asked for yet." in text
    assert "There is a problem" not in text


def test_an_offer_stands_beside_each_level_as_the_action_says(open_page: Open) -> None:
    text = text_of(with_offer(open_page("offers"), "24.10"))
    for each in OFFER.beside:
        assert f"{each.level.value} {each.per_hour} {each.short_per_hour} {each.short_per_week} {each.short_per_year}" in text


def test_what_cannot_be_read_is_said_beside_its_box_and_stays(open_page: Open) -> None:
    page = with_offer(open_page("offers"), "24,1O")
    assert next(box for box in page.text_input if box.label == "What is offered, £").value == "24,1O"
    assert 'class="rf-beside" role="alert"' in html_of(page)


def test_an_offer_above_full_cost_asks_for_nothing(open_page: Open) -> None:
    page = with_offer(open_page("offers"), "40")
    assert "This is not below full cost." in text_of(page)
    assert not [button for button in page.button if button.label.startswith("Ask to sell")]


def test_the_register_shows_who_decided_and_what_it_comes_to(open_page: Open, books_file: Path) -> None:
    page = open_page("offers", books=books_file)
    asha, ben = (Acting(books(), user, datetime.now(UTC)) for user in ("asha", "ben"))
    digest = propose_subsidy(asha, OFFER, funder="Northshore <b>Council</b>", why="A new service", paid_from="Reserves", first=date(2026, 10, 1),
                             last=date(2099, 3, 31))
    assert "Awaiting approval" in text_of(page.run())
    approve(ben, digest)
    text, found = text_of(page.run()), register(asha)
    assert f"We sell below full cost for {found.per_week} a week, {found.per_year} a year." in text
    assert "asked by asha, approved by ben" in text
    assert '<p class="rf-quiet" role="status">1 decision, of which 1 stands today.</p>' in html_of(page)
    assert "Northshore <b>Council</b>" in text
    assert "<b>Council</b>" not in html_of(page)


def test_a_decision_of_rates_that_have_changed_and_one_that_was_replaced_say_so(open_page: Open, books_file: Path) -> None:
    page = open_page("offers", books=books_file)
    asha, ben = (Acting(books(), user, datetime.now(UTC)) for user in ("asha", "ben"))
    last_year = as_cost_file({**example_content(), "on": date(2025, 10, 1)})
    offer = offer_on_content(last_year, EXAMPLE_NAME, Money.parse("24.10"), Per.HOUR)
    for why in ("One", "Two"):
        approve(ben, propose_subsidy(asha, offer, funder="Northshore", why=why, paid_from="Reserves", first=offer.on, last=date(2099, 3, 31)))
    text = text_of(page.run())
    assert "1 decision was worked out at rates that have changed since, or are not known now: check that offer again." in text
    assert "Check again" in text
    assert "31/03/2099 replaced from 01/10/2025" in text


def test_an_offer_tells_its_days_and_notes_and_is_asked_for_from_a_day_of_its_price(open_page: Open) -> None:
    content = {key: value for key, value in example_content().items() if key != "surplus"} | {"on": date(2025, 10, 1), "until": date(2026, 9, 30)}
    page = open_page("offers")
    page.file_uploader[0].upload("mine.cost.yaml", as_cost_file(content), "application/yaml").run()
    text = text_of(with_offer(page, "24.10"))
    assert "£24.10 an hour offered from 1 October 2025 to 30 September 2026" in text
    assert "One price for all days from 1 October 2025 to 30 September 2026" in text
    assert "This price holds no surplus." in text
    for key, said in (("funder", "A trust"), ("why", "New"), ("paid-from", "Reserves")):
        page.text_input(key=f"offer-{key}").set_value(said).run()
    page.date_input(key="offer-first").set_value(date(2026, 10, 1)).run()
    page.button(key="offer-ask").click().run()
    assert "1 October 2026 is not in its time" in text_of(page)
    assert register(Acting(books(), "asha", datetime.now(UTC))).subsidies == ()
