"""Scenarios: the page says what `ringfence scenarios` says, and what is changed on it is what a file would say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from basics.money import Money
from costing.scenario import Outcome
from ringfence.actions.scenarios import Compared, Sampling, compare_scenarios
from ringfence.actions.scenarios_told import finding
from ringfence.actions.what_if import answer, example_question, question_of
from ringfence.importing.yaml_text import yaml_text_of
from ringfence.screens import scenarios as the_page
from ringfence.screens.scenarios_desk import Desk
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.cost_page import table_of

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLE = EXAMPLES / "next_year.scenarios.yaml"
PRICES_UP = "The same, and prices 4% up"


def _draw() -> None:
    from ringfence.screens.scenarios import page

    page()


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(_draw, default_timeout=60).run()


@pytest.fixture(scope="session")
def by_the_command() -> Compared:
    return compare_scenarios(EXAMPLE, with_tornado=True, sampling=Sampling(7, 200))


def desk_of(page: AppTest) -> Desk:
    return page.session_state["scenarios-desk"]


def box(page: AppTest, label: str):
    return next(each for kind in (page.text_input, page.selectbox, page.checkbox, page.date_input) for each in kind if each.label == label)


def fill(page: AppTest, boxes: Mapping[str, object]) -> AppTest:
    for label, value in boxes.items():
        box(page, label).set_value(value)
    return page


def press(page: AppTest, label: str) -> AppTest:
    return [each for each in page.button if each.label == label][-1].click().run()


def files(*names: str) -> dict[str, bytes]:
    return {name: (EXAMPLES / name).read_bytes() for name in names}


def test_the_first_line_says_the_finding(page: AppTest) -> None:
    assert ("“Rates of May 2027, prices held”*: costs are £81,234.90 more in a year, and the surplus of £96,071.47 falls to £14,836.57."
            in text_of(page))


def test_the_organisation_stands_as_the_command_prints_it(page: AppTest, by_the_command: Compared) -> None:
    compared = by_the_command
    rows = {cells[0]: cells[1:] for cells in table_of(page, "The organisation in a year")}
    for label, amounts in (("Full cost", [result.whole.cost for result in compared.all]),
                           ("Surplus, or loss", [result.whole.surplus for result in compared.all]),
                           ("Overheads not recovered", [result.whole.not_recovered for result in compared.all])):
        assert [cell.startswith(str(amount)) for cell, amount in zip(rows[label], amounts, strict=True)] == [True] * 4
    assert rows["Surplus, or loss"][1] == "£14,836.57-£81,234.90"


@pytest.mark.parametrize(("caption", "parts"), [("Surplus, or loss, by service", "by_service"), ("Surplus, or loss, by funder", "by_funder")])
def test_services_and_funders_add_to_the_organisation(page: AppTest, caption: str, parts: str, by_the_command: Compared) -> None:
    compared = by_the_command
    rows = table_of(page, caption)[1:]
    assert [cells[0] for cells in rows] == list(getattr(compared, parts)(compared.base))
    assert Money.total(Money.parse(cells[1]) for cells in rows) == compared.base.whole.surplus


def test_every_assumed_figure_is_named_with_a_star(page: AppTest, by_the_command: Compared) -> None:
    text = text_of(page)
    for result in by_the_command.results:
        for each in result.scenario.assumed:
            assert f"{each}*" in text
    assert "National Living Wage: £13.30 an hour, assumed from 1 April 2027: our own estimate*" in text
    assert "Rates of May 2027, prices held*" in text


def test_break_even_is_said_in_words(page: AppTest) -> None:
    text = text_of(page)
    assert "Price : 4.2% less than now." in text
    assert "Wage : 5.5% more than now, about £13.4078 an hour." in text


def test_the_largest_assumption_is_the_title_of_the_chart_and_stands_in_the_table(page: AppTest, by_the_command: Compared) -> None:
    assert "“Support that is given” matters most: alone it moves the surplus by £137,450.58" in text_of(page)
    effects = by_the_command.effects
    assert [cells[1:] for cells in table_of(page, "The surplus at the ends of each assumption.*?")][1:] == [
        [str(each.low), str(each.high), str(each.spread)] for each in effects]
    assert page.get("plotly_chart")


def test_the_ends_of_an_assumption_stand_with_their_unit(page: AppTest) -> None:
    text = text_of(page)
    for said in ("from 94% to 100%", "from no change to 7% more", "from 2% to 12%", "from 0.5 points less to 1.5 points more"):
        assert said in text


def test_a_range_is_what_the_command_draws_from_the_same_seed(page: AppTest, by_the_command: Compared) -> None:
    page.session_state["scenarios-range"] = True
    page.run()
    fill(page, {"Seed": "7", "How many draws": "200"})
    text = text_of(page.run())
    for name, each in by_the_command.ranges:
        assert f"{name} {each.p10} {each.p50} {each.p90} {each.losses}" in text
    assert "Write a whole number as the seed" in text_of(fill(page, {"How many draws": "9"}).run())


def test_a_scenario_that_is_typed_is_the_one_that_a_file_would_hold(page: AppTest) -> None:
    fill(page, {"What it is called": "Pay up", "Pay goes up by, %": "3.5%", "More sickness, points": "1.5", "People who leave, %": "10",
                "In which service": "Outreach"})
    press(page, "Add this scenario")
    text = EXAMPLE.read_text(encoding="utf-8").replace("\nassumptions:", """
  - scenario: Pay up
    changes:
      - {driver: wage, times: 1.035, service: Outreach}
      - {driver: people, times: 0.9, service: Outreach}
      - {driver: sickness, plus: 1.5, service: Outreach}

