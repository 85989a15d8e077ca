"""The parts of a fund’s page about outcomes, answers, steps and the end of the year, and the page of everybody’s steps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from basics.money import Money
from ringfence.actions import plan_words
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books
from ringfence.actions.desk import books
from ringfence.actions.plans import plan_of
from ringfence.actions.recording import record_content
from ringfence.actions.steps import steps_of_everybody
from tests.screens.conftest import Open, html_of, text_of


def acting(user: str = "asha") -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def test_outcomes_answers_and_changes_stand_as_the_action_tells_them(open_page: Open) -> None:
    text = text_of(open_page("fund", fund="isf-P004"))
    found = plan_of(acting(), "P004")
    for outcome in found.facts.outcomes:
        assert outcome.words in text
    for answer in found.facts.answers:
        assert answer.why in text
        assert str(answer.agreed) in text
    change, = found.changes
    assert plan_words.change(change) in text
    assert all(said in text for said in plan_words.needs_and_budget(found.facts))
    assert plan_words.where(found.standing) in text


def test_the_end_of_the_year_is_the_forecast_of_every_line(open_page: Open) -> None:
    text = text_of(open_page("fund", fund="isf-P005", month="2026-09"))
    position = plan_of(acting(), "P005", datetime(2026, 9, 30, tzinfo=UTC).date()).funds[0].position
    assert position is not None
    line, = position.lines
    assert f"{Money(line.forecast_pence or 0)} ▲ More used than planned" in text.partition("Forecast, £")[2]


def test_a_plan_of_which_nothing_is_recorded_says_so_and_what_is_not_known(open_page: Open) -> None:
    text = text_of(open_page("fund", fund="spot-P009"))
    assert "No outcome of this plan is recorded." in text
    assert "Needs Not known Not known" in text


def test_what_somebody_wrote_is_never_taken_for_markup(open_page: Open) -> None:
    page = open_page("fund", fund="isf-P006")
    outcome = {"outcome": "OC-X", "person": "P006", "from": "2026-04-01", "words": "I <b>swim</b> & sing"}
    approve(acting("ben"), apply_content(acting(), {"outcomes": [outcome]}, "by hand").digest)
    found = {"outcome_found": "OF-X", "person": "P006", "outcome": "OC-X", "on": "2026-09-01", "found": "not met", "evidence": "No <i>pool</i>"}
    record_content(acting(), {"outcomes_found": [found]}, "by hand")
    page = page.run()
    assert "I <b>swim</b> & sing ! Not met No <i>pool</i>" in text_of(page)
    assert "<b>swim" not in html_of(page)


def test_everybody_stands_on_the_page_of_steps(open_page: Open) -> None:
    text, listed = text_of(open_page("steps")), steps_of_everybody(acting())
    assert f"All: {len(listed)}" in text
    for each in listed[:25]:
        assert f"{each.name} {each.person}" in text
    review = [each for each in listed if each.standing.now and each.standing.now.step == "review"]
    assert review[0].name in text_of(open_page("steps", step="Review"))
    assert "Nobody is like this." in text_of(open_page("steps", search="nobody is called this"))


def test_books_without_people_say_so(open_page: Open, tmp_path: Path) -> None:
    made = make_books(str(tmp_path / "new.db"), provider="Halden Support", sample=True, key=None)
    add_user(made, "asha", added_by="asha", at=datetime.now(UTC))
    made.close()
    assert "Nobody is supported here yet." in text_of(open_page("steps", books=tmp_path / "new.db"))
