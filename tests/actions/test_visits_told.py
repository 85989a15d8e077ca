"""A visit is found, told with its reasons, and put right: on both engines.

October of the provider: P003 had an hour with two carers at £25.00, charged to the nearest 15 minutes (60% Southgate, 40% Northvale).
"""

from __future__ import annotations

from datetime import date

import pytest

from basics.errors import InputError, NotAllowed
from ringfence.actions.crediting import credit_notes
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from ringfence.actions.visits import Wanted, find_visits, months_of_visits, prepare_correction, visit_told
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, terms, visit

ALL = Wanted(date(2026, 10, 1), date(2026, 10, 31))


def said(told, asks):
    return [step.says for step in told.explained[0].steps if step.asks == asks]


def test_a_visit_says_each_step_with_the_term_and_its_source(issued: Books) -> None:
    told = visit_told(issued.asha, "V-5")
    first = told.explained[0]
    assert [step.asks for step in first.steps] == [
        "Who had it", "What was recorded", "What was planned", "Who pays", "Which time counts", "What it costs", "Everybody’s part"]
    assert said(told, "Who pays") == ["northvale 40%, southgate 60%, by delivery."]
    assert said(told, "Everybody’s part") == ["£25.00: northvale £10.00, southgate £15.00."]
    assert next(step.by for step in first.steps if step.asks == "Which time counts").startswith("charged time: nearest 15")
    assert told.sources[first.terms] == "The agreement “Spot”"
    assert [(each.funder, each.pence, each.invoice is not None) for each in told.charged if each.delivery_id == first.delivery_id] == [
        ("northvale", 1_000, True), ("southgate", 1_500, True)]


def test_what_is_explained_is_what_was_charged(issued: Books) -> None:
    for row in find_visits(issued.asha, ALL, most=100).rows:
        told = visit_told(issued.asha, row.visit)
        known = [each for each in told.explained if each.pence is not None]
        assert sum(each.pence for each in known) == sum(each.pence for each in told.charged)
        for each in known:
            fund = "provider" if each.who.startswith("place") else each.who
            of_row = [one.pence for one in told.charged if one.delivery_id == each.delivery_id and one.fund.endswith(fund)]
            assert sum(of_row) == each.pence


def test_a_visit_that_cannot_be_charged_says_what_each_reading_would_give(delivered: Books) -> None:
    delivered.apply({"terms": [{key: value for key, value in terms("Spot", funder_share="by line").items() if key != "charged_time"}]})
    told = visit_told(delivered.asha, "V-6")
    assert told.explained[0].pence is None
    assert "It would be: by the minute £24.00, nearest 5 £24.00" in str(told.explained[0].problems[0])
    assert told.charged == ()


def test_visits_are_found_by_person_carer_day_outcome_and_charge(issued: Books) -> None:
    every = find_visits(issued.asha, ALL, most=100)
    assert every.count == len(every.rows) > 5
    assert every.pence == sum(row.pence or 0 for row in every.rows) == issued.rows("SELECT sum(pence) FROM charge")[0][0]
    peggy = find_visits(issued.asha, Wanted(ALL.first, ALL.last, words=("margaret",)), most=100)
    assert {row.subject for row in peggy.rows} == {"P004"}
    assert find_visits(issued.asha, Wanted(ALL.first, ALL.last, charged=False), most=100).count + find_visits(
        issued.asha, Wanted(ALL.first, ALL.last, charged=True), most=100).count == every.count
    assert {row.carer for row in find_visits(issued.asha, Wanted(ALL.first, ALL.last, carer="C2"), most=9).rows} == {"C2"}
    assert find_visits(issued.asha, ALL, most=2, after=2).rows == every.rows[2:4]
    assert months_of_visits(issued.asha)[0] == OCTOBER


