"""Cost a package: the page prices what is typed as `ringfence cost` does, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringfence.importing.templates import template
from ringfence.screens.cost_answer import BEFORE
from ringfence.screens.cost_explained import FROM_MEMORY
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.cost_page import box, by_the_command, fill, form_of, has_download, opened, press, row, shown_prices, table_of

EXAMPLE_PRICE = "£29.48"


@pytest.fixture
def page() -> AppTest:
    return opened()


FILLED = {
    "the example": {},
    "pay of our own, in pounds": {"staff__pay": "own", "staff__pay_per_hour": "£13.85", "staff__addition_per_hour": ""},
    "quoted by the week": {"quote__per": "week", "quote__step_pence": "7"},
    "every day of a year": {"support__weeks_per_year": "365/7", "support__hours_per_week": "17.5"},
    "no weeks": {"support__weeks_per_year": ""},
    "sleep-ins": {"sleep_ins": True, "sleep_ins__nights_per_week": "3", "sleep_ins__flat_per_night": "55", "quote__per": "week"},
    "flat on-costs": {"national_insurance": "percent", "national_insurance__percent": "9.5%", "pension": "none"},
    "neither travel nor holiday": {"travel": "none", "holiday": "none"},
    "mileage as HMRC publishes it": {"travel__mileage": "mileage_first_10000_miles", "travel__minutes": ""},
    "in pounds a visit": {"contingency__kind": "visit", "contingency__figure": "1,000.5", "surplus__kind": "none"},
    "without staff": {"staff": False},
    "last year": {"on": date(2025, 10, 1)},
    "leave of all paid weeks": {"holiday": "of_all_paid", "quote__step_pence": "1"},
    "thousandths of a pound": {"travel__pay_per_mile": "0.455", "support__visits_per_week": "21.25"},
}


@pytest.mark.parametrize("typed", FILLED.values(), ids=FILLED)
def test_the_price_on_the_page_is_the_one_that_the_command_gives_of_the_downloaded_file(page: AppTest, typed: dict, tmp_path: Path) -> None:
    fill(page, **typed)
    told = by_the_command(page, tmp_path)
    expected = {"hour": told["price_per_hour"], "week": told["price_per_week"], "year": told["price_per_year"]}
    assert shown_prices(page) == {per: amount for per, amount in expected.items() if amount}
    lines = [line["amount"] for line in told["lines"]]
    shown = [cells[1].replace("£", "").replace(",", "") for cells in table_of(page, "What the (?:hour|week) is made of")[1:-1]]
    assert [amount for amount in lines if amount not in shown] == []


def test_the_page_begins_with_the_priced_example(page: AppTest) -> None:
    text = text_of(page)
    assert "Cost a package" in text
    assert f"{EXAMPLE_PRICE} an hour, at the rates of 1 October 2026" in text
    assert "£30,659.20 a year" in text


def test_the_page_stands_at_its_address(open_page: Open) -> None:
    assert EXAMPLE_PRICE in text_of(open_page("cost"))


def test_amounts_and_shares_add_to_the_price_exactly(page: AppTest) -> None:
    fill(page, surplus__figure="4.7", quote__step_pence="7")
    head, *rows, total = table_of(page, "What the hour is made of")
    assert head == ["Line", "£", "Share"]
    parts = [cells for cells in rows if cells[0] in ("Direct support", "Service co-ordination", "Company costs", "Contingency", "Surplus")]
    rounding = [Decimal(cells[1].replace("£", "")) for cells in rows if cells[0] == "Rounding"]
    assert sum((Decimal(cells[1].strip("£")) for cells in parts), sum(rounding)) == Decimal(total[1].strip("£"))
    assert sum(Decimal(cells[2].strip("%")) for cells in parts) == 100
    assert total[2] == "100.0%"


@pytest.mark.parametrize("typed", ["12,5", "1e3", "abc", "5%", "£", "1 2", "--3"])
def test_what_cannot_be_read_stays_as_it_was_typed_and_is_never_priced(page: AppTest, typed: str) -> None:
    fill(page, staff__addition_per_hour=typed)
    assert box(page, "staff.addition_per_hour").value == typed
    said = f"“{typed}” is not a number."
    assert html_of(page).count(said) == 2  # at the top, and beside the box
    assert "There is a problem" in text_of(page)
    assert BEFORE in text_of(page)
    assert EXAMPLE_PRICE in text_of(page)
    assert not has_download(page)
    fill(page, staff__addition_per_hour="0.55")
    assert BEFORE not in text_of(page)
    assert has_download(page)


def test_every_problem_is_said_at_once_in_the_words_of_the_form(page: AppTest) -> None:
    fill(page, support__hours_per_week="0", surplus__figure="£3", contingency__figure="")
    text = text_of(page)
    assert "Hours of support a week : 0 is too small." in text
    assert "Surplus, figure : “£3” is not a number." in text
    assert "Still to fill in: Contingency, figure" in text
    assert "2 things to put right" in text


def test_what_only_the_whole_package_shows_is_said_too(page: AppTest) -> None:
    fill(page, surplus__figure="100")
    assert "nothing is left for the cost: “Surplus”" in text_of(page)
    fill(page, surplus__figure="3", support__visits_per_week="")
    assert "Travel is paid : This is for each visit, and the visits a week are not given. Add “Visits a week” to support." in text_of(page)


def test_the_notes_of_the_command_are_said_in_the_words_of_the_form(page: AppTest) -> None:
    fill(page, holiday="of_all_paid", support__weeks_per_year="")
    text = text_of(page)
    assert "If they are hours worked, choose “Of pay for work: 5.6 ÷ 46.4”." in text
    assert "the file does not say how many weeks it has (“Weeks a year”)." in text
    assert "A year: Not known , as its weeks are not given" in text


def test_an_empty_form_has_no_price_and_says_what_it_waits_for(page: AppTest, tmp_path: Path) -> None:
    press(page, "Start empty")
    assert "There is no price yet" in text_of(page)
    assert "There is a problem" not in text_of(page)
    assert "Hours of support a week" in text_of(page)
    assert not has_download(page)
    contract = row(page, "contracts")
    fill(page, **{"name": "A start", "support__hours_per_week": "10", f"{contract}.hours_per_week": "20", f"{contract}.workers": "1"})
    assert shown_prices(page)["hour"] == by_the_command(page, tmp_path)["price_per_hour"]
    assert "This price holds no contingency." in text_of(page)


def test_without_a_day_nothing_is_priced(page: AppTest) -> None:
    fill(page, on=None)
    assert "Still to fill in: The day whose rates count" in text_of(page)
    assert BEFORE in text_of(page)


def test_every_box_starts_as_the_form_has_it(page: AppTest) -> None:
    """A value that is set in the session reaches the browser once only; a starting value does not get lost."""
    page.run()
    starts = {each.proto.label: each.proto.default for each in page.text_input}
    assert starts["Hours of support a week"] == "20"
    assert not any(each.proto.set_value for each in page.text_input)


def test_a_form_that_was_left_can_be_brought_back(page: AppTest) -> None:
    fill(page, support__hours_per_week="33")
    press(page, "Start empty")
    press(page, "Bring back what was filled in before")
    assert box(page, "support.hours_per_week").value == "33"
    assert "for 33 hours" in text_of(page)


def test_a_line_is_added_changed_and_taken_out(page: AppTest, tmp_path: Path) -> None:
    press(page, "Add a company cost")
    line = row(page, "company_costs")
    fill(page, **{f"{line}.line": "Audit", f"{line}.figure": "4", f"{line}.kind": "week"})
    assert {"section": "Company costs", "line": "Audit", "amount": "0.20", "share_percent": "0.7"} in by_the_command(page, tmp_path)["lines"]
    key = f"cost-remove-{form_of(page).number}-company_costs-{line.partition('.')[2]}"
    next(each for each in page.button if each.key == key).click().run()
    assert EXAMPLE_PRICE in text_of(page)
    assert "Audit" not in text_of(page)
    press(page, "Add a company cost")
    assert box(page, f"{row(page, 'company_costs')}.line").value == ""


def test_what_is_not_drawn_is_not_forgotten(page: AppTest) -> None:
    fill(page, travel="none")
    page.run()
    fill(page, travel="visit")
    assert box(page, "travel.minutes").value == "15"
    assert EXAMPLE_PRICE in text_of(page)


def sent(page: AppTest, name: str, content: str) -> AppTest:
    page.file_uploader[0].upload(name, content.encode(), "application/yaml")
    return page.run()


def test_a_cost_file_of_ones_own_is_opened_in_the_form(page: AppTest) -> None:
    sent(page, "mine.cost.yaml", template("cost").replace("hours_per_week: 20", "hours_per_week: 25"))
    assert box(page, "support.hours_per_week").value == "25"
    assert "Opened mine.cost.yaml." in text_of(page)


def test_a_file_that_is_wrong_is_refused_with_every_problem_and_the_form_stays(page: AppTest) -> None:
    fill(page, support__hours_per_week="33")
    sent(page, "wrong.cost.yaml", "name: A\nonn: 3\nsupport: {hours_per_week: x}\n")
    text = text_of(page)
    for place in ("wrong.cost.yaml, line 1, quote", "wrong.cost.yaml, line 2, onn", "wrong.cost.yaml, line 3, support.hours_per_week"):
        assert place in text
    assert box(page, "support.hours_per_week").value == "33"


@pytest.mark.parametrize(("content", "said"), [
    ("", "The file is empty."),
    ("a: &b 1\nc: *b\n", "shortcut"),
    (template("cost") + "parameters: ../../secrets\n", "cannot be opened from here"),
    (template("cost").replace("2026-10-01", "2031-01-01"), "National Living Wage is known from 1 April 2022 to 31 March 2027"),
    ("name: A\non: 1890-01-01\nquote: {per: hour, step_pence: 1}\nsupport: {hours_per_week: 1}\n"
     "other_direct: [{line: B, amount: 1, per: week}]\n", "The form takes days from 1990 to 2100."),
])
def test_a_file_that_this_form_cannot_hold_says_why(page: AppTest, content: str, said: str) -> None:
    sent(page, "mine.yaml", content)
    assert said in text_of(page)
    assert EXAMPLE_PRICE in text_of(page)


HOSTILE = "<img src=x onerror=alert(1)><b>&amp; ' \" # : {x} [y] 007"


def test_a_hostile_name_is_only_text(page: AppTest, tmp_path: Path) -> None:
    fill(page, **{"name": HOSTILE, f"{row(page, 'other_direct')}.line": HOSTILE})
    press_open(page)
    assert "<img" not in html_of(page)
    chart = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert [label for label in chart["layout"]["yaxis"]["ticktext"] if "<" in label.replace("<br>", "")] == []
    told = by_the_command(page, tmp_path)
    assert told["name"] == HOSTILE
    assert HOSTILE in [line["line"] for line in told["lines"]]


def press_open(page: AppTest) -> AppTest:
    page.session_state["cost-worked-out"] = True
    return page.run()


def test_every_figure_opens_to_the_same_steps_as_the_command_explains(page: AppTest, tmp_path: Path) -> None:
    assert "rf-worked" not in html_of(page)
    text = text_of(press_open(page))
    for step in by_the_command(page, tmp_path, "--explain")["explanation"]:
        assert f"{step['label']}: {step['amount']}" in text
        made = step["made_of"] or step["source"].partition(" in package.cost.yaml")[0]
        assert made in text


def test_a_figure_that_nobody_has_checked_says_so(page: AppTest) -> None:
    fill(page, on=date(2023, 12, 1), staff__pay="real_living_wage_uk")
    assert "was written from memory: check it before you rely on this price." in text_of(page)
    assert FROM_MEMORY in text_of(press_open(page))


def test_the_chart_leads_from_pay_to_the_price_and_says_what_it_shows(page: AppTest) -> None:
    assert f"£13.26 of each {EXAMPLE_PRICE} is pay for support" in text_of(page)
    chart = page.get("plotly_chart")[0].proto
    bars = json.loads(chart.spec)["data"][0]
    assert bars["text"][0] == "£13.26"
    assert bars["text"][-1] == EXAMPLE_PRICE
    assert bars["base"][-1] == 0


def test_other_days_are_priced_beside_the_form_and_what_is_not_known_is_not_guessed(page: AppTest, tmp_path: Path) -> None:
    for day in (date(2025, 10, 1), date(2027, 4, 1)):
        press(page, "Price it from another day too")
        fill(page, **{f"{row(page, 'days')}.day": day})
    _, last_year, this_form, next_year = table_of(page, "The price from each day")
    assert this_form[:3] == ["01/10/2026", "This form", EXAMPLE_PRICE]
    assert next_year == ["01/04/2027", *["Not known"] * 4]
    assert "Pay an hour is : National Living Wage is known from 1 April 2022 to 31 March 2027" in text_of(page)
    fill(page, on=date(2025, 10, 1))
    assert last_year[2] == "£" + by_the_command(page, tmp_path)["price_per_hour"]


def test_one_price_over_a_change_of_rates_stands_above_what_each_stretch_would_cost(page: AppTest, tmp_path: Path) -> None:
    fill(page, on=date(2025, 10, 1), until=date(2026, 9, 30))
    told, text = by_the_command(page, tmp_path), text_of(page)
    assert told["until"] == "2026-09-30"
    assert [each["price_per_hour"] for each in told["stretches"]] == ["28.52", "29.48"]
    for said in ("for all days from 1 October 2025 to 30 September 2026", "1 October 2025 to 31 March 2026", "£28.52", "£29.48", "£29.00"):
        assert said in text


def test_a_last_day_beyond_what_is_published_stands_at_its_box_and_keeps_what_was_typed(page: AppTest) -> None:
    fill(page, until=date(2027, 9, 30))
    assert "National Living Wage is known" in text_of(page)
    assert form_of(page)["until"] == date(2027, 9, 30)
