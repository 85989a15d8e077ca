"""Rates: every figure as it stands today, and forms that add to them; what is on the page is what the action says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from basics.periods import day_of
from ringfence.actions.costing import published_figures
from ringfence.actions.parameters import Standing, listed_figures, published
from ringfence.screens.rates_typed import Typed
from tests.screens.conftest import Open, html_of, text_of

NASTY = "<img src=x onerror=alert(1)> & “Sons”"
KEY = "national_living_wage"


@pytest.fixture(autouse=True)
def _no_folder_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RINGFENCE_PARAMETERS", raising=False)


def write(page: AppTest, label: str, text: str) -> None:
    next(box for box in [*page.text_input, *page.text_area] if box.label == label).set_value(text)


def choose(page: AppTest, label: str, day: date) -> None:
    next(box for box in page.date_input if box.label == label).set_value(day)


def press(page: AppTest, begins: str) -> AppTest:
    return next(button for button in page.button if button.label.startswith(begins)).click().run()


def filled_scale(page: AppTest, name: str = "Harbour", points: str = "5\t£12.85\tSupport worker\n6 13.10") -> None:
    for label, text in (("Name of the scale", name), ("Whom it is for", "Everybody"), ("Who sets it", "our board"),
                        ("Where it is written", "minutes"), ("Points, one a line", points)):
        write(page, label, text)
    choose(page, "First day", date(2026, 4, 1))
    choose(page, "Known until", date(2027, 3, 31))


def test_every_figure_is_there_with_what_counts_today(open_page: Open) -> None:
    page, figures = open_page("rates"), listed_figures(day_of(datetime.now(UTC)))
    text = text_of(page)
    assert f"{len(figures)} published figures," in text
    for each in figures:
        assert each.parameter.name in text
        assert each.now is None or each.in_words(each.now) in text
    assert text.count("Ends soon") == sum(each.standing is Standing.ENDS_SOON for each in figures)
    assert text.count("From memory") == sum(bool(each.now and each.now.from_memory) for each in figures)
    assert "£45.771 a person a year until 31/03/2019, from memory" in text
    assert "You have no pay scale here." in text


def test_a_figure_shows_every_value_and_where_it_is_written(open_page: Open) -> None:
    text = text_of(open_page("rates", figure="employer_ni_rate"))
    for said in ("05/11/2022", "06/11/2022", "15.05%", "13.8%", "From memory", "https://www.legislation.gov.uk/ukpga/2025/11"):
        assert said in text


def test_a_figure_or_a_scale_that_is_not_there_is_told(open_page: Open) -> None:
    assert '<a href="/rates">Rates</a>' in html_of(open_page("rates", scale="NJC"))
    assert "There is no published figure called “wages”" in text_of(open_page("rates", figure="wages"))
    assert "There is no pay scale called “NJC”" in text_of(open_page("rates", scale="NJC"))


def test_the_next_value_is_written_beside_the_books_and_counts(open_page: Open, books_file: Path) -> None:
    page = open_page("rates", figure=KEY)
    last = published()[KEY].known_until
    write(page, "Value, pounds an hour", "13.30")
    write(page, "Where it is written", "a letter")
    done = press(page.run(), "Add £13.30 an hour from")
    assert "Added £13.30 an hour from 1 April 2027." in text_of(done)
    assert (books_file.parent / "rates" / f"{KEY}.yaml").exists()
    assert published()[KEY].known_until.year == last.year + 1
    assert next(box for box in done.text_input if box.label.startswith("Value")).value == ""


def test_what_is_wrong_is_told_at_once_and_what_was_typed_stays(open_page: Open, books_file: Path) -> None:
    page = open_page("rates", figure=KEY)
    write(page, "Value, pounds an hour", "twelve")
    text = text_of(press(page, "Add the value"))
    assert "“twelve” is not a number." in text
    assert "Where it is written : Nothing is written here." in text
    assert next(box for box in page.text_input if box.label.startswith("Value")).value == "twelve"
    assert not (books_file.parent / "rates").exists()


def test_a_pay_scale_is_added_and_is_a_choice_of_pay(open_page: Open) -> None:
    page = open_page("rates")
    filled_scale(page)
    text = text_of(press(page, "Add the pay scale"))
    assert "Added the pay scale Harbour." in text
    pay = text_of(open_page("rates", scale="Harbour"))
    assert "5 Support worker £12.85 an hour 01/04/2026" in pay
    assert "Harbour, point 6" in next(box for box in open_page("cost").selectbox if box.label == "Pay an hour is").options[-2]


def test_what_a_scale_pays_next_starts_from_what_it_pays(open_page: Open) -> None:
    page = open_page("rates")
    filled_scale(page)
    press(page, "Add the pay scale")
    page = open_page("rates", scale="Harbour")
    assert page.text_area[0].value == "5  12.85\n6  13.10"
    write(page, "Points, one a line", "5  13.45")
    write(page, "Where it is written", "minutes")
    press(page, "Add this pay")
    assert published().pay_per_hour("Harbour", "5", date(2027, 4, 1)).value == Decimal("13.45")


def test_a_pay_scale_with_nothing_in_it_names_every_box(open_page: Open) -> None:
    text = text_of(press(open_page("rates"), "Add the pay scale"))
    for box in ("Name of the scale", "Whom it is for", "Who sets it", "First day", "Known until", "Where it is written", "Points, one a line"):
        assert f"{box} :" in text


def test_a_hostile_name_is_only_text(open_page: Open) -> None:
    page = open_page("rates")
    filled_scale(page, NASTY, "5 12.85 <b>Lead</b>")
    assert "<img" not in html_of(press(page, "Add the pay scale"))
    shown = open_page("rates", scale=NASTY)
    assert "<img" not in html_of(shown)
    assert "<b>Lead" not in html_of(shown)
    assert NASTY in text_of(shown)


def test_a_folder_with_a_file_that_is_wrong_is_told_on_the_page(open_page: Open, books_file: Path) -> None:
    (books_file.parent / "rates").mkdir()
    (books_file.parent / "rates" / "ours.yaml").write_text("name: Ours\n", encoding="utf-8")
    assert "ours.yaml, line 1, known_until : “known_until” is missing. Add it." in text_of(open_page("rates"))


def test_a_form_for_points_reads_what_a_worksheet_pastes() -> None:
    read = Typed()
    assert read.points("5\t£12.85\tSupport worker\n\n A6, 13,100.50, Lead\n7 14") == (
        {"5": Decimal("12.85"), "A6": Decimal("13100.50"), "7": Decimal(14)}, {"Support worker": ("5",), "Lead": ("A6",)})
    assert read.problems == []


@pytest.mark.parametrize(("text", "told"), [("5", "line 1"), ("5 12.85\n5 13", "line 2"), ("5/6 12", "line 1"), ("", "There is no point"),
                                            ("5 12,85", "is not a number")])
def test_a_point_that_cannot_be_read_is_told_with_its_line(text: str, told: str) -> None:
    read = Typed()
    read.points(text)
    assert told in str(read.problems[0])


def test_prices_to_compare_with_are_no_choice_of_pay(open_page: Open) -> None:
    options = next(box for box in open_page("cost").selectbox if box.label == "Pay an hour is").options
    assert len(options) == len(published_figures(published()[KEY].unit, None)) + 1
    assert not [option for option in options if "Homecare" in option]
