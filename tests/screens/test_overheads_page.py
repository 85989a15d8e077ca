"""Overheads in the app: the file is divided as the command divides it, or says why not; and what no price earns stands beside it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from basics.money import Money
from ringfence.actions.overheads import example_file, not_recovered, overheads_of_content
from ringfence.cli.overheads import as_text
from tests.screens.conftest import Open, html_of, text_of

NAME, EXAMPLE = example_file()
FOUND = overheads_of_content(EXAMPLE, NAME)
NO_HOURS = EXAMPLE.replace(b"Day opportunities, support_hours: 9000,", b"Day opportunities,").replace(b"driver: support_hours", b"driver: headcount")


def _draw() -> None:
    from ringfence.screens.overheads import page

    page()


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(_draw, default_timeout=60).run()


def sent(page: AppTest, content: bytes, name: str = NAME) -> AppTest:
    page.file_uploader[0].set_value((name, content, "application/yaml"))
    return page.run()


def charged(page: AppTest, service: str, said: str) -> AppTest:
    page.text_input(key=f"overheads-charged-{service}").set_value(said)
    return page.run()


def test_an_empty_page_says_what_to_send(page: AppTest) -> None:
    assert "Send what the accounts cost in a year" in text_of(page)
    assert "Full cost" not in text_of(page)


def test_the_page_says_what_the_command_says(page: AppTest) -> None:
    text = text_of(sent(page, EXAMPLE))
    for service in FOUND.services:
        assert str(service.direct) in text
        assert str(service.full_cost) in text
    for pool in FOUND.pools:
        assert " ".join(map(str, (pool.own, pool.received, pool.whole))) in text
        for each in pool.parts:
            assert f"{each.to} {each.money}" in text
    printed = "\n".join(as_text(FOUND, True, []))
    for figures in ("£5.68 £5.02 £11.41", "28.4 25.1 59.7"):
        assert figures in text
        assert figures.replace("£", "").split() == [each for each in figures.replace("£", "").split() if each in printed]
    assert "The costs of the list add to £2,500,000.00, the total of the accounts." in text
    steps = [line.partition(". ")[2] for line in printed.splitlines() if line[:1].isdigit()]
    assert steps
    assert [step for step in steps if " ".join(step.split()) not in text] == []


def test_the_example_can_be_looked_at_without_any_file(page: AppTest) -> None:
    text = text_of(next(each for each in page.button if each.key == "overheads-show").click().run())
    assert "This is the documented example. £568,000.00 of overheads, divided among 3 services to the penny." in text
    assert "add to £2,500,000.00" in text


def test_what_prices_do_not_earn_is_told_service_by_service(page: AppTest) -> None:
    page = sent(page, EXAMPLE)
    assert "Nothing is typed yet, so nobody knows what is recovered." in text_of(page)
    text = text_of(charged(charged(page, "Outreach", "£4.20"), "Supported living", "5.50"))
    for each in not_recovered(FOUND, {"Outreach": Money(420), "Supported living": Money(550)}):
        told = (each.service, each.overheads, each.charged_per_hour, each.recovered, each.not_recovered, each.beyond)
        assert " ".join(map(str, told)) in text
    assert "Together £465,319.48 £437,200.00 £53,190.97 £25,071.49" in text


def test_what_cannot_be_read_is_said_beside_its_box_and_stays(page: AppTest) -> None:
    for said, answer in (("plenty", "“plenty” is not an amount of money."), ("-1", "less than nothing")):
        page = charged(sent(page, EXAMPLE), "Outreach", said)
        assert answer in text_of(page)
        assert page.text_input(key="overheads-charged-Outreach").value == said


def test_a_service_without_hours_says_that_no_hour_can_earn_its_overheads(page: AppTest) -> None:
    page = sent(page, NO_HOURS)
    assert "no price of an hour can earn their overheads: Day opportunities." in text_of(page)
    assert [each.label for each in page.text_input] == ["In an hour of Outreach", "In an hour of Supported living"]


def test_everything_that_is_wrong_is_said_at_once_and_names_are_only_words(page: AppTest) -> None:
    text = text_of(sent(page, EXAMPLE.replace(b"accounts_total: 2500000.00", b"accounts_total: 1").replace(b"driver: users", b"driver: rooms")))
    assert "There is a problem" in text
    assert "overheads.yaml, line" in text
    assert "The file cannot be divided yet." in text
    hostile = sent(page, EXAMPLE.replace(b"service: Outreach", b"service: <b>Outreach</b>"))
    assert "<b>Outreach</b>" in text_of(hostile)
    assert "<b>Outreach" not in html_of(hostile)


def test_it_is_reached_from_the_rates_and_the_first_price(open_page: Open) -> None:
    for address in ("rates", "first-price"):
        assert 'href="/overheads"' in html_of(open_page(address))