def test_a_visit_put_right_from_its_page_is_approved_by_another_and_its_history_stays(issued: Books) -> None:
    now = {"end": "14:30"}
    prepared = prepare_correction(issued.asha, "V-6", "C1", now, "She left at half past two")
    assert prepare_correction(issued.asha, "V-6", "C1", now, "She left at half past two").digest == prepared.digest
    with pytest.raises(NotAllowed):
        prepare_correction(issued.acting("nobody"), "V-6", "C1", now, "A stranger")
    issued.approve(prepared)
    told = visit_told(issued.asha, "V-6", "C1")
    assert [(each.version, each.said["end"], each.withdrawn_at is not None) for each in told.versions] == [(1, "15:00", True), (2, "14:30", False)]
    assert [note.pence for note in credit_notes(issued.asha)] == [2_400]
    assert verify(issued.store, referee=True) == []


def test_a_visit_that_is_not_here_is_told(issued: Books) -> None:
    with pytest.raises(InputError, match="There is no visit V-99 here"):
        visit_told(issued.asha, "V-99")


def test_an_absence_that_was_noted_decides_what_a_cancelled_visit_costs(agreed: Books) -> None:
    """Peggy is in hospital: 80% of £24.00 is kept up for 28 days, and nothing after."""
    agreed.apply({"terms": [terms("Spot", funder_share="by line", absences="retainer", retainers=[
        {"because": "hospital", "to_day": 28, "percent": 80}, {"because": "hospital", "from_day": 29, "percent": 0}])]})
    agreed.visits(visit("V-61", "P004", "2026-10-20", "14:00", "15:00", cancelled=True))
    record_content(agreed.asha, {"absences": [{"person": "P004", "from": "2026-10-19", "because": "hospital"}]}, "away.yaml")
    assert agreed.preview(OCTOBER).problems == ()
    assert [charge.pence for charge in agreed.preview(OCTOBER).charges if charge.visit == "V-61"] == [1_920]
    record_content(agreed.asha, {"absences": [{"person": "P004", "from": "2026-10-19", "because": "hospital", "taken_back": True}]}, "away.yaml")
    assert [charge.pence for charge in agreed.preview(OCTOBER).charges if charge.visit == "V-61"] == []


def test_a_family_that_pays_a_fixed_sum_a_week_pays_it_first(agreed: Books) -> None:
    """Two hours with two carers at £25.00 are £100.00; October of £10.00 a week by days is £44.29, and Southgate pays the rest."""
    agreed.apply({"funders": [{"reference": "family", "kind": "family", "name": "The Lloyds"}], "fundings": [
        {"person": "P003", "fund": "spot", "funder": "family", "how": "delivery", "weekly_pounds": "10.00", "weekly_basis": "weekly / 7 x days",
         "weekly_rounding": "each period alone", "terms": "Spot", "from": "2026-10-01", "to": "2027-03-31"},
        {"person": "P003", "fund": "spot", "funder": "northvale", "how": "delivery", "share": 40, "terms": "Spot", "from": "2026-02-01",
         "to": "2026-09-30"},
        {"person": "P003", "fund": "spot", "funder": "southgate", "how": "delivery", "share": 60, "terms": "Spot", "from": "2026-02-01",
         "to": "2026-09-30"},
        {"person": "P003", "fund": "spot", "funder": "southgate", "how": "delivery", "terms": "Spot", "from": "2026-10-01", "to": "2027-03-31"}]})
    agreed.visits(*(visit("V-70", "P003", "2026-10-13", "09:00", "11:00", support="care", carers=2, carer=carer) for carer in ("C1", "C2")))
    agreed.month_end()
    assert {key: pence for key, pence in agreed.asked_for().items() if key.startswith("2026-10|") and "P003" in key} == {
        "2026-10|family|spot-P003": 4_429, "2026-10|southgate|spot-P003": 5_571}
    agreed.visits(visit("V-71", "P003", "2026-10-14", "09:00", "10:00", support="care"), name="late.csv")
    agreed.month_end(NOVEMBER)
    assert {key: pence for key, pence in agreed.asked_for().items() if key.startswith("2026-11|") and "P003" in key} == {
        "2026-11|southgate|spot-P003": 2_500}, "October’s sum is used up"
    assert verify(agreed.store, referee=True) == []
