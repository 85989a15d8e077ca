"""What is paid beyond plain hours, who stands in, sickness, the organisation and a cap: typed on the page, priced as the command does."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringfence.screens.cost_content import Filled
from ringfence.screens.cost_from_file import form_of as form_of_content
from tests.screens.conftest import text_of
from tests.screens.cost_page import box, by_the_command, fill, form_of, opened, press, row


@pytest.fixture
def page() -> AppTest:
    return opened()


TYPED = {
    "bank holidays": ({"bank_holidays__days_per_year": "8", "bank_holidays__pay_multiple": "2"}, "Bank holidays"),
    "an agency": ({"agency__percent_of_hours": "10%", "agency__rate_per_hour": "£22.50"}, "Agency cover"),
    "empty posts by an agency": ({"vacancies__percent_of_hours": "5", "vacancies__figure": "£24"}, "Agency for empty posts"),
    "empty posts as overtime": ({"vacancies__kind": "overtime_multiple", "vacancies__percent_of_hours": "5", "vacancies__figure": "1.5"},
                                "Overtime for empty posts"),
    "sickness in days": ({"sickness__days_per_year": "6", "sickness__days_per_week": "5", "sickness__pay": "full"}, "Sick pay"),
    "the levy": ({"organisation__pay_bill_per_year": "£4,000,000", "organisation__apprenticeship_levy": "by_law"}, "Apprenticeship levy"),
}


@pytest.mark.parametrize(("typed", "line"), TYPED.values(), ids=TYPED)
def test_what_is_typed_is_a_line_of_the_price(page: AppTest, typed: dict[str, str], line: str, tmp_path: Path) -> None:
    form_of(page).remove("paid_time", form_of(page).rows["paid_time"][-1])  # sick pay as a percentage
    fill(page, **typed)
    told = by_the_command(page, tmp_path)
    assert any(each["line"].startswith(line) for each in told["lines"])
    assert f"£{told['price_per_hour']}" in text_of(page)


@pytest.mark.parametrize(("kind", "figure"), [("percent_of_hours", "25%"), ("hours_per_week", "4")])
def test_unsocial_hours_are_a_row_each(page: AppTest, kind: str, figure: str, tmp_path: Path) -> None:
    press(page, "Add an addition to pay")
    line = row(page, "unsocial_hours")
    fill(page, **{f"{line}.line": "Weekends", f"{line}.percent": "20", f"{line}.kind": kind, f"{line}.figure": figure})
    assert "Weekends" in [each["line"] for each in by_the_command(page, tmp_path)["lines"]]


def test_unsocial_hours_of_parts_are_named_with_semicolons(page: AppTest, tmp_path: Path) -> None:
    page.radio[0].set_value("parts").run()
    name = form_of(page).text(f"{row(page, 'parts')}.line")
    press(page, "Add an addition to pay")
    line = row(page, "unsocial_hours")
    fill(page, **{f"{line}.line": "Nights", f"{line}.percent": "20", f"{line}.kind": "parts", f"{line}.figure": f" {name} ;"})
    assert Filled(form_of(page)).content["staff"]["unsocial_hours"] == [{"line": "Nights", "percent": 20, "parts": [name]}]
    assert "Nights" in [each["line"] for each in by_the_command(page, tmp_path)["lines"]]


@pytest.mark.parametrize(("typed", "waiting"), [
    ({"agency__percent_of_hours": "10"}, "At, £ an hour"), ({"bank_holidays__pay_multiple": "2"}, "Bank holidays a year"),
    ({"vacancies__figure": "24"}, "Empty posts, % of the hours"), ({"sickness__days_per_year": "6"}, "Working days a week"),
    ({"organisation__apprenticeship_levy": "by_law"}, "Pay bill of the whole organisation a year, £"),
    ({"cap__percent": "15"}, "The lines under the cap"),
    ({"sickness__spells_per_year": "2"}, "Days sick a year, of each worker"),
    ({"organisation__employment_allowance": "no", "organisation__pay_bill_per_year": "90000"}, "Why it is claimed, or not"),
])
def test_what_belongs_together_waits_for_the_rest_and_is_never_priced_in_part(page: AppTest, typed: dict[str, str], waiting: str) -> None:
    fill(page, **typed)
    assert "Still to fill in:" in text_of(page)
    assert waiting in text_of(page)


def test_a_cap_says_on_the_page_what_the_command_says(page: AppTest, tmp_path: Path) -> None:
    fill(page, cap__lines="Office and IT; Service development", cap__percent="50")
    assert "Cap of 50% of the price on Office and IT and Service development Kept: they come to" in text_of(page)
    fill(page, cap__percent="1")
    told = by_the_command(page, tmp_path)["cap"]
    assert told["exceeded"]
    assert (f"Exceeded: they come to {told['covered_percent']}% of the price. Under the cap the price is £{told['price_per_hour']} an hour, "
            f"£{told['price_per_week']} a week.") in text_of(page)


def test_the_allowance_is_claimed_with_its_reason(page: AppTest) -> None:
    fill(page, organisation__pay_bill_per_year="90,000", organisation__employment_allowance="yes", organisation__reason="A charity of our own")
    assert Filled(form_of(page)).content["organisation"] == {
        "pay_bill_per_year": 90_000, "employment_allowance": {"claimed": True, "reason": "A charity of our own"}}


def test_names_that_hold_semicolons_are_kept_as_they_came() -> None:
    content = {**Filled(form_of(opened())).content, "cap": {"percent": 5, "basis": "of_price", "lines": ["Office; IT"]}}
    form = form_of_content(content)
    assert form.kept == {"cap": content["cap"]}
    assert Filled(form).content == content


def test_a_form_without_any_of_it_says_nothing_of_it(page: AppTest) -> None:
    content = Filled(form_of(page)).content
    assert not {"organisation", "cap"} & set(content)
    assert not {"unsocial_hours", "bank_holidays", "agency", "vacancies", "sickness"} & set(content["staff"])
    assert box(page, "agency.rate_per_hour").value == ""
