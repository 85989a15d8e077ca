"""Cost a package that is made of parts: kinds with boxes of their own, grades, what is bought and how, who pays, and visits by length."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringfence.importing.templates import template
from ringfence.screens.cost_answer import BEFORE
from ringfence.screens.cost_kinds import KINDS
from ringfence.screens.cost_pricing import outcome
from tests.screens.conftest import html_of, text_of
from tests.screens.cost_page import box, by_the_command, fill, form_of, has_download, opened, press, row, shown_prices, table_of


@pytest.fixture
def page() -> AppTest:
    return opened()


@pytest.fixture
def house(page: AppTest) -> AppTest:
    return press(page, "Start from a shared house")


def add_part(page: AppTest, kind: str) -> str:
    next(each for each in page.selectbox if each.label == "Add a part").set_value(kind).run()
    return row(page, "parts")


def part(page: AppTest, line: str) -> str:
    form = form_of(page)
    return next(f"parts.{each}" for each in form.rows["parts"] if form.text(f"parts.{each}.line") == line)


def drawn(page: AppTest, name: str) -> set[str]:
    """The boxes of a row that are on the page."""
    before = form_of(page).key(f"{name}.")
    return {each.key.removeprefix(before) for kind in (page.text_input, page.selectbox) for each in kind if str(each.key).startswith(before)}


def take_out(page: AppTest, name: str) -> AppTest:
    of, _, nth = name.rpartition(".")
    key = f"cost-remove-{form_of(page).number}-{of}-{nth}"
    return next(each for each in page.button if each.key == key).click().run()


def test_a_shared_house_is_priced_as_the_command_prices_it(house: AppTest, tmp_path: Path) -> None:
    told = by_the_command(house, tmp_path)
    assert shown_prices(house)["week"] == told["price_per_week"]
    lines = {cells[0]: cells[1] for cells in table_of(house, "What the week is made of")[1:-1]}
    assert {line["line"]: line["amount"] for line in told["lines"]} == {
        line["line"]: lines[line["line"]].strip("£") for line in told["lines"]}


def test_the_simple_form_has_no_boxes_of_parts_and_parts_none_of_the_simple_form(page: AppTest) -> None:
    simple = {each.label for each in page.text_input}
    assert "Hours of support a week" in simple
    assert "Add a part" not in {each.label for each in page.selectbox}
    assert "Other grades of staff" not in text_of(page)
    fill(page, support="parts")
    assert not {"Hours of support a week", "Visits a week"} & {each.label for each in page.text_input}


def test_from_hours_to_parts_the_price_stays_what_it_was(page: AppTest) -> None:
    fill(page, sleep_ins=True, sleep_ins__nights_per_week="2", sleep_ins__flat_per_night="55")
    before = shown_prices(page)
    fill(page, support="parts")
    assert [form_of(page).text(f"parts.{each}.kind") for each in form_of(page).rows["parts"]] == ["visits", "sleep_ins"]
    assert box(page, f"{part(page, 'Visits')}.minutes").value == "75"
    assert shown_prices(page) == before
    fill(page, support="hours")
    assert box(page, "support.hours_per_week").value == "20"
    assert shown_prices(page) == before


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_part_has_its_own_boxes_and_waits_for_those_it_needs(page: AppTest, kind: str) -> None:
    fill(page, support="parts")
    added = add_part(page, kind)
    assert drawn(page, added) == {"line", *KINDS[kind].needed, *KINDS[kind].may_have}
    waiting = [*KINDS[kind].needed, *(["line"] if kind == "visits" else [])]  # there are visits called Visits already
    assert f"{len(waiting)} box" in text_of(page)
    assert BEFORE in text_of(page)
    fill(page, **{f"{added}.{key}": "2" for key in KINDS[kind].needed}, **{f"{added}.line": "One more"})
    assert BEFORE not in text_of(page)
    assert "One more" in [cells[0] for cells in table_of(page, "What the hour is made of")]
    take_out(page, added)
    assert "One more" not in text_of(page)


def test_two_at_once_count_twice_in_the_hours_of_the_week(page: AppTest) -> None:
    fill(page, support="parts")
    added = add_part(page, "hours")
    fill(page, **{f"{added}.hours_per_week": "4", f"{added}.staff_at_once": "2"})
    assert "for 28 hours" in text_of(page)


def test_what_is_wrong_in_a_part_is_said_at_its_box_in_the_words_of_the_form(house: AppTest) -> None:
    fill(house, **{f"{part(house, 'Sleep-ins')}.nights_per_week": "7o"})
    said = "“7o” is not a number."
    assert html_of(house).count(said) == 2
    assert "The parts of the support, part 2, nights a week : “7o” is not a number." in text_of(house)
    assert not has_download(house)
    fill(house, **{f"{part(house, 'Sleep-ins')}.nights_per_week": "99"})
    assert "99 is too large. Write 70 or less." in text_of(house)


def test_parts_without_an_hour_say_what_is_missing(page: AppTest) -> None:
    fill(page, support="parts")
    take_out(page, part(page, "Visits"))
    assert "Still to fill in: The parts of the support" in text_of(page)
    added = add_part(page, "on_call")
    fill(page, **{f"{added}.times_per_week": "7", f"{added}.flat_per_time": "20"})
    assert "The parts hold no hours of support" in text_of(page)


def test_a_new_grade_starts_on_the_terms_of_the_staff_without_their_pay(page: AppTest, tmp_path: Path) -> None:
    fill(page, support="parts")
    press(page, "Add a grade")
    grade = row(page, "grades")
    assert "Still to fill in: Other grades of staff, grade 1, what this grade is called" in text_of(page)
    fill(page, **{f"{grade}.grade": "Senior", f"{grade}/staff.pay_per_hour": "16"})
    content = outcome(form_of(page)).file.decode()
    assert "hours_per_week: 37.5" in content.partition("grades:")[2]
    fill(page, **{f"{part(page, 'Visits')}.grade": grade.rpartition(".")[2]})
    assert "Holiday pay, Senior" in [line["line"] for line in by_the_command(page, tmp_path)["lines"]]


def test_a_grade_that_is_taken_out_leaves_its_parts_to_be_given_to_somebody(house: AppTest) -> None:
    take_out(house, row(house, "grades"))
    text = text_of(house)
    assert "The parts of the support, part 5, given by" in text
    assert "The parts of the support, part 7, given by" in text
    assert not has_download(house)


def test_a_grade_that_is_renamed_keeps_its_parts(house: AppTest, tmp_path: Path) -> None:
    before = shown_prices(house)
    fill(house, **{f"{row(house, 'grades')}.grade": "Lead"})
    assert shown_prices(house) == before
    assert "Holiday pay, Lead" in [line["line"] for line in by_the_command(house, tmp_path)["lines"]]


def test_what_is_bought_once_is_recovered_over_weeks_and_says_how_it_is_shared(page: AppTest) -> None:
    line = row(page, "other_direct")
    fill(page, **{f"{line}.per": "once", f"{line}.amount": "2,080"})
    assert "Still to fill in: What else is bought for the person, line 1, recovered over how many weeks" in text_of(page)
    press(page, "More")
    fill(page, **{f"{line}.over_weeks": "104", f"{line}.times": "2", f"{line}.sharing": "people", f"{line}.sharers": "4"})
    press(page, "Less")
    assert "2 of it; shared by 4 people." in text_of(page)
    assert [cells[1] for cells in table_of(page, "What the hour is made of") if cells[0] == "Activities with the person"] == ["£0.50"]


def test_a_volunteer_is_valued_and_charged_at_nil(page: AppTest) -> None:
    line = row(page, "other_direct")
    press(page, "More")
    fill(page, **{f"{line}.charged": False})
    press(page, "Less")
    assert "Valued, and charged at nil." in text_of(page)
    assert "Activities with the person is worth £6.00 a week, and is charged at nil." in text_of(page)


def test_empty_places_are_carried_as_a_line(house: AppTest) -> None:
    lines = [cells[0] for cells in table_of(house, "What the week is made of")]
    assert "Allowance for empty places" in lines
    fill(house, support__empty_percent="")
    assert "Allowance for empty places" not in text_of(house)


def test_who_pays_stands_by_the_price_with_what_nobody_pays(house: AppTest, tmp_path: Path) -> None:
    fill(house, **{f"{row(house, 'funders')}.takes_contingency": False})
    told = by_the_command(house, tmp_path)
    shown = {cells[0]: cells[1].strip("£").replace(",", "") for cells in table_of(house, "Who pays the week")[1:]}
    assert shown == {**{each["funder"]: each["per_week"] for each in told["funders"]},
                     "Contingency that nobody pays": told["not_paid_per_week"], "The week": told["price_per_week"]}


def test_shares_that_leave_a_rest_say_so_and_give_no_price(page: AppTest) -> None:
    press(page, "Add a funder")
    funder = row(page, "funders")
    fill(page, **{f"{funder}.funder": "Council", f"{funder}.figure": "75"})
    assert "Council leave £147.40 of the week that nobody pays." in text_of(page)
    fill(page, **{f"{funder}.kind": "rest"})
    assert table_of(page, "Who pays the week")[1] == ["Council", "£589.60"]


def test_contingency_and_surplus_are_told_both_ways(page: AppTest) -> None:
    assert "Contingency is 2.0% on cost, 1.9% of the price. Surplus is 3.2% on cost, 3.0% of the price." in text_of(page)


def test_a_visit_of_each_length_is_priced_as_the_command_prices_it(page: AppTest, tmp_path: Path) -> None:
    shown = [[cell.strip("£") for cell in cells] for cells in table_of(page, "What a visit costs")[1:]]
    told = by_the_command(page, tmp_path)["visits"][0]["prices"]
    assert shown == [[f"{each['minutes']} minutes", each["per_visit"], each["per_hour"]] for each in told]
    fill(page, travel="none")
    assert "What a visit costs" not in text_of(page)


def test_what_has_no_boxes_is_kept_priced_and_can_be_left_out(page: AppTest, tmp_path: Path) -> None:
    content = template("cost").replace("\nquote:", "\nuntil: 2027-03-31\npay_periods: {first_day: 2026-10-05, weeks: 4}\nquote:", 1)
    page.file_uploader[0].upload("mine.cost.yaml", content.encode(), "application/yaml")
    page.run()
    assert "for which the form has no boxes" in text_of(page)
    assert "When the staff are paid" in text_of(page)
    assert b"pay_periods" in outcome(form_of(page)).file
    assert by_the_command(page, tmp_path)["until"] == "2027-03-31"
    press(page, "Leave all of this out")
    assert "When the staff are paid" not in text_of(page)
    assert b"pay_periods" not in outcome(form_of(page)).file


def test_every_figure_of_a_long_price_is_found_under_its_part(house: AppTest) -> None:
    house.session_state["cost-worked-out"] = True
    worked = html_of(house.run()).partition('class="rf-worked"')[2]
    headings = ["The price", "Direct support", "Service co-ordination", "Company costs", "Contingency", "Surplus"]
    places = [worked.index(f'<h3 class="rf-step">{heading}</h3>') for heading in headings]
    assert places == sorted(places)


def test_no_two_bars_of_the_chart_are_called_the_same(house: AppTest) -> None:
    labels = json.loads(house.get("plotly_chart")[0].proto.spec)["layout"]["yaxis"]["ticktext"]
    assert len(labels) == len(set(labels)) > 20


HOSTILE = "<img src=x onerror=alert(1)>"


def test_hostile_names_of_parts_grades_and_funders_are_only_text(house: AppTest, tmp_path: Path) -> None:
    fill(house, **{f"{row(house, 'grades')}.grade": HOSTILE, f"{part(house, 'Day centre')}.line": f"{HOSTILE} 2",
                   f"{row(house, 'funders')}.funder": f"{HOSTILE} 3"})
    assert "<img" not in html_of(house)
    assert HOSTILE in json.dumps(by_the_command(house, tmp_path), ensure_ascii=False)
