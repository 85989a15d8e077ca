"""Quotes and reviews: the list as the action has it, filters in the address, an answer recorded once, a quote made of a file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from streamlit.testing.v1 import AppTest

from basics.money import Money
from costing.quote import Standing, Word
from ringfence.actions.acting import Acting
from ringfence.actions.costing import EXAMPLE_NAME, as_cost_file, example_content
from ringfence.actions.desk import books
from ringfence.actions.quote_files import priced_content
from ringfence.actions.quote_records import Asking
from ringfence.actions.quotes import answer_quote, make_quote, quotes
from tests.screens.conftest import Open, html_of, text_of

FILE = as_cost_file(example_content())
PRICED = priced_content(FILE, EXAMPLE_NAME)


def asha() -> Acting:
    return Acting(books(), "asha", datetime.now(UTC))


def ask(funder: str = "Northshore Council", days: int = 30) -> None:
    make_quote(asha(), PRICED, Asking(funder, asha().today + timedelta(days=days)))


def test_a_page_without_quotes_says_what_to_do(open_page: Open) -> None:
    text = text_of(open_page("quotes"))
    assert "Nothing has been asked yet." in text
    assert "Make the first one below" in text
    assert "There is a problem" not in text


def test_the_list_shows_what_the_action_says(open_page: Open) -> None:
    page = open_page("quotes")
    ask()
    ask("South <b>Council</b>", days=3)
    answer_quote(asha(), "Q-0001", Word.OFFERED, price=Money.parse("28.50"))
    text = text_of(page.run())
    assert "2 quotes wait for an answer. 1 expires within 14 days: ask before then." in text
    assert "All: 2 · Offered: 2 · Accepted: 0" in text
    assert "Q-0001 Outreach, 20 hours a week Northshore Council £29.48 for each hour £28.50 they offer" in text
    assert "Expires soon" in text
    assert "South <b>Council</b>" in text
    assert "<b>Council</b>" not in html_of(page)
    assert f'href="/documents/{quotes(asha()).quotes[0].document_id}.pdf"' in html_of(page)


def test_filters_stand_in_the_address(open_page: Open) -> None:
    page = open_page("quotes", status="Refused")
    ask()
    ask("Southgate")
    answer_quote(asha(), "Q-0002", Word.REFUSED, why="No money")
    text = text_of(page.run())
    assert "No money" in text
    assert "Q-0001 Outreach" not in text
    page.text_input(key="search").set_value("northshore").run()
    assert "No quote matches." in text_of(page)


def test_an_answer_is_recorded_with_its_price_and_why(open_page: Open) -> None:
    page = open_page("quotes")
    ask()
    page.run()
    page.text_input(key="answer-price-Q-0001").set_value("28.60").run()
    page.text_input(key="answer-why-Q-0001").set_value("Our budget").run()
    (button,) = [each for each in page.button if each.label.startswith("Record")]
    assert button.label == "Record that Q-0001 is accepted at £28.60 for each hour"
    text = text_of(button.click().run())
    assert "Recorded: Q-0001 was accepted on" in text
    (kept,) = quotes(asha()).quotes
    assert (kept.standing(asha().today), kept.answer.pence, kept.answer.why) == (Standing.ACCEPTED, 2860, "Our budget")
    assert [each for each in page.button if each.label.startswith("Record")] == []


def test_what_cannot_be_read_or_agreed_is_said_and_stays(open_page: Open) -> None:
    page = open_page("quotes")
    ask()
    page.run()
    page.text_input(key="answer-price-Q-0001").set_value("28,6O").run()
    assert 'class="rf-beside" role="alert"' in html_of(page)
    assert [each for each in page.button if each.label.startswith("Record")] == []
    page.text_input(key="answer-price-Q-0001").set_value("40").run()
    (button,) = [each for each in page.button if each.label.startswith("Record")]
    assert "is more than the £29.48" in text_of(button.click().run())
    assert page.text_input(key="answer-price-Q-0001").value == "40"


def test_what_was_agreed_below_full_cost_is_told_first(open_page: Open) -> None:
    page = open_page("quotes")
    ask()
    answer_quote(asha(), "Q-0001", Word.ACCEPTED, price=Money.parse("24.10"))
    assert "Q-0001 was agreed £78.21 a week below full cost, and no decision covers it." in text_of(page.run())


def send(page: AppTest, content: bytes, name: str = "mine.cost.yaml") -> AppTest:
    return page.file_uploader[0].upload(name, content, "application/yaml").run()


def test_a_quote_is_made_of_a_file_that_is_sent(open_page: Open) -> None:
    page = send(open_page("quotes"), FILE)
    assert "Outreach, 20 hours a week: £29.48 an hour, £589.60 a week, £30,659.20 a year." in text_of(page)
    (button,) = [each for each in page.button if each.label == "Ask £29.48 for each hour"]
    assert "Nobody said whom to ask." in text_of(button.click().run())
    page.text_input(key="quote-funder").set_value("Northshore Council").run()
    (button,) = [each for each in page.button if each.label == "Ask £29.48 for each hour"]
    assert "Q-0001 is made." in text_of(button.click().run())
    assert [each.quote.funder for each in quotes(asha()).quotes] == ["Northshore Council"]
    (button,) = [each for each in page.button if each.label == "Ask £29.48 for each hour"]
    button.click().run()
    assert len(quotes(asha()).quotes) == 1


def test_a_price_below_full_cost_is_refused_on_the_page(open_page: Open) -> None:
    page = send(open_page("quotes"), FILE)
    page.text_input(key="quote-funder").set_value("Northshore Council").run()
    page.text_input(key="quote-price").set_value("24.10").run()
    (button,) = [each for each in page.button if each.label == "Ask £24.10 for each hour"]
    assert "below the full cost" in text_of(button.click().run())
    assert quotes(asha()).quotes == ()


def test_a_file_that_cannot_be_priced_says_why(open_page: Open) -> None:
    text = text_of(send(open_page("quotes"), FILE.replace(b"support:", b"suport:")))
    assert "There is a problem" in text
    assert "Did you mean “support”?" in text


def test_a_first_day_on_which_the_price_is_another_is_refused_on_the_page(open_page: Open) -> None:
    page = send(open_page("quotes"), FILE)
    page.text_input(key="quote-funder").set_value("Northshore Council").run()
    page.date_input(key="quote-first").set_value(date(2025, 10, 1)).run()
    (button,) = [each for each in page.button if each.label == "Ask £29.48 for each hour"]
    assert "Give the cost file that day" in text_of(button.click().run())
    assert quotes(asha()).quotes == ()


def test_one_of_several_funders_is_asked_for_their_part_on_the_page(open_page: Open) -> None:
    page = send(open_page("quotes"), FILE + b"funders:\n  - {funder: Northshore Council, percent: 75}\n  - {funder: A trust}\n")
    assert "Each of its funders is asked for their own part of the week: Northshore Council £442.20, A trust £147.40." in text_of(page)
    page.text_input(key="quote-funder").set_value("Northshore Council").run()
    (button,) = [each for each in page.button if each.label == "Ask for their part of £29.48 for each hour"]
    assert "Q-0001 is made. It asks £442.20 for each week." in text_of(button.click().run())