assumptions:""")
    by_file = answer(question_of({**files("outreach.cost.yaml", "living.cost.yaml"), "a.yaml": text.encode()}))
    assert [result.outcomes for result in desk_of(page).compared.all] == [result.outcomes for result in by_file.all]
    assert "“Pay up” is worked out." in text_of(page)


def test_what_is_saved_is_what_the_page_shows(page: AppTest, tmp_path: Path) -> None:
    fill(page, {"What it is called": "Empty places", "Empty places, %": "9"})
    press(page, "Add this scenario")
    for name, content in {**desk_of(page).question.costs, "saved.yaml": desk_of(page).question.file}.items():
        (tmp_path / name).write_bytes(content)
    assert [result.outcomes for result in compare_scenarios(tmp_path / "saved.yaml").all] == [
        result.outcomes for result in desk_of(page).compared.all]


def test_a_later_day_needs_figures_which_may_be_assumed_to_stay_as_they_are(page: AppTest) -> None:
    fill(page, {"What it is called": "In 2030", "At the published figures of, if of a later day": date(2030, 5, 1)})
    assumed = desk_of(page).question.content["assumed"]
    desk_of(page).question.content["scenarios"][:] = []
    assumed.clear()
    press(page, "Add this scenario")
    assert "National Living Wage is not known on 1 May 2030." in text_of(page)
    fill(page, {"What it is called": "In 2030", "At the published figures of, if of a later day": date(2030, 5, 1),
                "Assume that what is not published by that day stays as it is": True})
    press(page, "Add this scenario")
    told = desk_of(page).compared.results[0].scenario
    assert "National Living Wage: £12.71 an hour, assumed from 1 May 2030: as on 1 October 2026" in told.assumed
    assert desk_of(page).compared.results[0].whole == desk_of(page).compared.base.whole


def test_a_figure_is_assumed_with_its_value_its_day_and_why(page: AppTest) -> None:
    which = next(each for each in box(page, "Which figure").options if each.startswith("National Living Wage"))
    fill(page, {"What it will be": "£14.00", "From": date(2027, 4, 1), "Why": "The Commission’s range"})
    box(page, "Which figure").set_value(which)
    press(page, "Assume this figure")
    assert "National Living Wage: £14.00 an hour, assumed from 1 April 2027: The Commission’s range*" in text_of(page)
    assert len(desk_of(page).question.content["assumed"]) == 7


def test_people_and_prices_can_be_changed(page: AppTest) -> None:
    fill(page, {"People, package 1": "20", "Price in force, £, package 2": "£30.00"})
    press(page, "Use these")
    changed = EXAMPLE.read_text(encoding="utf-8").replace("people: 40", "people: 20").replace("28.00", "30.00")
    by_file = answer(question_of({**files("outreach.cost.yaml", "living.cost.yaml"), "a.yaml": changed.encode()}))
    assert desk_of(page).compared.base.outcomes == by_file.base.outcomes


def test_a_scenario_of_the_file_can_be_changed_and_taken_out(page: AppTest) -> None:
    press(page, f"Change “{PRICES_UP}”")
    assert box(page, "Prices go up by, %").value == "4"
    assert box(page, "At the published figures of, if of a later day").value == date(2027, 5, 1)
    fill(page, {"Prices go up by, %": "6"})
    press(page, f"Change “{PRICES_UP}”")
    held = {each["scenario"]: each for each in desk_of(page).question.content["scenarios"]}
    assert str(held[PRICES_UP]["changes"][0]["times"]) == "1.06"
    press(page, f"Take “{PRICES_UP}” out")
    assert [result.scenario.name for result in desk_of(page).compared.results] == ["Rates of May 2027, prices held", "A tenth of outreach goes"]
    press(page, "Bring back what stood here before")
    assert len(desk_of(page).compared.results) == 3


def test_changes_without_boxes_stay_with_their_scenario(page: AppTest) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("{driver: people, times: 0.9, service: Outreach}",
                                                       "{driver: people, times: 0.9, service: Outreach}\n      - {driver: mileage, times: 2}")
    the_page.open_files(desk_of(page), {**files("outreach.cost.yaml", "living.cost.yaml"), "a.yaml": text.encode()})
    press(page.run(), "Change “A tenth of outreach goes”")
    assert "It also holds 1 more from the file" in text_of(page)
    fill(page, {"People who leave, %": "20"})
    press(page, "Change “A tenth of outreach goes”")
    changes = desk_of(page).question.content["scenarios"][-1]["changes"]
    assert {"driver": "mileage", "times": 2} in changes
    assert changes[-1] == {"driver": "people", "times": Decimal("0.8"), "service": "Outreach"}


@pytest.mark.parametrize(("boxes", "says"), [
    ({"Pay goes up by, %": "3,5"}, "“3,5” is not a number."),
    ({"What it is called": "", "Pay goes up by, %": "3"}, "Give the scenario a name."),
    ({}, "Fill in a box, or a day."),
    ({"What it is called": PRICES_UP, "Pay goes up by, %": "3"}, "Another scenario has this name."),
    ({"People who leave, %": "120"}, "People who leave, % : With 120 less than nothing would be left."),
    ({"Empty places, %": "5", "In which service": "Outreach"}, "the driver voids, in Outreach stands for"),
])
def test_what_cannot_be_is_said_at_the_form_and_all_stays_as_it_was(page: AppTest, boxes: dict[str, str], says: str) -> None:
    before = desk_of(page).question
    fill(page, {"What it is called": "Try", **boxes})
    press(page, "Add this scenario")
    assert "There is a problem" in text_of(page)
    assert says in text_of(page)
    assert desk_of(page).question is before
    assert all(box(page, label).value == value for label, value in boxes.items())


def test_files_are_opened_together_and_a_wrong_one_leaves_what_stood(page: AppTest) -> None:
    the_page.open_files(desk_of(page), files("shared-house.cost.yaml", "outreach.cost.yaml"))
    text = text_of(page.run())
    assert "Opened 2 files." in text
    assert "As it is, a year leaves a surplus of" in text
    assert "There is no scenario yet." in text
    the_page.open_files(desk_of(page), files("next_year.scenarios.yaml"))
    text = text_of(page.run())
    assert "next_year.scenarios.yaml, line 4, provided 1.cost : outreach.cost.yaml was not sent with it." in text
    assert [each["cost"] for each in desk_of(page).question.content["provided"]] == ["shared-house.cost.yaml", "outreach.cost.yaml"]


def test_a_hostile_name_is_text(page: AppTest) -> None:
    hostile = "<b>a</b> & “b” $1$"
    fill(page, {"What it is called": hostile, "Pay goes up by, %": "1"})
    press(page, "Add this scenario")
    assert "<b>a</b>" not in html_of(page)
    assert hostile in text_of(page)
    assert yaml_text_of(desk_of(page).question.file, "x").data == desk_of(page).question.content


def test_the_page_stands_in_the_menu(open_page: Open) -> None:
    assert "For planning only: nothing is stored, and no real price changes." in text_of(open_page("scenarios"))


@pytest.mark.parametrize(("income", "cost", "says"), [
    (900, 700, "nothing moves in a year, and a year still leaves a surplus of £2.00"), (900, 600, "the surplus of £2.00 rises to £3.00"),
    (900, 1000, "the surplus of £2.00 turns into a loss of £1.00"), (800, 700, "income is £1.00 less in a year, and the surplus of £2.00 falls to"),
])
def test_a_finding_says_what_moves_and_what_becomes_of_the_surplus(income: int, cost: int, says: str) -> None:
    compared = answer(example_question())
    base = compared.base
    one = type(base)(base.scenario, (), (Outcome(Money(900), Money(700)),))
    other = type(base)(compared.results[2].scenario, (), (Outcome(Money(income), Money(cost)),))
    assert says in finding(type(compared)(compared.name, compared.provided, one, (other,)))
