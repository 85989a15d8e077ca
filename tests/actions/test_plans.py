"""A person’s plan in the books: needs, budgets, outcomes, answers, changes to be asked, and the steps; on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from basics.errors import InputError, Refused
from basics.money import Money
from isf.outcomes import Found
from isf.position import Status, Thresholds
from isf.steps import Step
from ringfence.actions.plans import plan_of
from ringfence.actions.positions import positions
from ringfence.actions.recording import record_content
from ringfence.actions.steps import steps_of_everybody
from ringfence.actions.verifying import verify
from tests.actions.provider_books import OCTOBER, Books, bank_line, part, plan_line, refused

TABLE = {"points_table": "southgate-ras", "from": "2026-04-01", "source": "Southgate, page 4", "per": "year", "pounds_per_point": "40.00",
         "at_least": "500.00"}
NEEDS = {"assessment": "AS-1", "person": "P001", "on": "2026-08-03", "points": 160, "points_table": "southgate-ras", "indicative_on": "2026-08-10",
         "indicative_pounds": "6400.00", "words": "Assessed by Ruth Cole"}
WRITTEN = {"support_plan": "SP-1", "person": "P001", "on": "2026-08-31", "words": "Swimming and a course", "risks": ["She may not eat"],
           "if_it_breaks_down": "Her sister stays"}
OUTCOME = {"outcome": "OC-1", "person": "P001", "from": "2026-10-01", "words": "I swim every week"}
ANSWER = {"plan_answer": "PA-1", "person": "P001", "funder": "southgate", "about": "plan", "from": "2026-10-01", "answer": "agreed",
          "on": "2026-09-14", "words": "It meets the needs", "shared_on": "2026-09-16", "asked_pounds": "6400.00", "agreed_pounds": "6000.00"}
FINAL = {"final_budget": "FB-1", "person": "P001", "funder": "southgate", "pounds": "6000.00", "per": "year", "on": "2026-09-14", "words": "A letter"}
FOUND = {"outcome_found": "OF-1", "person": "P001", "outcome": "OC-1", "on": "2026-10-20", "found": "partly met", "evidence": "Two swims of four"}
ALL: dict[str, Any] = {"points_tables": [TABLE], "assessments": [NEEDS], "support_plans": [WRITTEN], "outcomes": [OUTCOME], "plan_answers": [ANSWER],
                       "final_budgets": [FINAL]}
TERMS = {"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "The agreement",
         "small_change_pounds_per_week": "24.00"}
END = date(2026, 10, 31)


def an_hour_more() -> list[dict[str, Any]]:
    """Amina’s outreach goes from five hours a week to six on 1 December: £24.00 more."""
    before = plan_line("P001", "outreach", 300, funder="southgate", to="2026-11-30")
    return [before, plan_line("P001", "outreach", 360, funder="southgate", from_on="2026-12-01")]


def test_a_budget_is_worked_out_by_the_councils_table_and_the_final_one_stands_beside_it(agreed: Books) -> None:
    agreed.apply(ALL)
    facts = plan_of(agreed.asha, "P001", END).facts
    assert facts.needs is not None
    assert facts.needs.worked_out is not None
    assert facts.needs.worked_out.pounds == facts.needs.told == Money(6_400_00)
    assert facts.needs.worked_out.steps == ("160 points at £40.00 a point are £6,400.00 a year, by southgate-ras (Southgate, page 4).",)
    assert facts.final is not None
    assert (facts.final.pounds, facts.final.more, facts.final.payer) == (Money(6_000_00), Money(-400_00), "Southgate Council")
    assert (facts.written and facts.written.if_it_breaks_down, facts.answers[0].shared_on) == ("Her sister stays", date(2026, 9, 16))
    assert verify(agreed.store, referee=True) == []


def test_what_is_recorded_later_than_the_day_is_not_known_on_it(agreed: Books) -> None:
    agreed.apply(ALL)
    before = plan_of(agreed.asha, "P001", date(2026, 9, 1))
    assert (before.facts.final, before.facts.answers, before.facts.outcomes) == (None, (), ())
    assert before.standing.now is not None
    assert (before.standing.now.step, before.standing.days) == (Step.PLAN, 1)


def test_an_outcome_is_found_by_one_person_and_the_last_finding_counts(agreed: Books) -> None:
    agreed.apply(ALL)
    assert record_content(agreed.ben, {"outcomes_found": [FOUND]}, "noted") == (
        "New: outcome OC-1 of P001 is partly met on 20 October 2026 (OF-1): Two swims of four",)
    later = FOUND | {"outcome_found": "OF-2", "on": "2026-10-27", "found": "met", "evidence_sha256": "ab" * 32}
    record_content(agreed.asha, {"outcomes_found": [later]}, "noted")
    outcome, = plan_of(agreed.asha, "P001", END).facts.outcomes
    assert (outcome.found, outcome.found_on, outcome.evidence_sha256) == (Found.MET, date(2026, 10, 27), "ab" * 32)
    outcome, = plan_of(agreed.asha, "P001", date(2026, 10, 21)).facts.outcomes
    assert outcome.found is Found.PARTLY


@pytest.mark.parametrize(("wrong", "said"), [
    ({"outcome": "OC-9"}, "P001 has no outcome “OC-9”"), ({"person": "P002"}, "P002 has no outcome “OC-1”"),
    ({"person": "P099"}, "P099 is not a person here"), ({"evidence": None}, "has no evidence"),
    ({"evidence_sha256": "abc"}, "is not the sha256 of a file"), ({"found": "nearly"}, "is not one of the choices"),
])
def test_a_finding_is_of_an_agreed_outcome_and_has_evidence(agreed: Books, wrong: dict[str, Any], said: str) -> None:
    agreed.apply(ALL)
    with pytest.raises(Refused, match=said):
        record_content(agreed.asha, {"outcomes_found": [FOUND | wrong]}, "noted")


def test_everything_wrong_with_a_plan_is_said_at_once(agreed: Books) -> None:
    bands = {"points_table": "bands", "from": "2026-04-01", "source": "Invented", "per": "week",
             "bands": [{"from_points": 1, "to_points": 20, "pounds": "60.00"}]}
    assert refused(agreed, {"points_tables": [bands], "assessments": [NEEDS, NEEDS | {"assessment": "AS-2", "points_table": "bands"}],
                            "final_budgets": [FINAL | {"funder": "nobody"}], "outcomes": [OUTCOME | {"person": "P099"}]}) == [
        ("agreed.yaml, outcomes, item 1 (P099), person", "P099 is not a person here."),
        ("agreed.yaml, assessments, item 1 (P001), points_table", "“southgate-ras” is no points table that holds on 3 August 2026."),
        ("agreed.yaml, assessments, item 2 (P001), points", "No band of bands has 160 points."),
        ("agreed.yaml, final_budgets, item 1 (P001), funder", "“nobody” is not a funder here.")]


@pytest.mark.parametrize(("item", "said"), [
    ({"plan_answers": [{key: value for key, value in ANSWER.items() if key != "agreed_pounds"}]}, "is missing, and “answer” is “agreed”."),
    ({"plan_answers": [ANSWER | {"answer": "refused"}]}, "is there, and the answer is “refused”."),
    ({"plan_answers": [ANSWER | {"shared_on": "2026-09-01"}]}, "is before “on”."),
    ({"points_tables": [TABLE | {"at_most": "400.00"}]}, "is less than “at_least”."),
    ({"points_tables": [TABLE | {"bands": [{"from_points": 1, "to_points": 2, "pounds": 1}]}]},
     "has “pounds_per_point” and “bands”, which rule each other out."),
])
def test_an_answer_and_a_table_agree_with_themselves(agreed: Books, item: dict[str, Any], said: str) -> None:
    assert [what for _, what in refused(agreed, item)] == [said]


def test_a_big_change_of_a_plan_is_to_be_asked_and_whoever_approves_reads_it(agreed: Books) -> None:
    agreed.apply({"fund_terms": [TERMS | {"small_change_pounds_per_week": "23.99"}]})
    assert agreed.prepare({"plan": an_hour_more()}).said[-1] == (
        "To be asked: the plan of P001 changes on 1 December 2026, and £24.00 a week is more than the £23.99 that may go ahead. "
        "No agreement to it is recorded.")
    answer = ANSWER | {"plan_answer": "PA-2", "about": "change", "from": "2026-12-01"}
    agreed.apply({"plan": an_hour_more(), "plan_answers": [answer]})
    change, = plan_of(agreed.asha, "P001").changes
    assert (change.change.size, change.ruling.is_asked, change.answer and change.answer.reference) == (Money(24_00), True, "PA-2")
    assert agreed.prepare({"plan": an_hour_more()}).said == ()


def test_a_small_change_goes_ahead_and_nothing_is_to_be_asked(agreed: Books) -> None:
    agreed.apply({"fund_terms": [TERMS]})
    assert not any(said.startswith("To be asked") for said in agreed.prepare({"plan": an_hour_more()}).said)
    agreed.apply({"plan": an_hour_more()})
    change, = plan_of(agreed.asha, "P001").changes
    assert (change.ruling.is_asked, change.answer) == (False, None)


def test_each_step_is_reached_by_what_is_recorded_of_it(issued: Books) -> None:
    issued.apply(ALL)
    review = {"review": "RV-1", "person": "P001", "fund": "isf", "on": "2026-10-30", "which": "six weeks", "words": "It works"}
    assert [each.on for each in plan_of(issued.asha, "P001", END).standing.steps] == [
        date(2026, 8, 3), date(2026, 8, 10), date(2026, 8, 31), date(2026, 9, 14), date(2026, 10, 1), date(2026, 10, 5), None]
    record_content(issued.asha, {"reviews": [review]}, "noted")
    found = plan_of(issued.asha, "P001", END).standing
    assert [each.days for each in found.steps] == [7, 21, 14, 17, 4, 25, 1]


def test_everybody_is_listed_who_is_longest_in_their_step_first(delivered: Books) -> None:
    listed = steps_of_everybody(delivered.asha, END)
    assert [(each.person, each.standing.now and each.standing.now.step, each.standing.days) for each in listed] == [
        ("P001", Step.SUPPORT, 26), ("P002", Step.SUPPORT, 25), ("P003", Step.SUPPORT, 24), ("P004", Step.SUPPORT, 23), ("P005", None, None)]


def test_support_before_the_books_has_no_known_first_day(agreed: Books) -> None:
    agreed.apply({"openings": [{"opening": "O-1", "on": "2026-09-30", "control": {"used": "50.00"}, "funds": [
        {"person": "P004", "fund": "spot", "funder": "peggy", "used": "50.00"}]}]})
    step = plan_of(agreed.asha, "P004", END).standing.now
    assert step is not None
    assert (step.step, step.on, step.days) == (Step.SUPPORT, None, None)


def test_a_position_has_the_forecast_of_each_line_and_the_thresholds_that_are_asked_for(issued: Books) -> None:
    fund, = plan_of(issued.asha, "P001", END).funds
    assert (fund.key, fund.month, fund.position) == ("isf-P001", OCTOBER, positions(issued.asha, "P001", OCTOBER)["isf-P001"])
    assert fund.position is not None
    outreach = next(each for each in fund.position.lines if each.line.support_type == "outreach")
    assert (outreach.planned, outreach.planned_to_date, outreach.delivered) == (7800, 1329, 300)
    assert outreach.forecast == 300 + round((7800 - 1329) * 300 / 1329)
    assert outreach.status is Status.UNDER
    wide = plan_of(issued.asha, "P001", END, Thresholds(5, 100)).funds[0].position
    assert wide is not None
    assert {each.status for each in wide.lines} == {Status.ON_TARGET}


def test_what_is_set_aside_is_told_with_its_last_day(issued: Books) -> None:
    aside = {"set_aside": "SA-1", "person": "P001", "fund": "isf", "pounds": "48.00", "minutes": 120, "on": "2026-11-02", "until": "2027-03-31",
             "words": "A day out"}
    issued.apply({"set_aside": [aside]})
    kept, = plan_of(issued.asha, "P001", date(2026, 11, 30)).funds[0].kept
    assert (kept.until, kept.pence, kept.minutes) == (date(2027, 3, 31), 48_00, 120)
    assert verify(issued.store, referee=True) == []


def test_somebody_unknown_has_no_plan(agreed: Books) -> None:
    with pytest.raises(InputError, match="P099 is not a person here"):
        plan_of(agreed.asha, "P099")


def test_a_bill_is_committed_on_its_line_until_it_is_paid_and_never_left_twice(delivered: Books) -> None:
    bill = {"bill": "BL-1", "person": "P002", "fund": "isf", "supplier": "Swift Gardens", "number": "N-1", "on": "2026-10-05", "kind": "other",
            "pounds": "60.00", "words": "A block of lessons", "line": "P002-swimming"}
    delivered.apply({"bank_lines": [bank_line("BK-1", "2026-10-02", "500.00", parts=[part("isf-P002", "500.00", funder="southgate")])],
                     "bills": [bill]})

    def swimming() -> tuple[int | None, int, int, int | None, int | None]:
        line = next(each for each in positions(delivered.asha, "P002", OCTOBER)["isf-P002"].lines if each.line.support_type == "swimming")
        assert line.is_bought
        return line.planned_pence, line.committed_pence, line.delivered_pence, line.left_pence, line.forecast_pence

    assert swimming() == (156_00, 60_00, 0, 96_00, 96_00)
    paid = bank_line("BK-2", "2026-10-20", "-60.00", parts=[part("isf-P002", "60.00", "bill") | {"bill": "BL-1"}])
    delivered.apply({"bank_lines": [paid]})
    assert swimming() == (156_00, 0, 60_00, 96_00, 156_00)
    assert verify(delivered.store, referee=True) == []
